"""A restored backup publishes the same, by the runbook's steps, after the loss of the entire disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from jobmarket.landing import sealed_runs
from jobmarket.settings import Home
from tests.schedule.conftest import Scheduled, landing, reports, state

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# The folders that docs/runbook.md says to copy, beside the landing's archive.
BACKED_UP = ("landing", "published/vintages", "published_figures", "reports")
# The stages that it says to run afterwards.
STEPS = ("load", "gate-raw", "build", "gate-marts", "publish")
# A week after the first run, and a day later, when that week is over and has headline figures.
SECOND, THIRD = "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"
LATER = "2028-01-02T12:00:00Z"  # by then, the runs are old enough to be archived


def copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True)


def contents(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every published table, except the tables that contain times and durations."""
    with duckdb.connect(str(home.database), read_only=True) as published:
        names = [name for (name,) in published.execute("select table_name from duckdb_tables()").fetchall()]
        assert len(names) > 15
        return {
            name: published.execute(f"from {name} order by all").fetchall()  # names are the database's own
            for name in names
            if name not in ("about", "gate_results")
        }


def test_a_restored_backup_publishes_the_same(
    undisturbed: tuple[Scheduled, dict[str, int]], few_boards: Path, tmp_path: Path, root: Path
) -> None:
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    backup_of, restore_of = (
        runbook.split(f"**{word}**")[1].split("\n\n")[0] for word in ("Backup", "Restore")
    )  # fmt: skip
    assert all(f"`{folder}/`" in backup_of for folder in BACKED_UP)
    assert all(f"`jobmarket {stage.replace('-', ' ')}`" in restore_of for stage in STEPS)

    lost, archive, backup = Home(tmp_path / "disk" / "home"), tmp_path / "disk" / "archive", tmp_path / "backup"
    copy(undisturbed[0].home.root, lost.root)
    scheduled = Scheduled(lost, str(few_boards), {"JOBMARKET_LANDING_ARCHIVE": str(archive)})
    for stage in ("crawl", *STEPS):
        scheduled.done(stage, SECOND)
    for stage in STEPS:
        scheduled.done(stage, THIRD)
    scheduled.done("archive-landing", LATER)
    assert all(run.is_symlink() for run in sealed_runs(lost)), "the runs must be in the archive, as after a year"
    before, published, issues = state(lost), contents(lost), reports(lost)
    assert len({row[0] for row in published["rpt_vintages"]}) > 1, "only one vintage, so none could be compared"
    for folder in BACKED_UP:
        copy(lost.root / folder, backup / folder)
    copy(archive, backup / "archive")

    shutil.rmtree(tmp_path / "disk")
    for folder in BACKED_UP:
        copy(backup / folder, lost.root / folder)
    code, output = scheduled.run("load", as_of=THIRD)
    assert (code, "put the landing's archive in place" in output) == (1, True), output
    copy(backup / "archive", archive)
    for stage in STEPS:
        scheduled.done(stage, THIRD)
    assert landing(lost) == before["landing"]
    assert state(lost) == before
    assert contents(lost) == published
    assert reports(lost) == issues

    # Without a backup of the vintages, the same marts are published as the same vintage.
    shutil.rmtree(lost.published)
    scheduled.done("publish", THIRD)
    assert [path.name for path in (lost.published / "vintages").iterdir()] == [before["current"]]
    assert contents(lost) == published
