"""A publication is never visible in part, also after a crash or with a full disk; test_readers has readers for it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jobmarket.checksum import sha256
from jobmarket.maintenance import prune_vintages
from jobmarket.publishing import database, manifest, open_published, publish, stage, vintages
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from tests.jobmarket.conftest import copy_of
from tests.jobmarket.publishing.synthetic_marts import AS_OF, change_marts

pytestmark = pytest.mark.usefixtures("few_questions")

SETTINGS = Settings(_env_file=None)
ROOT = Path(__file__).parents[3]

KILLED_AFTER = ("database._copy", "stage.write_manifest", "vintages.move_in", "vintages.flush")
# One interpreter forks a publisher for each step, because imports take most of the time.
KILLED = """
import os, signal, sys
from pathlib import Path
from typing import Any
from jobmarket.maintenance import prune_vintages
from jobmarket.publishing import database, publish, stage, vintages
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF
for place in sys.argv[2:]:
    if (child := os.fork()) == 0:
        module, name = place.split(".")
        step = getattr(globals()[module], name)
        def step_and_die(*values, **named):
            step(*values, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(globals()[module], name, step_and_die)
        publish(Home(Path(sys.argv[1]) / f"home-{place}"), Settings(_env_file=None), AS_OF)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

FULL = """
import resource, signal, sys
from pathlib import Path
from typing import Any
from jobmarket.publishing import publish
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from tests.jobmarket.publishing.synthetic_marts import AS_OF
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    publish(Home(Path(sys.argv[1])), Settings(_env_file=None), AS_OF)
except StageError as error:
    sys.stdout.write(str(error))
    raise SystemExit(7)
"""


def run(script: str, *values: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, values)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )


def drop_a_company(home: Home) -> None:
    change_marts(
        home,
        "delete from marts.dim_companies where company_key = (select max(company_key) from marts.dim_companies)",
    )


