"""Figures in strip, headline and charts are the published ones of this week, measure and sample."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jobmarket.publishing import open_published
from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Row
from jobmarket.report.content import compose
from jobmarket.report.figures import Figure
from jobmarket.report.flat import flat
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import key_figures
from jobmarket.report.queries import Published, Scope
from jobmarket.report.sections import pay
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed, composed_report, published_week

_OF_THE_WEEK = "week_start = ? and role_family = 'all' and country = 'US'"


@pytest.fixture
def part(sample: Home) -> Iterator[Published]:
    with published_week(sample, Scope(country="US")) as week:
        yield week


def row_of(part: Published, query: str) -> tuple[Any, ...]:
    """The one row of a query for the week."""
    (row,) = part.source.connection.execute(query, [LAST_WEEK]).fetchall()
    return tuple(row)


def counts(part: Published, measure: str) -> tuple[int, int]:
    """Postings and employers of a measure."""
    of_skills = f"from rpt_skill_demand_weekly where {_OF_THE_WEEK} and measure = '{measure}'"
    n_postings, n_companies = row_of(part, f"select distinct n_postings, n_companies {of_skills}")
    return n_postings, n_companies


def test_the_strip_is_made_of_the_weeks_figures(part: Published) -> None:
    median, low, high, n_paid, share, share_low, share_high, n_of_share = row_of(
        part,
        "select salary_median_usd_annual, salary_median_usd_annual_low, salary_median_usd_annual_high, n_with_pay, "
        "disclosure_share, disclosure_low, disclosure_high, n_postings from rpt_salary_trend_weekly "
        f"where {_OF_THE_WEEK} and measure = 'stock' and seniority = 'all'",
    )
    (n_open, of_open), (n_new, of_new) = counts(part, "stock"), counts(part, "flow")
    assert n_new < n_paid < n_of_share == n_open
    strip = {figure.label: (figure.text, figure.remark) for figure in key_figures(part)}
    assert strip["Open postings"] == (formats.count(n_open), f"with a description, at {of_open} employers")
    assert strip["Newly published"] == (formats.count(n_new), f"with a description, at {of_new} employers")
    assert strip["Median stated pay"] == (
        formats.dollars(median), f"{formats.dollars_interval(low, high)}, {formats.sample(n_paid)}"
    )  # fmt: skip
    assert strip["State pay"] == (
        formats.share(share), f"{formats.share_interval(share_low, share_high)}, {formats.sample(n_of_share)}"
    )  # fmt: skip
    sentences = " ".join(headline(part))
    assert f"{formats.dollars(median)} a year ({formats.dollars_interval(low, high)})" in sentences
    assert f"among the {formats.share(share)} of open postings" in sentences


@pytest.mark.parametrize("own", ["provisional", "final"])
def test_the_disclosure_share_has_its_own_status(sample: Home, tmp_path: Path, own: str) -> None:
    other = {"provisional": "final", "final": "provisional"}[own]
    update = f"update rpt_salary_trend_weekly set disclosure_status = '{own}', status = '{other}'"
    with changed(sample, tmp_path, (update, None)) as published:
        statuses = {figure.label: figure.status for figure in key_figures(published)}
    assert (statuses["State pay, all countries"], statuses["Median stated pay, United States"]) == (own, other)


def test_a_count_that_is_not_final_is_labelled(part: Published) -> None:
    for status in ("provisional", "coverage_break"):
        skills = [dataclasses.replace(row, status=status) for row in part.skills]
        figures = key_figures(dataclasses.replace(part, skills=skills))
        assert [figure.status for figure in figures[:2]] == [status] * 2


def test_new_postings_count_only_in_their_own_figures(sample: Home, tmp_path: Path) -> None:
    """Without them the figures of open postings stay the same."""
    with open_published(sample) as connection:
        named = connection.execute(
            "select table_name from duckdb_columns() semi join duckdb_tables() using (table_name) "
            "where column_name = 'measure'"
        ).fetchall()
    tables = [table for (table,) in named]
    assert {"rpt_salary_trend_weekly", "rpt_skill_demand_weekly", "rpt_theme_demand_weekly"} <= set(tables)
    without = [(f"delete from {table} where measure = 'flow'", None) for table in tables]
    with changed(sample, tmp_path, *without) as published:
        report, whole = compose(published.source), composed_report(sample.root)
    theirs = {"skills-week", "since-figures"}
    found, expected = (
        {figure.key: [(column.name, column.values) for column in flat(figure.data)] for figure in of.figures
         if figure.data is not None and figure.key not in theirs}
        for of in (report, whole)
    )  # fmt: skip
    assert len(expected) > 12
    assert found == expected
    assert report.lede[1:] == whole.lede[1:]
    assert [figure for figure in report.key_figures if figure.label != "Newly published"] == [
        figure for figure in whole.key_figures if figure.label != "Newly published"
    ]


def test_the_band_of_pay_is_the_middle_half(part: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Sequence[Row]] = []

    def draw(key: str, title: str, rows: Sequence[Row], **_: object) -> Figure:
        drawn.append(rows)
        return Figure(key, title)

    monkeypatch.setattr(pay, "interval_figure", draw)
    pay.pay_section(part)
    shown = "seniority <> 'all' and salary_median_usd_annual is not null"
    of_levels = part.source.connection.execute(
        f"select seniority, salary_p25_usd_annual, salary_p75_usd_annual from rpt_salary_trend_weekly "
        f"where {_OF_THE_WEEK} and measure = 'stock' and {shown}",
        [LAST_WEEK],
    ).fetchall()
    assert len(of_levels) > 3
    assert {row.label: row.band for row in drawn[0]} == {
        names.name(level): (lower, upper) for level, lower, upper in of_levels
    }
