"""Sections about tables without a row per week and skill: what they show, and what they say of an empty one."""

import csv
import io
import re
from pathlib import Path

import pytest
from lxml import html

from jobmarket.report import ReportSpec, Scope
from jobmarket.report.content import Report
from jobmarket.report.language import LOCALES, speaking
from jobmarket.report.renderings import render
from jobmarket.report.sections import pairs as sections_pairs
from jobmarket.report.sections.claims import claims_section
from jobmarket.report.sections.coverage import gaps_figure
from jobmarket.report.sections.employers import employers_section
from jobmarket.report.sections.pairs import pairs_figure
from jobmarket.report.sections.since import since_section
from jobmarket.report.stage import composed
from jobmarket.report_formats import FORMATS
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import DDL, LAST_WEEK
from tests.jobmarket.report.conftest import changed, composed_report
from tests.jobmarket.report.later_marts import TABLES

# Table -> a figure that is made of it.
FIGURES = {
    "rpt_workplace_weekly": "conditions-workplace", "rpt_degree_and_experience": "conditions-degree",
    "rpt_pay_transparency_weekly": "conditions-pay", "rpt_certification_demand": "conditions-certifications",
    "rpt_role_demand_weekly": "volume-trend", "rpt_time_to_close": "duration-days",
    "rpt_time_to_close_quarterly": "duration-quarters", "rpt_skill_pairs": "skills-pairs",
    "rpt_skill_emerging": "emerging-terms", "rpt_skill_salary_premium": "premiums-skills",
    "rpt_specialisation_salary": "premiums-specialisations", "rpt_attribute_salary_premium": "premiums-attributes",
    "rpt_salary_grid": "grid-us",
    "rpt_published_claims": "claims-observed", "rpt_employers": "employers-share",
    "rpt_sector_demand": "employers-sectors", "rpt_vintages": "since-vintage",
}  # fmt: skip


@pytest.fixture(scope="module")
def report(later: Home) -> Report:
    return composed(later, None, ReportSpec())


def test_a_figure_shows_its_table_and_says_why_it_is_empty(sample: Home, report: Report) -> None:
    assert set(FIGURES) == set(TABLES)
    there = {figure.key: figure for figure in report.figures}
    empty = {figure.key: figure for figure in composed_report(sample.root).figures}
    for name, key in FIGURES.items():
        assert there[key].table is not None, key
        if name not in DDL:
            assert (empty[key].table, bool(empty[key].absence)) == (None, True), key


def cells(report: Report, key: str) -> list[list[str]]:
    (figure,) = [figure for figure in report.figures if figure.key == key]
    assert figure.table is not None
    return [[cell.text for cell in row] for row in figure.table.rows]


def test_what_is_published_is_shown(report: Report) -> None:
    assert cells(report, "conditions-workplace")[0] == [
        "Hybrid", "20.0%", "17.0–23.0%", "200", "1,000", "90", "+1.0", "−2.0 to +4.0", "final",
    ]  # fmt: skip
    assert [row[0] for row in cells(report, "conditions-degree")] == ["Doctorate"]
    assert [row[0] for row in cells(report, "conditions-experience")] == ["Senior (5–7 years)"]
    assert cells(report, "volume-trend")[-1][3:7] == ["101.00", "100.00", "+1.2%", "−1.0% to +3.0%"]


def test_experience_is_said_to_be_the_level_before_the_years(report: Report) -> None:
    notes = {figure.key: figure.note or "" for figure in report.figures}
    assert "Experience is the stated level" in notes["conditions-experience"]
    assert "Experience is the stated level" not in notes["conditions-degree"]


def test_a_change_has_its_interval(report: Report) -> None:
    (figure,) = [figure for figure in report.figures if figure.key == "since-figures"]
    assert figure.table is not None
    change = [field.name for field in figure.table.fields].index("change")
    shown = {row[0].text: row[change].text for row in figure.table.rows}
    assert shown["Open postings"] == "+1.2% since the week of 20 July 2026 (−1.0% to +3.0%): not significant."
    assert shown["Employer boards observed"] == "–"


def test_the_pay_compared_with_the_week_before_is_that_of_the_headline(report: Report) -> None:
    (headline,) = [figure for figure in report.key_figures if figure.label.startswith("Median stated pay")]
    compared = {row[0]: row[1] for row in cells(report, "since-figures")}
    assert compared[headline.label].startswith(headline.text)


