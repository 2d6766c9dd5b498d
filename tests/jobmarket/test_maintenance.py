"""Maintenance keeps an installation small and loses nothing."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.landing_archive import archive_landing
from jobmarket.maintenance import compact_warehouse, prune_vintages
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import connect

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home whose warehouse file is mostly free space of dropped tables."""
    home = Home(tmp_path / "home")
    with connect(home, SETTINGS) as connection:
        connection.execute("create table raw.dropped as select i, sha256(i::varchar) as text from range(400_000) t(i)")
        connection.execute(
            """create schema marts;
            create table marts.kept as select i, sha256(i::varchar) as text from range(100_000) t(i);
            comment on table marts.kept is 'One row per number.';
            comment on column marts.kept.text is 'Its checksum.';
            create view marts.few as from marts.kept where i < 3;
            drop table raw.dropped; checkpoint"""
        )
    return home


def content(home: Home) -> tuple[object, ...]:
    """Return everything in which a reader could see a difference."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return tuple(
            connection.execute(query).fetchall()
            for query in (
                "select schema_name, table_name, comment, sql from duckdb_tables() order by all",
                "select table_name, column_name, comment from duckdb_columns() where not internal order by all",
                "select view_name, sql from duckdb_views() where not internal order by all",
                "select count(*), sum(hash(i, text)) from marts.kept",
                "select count(*) from marts.few",
            )
        )


def test_a_fragmented_warehouse_is_rewritten_with_the_same_content(home: Home) -> None:
    before = content(home)
    counts = compact_warehouse(home, SETTINGS).counts
    assert counts["bytes_after"] < 0.5 * counts["bytes_before"]
    assert counts["bytes_after"] == home.warehouse.stat().st_size
    assert content(home) == before
    again = compact_warehouse(home, SETTINGS)
    assert again.counts["bytes_after"] == counts["bytes_after"]
    assert "not worth compacting" in again.summary
    assert [path.name for path in home.root.iterdir()] == ["warehouse.duckdb"]
    with connect(home, SETTINGS) as connection:  # the next writer goes on
        connection.execute("insert into marts.kept values (-1, 'x')")


def test_an_empty_home_has_nothing_to_maintain(tmp_path: Path) -> None:
    home, settings = Home(tmp_path / "home"), Settings(_env_file=None, landing_archive=tmp_path / "archive")  # type: ignore[call-arg]
    assert "no warehouse" in compact_warehouse(home, settings).summary
    assert archive_landing(home, settings, datetime(2026, 8, 16, tzinfo=UTC)).counts == {"moved": 0}
    assert prune_vintages(home, settings).counts == {"removed": 0, "kept": 0}
    assert not home.warehouse.exists()


@pytest.mark.parametrize(("is_crawled", "is_warehouse"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("has_archive", [False, True])
def test_a_home_is_maintained_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_crawled: bool, is_warehouse: bool, has_archive: bool
) -> None:
    home = Home(tmp_path / "home")
    monkeypatch.setenv("JOBMARKET_LANDING_ARCHIVE", str(tmp_path / "archive") if has_archive else "")
    mistyped = CliRunner().invoke(main, ["maintain", "--home", str(home.root)])
    assert (mistyped.exit_code, mistyped.output) == (1, f"Nothing to maintain: there is no folder {home.root}.\n")
    home.root.mkdir()
    if is_crawled:
        home.landing.mkdir(parents=True)
    if is_warehouse:  # a load in which every run is damaged leaves a warehouse without a crawl
        with connect(home, SETTINGS):
            pass
    done = CliRunner().invoke(main, ["maintain", "--home", str(home.root)])
    assert done.exit_code == 0, done.output
    reason = "nothing is loaded" if is_crawled else "no landing"
    assert (reason if has_archive else "JOBMARKET_LANDING_ARCHIVE is not set") in done.output
    assert "nothing is published" in done.output
    assert home.warehouse.exists() == is_warehouse
    if has_archive:
        assert re.search("^archive-landing (no|nothing) ", done.output, re.MULTILINE), "a space between name and word"


def test_old_vintages_are_removed_even_if_the_warehouse_cannot_be_compacted(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.warehouse.write_bytes(b"cut off")
    for day in range(1, 13):
        vintage = home.published / "vintages" / f"202608{day:02}T000000Z-0000000{day % 10}"
        vintage.mkdir(parents=True)
    done = CliRunner().invoke(main, ["maintain", "--home", str(home.root)])
    assert done.exit_code == 1
    assert "compact-warehouse: " in done.output
    assert len(list((home.published / "vintages").iterdir())) == SETTINGS.vintages_kept


_KILLED = """
import sys
from pathlib import Path
from jobmarket import maintenance
from jobmarket.settings import Home, Settings

copy = maintenance._copy
def slow(connection, target):
    copy(connection, target)
    print("copied", flush=True)
    sys.stdin.read()
maintenance._copy = slow
maintenance.compact_warehouse(Home(Path(sys.argv[1])), Settings(_env_file=None))
"""


def test_the_warehouse_is_locked_while_rewritten_and_unchanged_if_killed_before_the_swap(home: Home) -> None:
    before = content(home)
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"copied\n"
        with pytest.raises(StageError, match=rf"locked by another .* \(PID {process.pid}"), connect(home, SETTINGS):
            pass
        process.send_signal(signal.SIGKILL)
    assert content(home) == before
    compact_warehouse(home, SETTINGS)
    assert content(home) == before
    assert [path.name for path in home.root.iterdir()] == ["warehouse.duckdb"]


def write_report(folder: Path, stem: str, form: str) -> None:
    """Write a report's file and the note beside it, as the stage does."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in (form, "json"):
        (folder / f"{stem}.{suffix}").touch()


def test_the_vintages_of_the_last_reports_are_kept(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    vintages = home.published / "vintages"
    names = [f"202601{number:02}T000000Z-{number:08x}" for number in range(1, 18)]
    for name in names:
        (vintages / name).mkdir(parents=True)
    (home.published / "current").symlink_to(f"vintages/{names[-1]}")
    # Ten weeks had a report, the first of them from the oldest vintage; week 3 was sent from one and rewritten later.
    for week in range(1, 11):
        write_report(home.reports / f"2026-W{week:02}" / names[week // 2], "report", "html")
    # A report of one country lies in a later vintage than its week's, one in French in an earlier one, neither as HTML;
    # the last week's own was written again from a later one.
    write_report(home.reports / "2026-W04" / names[5], "report-FR", "pdf")
    write_report(home.reports / "2026-W10" / names[6], "report-fr", "xlsx")
    write_report(home.reports / "2026-W10" / names[7], "report", "html")
    sent = home.reports / "2026-W03" / names[0]
    sent.mkdir()
    (sent / "report.sent").touch()
    result = prune_vintages(home, Settings(_env_file=None, vintages_kept=8))  # type: ignore[call-arg]
    kept = sorted(path.name for path in vintages.iterdir())
    assert kept == sorted({*names} - {names[8]})
    assert result.counts == {"removed": 1, "kept": 16}
    assert prune_vintages(home, Settings(_env_file=None)).counts["removed"] == 0  # type: ignore[call-arg]
