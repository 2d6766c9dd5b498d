"""The seeds on boards fit the spiders, and contain the pay units of every board that states them.

Otherwise its pay could not be annualised.
"""

from __future__ import annotations

import csv
import inspect
from pathlib import Path

import pytest

from scrapers.boards.base import BoardSpider
from scrapers.boards.job_posting_schema import fields_of
from scrapers.systems import spiders_by_name

# The units of schema.org, as in pages with a JobPosting.
UNITS_OF_PAGES = {"DAY", "HOUR", "MONTH", "WEEK", "YEAR"}
WITHOUT_UNITS = {"greenhouse": "the period is in the title of the pay range, or nowhere"}


@pytest.fixture(scope="module")
def units(root: Path) -> dict[str, set[str]]:
    """The pay units in the seed, by board."""
    known: dict[str, set[str]] = {}
    with (root / "dbt_project" / "seeds" / "board_tokens.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["field"] == "pay_unit":
                known.setdefault(row["board"], set()).add(row["token"])
    return known


@pytest.fixture(scope="module")
def spiders() -> dict[str, type[BoardSpider]]:
    return spiders_by_name()


def test_the_seeds_list_boards_that_have_a_spider(root: Path, spiders: dict[str, type[BoardSpider]]) -> None:
    def rows_of(seed: str) -> list[dict[str, str]]:
        with (root / "dbt_project" / "seeds" / seed).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def boards_in(seed: str) -> set[str]:
        return {row["board"] for row in rows_of(seed)}

    boards_with_archive = {row["board"] for row in rows_of("board_systems.csv") if row["archive_period"]}
    assert boards_in("board_systems.csv") == set(spiders)
    assert boards_with_archive == {name for name, spider in spiders.items() if spider.has_history()}
    assert boards_in("board_tokens.csv") - set(spiders) == set()


def reads_a_page(spider: type[BoardSpider]) -> bool:
    """Whether the spider reads pay from a JobPosting."""
    return vars(inspect.getmodule(spider)).get("fields_of") is fields_of


def test_each_board_with_pay_has_units_in_the_seed(
    units: dict[str, set[str]], spiders: dict[str, type[BoardSpider]]
) -> None:
    with_pay = {
        name
        for name, spider in spiders.items()
        if reads_a_page(spider) or "base_salary=" in inspect.getsource(inspect.getmodule(spider) or spider)
    }
    assert len(with_pay) > 15, "too few spiders with pay were found"
    assert with_pay - set(WITHOUT_UNITS) - set(units) == set()
    assert set(WITHOUT_UNITS) & set(units) == set(), "the board has units now: remove it from WITHOUT_UNITS"


def test_boards_that_read_pages_have_all_units_of_pages(
    units: dict[str, set[str]], spiders: dict[str, type[BoardSpider]]
) -> None:
    of_pages = {name for name, spider in spiders.items() if reads_a_page(spider)}
    assert {"breezy", "jsonld"} <= of_pages, "too few spiders that read pages were found"
    assert {name: sorted(UNITS_OF_PAGES - units.get(name, set())) for name in of_pages} == dict.fromkeys(of_pages, [])