def test_a_flow_that_is_not_all_known_yet_is_compared_at_its_age_and_says_so(later: Home, tmp_path: Path) -> None:
    sentences = []
    for known in ("0.94", "null"):
        changes = (
            "update rpt_role_demand_weekly set measure = 'flow', status = 'provisional', matched_since = '2026-01-05', "
            f"expected_known_share = {known}",
            f"update rpt_role_demand_weekly set n_postings = 900 where week_start = date '{LAST_WEEK}'",
        )
        with changed(later, tmp_path, *((change, []) for change in changes)) as published:
            figure, *_ = since_section(published).figures
            assert figure.table is not None
            (why,) = [row[3].text for row in figure.table.rows if row[0].text == "Newly published"]
            sentences.append(why)
    compared = "−10.0% as counted, −1.0% among employers observed in both weeks. "
    assert sentences == [
        compared
        + "The latter compares what was known of each week at the same age; this early, 94.0% of the openings of "
        "earlier weeks were known. Any other difference between the two is due to coverage. Postings found late may "
        "still be added.",
        compared + "The difference between the two is due to coverage. Postings found late may still be added.",
    ]


@pytest.mark.parametrize(
    ("status", "floor", "reason"),
    [
        (
            "final",
            None,
            "No pair can be compared with chance: employers are too much alike to give an interval (pairs: 2).",
        ),
        (
            "suppressed",
            "fewer than 30 postings with both expected",
            "No pair is shown: fewer than 30 postings with both expected (all postings: 900, employers: 90).",
        ),
    ],
)
def test_why_no_pair_is_compared(later: Home, tmp_path: Path, status: str, floor: str | None, reason: str) -> None:
    nulls = "lift = null, lift_low = null, lift_high = null, is_significant = null"
    change = f"update rpt_skill_pairs set {nulls}, status = $1, floor_reason = $2::varchar"
    with changed(later, tmp_path, (change, [status, floor])) as published:
        figure = pairs_figure(published)
        assert figure.absence == reason
        assert len(published.source.connection.execute(figure.query).fetchall()) == 2


def test_a_coverage_break_without_missing_employers_is_still_a_break(later: Home, tmp_path: Path) -> None:
    everybody = "n_companies_qualified = n_companies_expected, coverage_ratio = 1, main_reason = null"
    complete = f"update rpt_board_coverage_weekly set {everybody}, break_reason = null, status = 'final'"
    with changed(later, tmp_path, (complete, None)) as published:
        assert (gaps_figure(published).absence or "").startswith("None: every expected employer")
    broken = "set break_reason = 'coverage_rose', status = 'coverage_break' where board = 'lever'"
    rose = f"update rpt_board_coverage_weekly {broken}"
    with changed(later, tmp_path, (complete, None), (rose, None)) as published:
        figure = gaps_figure(published)
    assert figure.table is not None
    assert {tuple(cell.text for cell in row[1:]) for row in figure.table.rows} == {
        ("Lever", "0", "38", "far more of the expected employers were observed than the week before", "coverage break")
    }


def test_a_coverage_break_has_its_reason(later: Home, tmp_path: Path) -> None:
    broken = ("update rpt_role_demand_weekly set status = 'coverage_break', break_reason = 'sources_added'", None)
    with changed(later, tmp_path, broken) as published:
        (figure, *_) = since_section(published).figures
    assert figure.table is not None
    why = [field.name for field in figure.table.fields].index("why")
    (sentence,) = [row[why].text for row in figure.table.rows if row[0].text == "Open postings"]
    assert sentence == (
        "Coverage break: the two weeks are not comparable. Reason: employers were observed for the first time."
    )


@pytest.mark.parametrize(("day", "reason"), [
    (6, "No week is complete yet; each employer’s openings are counted for a complete week."),
    (7, "No employer had an opening in the last complete week."),
])  # fmt: skip
def test_why_no_employer_is_shown(later: Home, tmp_path: Path, day: int, reason: str) -> None:
    begun = "select week_start from rpt_board_coverage_weekly union select week_start from rpt_skill_demand_weekly"
    moment = f"(select strftime(min(week_start) + {day}, '%Y-%m-%dT00:00:00+00:00') from ({begun}))"
    changes = [("delete from rpt_employers", None), (f"update about set value = {moment} where key = 'as_of'", None)]
    with changed(later, tmp_path, *changes) as published:
        figure = employers_section(published).figures[0]
    assert figure.absence == reason


