"""Themes of skills, and pay by level over the half year: each figure with its sample, interval and coverage."""

import csv
from pathlib import Path

import pytest

from jobmarket.report import formats, names
from jobmarket.report.figures import Figure
from jobmarket.report.language import LOCALES, speaking
from jobmarket.report.sections.pay import pay_section
from jobmarket.report.sections.seniority import seniority_figure
from jobmarket.report.sections.themes import TABLE, themes_figure
from jobmarket.settings import Home
from tests.conftest import ROOT
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed


def test_themes_are_ranked_by_share_with_interval_sample_and_coverage(sample: Home, tmp_path: Path) -> None:
    with changed(sample, tmp_path) as published:
        figure = themes_figure(published)
        shares = published.source.connection.execute(
            f"select theme from {TABLE} where week_start = ? and measure = 'stock' and role_family = 'all' "
            "and country = 'all' order by share desc nulls last, theme",
            [LAST_WEEK],
        ).fetchall()
    assert figure.table is not None
    assert [row[0].value for row in figure.table.rows] == [theme for (theme,) in shares]
    assert figure.wide is not None
    names = [field.title for field in figure.table.fields]
    for row in figure.table.rows:
        cells = dict(zip(names, (cell.text for cell in row), strict=True))
        assert "–" in cells["95% interval"]
        assert formats.NO_VALUE not in (cells["Share"], cells["n"], cells["Coverage"])


def intervals(figure: Figure) -> list[str]:
    assert figure.table is not None
    return [field.title for field in figure.table.fields if field.unit.endswith("_interval")]


def test_a_theme_that_changed_significantly_is_named_with_its_interval(sample: Home, tmp_path: Path) -> None:
    reset = f"update {TABLE} set is_significant_13w = false"
    change = (
        f"update {TABLE} set change_13w = 0.08, change_13w_low = 0.05, change_13w_high = 0.11, "
        "change_13w_selected_low = 0.04, change_13w_selected_high = 0.12, is_significant_13w = true "
        f"where theme = (select min(theme) from {TABLE})"
    )
    with changed(sample, tmp_path, (reset, None)) as published:
        figure = themes_figure(published)
    assert "Changed significantly" not in figure.note
    assert intervals(figure) == ["95% interval", "95% interval"]
    with changed(sample, tmp_path, (reset, None), (change, None)) as published:
        figure = themes_figure(published)
    assert "(+8.0 points, +4.0 to +12.0). The intervals of flagged changes of shares are wider" in figure.note
    assert intervals(figure) == ["95% interval", "Interval"], "wider than one of 95%"
    assert figure.table is not None
    assert "+4.0 to +12.0" in [cell.text for row in figure.table.rows for cell in row], "as in the sentence"


def test_a_theme_is_told_apart_from_the_skill_of_its_name(sample: Home, tmp_path: Path) -> None:
    with changed(sample, tmp_path) as published:
        assert "A skill of the same name is only one of these." in themes_figure(published).note


@pytest.mark.parametrize("language", LOCALES)
def test_every_theme_has_a_short_name(language: str) -> None:
    with (ROOT / "dbt_project" / "seeds" / "themes.csv").open(encoding="utf-8") as file:
        themes = [row["theme"] for row in csv.DictReader(file)]
    with speaking(language):
        shown = [names.known_name(theme) for theme in themes]
    assert all(shown), [theme for theme, name in zip(themes, shown, strict=True) if not name]
    assert len(set(shown)) == len(shown)
    assert all(len(name or "") <= 24 for name in shown), "a phone has no room for more beside a chart"


def test_no_theme_is_shown_under_the_name_of_one_of_its_parts() -> None:
    seeds = ROOT / "dbt_project" / "seeds"
    with (seeds / "skills.csv").open(encoding="utf-8") as file:
        skill_of = {row["name"].lower(): row["skill_id"] for row in csv.DictReader(file)}
    with (seeds / "themes.csv").open(encoding="utf-8") as file:
        shown = {row["theme"]: (names.known_name(row["theme"]) or "").lower() for row in csv.DictReader(file)}
    same = {theme: skill_of[name] for theme, name in shown.items() if name in skill_of}
    assert len(same) > 5
    assert {theme: skill for theme, skill in same.items() if theme != skill} == {}


def test_pay_by_level_over_the_half_year_is_drawn_for_one_country(sample: Home, tmp_path: Path) -> None:
    abroad = (
        "insert into rpt_seniority_salary select * replace ('GB' as country, 'GBP' as currency, 50 as n_with_pay) "
        "from rpt_seniority_salary where seniority = 'senior'"
    )
    with changed(sample, tmp_path, (abroad, None)) as published:
        figure = seniority_figure(published)
        keys = [figure.key for figure in pay_section(published).figures]
    assert keys.index("pay-half-year") == keys.index("pay-levels") + 1
    assert figure.title == "By level over the half year: United States (USD)"
    assert "in USD" in figure.note
    assert "The table also has the other countries" in figure.note
    assert figure.table is not None
    assert [[cell.text for cell in row[:4]] for row in figure.table.rows] == [
        ["United States", "Senior", "190,000", "180,000–200,000"],
        ["United States", "Staff", "220,000", "210,000–230,000"],
        ["United Kingdom", "Senior", "190,000", "180,000–200,000"],
    ]
    assert [cell.text for cell in figure.table.rows[0][6:11]] == ["USD", "110", "40", "200", "93.0%"]


def test_pay_by_level_that_is_withheld_says_why(sample: Home, tmp_path: Path) -> None:
    withheld = (
        "update rpt_seniority_salary set salary_median_annual = null, median_low = null, median_high = null, "
        "status = 'suppressed', floor_reason = 'fewer than 30 postings with pay'"
    )
    with changed(sample, tmp_path, (withheld, None)) as published:
        figure = seniority_figure(published)
    assert figure.wide is None
    assert figure.absence == "Not shown: fewer than 30 postings with pay (postings: 110, employers: 40)."
