"""Old runs move to the archive, and nothing that anybody still needs is lost by it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobmarket import landing_archive, warehouse
from jobmarket.landed_index import LandedIndex
from jobmarket.landing import (
    CompanyOutcome,
    LandingError,
    RunRecord,
    Withdrawal,
    read_run,
    read_withdrawal,
    run_id_for,
    sealed_runs,
    write_withdrawal,
)
from jobmarket.landing_archive import archive_landing
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError

NOW = datetime(2026, 8, 17, tzinfo=UTC)
DAYS = [NOW - timedelta(days=days) for days in (500, 401, 400, 1)]


def land(home: Home, as_of: datetime, *titles: str) -> None:
    run_id = run_id_for("ashby", as_of, 1)
    run = RunWriter(home, RunRecord(run_id=run_id, board="ashby", origin="live", as_of=as_of))
    for number, title in enumerate(titles):
        run.write(Posting(board="ashby", company_slug="acme", native_id=str(number), title=title, payload={"t": title}))
    run.seal([CompanyOutcome(company_slug="acme", status="complete", postings=len(titles))])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for number, day in enumerate(DAYS):
        land(home, day, "seen in every run", f"seen in run {number}")
    warehouse.load(home, settings(home))
    return home


def settings(home: Home, **more: object) -> Settings:
    archive = home.root.parent / "archive"
    return Settings(_env_file=None, **{"landing_archive": archive, **more})  # type: ignore[call-arg, arg-type]


def links(home: Home) -> list[bool]:
    return [folder.is_symlink() for folder in sealed_runs(home)]


def landed(home: Home) -> dict[str, bytes]:
    """Every file of the landing, as its readers find it."""
    return {f"{run.name}/{path.name}": path.read_bytes() for run in sealed_runs(home) for path in run.iterdir()}


def rows(home: Home) -> list[tuple[object, ...]]:
    query = """select title, min(as_of), max(as_of), count(*) from raw.sightings join raw.crawl_runs using (run_id)
    join raw.posting_versions using (posting_key, content_hash) group by title order by title"""
    with warehouse.connect(home, settings(home), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_old_runs_leave_and_every_reader_finds_them_still(home: Home) -> None:
    before, in_raw = landed(home), rows(home)
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}
    assert links(home) == [True, True, False, False], "a run of exactly 400 days stays"
    assert landed(home) == before
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 0}, "a second time changes nothing"
    assert landed(home) == before
    # A warehouse, and a crawl's index, made anew: content that an archived run landed is there, and not landed again.
    home.warehouse.unlink()
    shutil.rmtree(home.crawl_state)
    warehouse.load(home, settings(home))
    assert rows(home) == in_raw
    index = LandedIndex(home, "ashby")
    assert index._connection.execute("select count(*) from contents").fetchone() == (5,)
    index.close()
    land(home, NOW, "seen in every run")
    assert read_run(list(sealed_runs(home))[-1]).files["postings.jsonl.gz"].lines == 0


def test_what_raw_does_not_hold_or_is_damaged_stays(home: Home) -> None:
    land(home, NOW - timedelta(days=600), "not loaded")
    first, damaged, *_ = sealed_runs(home)
    (damaged / "sightings.jsonl.gz").write_bytes(b"broken")
    result = archive_landing(home, settings(home), NOW)
    assert result.counts == {"moved": 1}
    assert f"{first} is not in the warehouse and stays" in result.gaps[0]
    assert "differs from the checksum" in result.gaps[1]
    assert links(home) == [False, False, True, False, False]


def test_without_an_archive_nothing_leaves(home: Home) -> None:
    result = archive_landing(home, settings(home, landing_archive=None), NOW)
    assert (result.counts, links(home)) == ({"moved": 0}, [False] * 4)
    assert "JOBMARKET_LANDING_ARCHIVE is not set" in result.summary
    with pytest.raises(StageError, match="lies in the landing itself"):
        archive_landing(home, settings(home, landing_archive=home.landing / "old"), NOW)


def test_a_withdrawal_goes_with_its_run_and_finds_it_afterwards(home: Home) -> None:
    first, second, *_ = sealed_runs(home)
    write_withdrawal(first, Withdrawal(reason="broken board", withdrawn_at=NOW))
    archive_landing(home, settings(home), NOW)
    assert read_withdrawal(first) is not None
    warehouse.withdraw(home, settings(home), second.name.removeprefix("run="), "wrong for good", NOW)
    assert read_withdrawal(second) is not None


def test_an_archive_that_is_not_there_is_said_and_not_taken_for_empty(home: Home) -> None:
    archive_landing(home, settings(home), NOW)
    (home.root.parent / "archive").rename(home.root.parent / "unmounted")
    with pytest.raises(LandingError, match="put the landing's archive in place"):
        list(sealed_runs(home))
    with pytest.raises(StageError, match="put the landing's archive in place"):
        warehouse.load(home, settings(home))


@pytest.mark.parametrize("step", ["copytree", "rename", "symlink_to", "rmtree"])
def test_a_process_that_dies_at_any_step_loses_nothing(home: Home, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = landed(home)

    class Died(BaseException):
        pass

    def die(*arguments: object, **more: object) -> None:
        raise Died

    with monkeypatch.context() as dying:
        owner = shutil if step in ("copytree", "rmtree") else Path
        real = getattr(owner, step)
        if step == "rmtree":  # the first call clears what another one left
            calls = iter((real, die))
            dying.setattr(landing_archive.shutil, step, lambda *a, **k: next(calls, real)(*a, **k))
        else:
            dying.setattr(owner, step, die)
        with pytest.raises(Died):
            archive_landing(home, settings(home), NOW)
    copies = [path for path in (home.root.parent / "archive").rglob("run=*") if path.is_dir()]
    everything = landed(home) | {
        f"{copy.name}/{path.name}": path.read_bytes() for copy in copies for path in copy.iterdir()
    }
    assert everything == before
    archive_landing(home, settings(home), NOW)
    assert landed(home) == before
    assert links(home) == [True, True, False, False]
    assert not list((home.crawl_state / "leaving").glob("run=*"))


def test_two_do_not_move_at_once(home: Home) -> None:
    from jobmarket.one_at_a_time import only_one

    with only_one(home.crawl_state / "leaving", "moving"), pytest.raises(StageError, match="Another process is moving"):
        archive_landing(home, settings(home), NOW)
    assert links(home) == [False] * 4