def test_a_claims_place_is_written_as_it_is_called(report: Report) -> None:
    claimed = [row[0] for row in cells(report, "claims-observed")]
    assert "Median pay, ML engineer, United States, New York City" in claimed
    assert not [words for words in claimed if "New york" in words]


def test_suppressed_cells_and_what_is_not_significant_are_not_drawn(report: Report) -> None:
    there = {figure.key: figure for figure in report.figures}
    premiums = there["premiums-skills"]
    assert "Compared: 2; flagged as significant: 1" in premiums.note
    assert premiums.wide is not None
    assert "JAX" in premiums.wide.svg
    assert "Perl" not in premiums.wide.svg, "its interval holds zero"
    assert [row[:4] for row in cells(report, "premiums-skills")] == [
        ["JAX", "+8.0%", "+4.0% to +12.0%", "significant"], ["Perl", "−1.0%", "−4.0% to +2.0%", "–"],
    ]  # fmt: skip
    specialisations = there["premiums-specialisations"]
    assert specialisations.wide is None
    assert specialisations.absence == "None is associated with significantly higher or lower pay; 1 was compared."
    assert [row[:4] for row in cells(report, "premiums-attributes")] == [
        ["No degree vs Bachelor", "+1.0%", "−2.0% to +4.0%", "–"],
        ["Remote vs On site", "−6.0%", "−10.0% to −2.0%", "significant"],
    ]  # fmt: skip
    attributes = there["premiums-attributes"].wide
    assert attributes is not None
    assert ("Remote vs On site" in attributes.svg, "No degree" in attributes.svg) == (True, False)
    grid = there["grid-us"]
    assert grid.wide is not None
    assert "1 of 2 cells have too few postings or employers to be shown." in grid.note
    assert [row[0:4] for row in cells(report, "grid-us")] == [
        ["All experience", "all sizes", "150,000", "140,000–160,000"],
        ["Junior (under 3 years)", "small or medium", "–", "–"],
    ]  # fmt: skip
    assert [row[1:5] for row in cells(report, "grid-regions")] == [
        ["United States", "+10.0%", "+5.0% to +15.0%", "significant"]
    ]
    pairs = there["skills-pairs"]
    assert [row[:4] for row in cells(report, "skills-pairs")] == [["Helm", "Kubernetes", "3.00", "2.20–3.80"]]
    assert "2 pairs were compared" in pairs.note
    for figure in (premiums, there["premiums-attributes"], pairs):
        assert "The intervals of those flagged are wider than 95% intervals" in figure.note
        assert figure.table is not None
        assert "Interval" in [field.title for field in figure.table.fields]


def test_the_strongest_pairs_are_those_whose_interval_of_the_flagged_begins_highest(
    later: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections_pairs, "_SHOWN", 1)
    flagged = (
        "update rpt_skill_pairs set is_significant = true, lift_low = 2.6, lift_selected_low = 1.1, "
        "lift_selected_high = 1.3 where lift < 1.5",
        None,
    )
    with changed(later, tmp_path, flagged) as published:
        table = pairs_figure(published).table
    assert table is not None
    assert [row[0].text for row in table.rows] == ["Helm"]


def test_claims_stand_beside_what_is_observed(report: Report) -> None:
    assert [row[:5] for row in cells(report, "claims-observed")] == [
        ["Share of postings that ask for any of these: AWS / Azure, ML engineer", "from 50.0%",
         "40.0% (35.0% to 45.0%)", "below", "200"],
        ["Median pay, ML engineer, United States, New York City", "from 120,000 USD",
         "150,000 USD (140,000–160,000 USD)", "within", "200"],
        ["Growth, ML engineer", "–", "not measured here", "not comparable", "0"],
    ]  # fmt: skip
    (claims,) = [figure for figure in report.figures if figure.key == "claims-observed"]
    assert "Of 3 claims on published pages, 2 can be compared" in claims.note
    assert "within the claim in 1, above it in 0 and below it in 1; 0 can be neither" in claims.note
    assert "do not allow for what was overlooked or misread" in claims.note


