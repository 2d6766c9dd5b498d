"""Earlier published figures outlast the warehouse."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jobmarket.published_figures import figures_folder, read_figures_back, write_figures
from jobmarket.publishing import publish
from jobmarket.publishing.history import keep_figures, read_figures
from jobmarket.settings import Home, Settings
from jobmarket.warehouse import connect, load
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, describe, pass_gates

pytestmark = pytest.mark.usefixtures("few_questions")

SETTINGS = Settings(_env_file=None)
BEFORE = AS_OF - timedelta(days=7)
OPS = ("published_figures", "published_figure_postings")
HEADLINES = """
    create schema if not exists intermediate;
    create or replace table marts.rpt_vintages as from ops.published_figures limit 0;
    insert into marts.rpt_vintages by name
    select 'this' as vintage_id, {as_of}::timestamp as as_of, 'openings' as figure, {value}::double as value;
    create or replace table intermediate.int_headline_postings as
    select 'openings' as figure, uuid() as posting_key, uuid() as content_hash, 1.0::double as value,
        range < {value} as is_headline
    from range(100)
"""


def headlines(as_of: datetime, value: int) -> str:
    return HEADLINES.format(as_of=f"'{as_of:%Y-%m-%d}'", value=value)


def publish_week(home: Home, as_of: datetime, value: int) -> str:
    build_marts(home, as_of=as_of, weeks=1, postings=40)
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute(headlines(as_of, value))
        describe(warehouse)
        pass_gates(warehouse)
    return str(publish(home, SETTINGS, as_of).counts["vintage_id"])


def kept_figures(home: Home) -> list[list[tuple[object, ...]]]:
    with connect(home, SETTINGS, read_only=True) as warehouse:
        return [warehouse.execute(f"from ops.{table} order by all").fetchall() for table in OPS]


@pytest.fixture(scope="module")
def two_vintages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[str]]:
    """Return a home that published twice, a week apart, and its vintages. Tests work on copies."""
    home = Home(tmp_path_factory.mktemp("two-vintages"))
    home.landing.mkdir()
    return home, [publish_week(home, BEFORE, 60), publish_week(home, AS_OF, 90)]


@pytest.fixture
def home(two_vintages: tuple[Home, list[str]], tmp_path: Path) -> Home:
    shutil.copytree(two_vintages[0].root, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


def test_a_recreated_warehouse_restores_the_published_figures(home: Home, two_vintages: tuple[Home, list[str]]) -> None:
    before = kept_figures(home)
    assert [len(rows) for rows in before] == [2, 60 + 90]
    home.warehouse.unlink()
    again = load(home, SETTINGS)
    assert again.details == (f"restored the published figures of 2 vintages: {', '.join(two_vintages[1])}",)
    assert again.gaps == ()
    assert kept_figures(home) == before
    assert load(home, SETTINGS).details == ()
    assert kept_figures(home) == before


def test_lost_files_are_written_again_though_nothing_is_new_to_publish(home: Home) -> None:
    files = {path.name: path.read_bytes() for path in figures_folder(home).iterdir()}
    for name in files:
        (figures_folder(home) / name).unlink()
    assert publish(home, SETTINGS, AS_OF).counts["changed"] == 0
    assert {path.name for path in figures_folder(home).iterdir()} == files.keys()


def test_figures_known_to_a_home_of_an_earlier_version_are_written_with_its_next_vintage(home: Home) -> None:
    files = {path.name for path in figures_folder(home).iterdir()}
    assert len(files) == 4
    shutil.rmtree(figures_folder(home))
    later = publish_week(home, AS_OF + timedelta(days=1), 70)
    assert {path.name for path in figures_folder(home).iterdir()} == {
        *files, f"{later}.figures.parquet", f"{later}.postings.parquet",
    }  # fmt: skip


def test_files_of_postings_are_removed_together_with_the_postings(
    home: Home, two_vintages: tuple[Home, list[str]]
) -> None:
    with connect(home, SETTINGS) as warehouse:
        read = read_figures(warehouse, "another")
        assert read is not None
        keep_figures(warehouse, read, "another", datetime(2026, 8, 27), 1)  # noqa: DTZ001  # as the warehouse stores it
        write_figures(warehouse, home)
        known = {
            vintage
            for (vintage,) in warehouse.execute(
                "select distinct vintage_id from ops.published_figure_postings"
            ).fetchall()
        }
        assert len(known) == 1
    names = {path.name for path in figures_folder(home).iterdir()}
    figures = {f"{vintage}.figures.parquet" for vintage in (*two_vintages[1], "another")}
    assert names == figures | {f"{vintage}.postings.parquet" for vintage in known}
    before = kept_figures(home)
    home.warehouse.unlink()
    with connect(home, SETTINGS) as warehouse:
        read_figures_back(warehouse, home)
    assert kept_figures(home) == before


@pytest.mark.parametrize("part", ["figures", "postings"])
def test_a_damaged_file_is_a_gap_and_the_other_files_are_restored(
    home: Home, two_vintages: tuple[Home, list[str]], part: str
) -> None:
    first, second = two_vintages[1]
    figures, postings = kept_figures(home)
    home.warehouse.unlink()
    (figures_folder(home) / f"{first}.{part}.parquet").write_bytes(b"no parquet")
    result = load(home, SETTINGS)
    (gap,) = result.gaps
    assert gap.startswith(f"figures of vintage {first}: ")
    assert f"Restore {figures_folder(home)}/{first}.{part}.parquet, or move {figures_folder(home)}/{first}.fig" in gap
    assert kept_figures(home) == [[row for row in rows if row[0] == second] for rows in (figures, postings)]


def test_the_latest_vintage_is_not_restored_without_its_postings(
    home: Home, two_vintages: tuple[Home, list[str]]
) -> None:
    """The next vintage would have nothing to compare with. Once the postings are back, the vintage is restored."""
    first, second = two_vintages[1]
    figures, postings = kept_figures(home)
    home.warehouse.unlink()
    missing = figures_folder(home) / f"{second}.postings.parquet"
    away = missing.rename(missing.with_suffix(".away"))
    result = load(home, SETTINGS)
    (gap,) = result.gaps
    assert gap.startswith(f"figures of vintage {second}: its postings are missing. Restore {missing}, ")
    assert result.details == (f"restored the published figures of 1 vintage: {first}",)
    assert kept_figures(home) == [[row for row in rows if row[0] == first] for rows in (figures, postings)]
    away.rename(missing)
    assert load(home, SETTINGS).gaps == ()
    assert kept_figures(home) == [figures, postings]


def test_an_earlier_vintage_is_restored_without_its_postings(home: Home, two_vintages: tuple[Home, list[str]]) -> None:
    """Only the latest vintage keeps its postings."""
    first, second = two_vintages[1]
    figures, postings = kept_figures(home)
    home.warehouse.unlink()
    (figures_folder(home) / f"{first}.postings.parquet").unlink()
    assert load(home, SETTINGS).gaps == ()
    assert kept_figures(home) == [figures, [row for row in postings if row[0] == second]]


def test_a_folder_that_cannot_be_written_does_not_undo_a_publication(home: Home) -> None:
    shutil.rmtree(figures_folder(home))
    figures_folder(home).write_text("a file in its place")
    build_marts(home, as_of=AS_OF + timedelta(days=1), weeks=1, postings=40)
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute(headlines(AS_OF + timedelta(days=1), 70))
        describe(warehouse)
        pass_gates(warehouse)
    result = publish(home, SETTINGS, AS_OF + timedelta(days=1))
    assert result.counts["changed"] == 1
    assert any(f"figures not written to {figures_folder(home)}" in line for line in result.details)
    assert len(kept_figures(home)[0]) == 3
