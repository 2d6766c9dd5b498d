"""Old runs move to the archive without losing anything that is still needed."""

from __future__ import annotations

import ctypes
import errno
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobmarket import exchange, landing_archive, warehouse
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
from jobmarket.one_at_a_time import only_one
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError

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
    """Return every file of the landing, as its readers see it."""
    return {f"{run.name}/{path.name}": path.read_bytes() for run in sealed_runs(home) for path in run.iterdir()}


def rows(home: Home) -> list[tuple[object, ...]]:
    query = """select title, min(as_of), max(as_of), count(*) from raw.sightings join raw.crawl_runs using (run_id)
    join raw.posting_versions using (posting_key, content_hash) group by title order by title"""
    with warehouse.connect(home, settings(home), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_old_runs_move_and_every_reader_still_finds_them(home: Home) -> None:
    before, in_raw = landed(home), rows(home)
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}
    assert links(home) == [True, True, False, False], "a run of exactly 400 days stays"
    assert landed(home) == before
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 0}, "a second time changes nothing"
    assert landed(home) == before
    # A recreated warehouse and crawl index contain the content of an archived run, and do not land it again.
    home.warehouse.unlink()
    shutil.rmtree(home.crawl_state)
    warehouse.load(home, settings(home))
    assert rows(home) == in_raw
    index = LandedIndex(home, "ashby")
    assert index._connection.execute("select count(*) from contents").fetchone() == (5,)
    index.close()
    land(home, NOW, "seen in every run")
    assert read_run(list(sealed_runs(home))[-1]).files["postings.jsonl.gz"].lines == 0


def test_runs_that_are_not_loaded_or_are_damaged_stay(home: Home) -> None:
    land(home, NOW - timedelta(days=600), "not loaded")
    first, damaged, *_ = sealed_runs(home)
    (damaged / "sightings.jsonl.gz").write_bytes(b"broken")
    result = archive_landing(home, settings(home), NOW)
    assert result.counts == {"moved": 1}
    assert f"{first} is not in the warehouse and stays" in result.gaps[0]
    assert "differs from the checksum" in result.gaps[1]
    assert links(home) == [False, False, True, False, False]


def test_without_an_archive_nothing_moves(home: Home) -> None:
    result = archive_landing(home, settings(home, landing_archive=None), NOW)
    assert (result.counts, links(home)) == ({"moved": 0}, [False] * 4)
    assert "JOBMARKET_LANDING_ARCHIVE is not set" in result.summary
    with pytest.raises(StageError, match="is inside the landing"):
        archive_landing(home, settings(home, landing_archive=home.landing / "old"), NOW)


def test_a_withdrawal_moves_with_its_run_and_still_applies_to_it(home: Home) -> None:
    first, second, *_ = sealed_runs(home)
    write_withdrawal(first, Withdrawal(reason="broken board", withdrawn_at=NOW))
    archive_landing(home, settings(home), NOW)
    assert read_withdrawal(first) is not None
    warehouse.withdraw(home, settings(home), second.name.removeprefix("run="), "wrong for good", NOW)
    assert read_withdrawal(second) is not None


def test_a_missing_archive_is_reported_and_not_treated_as_empty(home: Home) -> None:
    archive_landing(home, settings(home), NOW)
    (home.root.parent / "archive").rename(home.root.parent / "unmounted")
    with pytest.raises(LandingError, match="put the landing's archive in place"):
        list(sealed_runs(home))
    with pytest.raises(StageError, match="put the landing's archive in place"):
        warehouse.load(home, settings(home))


class Died(BaseException):
    pass


STEPS = [(shutil, "copytree"), (shutil, "rmtree"), (Path, "rename"), (Path, "symlink_to"),
         (landing_archive, "exchange"), (landing_archive, "flush")]  # fmt: skip


