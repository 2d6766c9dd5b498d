"""A warehouse that is missing, locked, damaged or of another version is reported as such."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from jobmarket.pipeline import Job, run_stage
from jobmarket.publishing import open_published
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Silence, StageError
from jobmarket.warehouse import connect, connection, load, withdraw
from tests.jobmarket.cli.commands import invoke
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land


@pytest.mark.parametrize(
    "change", ["alter table raw.crawl_runs drop column reason", "alter table ops.builds add column reason varchar"]
)
def test_the_error_for_a_warehouse_of_another_version_says_what_to_do(home: Home, change: str) -> None:
    with connect(home, SETTINGS):
        pass
    with duckdb.connect(str(home.warehouse)) as plain:
        plain.execute(change)
    message = r"was made by another version: (raw\.crawl_runs|ops\.builds) differs in reason\. Move it away"
    for read_only in (True, False):
        with pytest.raises(StageError, match=message), connect(home, SETTINGS, read_only=read_only):
            pass


@pytest.mark.parametrize(("kept", "message"), [(0, "not a valid DuckDB"), (4_096, "checksum")])
def test_a_damaged_warehouse_is_not_reported_as_locked(home: Home, kept: int, message: str) -> None:
    with connect(home, SETTINGS):
        pass
    home.landing.mkdir(exist_ok=True)
    whole = home.warehouse.read_bytes()
    home.warehouse.write_bytes(whole[: min(kept, 12)] + b"elsewise" + whole[20:kept])
    with pytest.raises(StageError, match=rf"cannot be opened: .*{message}.*Move it away") as refused:
        load(home, SETTINGS)
    assert "locked by another process" not in str(refused.value)


def test_a_truncated_warehouse_says_how_to_rebuild_it(home: Home) -> None:
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute("create table raw.more as select range::varchar as value from range(100_000)")
    home.warehouse.write_bytes(home.warehouse.read_bytes()[: home.warehouse.stat().st_size // 2])
    with pytest.raises(PermanentError, match="Move it away"), connect(home, SETTINGS):
        pass


def test_a_locked_warehouse_gives_a_clear_message(home: Home) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    holder = subprocess.Popen(
        [sys.executable, "-c",
         f"import duckdb; c = duckdb.connect({str(home.warehouse)!r}); print('held', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(StageError, match=rf"locked by another process \(PID {holder.pid}"):
        load(home, SETTINGS)
    checked = invoke("verify", "--home", str(home.root))
    holder.communicate(b"\n")
    load(home, SETTINGS)
    assert checked.exit_code == 1
    assert f"  warehouse: not checked: in use by PID {holder.pid}. Lost runs" in checked.output
    assert "figures and no warehouse" in checked.output
    assert checked.output.splitlines()[-1] == "Incomplete: not checked: warehouse. No damage was found."


def test_stages_create_no_home_if_nothing_was_crawled(home: Home) -> None:
    with pytest.raises(StageError, match=r"no landing in .*/home\. `jobmarket crawl"):
        load(home, SETTINGS)
    with pytest.raises(StageError, match="no warehouse in"):
        withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "x", DAY)
    for stage in ("gate-raw", "build", "gate-marts", "publish"):
        with pytest.raises(StageError, match="no warehouse in"):
            run_stage(Job(home, SETTINGS, "sample", DAY, Silence()), stage)
    for stage in ("archive-landing", "compact-warehouse", "prune-vintages"):  # these have nothing to do yet
        run_stage(Job(home, Settings(landing_archive=home.root / "archive"), "sample", DAY, Silence()), stage)
    assert not home.root.exists()


def test_a_suggested_command_quotes_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "my home")
    for refuse in (lambda: load(home, SETTINGS), lambda: connection.must_exist(home), lambda: open_published(home)):
        with pytest.raises(StageError, match=f"--home '{tmp_path}/my home'`"):
            refuse()


def test_reading_without_a_warehouse_says_what_to_do(home: Home) -> None:
    with pytest.raises(StageError, match=r"no warehouse in .* yet"), connect(home, SETTINGS, read_only=True):
        pass
