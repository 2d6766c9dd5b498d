"""Reports of a part of the market: titles, file names, and the reason in place of a figure."""

import dataclasses
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from babel import Locale

from jobmarket.report import ReportSpec, Scope
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import key_figures
from jobmarket.report.language import LOCALES, speaking
from jobmarket.report.queries import Published, read
from jobmarket.report.sections.grid import grid_section
from jobmarket.report.stage import composed
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import composed_report, published_week
from tests.jobmarket.report.test_later_tables import changed


@pytest.mark.parametrize(
    ("scope", "language", "title"),
    [
        (Scope(country="DE"), "en", "Machine-learning jobs: Germany, week 34 of 2026"),
        (Scope("ml_engineer", "US"), "en", "Machine-learning jobs: ML engineer, United States, week 34 of 2026"),
        (Scope(country="DE"), "de", "Stellen im maschinellen Lernen: Deutschland, KW 34/2026"),
        (Scope(country="DE"), "fr", "L’emploi en apprentissage automatique : Allemagne, semaine 34 de 2026"),
    ],
)
def test_a_country_is_called_by_its_name(sample: Home, scope: Scope, language: str, title: str) -> None:
    with speaking(language):
        assert composed(sample, None, ReportSpec(scope=scope)).title.replace("\xa0", " ") == title


def test_no_two_reports_share_a_file_where_case_does_not_count() -> None:
    codes = [code for code in Locale("en").territories if len(code) == 2]
    specs = [ReportSpec(scope=Scope(family, country), language=language)
              for family, country, language in product(("all", "ml_engineer"), ("all", *codes), LOCALES)]  # fmt: skip
    assert len({spec.stem.lower() for spec in specs}) == len(specs) > 1000


@pytest.fixture
def part(sample: Home) -> Iterator[Published]:
    with published_week(sample, Scope(country="US")) as week:
        yield week


def test_a_figure_that_is_not_shown_says_why_in_its_place(part: Published) -> None:
    few = {"salary_median_usd_annual": None, "disclosure_share": None, "status": "suppressed",
           "floor_reason": "fewer than 30 postings with pay",
           "disclosure_floor_reason": "fewer than 5 companies"}  # fmt: skip
    withheld = dataclasses.replace(part, pay=[dataclasses.replace(row, **few) for row in part.pay])
    shown = {figure.label: (figure.text, figure.remark, figure.status) for figure in key_figures(withheld)}
    assert shown["Median stated pay"] == ("–", "fewer than 30 postings with pay", "suppressed")
    assert shown["State pay"] == ("–", "fewer than 5 companies", "suppressed")
    nothing = {figure.label: (figure.text, figure.remark) for figure in key_figures(dataclasses.replace(
        part, pay=[], skills=[row for row in part.skills if row.measure == "stock"]))}  # fmt: skip
    assert nothing["Newly published"] == ("–", "no posting counts as new")
    assert nothing["Median stated pay"] == ("–", "no open posting states comparable pay")
    assert list(shown) == list(nothing) == ["Open postings", "Newly published", "Median stated pay", "State pay",
                                            "Coverage"]  # fmt: skip


@pytest.mark.parametrize(
    ("is_provisional", "reason", "status"),
    [(True, None, "provisional"), (False, None, "final"), (True, "sources_lost", "coverage_break")],
)
def test_a_count_of_a_suppressed_sample_has_the_status_of_its_week(
    sample: Home, tmp_path: Path, is_provisional: bool, reason: str | None, status: str
) -> None:
    with changed(sample, tmp_path, (f"update dim_weeks set is_provisional = {is_provisional}", None)) as part:
        suppressed = [
            dataclasses.replace(row, status="suppressed", share=None, break_reason=reason) for row in part.skills
        ]
        counts = key_figures(dataclasses.replace(part, skills=suppressed))[:2]
    assert all(figure.text not in ("–", "0") for figure in counts)
    assert [figure.status for figure in counts] == [status, status]


def test_every_country_with_a_figure_has_its_grid_the_most_pay_first(later: Home, tmp_path: Path) -> None:
    more = [
        (
            f"""insert into rpt_salary_grid select * replace ('{country}' as country,
            n_with_pay - {fewer} as n_with_pay, if({shown}, salary_median_annual, null) as salary_median_annual)
            from rpt_salary_grid
            where country = 'US' and pay_region = 'all'""",
            None,
        )
        for fewer, country, shown in ((60, "NL", True), (10, "GB", True), (20, "ES", False), (30, "FR", True),
                                      (40, "DE", True), (50, "CA", True))
    ]  # fmt: skip
    with changed(later, tmp_path, *more) as published:
        keys = [figure.key for figure in grid_section(published).figures]
    assert keys == ["grid-us", "grid-gb", "grid-fr", "grid-de", "grid-ca", "grid-regions"]


def test_the_grid_says_how_many_openings_are_in_its_totals_alone(later: Home, tmp_path: Path) -> None:
    part = """insert into rpt_salary_grid select * replace ('{band}' as experience_band, '{size}' as company_size_band,
        {n} as n_postings) from rpt_salary_grid
        where experience_band = 'all' and company_size_band = 'all' and pay_region = 'all'"""
    parts = [(part.format(band=band, size=size, n=n), None) for band, size, n in (
        ("senior", "all", 300), ("unspecified", "all", 100), ("all", "sme", 40), ("all", "large", 150),
        ("all", "unspecified", 210),
    )]  # fmt: skip
    whole = [("update rpt_salary_grid set n_postings = 190 where company_size_band = 'all' and n_postings = 400", None)]
    stated = [("update rpt_salary_grid set n_postings = 190 where experience_band = 'senior'", None)]
    with changed(later, tmp_path, *parts) as published:
        note = grid_section(published).figures[0].note
    assert note.endswith(
        "Of 400 openings, 100 state no experience and 210 are at employers of unknown size; they count only in the "
        "totals."
    )
    with changed(later, tmp_path, *parts, *whole, *stated) as published:
        assert "count only in the totals" not in grid_section(published).figures[0].note


def test_where_no_country_has_a_figure_the_largest_says_why(later: Home, tmp_path: Path) -> None:
    withheld = """update rpt_salary_grid set salary_median_annual = null,
        floor_reason = 'fewer than 30 postings with pay'"""
    with changed(later, tmp_path, (withheld, None)) as published:
        figure, _ = grid_section(published).figures
    assert figure.key == "grid-us"
    assert (figure.absence or "").startswith("Not shown: fewer than 30 postings with pay")


def test_a_country_without_a_median_of_the_week_has_that_of_the_half_year(later: Home, tmp_path: Path) -> None:
    few = ("update rpt_salary_trend_weekly set salary_median_usd_annual = null", None)
    with changed(later, tmp_path, few) as published:
        assert "Too few postings state pay to show a median." in headline(published)
        source = dataclasses.replace(published.source, scope=Scope(country="US"))
        assert headline(read(source))[-2] == (
            "Too few postings this week state pay to show a median; over the half year up to the week of 17 August "
            "2026 it is 150,000 USD a year (140,000–160,000, n\xa0=\xa0200)."
        )


def test_the_newest_postings_stand_without_a_count_of_another_moment(sample: Home) -> None:
    (figure,) = [figure for figure in composed_report(sample.root).figures if figure.key == "employers-most"]
    assert figure.table is not None
    assert [field.name for field in figure.table.fields] == ["company_name", "newest_title"]