def test_a_claim_is_written_by_what_it_measures_and_not_by_its_size(later: Home, tmp_path: Path) -> None:
    years = (
        "update rpt_published_claims set measure = 'years_min', subject = null, claim_low = 3, claim_high = null, "
        "observed = 0, observed_low = 0, observed_high = 0.5 where verdict = 'below'",
        None,
    )
    premium = ("update rpt_published_claims set measure = 'family_premium', claim_low = 0 where n_postings = 0", None)
    with changed(later, tmp_path, years, premium) as published:
        (figure,) = claims_section(published).figures
    assert figure.table is not None
    assert [[cell.text for cell in row[:3]] for row in figure.table.rows if row[3].value != "within"] == [
        ["Median of the years asked for, ML engineer", "from 3", "0 (0 to 0.5)"],
        ["Premium of the family, ML engineer", "from 0.0%", "not measured here"],
    ]


@pytest.mark.parametrize(
    ("measure", "seen", "reason"),
    [
        ("skill_share", (0.6, 0.55, 0.65, 0.48, 0.75), "allowing for misreading, 48.0% to 75.0%"),
        ("skill_share", (0.52, 0.45, 0.6, 0.4, 0.7), "part of the interval lies outside the claim"),
        ("specialisations_paid_more", (0.7, 0.2, 0.7, 0.2, 0.7), "the intervals of some others overlap its own"),
    ],
)
def test_an_open_verdict_says_why(
    later: Home, tmp_path: Path, measure: str, seen: tuple[float, ...], reason: str
) -> None:
    columns = zip(("observed", "observed_low", "observed_high", "judged_low", "judged_high"), seen, strict=True)
    values = ", ".join(f"{column} = {value}" for column, value in columns)
    query = f"update rpt_published_claims set measure = ?, verdict = 'not_refuted', {values} where verdict = 'below'"
    with changed(later, tmp_path, (query, [measure])) as published:
        (figure,) = claims_section(published).figures
    assert figure.table is not None
    shares = [row for row in figure.table.rows if row[3].value == "not_refuted"]
    assert [row[2].text.partition("; ")[2] for row in shares] == [reason]


def test_a_claim_in_a_week_that_broke_says_so(later: Home, tmp_path: Path) -> None:
    broken = ("update rpt_published_claims set status = 'coverage_break' where verdict = 'below'", None)
    with changed(later, tmp_path, broken) as published:
        (figure,) = claims_section(published).figures
    assert figure.table is not None
    statuses = {row[3].value: row[len(figure.table.columns_read) - 1].text for row in figure.table.rows}
    assert statuses == {"below": "coverage break", "within": "final", "not_comparable": "final"}


def test_a_status_in_the_data_is_also_in_the_table(report: Report) -> None:
    """A figure of small multiples shows it in each of them."""
    with_status = [each for each in report.figures if each.data and each.data.fields[-1].name == "status"]
    assert len(with_status) > 15
    tables = {each.key: each.table for each in with_status if each.table and not each.multiples}
    assert [key for key, table in tables.items() if table.fields[-1].name != "status"] == []


def test_claims_that_disagree_are_unfolded_and_the_others_folded(report: Report) -> None:
    page = html.document_fromstring(render(report, "html", "report")["report.html"].decode())
    figure = page.get_element_by_id("claims-observed")
    (shown, folded) = ([row[0].text_content().strip() for row in rows] for rows in (
        figure.findall("./div//tbody/tr"), figure.findall("./details/div//tbody/tr"),
    ))  # fmt: skip
    assert shown == ["Share of postings that ask for any of these: AWS / Azure, ML engineer"]
    assert folded == ["Median pay, ML engineer, United States, New York City", "Growth, ML engineer"]
    assert figure.findtext("./details/summary") == "The rest (2)"


def test_cells_in_prose_are_numbers_in_the_data(report: Report) -> None:
    files = render(report, "csv", "report")
    rows = {
        key: list(csv.DictReader(io.StringIO(files[f"report-csv/{key}.csv"].decode(), newline="")))
        for key in ("skills-levels", "since-figures", "since-vintage", "claims-observed", "skills-trend")
    }
    assert [row["seniority"] for row in rows["skills-levels"]] == ["senior"] * 5
    assert all(
        float(row["share_low"]) < float(row["share"]) < float(row["share_high"]) for row in rows["skills-levels"]
    )
    openings = rows["since-figures"][0]
    assert (openings["figure"], openings["this_week"], openings["change"]) == ("openings_stock", "1000.0", "0.012")
    assert [row["new_data_effect"] for row in rows["since-vintage"] if row["figure"] == "openings"] == ["15.0"]
    assert [(row["claim_low"], row["observed"]) for row in rows["claims-observed"]][:2] == [
        ("0.5", "0.4"), ("120000.0", "150000.0"),
    ]  # fmt: skip
    assert {row["skill_name"] for row in rows["skills-trend"]} > {"Python"}


