"""`jobmarket verify` names every damaged or lost file of a home, and changes nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from jobmarket.landing import LEAVING, run_folder
from jobmarket.published_figures import figures_folder
from jobmarket.publishing.vintages import current_vintage
from jobmarket.settings import Home, Settings
from jobmarket.verify import verify
from jobmarket.warehouse import connect, load
from tests.jobmarket.cli.commands import invoke
from tests.jobmarket.conftest import copy_of
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land

KEEP = "The warehouse has loaded the run: keep the warehouse until then. If it"
WITHDRAW = 'withdraw it: `jobmarket load --withdraw ashby-2026080{}T000000Z-1 --reason "…"`.'
LOADED = KEEP + " is lost for good, move the run's folder away and " + WITHDRAW
MOVED = KEEP + " was moved away or is lost for good, " + WITHDRAW


@pytest.fixture(scope="module")
def whole(two_weeks_published: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with two loaded runs, one of them archived, a vintage and its figures. Tests must not change it."""
    home = copy_of(two_weeks_published, tmp_path_factory.mktemp("whole") / "home")
    for day in (1, 2):
        land(home, day, postings=3, rejected=1)
    load(home, SETTINGS)
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute("delete from raw.crawl_runs where run_id not like 'ashby-2026080%'")  # not landed
    figures_folder(home).mkdir(exist_ok=True)
    duckdb.execute(f"copy (from range(100_000)) to '{figures_folder(home)}/v.figures.parquet'")
    return home


@pytest.fixture
def kept(whole: Home, tmp_path: Path) -> Home:
    """Return a copy of it, with the first run in an archive."""
    home = copy_of(whole, tmp_path / "home")
    moved = tmp_path / "archive" / first(home).name
    shutil.move(first(home), moved)
    first(home).symlink_to(moved)
    return home


def first(home: Home) -> Path:
    return run_folder(home, "ashby", DAY.replace(day=2), "ashby-20260802T000000Z-1")


def second(home: Home) -> Path:
    return run_folder(home, "ashby", DAY.replace(day=3), "ashby-20260803T000000Z-1")


def vintage(home: Home) -> Path:
    folder = current_vintage(home.published)
    assert folder is not None
    return folder


def figures(home: Home) -> Path:
    return figures_folder(home) / "v.figures.parquet"