def steps_counted(
    monkeypatch: pytest.MonkeyPatch, last: int, before_each: Callable[[], None] = lambda: None
) -> list[str]:
    """Record the steps that the archive takes on the disk from now on; the process dies after the given number."""
    done: list[str] = []

    def counted(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def step(*arguments: object, **more: object) -> object:
            if len(done) == last:
                raise Died
            before_each()
            done.append(f"{name} {arguments[0]}")
            return real(*arguments, **more)

        monkeypatch.setattr(owner, name, step)

    for owner, name in STEPS:
        counted(owner, name)
    return done


@pytest.fixture
def steps(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return every step of an undisturbed move."""
    shutil.copytree(home.root, tmp_path / "undisturbed" / "home")
    undisturbed = Home(tmp_path / "undisturbed" / "home")
    with monkeypatch.context() as counting:
        done = steps_counted(counting, -1)
        archive_landing(undisturbed, settings(undisturbed), NOW)
    return done


def test_a_crawl_that_starts_at_any_step_finds_every_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was not there would count as removed, and the crawl would forget all answers and missing pages."""
    before, seen = landed(home), []
    with closing(LandedIndex(home, "ashby")) as index:
        index.add_gone(["a page that is gone"])
        index.commit()

    def starts() -> None:
        with closing(LandedIndex(home, "ashby")) as index:
            seen.append((index.gone, landed(home) == before))

    with monkeypatch.context() as counting:
        steps_counted(counting, -1, starts)
        assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}
    assert len(seen) > 20
    assert all(each == ({"a page that is gone"}, True) for each in seen)


def test_a_process_that_dies_at_any_step_loses_nothing(
    home: Home, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = landed(home)
    assert len(steps) > 20, "two runs moved"
    for number in range(len(steps) // 2 + 1):  # the first run's steps, and the second's first
        here = Home(tmp_path / f"killed-{number}" / "home")
        shutil.copytree(home.root, here.root)
        with monkeypatch.context() as dying:
            steps_counted(dying, number)
            with pytest.raises(Died):
                archive_landing(here, settings(here), NOW)
        assert landed(here) == before, f"a reader finds every run after {number} steps"
        archive_landing(here, settings(here), NOW)
        assert (landed(here), links(here)) == (before, [True, True, False, False]), f"after {number} steps"
        assert not list((here.landing / ".leaving").glob("run=*"))


def test_an_archive_setting_that_changes_halfway_loses_nothing(
    home: Home, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = landed(home)
    linked = next(number for number, step in enumerate(steps) if step.startswith("exchange"))
    with monkeypatch.context() as dying:
        steps_counted(dying, linked)
        with pytest.raises(Died):
            archive_landing(home, settings(home), NOW)
    assert len(list((home.landing / ".leaving").glob("run=*"))) == 1
    (tmp_path / "archive").rename(tmp_path / "unmounted")
    archive_landing(home, settings(home, landing_archive=tmp_path / "other"), NOW)
    assert (landed(home), links(home)) == (before, [True, True, False, False])
    assert all(path.readlink().is_relative_to(tmp_path / "other") for path in sealed_runs(home) if path.is_symlink())


def test_an_original_is_removed_only_once_its_copy_exists(
    home: Home, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = landed(home)
    linked = next(number for number, step in enumerate(steps) if step.startswith("exchange"))
    with monkeypatch.context() as dying:
        steps_counted(dying, linked + 1)
        with pytest.raises(Died):
            archive_landing(home, settings(home), NOW)
    (leaving,) = (home.landing / ".leaving").glob("run=*")
    link = landing_archive.place_of(home, leaving)
    (tmp_path / "archive").rename(tmp_path / "unmounted")
    with pytest.raises(StageError, match="but no copy is there: put the landing's archive in place"):
        archive_landing(home, settings(home, landing_archive=tmp_path / "other"), NOW)
    assert leaving.is_dir()
    link.unlink()
    assert landed(home) == before, "as the message says, the run is put back"


def test_nothing_is_removed_before_its_copy_is_on_the_disk(home: Home, steps: list[str], tmp_path: Path) -> None:
    archive = tmp_path / "undisturbed" / "archive"
    removed = next(number for number, step in enumerate(steps) if step.startswith("rmtree") and ".leaving" in step)
    flushed = {step.removeprefix("flush ") for step in steps[:removed] if step.startswith("flush")}
    (run, *_) = sorted(archive.glob("board=*/dt=*/run=*"))
    for path in (*run.iterdir(), run, run.parent, run.parent.parent, archive):
        assert str(path) in flushed, path


def test_a_copy_left_by_a_killed_process_is_also_flushed_to_disk(
    home: Home, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = next(number for number, step in enumerate(steps) if step.startswith("rename"))
    with monkeypatch.context() as dying:
        steps_counted(dying, copied + 1)
        with pytest.raises(Died):
            archive_landing(home, settings(home), NOW)
    with monkeypatch.context() as counting:
        again = steps_counted(counting, -1)
        archive_landing(home, settings(home), NOW)
    (run, *_) = sorted((home.root.parent / "archive").glob("board=*/dt=*/run=*"))
    flushed = again[: next(number for number, step in enumerate(again) if step.startswith("rmtree"))]
    assert {f"flush {path}" for path in (*run.iterdir(), run, run.parent, run.parent.parent)} <= set(flushed)


@pytest.mark.parametrize("name", ["run=garbage", "run=ashby-yesterday-1"])
def test_a_folder_in_transit_without_a_run_name_is_reported(home: Home, name: str) -> None:
    (home.landing / ".leaving" / name).mkdir(parents=True)
    message = rf"In {home.landing}/\.leaving, {name} is not the name of a run .*: rename the folder to .*, or move it"
    for stage in (lambda: warehouse.load(home, settings(home)), lambda: archive_landing(home, settings(home), NOW)):
        with pytest.raises(StageError, match=message):
            stage()
    (home.landing / ".leaving" / name).rename(home.root / "away")
    archive_landing(home, settings(home), NOW)
    assert links(home) == [True, True, False, False]


class RefusingLibrary:
    """A C library on a file system that cannot exchange two names, such as NFS."""

    def renameat2(self, *_: object) -> int:
        ctypes.set_errno(errno.EINVAL)
        return -1

    renamex_np = renameat2


class OldLibrary:
    """A C library that cannot exchange two names on any file system."""


@pytest.mark.parametrize(
    ("library", "reason"), [(RefusingLibrary, "Invalid argument"), (OldLibrary, "this system cannot exchange")]
)
def test_where_names_cannot_be_exchanged_nothing_is_copied_or_moved(
    home: Home, monkeypatch: pytest.MonkeyPatch, library: type, reason: str
) -> None:
    before = landed(home)
    with monkeypatch.context() as refusing:
        refusing.setattr(exchange.ctypes, "CDLL", lambda *_, **__: library())
        for _ in range(2):
            with pytest.raises(PermanentError, match=rf"cannot be exchanged .*\({reason}.* unset JOBMARKET_LANDING"):
                archive_landing(home, settings(home), NOW)
            assert (landed(home), links(home)) == (before, [False] * 4)
            assert not (home.root.parent / "archive").exists()
            assert not [path for path in (home.landing / ".leaving").iterdir() if "tried" in path.name]
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}, "as soon as the file system can"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("step", ["mkdir", "symlink_to", "exchange"])
def test_a_landing_that_cannot_be_written_now_is_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    real = Path.mkdir

    def refused(*paths: Path, **options: bool) -> None:
        if step == "mkdir" and paths[0].name != ".tried-folder":
            real(*paths, **options)
        else:
            raise OSError(number, "refused", str(paths[0]))

    monkeypatch.setattr(*((exchange, step) if step == "exchange" else (Path, step)), refused)
    with pytest.raises(StageError, match=f"refused.* Is there room in .*{home.landing}") as raised:
        archive_landing(home, settings(home), NOW)
    assert not isinstance(raised.value, PermanentError)
    monkeypatch.undo()
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}


class FullLibrary(RefusingLibrary):
    """A C library on a full disk."""

    def renameat2(self, *_: object) -> int:
        ctypes.set_errno(errno.ENOSPC)
        return -1

    renamex_np = renameat2


def test_an_exchange_that_fails_on_a_full_disk_is_possible_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: FullLibrary())
    with pytest.raises(OSError, match="No space left") as raised:
        exchange.require_exchange(tmp_path)
    assert not isinstance(raised.value, exchange.CannotExchangeError)


def test_a_refusal_amid_a_move_leaves_the_landing_whole(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = landed(home)

    def refused(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    with monkeypatch.context() as refusing:
        refusing.setattr(landing_archive, "exchange", refused)
        for _ in range(2):
            with pytest.raises(StageError, match="The landing is intact"):
                archive_landing(home, settings(home), NOW)
            assert (landed(home), links(home)) == (before, [False] * 4)
    assert archive_landing(home, settings(home), NOW).counts == {"moved": 2}
    assert landed(home) == before


def test_a_run_that_cannot_be_put_back_now_does_not_pass_for_removed(home: Home) -> None:
    first, *_ = sealed_runs(home)
    with only_one(home.landing / ".leaving", "moving runs through"):
        first.rename(home.landing / ".leaving" / first.name)
        with pytest.raises(LandingError, match="Another process is moving runs through"):
            list(sealed_runs(home))
    assert first in sealed_runs(home)


def test_two_processes_do_not_move_runs_at_once(home: Home) -> None:
    with only_one(home.landing / ".leaving", "moving"), pytest.raises(StageError, match="Another process is moving"):
        archive_landing(home, settings(home), NOW)
    assert links(home) == [False] * 4