def test_the_share_without_a_statement_is_no_bar_among_values(report: Report) -> None:
    (sectors,) = [figure for figure in report.figures if figure.key == "employers-sectors"]
    assert sectors.wide is not None
    assert "Finance" in sectors.wide.svg
    assert "Unspecified" not in sectors.wide.svg
    assert "20.0% of them say nothing about it." in sectors.note
    assert [row[0] for row in cells(report, "employers-sectors")] == ["Finance", "Unspecified"]


def test_time_to_close_and_employers_say_their_samples(report: Report) -> None:
    assert [row[:6] for row in cells(report, "duration-days")] == [
        ["All", "34", "31–34", "52.8%", "50.8–54.8%", "4,089"], ["France", "30", "≥ 21", "50.0%", "48.0–52.0%", "90"],
    ]  # fmt: skip
    assert [row[:5] for row in cells(report, "duration-quarters")] == [
        ["1 April 2026", "33", "30–36", "+25.0%", "+15.0% to +45.0%"], ["1 January 2026", "41", "38–44", "–", "–"],
    ]  # fmt: skip
    (quarters,) = [figure for figure in report.figures if figure.key == "duration-quarters"]
    assert quarters.note.startswith(
        "In the quarter beginning 1 April 2026, the pace of closing changed by +25.0% (+15.0% to +45.0%) from the "
        "previous quarter."
    )
    (largest,) = [figure for figure in report.figures if figure.key == "employers-share"]
    assert "928 openings at 167 employers in total" in largest.note
    # no interval: theirs is not clustered by employer
    assert cells(report, "employers-share")[0][:5] == ["Acme", "33", "3.6%", "15", "51"]


def test_levels_and_workplaces_stand_apart_and_are_not_counted_twice(report: Report) -> None:
    assert [row[0] for row in cells(report, "skills-levels")] == ["Senior"]
    assert [row[0] for row in cells(report, "skills-workplaces")] == ["Remote"]
    skills = cells(report, "skills-levels")[0][1]
    assert re.fullmatch(r"Python [\d.]+% \([\d.–%]+\)( · .+ [\d.]+% \([\d.–%]+\)){4}", skills)
    names = [row[0] for row in cells(report, "skills-week")]
    assert len(names) == len(set(names))


def test_differences_from_the_previous_vintage_are_decomposed(report: Report) -> None:
    assert [row[:5] for row in cells(report, "since-vintage")] == [
        ["Median stated pay", "–", "US$150,000 (US$141,000–159,000)", "–", "One of the two figures is not shown."],
        ["Open postings", "911", "928", "+17", "the next week +15 · late data +2"],
        ["Python", "86.0%", "87.0% (84.0–90.0%)", "+1.0 points", "the next week +1.0 points"],
    ]  # fmt: skip


def test_a_scope_has_these_sections_too(later: Home) -> None:
    report = composed(later, None, ReportSpec(scope=Scope("ml_engineer", "US")))
    absences = {figure.key: figure.absence for figure in report.figures}
    assert "None of this was observed" in (absences["conditions-workplace"] or "")
    assert "No opening in the half year" in (absences["premiums-skills"] or "")


def test_every_format_and_language_renders_these_sections(later: Home, report: Report) -> None:
    for form in FORMATS:
        assert render(report, form, "report")
    for language in LOCALES:
        with speaking(language):
            assert {section.key for section in composed(later, None, ReportSpec()).sections} >= {
                "volume",
                "premiums",
                "grid",
            }


def test_only_changed_figures_of_a_vintage_are_unfolded(report: Report) -> None:
    (figure,) = [figure for figure in report.figures if figure.key == "since-vintage"]
    assert figure.table is not None
    assert figure.table.n_open == 3, "a figure that one of the two does not show has not stayed the same"