@pytest.fixture(scope="module")
def world_one_ahead(two_weeks_published: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a published home whose marts have changed by one company since. Tests work on copies."""
    home = copy_of(two_weeks_published, tmp_path_factory.mktemp("one-ahead") / "home")
    drop_a_company(home)
    return home


@pytest.fixture
def one_ahead(tmp_path: Path, world_one_ahead: Home) -> Home:
    return copy_of(world_one_ahead, tmp_path / "home")


def published_state(home: Home) -> tuple[str, dict[str, str]]:
    folder = home.database.resolve().parent
    return folder.name, {path.name: sha256(path) for path in folder.rglob("*") if path.is_file()}


def hidden(home: Home) -> list[str]:
    return [path.name for path in home.published.rglob(".*") if path.name not in (".lock", ".replaced")]


# In the order in which they run. Failing before a step is failing after the previous one, so most are listed once.
STEPS = [
    (database, "_create", "before"),
    (database, "_create", "after"),
    (database, "_copy", "after"),
    (database, "_comment", "before"),
    (stage, "write_database", "before"),
    (stage, "write_database", "after"),
    (stage, "verify_database", "after"),
    (stage, "write_manifest", "after"),
    (vintages, "flush", "before"),
    (vintages, "flush", "after"),
    (vintages, "move_in", "after"),
    (vintages, "fix_links", "after"),
    (vintages, "_point", "before"),
    (vintages, "_point", "after"),
    (vintages, "make_current", "after"),
]


@pytest.mark.parametrize(("module", "name", "moment"), STEPS, ids=[f"{moment}-{name}" for _, name, moment in STEPS])
def test_a_failure_at_any_step_leaves_a_complete_publication(
    one_ahead: Home, monkeypatch: pytest.MonkeyPatch, module: object, name: str, moment: str
) -> None:
    home = one_ahead
    before = published_state(home)
    step: Callable[..., object] = getattr(module, name)

    def failing(*values: object, **named: object) -> object:
        if moment == "after":
            step(*values, **named)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(module, name, failing)
        with pytest.raises(StageError, match="No space left on device"):
            publish(home, SETTINGS, AS_OF)
    swapped = published_state(home)[0] != before[0]
    assert swapped == ((name, moment) in {("_point", "after"), ("make_current", "after")})
    if not swapped:
        assert published_state(home) == before
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == int(not swapped)
    assert manifest.is_whole(home.database.resolve().parent)
    assert hidden(home) == []


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        ("update vintage.rpt_skill_demand_weekly set share = share * (1 + 1e-15)", "is incomplete"),
        ("delete from vintage.fct_posting_skills where rowid = 0", "is incomplete"),
        ("copy (from vintage.dim_skills limit 1) to '{folder}/parquet/dim_skills.parquet'", "differs from its table"),
    ],
)
def test_a_copy_that_differs_in_a_digit_or_a_row_is_not_published(
    one_ahead: Home, monkeypatch: pytest.MonkeyPatch, spoilt: str, message: str
) -> None:
    before = published_state(one_ahead)
    write = stage.write_database

    def spoiling(warehouse: duckdb.DuckDBPyConnection, folder: Path, *values: Any) -> None:
        write(warehouse, folder, *values)
        warehouse.execute(f"attach '{folder / database.DATABASE}' as vintage (read_write)")
        warehouse.execute(spoilt.format(folder=folder))
        warehouse.execute("detach vintage")

    monkeypatch.setattr(stage, "write_database", spoiling)
    with pytest.raises(StageError, match=message):
        publish(one_ahead, SETTINGS, AS_OF)
    assert published_state(one_ahead) == before


def test_a_killed_publication_is_cleaned_up_by_the_next(world_one_ahead: Home, tmp_path: Path) -> None:
    homes = {step: copy_of(world_one_ahead, tmp_path / f"home-{step}") for step in KILLED_AFTER}
    before = published_state(world_one_ahead)
    killed = run(KILLED, tmp_path, *KILLED_AFTER)
    assert killed.stdout.split() == ["-9"] * len(homes), killed.stderr
    for step, home in homes.items():
        assert published_state(home) == before, step
        assert len(list((home.published / "vintages").iterdir())) == 2, f"{step}: killed before anything was begun"
        assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1, step
        assert published_state(home)[0] != before[0], step
        assert hidden(home) == [], step


def test_a_full_disk_is_reported_and_leaves_the_publication_unchanged(one_ahead: Home) -> None:
    home = one_ahead
    before = published_state(home)
    full = run(FULL, home.root)
    assert full.returncode == 7, full.stderr
    assert "The published database is unchanged" in full.stdout
    assert published_state(home) == before
    assert hidden(home) == []
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1


def age(folder: Path, hours: float) -> None:
    """Let a vintage say that it was published some hours ago."""
    file = folder / "manifest.json"
    changed = json.loads(file.read_bytes()) | {"published_at": (datetime.now(UTC) - timedelta(hours=hours)).isoformat()}
    file.unlink()
    file.write_text(json.dumps(changed))


def vintage_of(home: Home, name: str, hours: float) -> str:
    """Add a vintage that was published some hours ago."""
    folder = home.published / "vintages" / name
    shutil.copytree(home.database.resolve().parent, folder)
    age(folder, hours)
    return name


def test_old_vintages_are_removed_except_the_current_and_recent_ones(published_home: Home) -> None:
    home, settings = published_home, Settings(_env_file=None, vintages_kept=8)

    def kept() -> set[str]:
        return {path.name for path in vintages.kept_vintages(home.published)}

    first = home.database.resolve().parent.name
    age(home.database.resolve().parent, 5)
    for number, hours in enumerate((4, 2, 3)):
        vintage_of(home, f"2026080{number}T000000Z-0000000{number}", hours)
    younger = {vintage_of(home, f"2026072{number}T000000Z-0000000{number}", 1) for number in range(6)}
    drop_a_company(home)
    new = publish(home, settings, AS_OF)
    # Readers opened the first one until now, although it was made hours ago and eight are younger.
    assert kept() == {first, "20260801T000000Z-00000001", *younger, new.counts["vintage_id"]}
    assert new.counts["removed"] == 2
    replaced = home.published / ".replaced" / first
    os.utime(replaced, (replaced.stat().st_mtime - 3600,) * 2)
    # Published within a quarter of an hour: a reader may be about to open any of them, so more than eight are kept.
    young = {vintage_of(home, f"2026081{number}T000000Z-0000000{number}", 0.1) for number in range(8)}
    drop_a_company(home)
    newest = publish(home, settings, AS_OF)
    assert kept() == {new.counts["vintage_id"], newest.counts["vintage_id"], *young}
    assert [path.name for path in replaced.parent.iterdir()] == [new.counts["vintage_id"]]


def test_the_current_vintage_stays_where_the_published_folder_is_a_link(published_home: Home, tmp_path: Path) -> None:
    home, settings = published_home, Settings(_env_file=None, vintages_kept=8)
    current = home.database.resolve().parent.name
    age(home.database.resolve().parent, 100)
    for day in range(1, 11):  # of earlier moments, and published later
        vintage_of(home, f"202607{day:02}T000000Z-000000{day:02}", 50 - day)
    home.published.rename(tmp_path / "disk")
    home.published.symlink_to(tmp_path / "disk")
    assert publish(home, settings, AS_OF).counts["changed"] == 0
    prune_vintages(home, settings)
    assert home.database.resolve().parent.name == current


def test_old_vintages_that_cannot_be_removed_do_not_undo_a_publication(
    published_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, settings, folder = published_home, Settings(_env_file=None, vintages_kept=8), published_home.published
    names = [vintage_of(home, f"202608{day:02}T000000Z-000000{day:02}", 24 * (20 - day)) for day in range(1, 12)]
    notes = folder / "vintages" / "notes.txt"  # a file of the operator
    notes.write_text("kept for the audit")
    os.utime(notes, (0, 0))
    remove = shutil.rmtree

    def of_another_user(path: Path, *values: Any, **named: Any) -> None:
        if path.name.endswith(names[0]):
            raise PermissionError(13, "Permission denied", str(path))
        remove(path, *values, **named)

    drop_a_company(home)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", of_another_user)
        first = publish(home, settings, AS_OF)
        again = publish(home, settings, AS_OF)
        maintained = prune_vintages(home, settings)
    assert (first.counts["changed"], first.counts["removed"], again.counts["changed"]) == (1, 5, 0)
    assert home.database.resolve().parent.name == first.counts["vintage_id"]
    hindered = f"{folder}/vintages/.building-old-{names[0]} could not be removed: Permission denied"
    assert hindered in first.details
    assert hindered in again.details
    assert maintained.gaps == (hindered,)
    assert notes.read_text() == "kept for the audit"
    assert prune_vintages(home, settings).gaps == ()
    assert hidden(home) == []


def test_a_home_copied_without_its_links_gives_a_clear_message(one_ahead: Home, tmp_path: Path) -> None:
    shutil.copytree(one_ahead.root, tmp_path / "copy", symlinks=False)
    home = Home(tmp_path / "copy")
    copied = {path: path.is_symlink() for path in home.published.rglob("*")}
    advice = r"was copied without its links: current and parquet .* Remove (.*) there .* `jobmarket publish` to restore"
    for attempt in (lambda: open_published(home), lambda: publish(home, SETTINGS, AS_OF)):
        with pytest.raises(StageError, match=advice) as error:
            attempt()
        assert "disk" not in str(error.value)
    assert {path: path.is_symlink() for path in home.published.rglob("*")} == copied, "no copy is added beside it"
    for name in re.split(", | and ", re.findall(advice, str(error.value))[0]):
        subprocess.run(["rm", "-r", home.published / name], check=True)  # as the message says
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 1
    assert home.database.resolve().parent.parent == home.published / "vintages"
    assert (home.published / "parquet").is_symlink()


def test_unreadable_reports_do_not_undo_a_publication(one_ahead: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: Path) -> set[str]:
        raise PermissionError(13, "Permission denied", "reports")

    monkeypatch.setattr(vintages, "reported", unreadable)
    done = publish(one_ahead, SETTINGS, AS_OF)
    assert done.counts["changed"] == 1
    assert any("old vintages not removed" in line and "reports" in line for line in done.details)


def test_the_current_vintage_is_kept_even_if_it_is_the_oldest(published_home: Home) -> None:
    home = published_home
    first = home.database.resolve().parent.name
    age(home.published / "vintages" / first, 48)
    change_marts(home, "create table ops.kept as from marts.dim_companies")
    drop_a_company(home)
    publish(home, Settings(_env_file=None, vintages_kept=9), AS_OF)
    change_marts(home, "delete from marts.dim_companies; insert into marts.dim_companies from ops.kept")
    back = publish(home, Settings(_env_file=None, vintages_kept=8), AS_OF)
    assert (back.counts["vintage_id"], back.counts["changed"]) == (first, 1)
    assert home.database.resolve().parent.name == first