def cut(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size // 2)


def make_unreadable(path: Path) -> None:
    """Let reading a file fail as a bad disk does."""
    path.unlink()
    path.symlink_to("/proc/self/mem")


def leave(run: Path) -> None:
    """Put a run where it is if its move to the archive was killed half-way."""
    leaving = run.parents[2] / LEAVING
    leaving.mkdir()
    run.rename(leaving / run.name)


def older(home: Home) -> Path:
    return vintage(home).with_name("20200101T000000Z-00000000")


def damage_older(home: Home) -> None:
    shutil.copytree(vintage(home), older(home))
    cut(older(home) / "jobmarket.duckdb")


DAMAGES: dict[str, tuple[Callable[[Home], object], str]] = {
    "loaded run": (
        lambda home: cut(second(home) / "sightings.jsonl.gz"),
        "run ashby-20260803T000000Z-1: {second}/sightings.jsonl.gz differs from the checksum in run.json, with "
        f"3 sightings. Restore it from the backup. {LOADED.format(3)}",
    ),
    "archived run": (
        lambda home: (first(home) / "postings.jsonl.gz").unlink(),
        "run ashby-20260802T000000Z-1: {first}/postings.jsonl.gz is missing, with 3 posting versions. Restore it from "
        f"the backup. {LOADED.format(2)}",
    ),
    "run's record": (
        lambda home: (second(home) / "run.json").unlink(),
        "run ashby-20260803T000000Z-1: {second}/run.json is missing. Restore it, or move the run's folder away and "
        f"crawl again. {LOADED.format(3)}",
    ),
    "archive": (
        lambda home: shutil.rmtree(first(home).resolve()),
        "run ashby-20260802T000000Z-1: {first} leads to {archived}, which is missing. Put the landing's archive in "
        f"place, or restore the run there. {LOADED.format(2)}",
    ),
    "lost run": (
        lambda home: shutil.rmtree(second(home)),
        "run ashby-20260803T000000Z-1: {second} is missing. Restore it from the backup. " + MOVED.format(3),
    ),
    "run that was leaving": (
        lambda home: leave(second(home)),
        "run ashby-20260803T000000Z-1: {second} is missing, but {leaving} is the run. Run `jobmarket load`, which puts "
        "it back.",
    ),
    "unreadable file of a run": (
        lambda home: make_unreadable(second(home) / "sightings.jsonl.gz"),
        "run ashby-20260803T000000Z-1: {second}/sightings.jsonl.gz cannot be read: [Errno 5] Input/output error, with "
        f"3 sightings. Restore it from the backup. {LOADED.format(3)}",
    ),
    "copied run": (
        lambda home: shutil.copytree(second(home), second(home).with_name("run=ashby-20260803T000000Z-2")),
        "run ashby-20260803T000000Z-2: {second_again} contains the run board=ashby/dt=2026-08-03/"
        "run=ashby-20260803T000000Z-1, according to its run.json. Move it there, or away if that run has been landed.",
    ),
    "current vintage": (
        lambda home: cut(vintage(home) / "parquet" / "dim_skills.parquet"),
        "vintage {vintage.name}: {vintage}/parquet/dim_skills.parquet is missing, cannot be read, or differs from the "
        "checksum in manifest.json. Run `jobmarket publish`, which writes it again if the warehouse still has its "
        "marts. Otherwise it publishes another vintage: then delete this one.",
    ),
    "unreadable file of a vintage": (
        lambda home: make_unreadable(vintage(home) / "parquet" / "dim_skills.parquet"),
        "vintage {vintage.name}: {vintage}/parquet/dim_skills.parquet is missing, cannot be read, or differs from the "
        "checksum in manifest.json. Run `jobmarket publish`, which writes it again if the warehouse still has its "
        "marts. Otherwise it publishes another vintage: then delete this one.",
    ),
    "older vintage": (
        damage_older,
        "vintage {older.name}: {older}/jobmarket.duckdb is missing, cannot be read, or differs from the checksum in "
        "manifest.json. Restore it from the backup, or delete the vintage: its reports cannot be written again then.",
    ),
    "link to the vintage": (
        lambda home: (home.published / "current").unlink(),
        "published: {home.database} leads to no vintage. Run `jobmarket publish`.",
    ),
    "figures": (
        lambda home: cut(figures(home)),
        "published figures: {figures} cannot be read: ",
    ),
    "warehouse": (
        lambda home: home.warehouse.write_bytes(b"no database"),
        "warehouse: {home.warehouse} cannot be opened: ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_or_lost_file_is_named_with_what_was_in_it_and_what_to_do(kept: Home, what: str) -> None:
    damage, said = DAMAGES[what]
    places = {
        "home": kept, "first": first(kept), "second": second(kept), "archived": first(kept).readlink(),
        "second_again": second(kept).with_name("run=ashby-20260803T000000Z-2"), "vintage": vintage(kept),
        "older": older(kept), "figures": figures(kept), "leaving": kept.landing / LEAVING / second(kept).name,
    }  # fmt: skip
    damage(kept)
    result = verify(kept, Settings(_env_file=None))
    (line,) = result.gaps
    assert line.startswith(said.format(**places))
    done = invoke("verify", "--home", str(kept.root))
    assert done.exit_code == 4
    assert done.output.splitlines()[1:] == [f"  {line}", f"Damaged or lost: 1: {line.split(':')[0]}"]


def test_all_damaged_files_are_named(kept: Home) -> None:
    for name in ("postings.jsonl.gz", "rejected.jsonl.gz"):
        cut(second(kept) / name)
    cut(vintage(kept) / "jobmarket.duckdb")
    assert len(verify(kept, SETTINGS).gaps) == 3


def test_a_run_that_was_moved_away_is_missing_until_it_is_withdrawn_as_the_message_says(kept: Home) -> None:
    away = kept.root / "away"
    for run in (first(kept), second(kept)):
        place = run.resolve()
        cut(place / "sightings.jsonl.gz")
        shutil.move(run, away.with_name(run.name))
    lines = verify(kept, SETTINGS).gaps
    assert len(lines) == 2
    for line in lines:
        (command,) = re.findall(r"`jobmarket (load --withdraw \S+) --reason", line)
        assert verify(kept, SETTINGS).gaps[0] == line, "it is reported until somebody withdraws it"
        done = invoke(*command.split(), "--reason", "damaged", "--home", str(kept.root))
        assert done.exit_code == 0, done.output
        assert "Its files are not in the landing" in done.output
    assert verify(kept, SETTINGS).gaps == ()
    kept.warehouse.unlink()
    assert [gap for gap in load(kept, SETTINGS).gaps if gap.startswith("run ")] == [], "nor does a rebuilt warehouse"
    assert verify(kept, SETTINGS).gaps == ()


def test_a_run_that_was_moved_away_after_its_withdrawal_is_missing_until_it_is_withdrawn_again(kept: Home) -> None:
    name = second(kept).name.removeprefix("run=")
    for is_first in (True, False):
        done = invoke("load", "--withdraw", name, "--reason", "damaged", "--home", str(kept.root))
        assert done.exit_code == 0, done.output
        assert verify(kept, SETTINGS).gaps == ()
        assert ("already withdrawn" in done.output, "not in the landing" in done.output) == (not is_first, not is_first)
        if is_first:
            shutil.rmtree(second(kept))
            (line,) = verify(kept, SETTINGS).gaps
            assert line.startswith(f"run {name}: {second(kept)} is missing.")
    (second(kept) / "withdrawn.json").write_text("{")
    (line,) = verify(kept, SETTINGS).gaps
    assert line.startswith(f"run {name}: {second(kept) / 'withdrawn.json'} cannot be read")


def test_a_whole_home_is_read_and_not_changed(kept: Home) -> None:
    leaving = kept.landing / LEAVING
    leaving.mkdir()
    third = land(kept, 3, postings=1)
    third.rename(leaving / third.name)  # the next load puts it back
    before = {path: path.lstat().st_mtime_ns for path in kept.root.rglob("*")}
    done = invoke("verify", "--home", str(kept.root))
    assert done.exit_code == 0, done.output
    checked = "checked 2 runs, 1 vintage, 1 file of published figures and the warehouse"
    assert done.output.startswith(f"verify     {checked}  (")
    assert {path: path.lstat().st_mtime_ns for path in kept.root.rglob("*")} == before


def test_the_landing_is_checked_without_a_warehouse_and_a_home_without_a_landing_is_refused(kept: Home) -> None:
    kept.warehouse.unlink()
    cut(second(kept) / "postings.jsonl.gz")
    (line,) = verify(kept, SETTINGS).gaps
    lost = "If it is lost for good, move the run's folder away and crawl again."
    assert line.endswith(f"Restore it from the backup. {lost}")
    shutil.rmtree(kept.landing)
    refused = invoke("verify", "--home", str(kept.root))
    assert (refused.exit_code, refused.output.partition(".")[0]) == (1, f"There is no landing in {kept.root}")
