"""What a floor withholds is in no other column of the row: of every report, in the database as it is published.

The rule is that of docs/methods.md, "Below a floor": unreliable, not secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from .conftest import FinishedRun

pytestmark = pytest.mark.timeout(1200)

# The estimates that a count serves, as their numerator, as the employers of it or as the sample; where all of them are
# withheld, the count is too.
_SERVING = (
    ("rpt_degree_and_experience", "share", "n_with"),
    ("rpt_pay_transparency_weekly", "share", "n_with"),
    ("rpt_workplace_weekly", "share", "n_with"),
    ("rpt_sector_demand", "share", "n_with"),
    *(
        (report, "known_share", count)
        for report in ("rpt_workplace_weekly", "rpt_degree_and_experience", "rpt_sector_demand")
        for count in ("n_known", "n_companies_known")
    ),
    ("rpt_theme_demand_weekly", "share", "n_with"),
    ("rpt_skill_demand_weekly", "share", "n_with_skill"),
    ("rpt_skill_demand_weekly", "share", "n_companies_with_skill"),
    ("rpt_skill_demand_weekly", "required_share", "n_required"),
    ("rpt_skill_demand_weekly", "share", "n_preferred"),
    ("rpt_skill_pairs", "share_with_other", "n_with_both"),
    ("rpt_skill_pairs", "share_with_other", "n_companies_with_both"),
    ("rpt_salary_trend_weekly", "disclosure_share", "n_disclosing"),
    ("rpt_salary_trend_weekly", "coalesce(disclosure_share, salary_median_usd_annual)", "n_with_pay"),
)
# Withheld quotients of two counts that stay, each for a reason; an employer's counts are its list, not a sample.
_TWO_COUNTS_THAT_STAY = {
    ("rpt_employers", "share_of_open", "n_open", "n_postings"): "what an employer has open is what the table lists",
    ("rpt_employers", "share_of_new_13w", "n_new_13w", "n_new_postings_13w"): "what an employer published, likewise",
    **{
        (report, "share_of_known", "n_with", "n_known"): "each is the numerator of a share that is shown"
        for report in ("rpt_workplace_weekly", "rpt_degree_and_experience", "rpt_sector_demand")
    },
}
# Reports without a figure that is one count over another.
_NO_QUOTIENT = {
    "rpt_certification_demand": "empty, the sample world asks for none; of the macro that makes the other attributes",
    "rpt_attribute_salary_premium": "its counts are the samples of premiums",
    "rpt_discovery_delay": "how many postings were found in time is not counted in it",
    "rpt_published_claims": "one sample for a figure of whichever kind the claim is of",
    "rpt_role_demand_weekly": "its index compares the samples of two weeks",
    "rpt_salary_grid": "its counts are the samples of medians",
    "rpt_seniority_salary": "likewise",
    "rpt_skill_emerging": "empty, the sample world names nothing that the taxonomy lacks; no floor withholds",
    "rpt_skill_salary_premium": "its counts are the samples of premiums",
    "rpt_specialisation_salary": "its counts are the samples of medians and premiums",
    "rpt_time_to_close": "who is still open is no closing: no curve is a quotient of its counts",
    "rpt_time_to_close_quarterly": "likewise",
    "rpt_vintages": "one sample for a figure of whichever kind it is of",
}
# Columns of a row whose status is `suppressed` that are figures of another floor, or none of a sample.
_JUDGED_APART = {
    # how many disclose is judged by all that could have (disclosure_status)
    ("rpt_salary_trend_weekly", "disclosure_share"),
    ("rpt_salary_trend_weekly", "disclosure_low"),
    ("rpt_salary_trend_weekly", "disclosure_high"),
    # the share of new openings has new_floor_reason
    ("rpt_employers", "share_of_new_13w"),
    ("rpt_employers", "share_of_new_13w_low"),
    ("rpt_employers", "share_of_new_13w_high"),
    # which value is told of
    ("rpt_attribute_salary_premium", "attribute_value"),
    # the premium has premium_floor_reason
    *(
        ("rpt_specialisation_salary", name)
        for name in ("premium", "premium_log", "premium_low", "premium_high", "premium_q_value", "premium_rank")
    ),
}
# Bounds, amounts and changes, which are no part of anything.
_NO_PART = re.compile(r"_(?:low|high|q_value)$|usd|change|controlled|matched")
_FIGURE = re.compile(r"(?:^|_)(?:share|median|premium|index|change|lift|p\d\d|observed|value)(?:_|$)")


def test_a_suppressed_row_states_no_figure(sample_run: FinishedRun) -> None:
    columns: dict[str, list[str]] = {}
    for table, column in sample_run.published(
        "select table_name, column_name from duckdb_columns() where starts_with(table_name, 'rpt_') order by all"
    ):
        columns.setdefault(str(table), []).append(str(column))
    with_status = {table: names for table, names in columns.items() if "status" in names}
    assert len(with_status) >= 15
    told, looked = [], 0
    for table, names in with_status.items():
        figures = [
            name
            for name in names
            if _FIGURE.search(name) and not name.endswith("_reason") and (table, name) not in _JUDGED_APART
        ]
        looked += len(figures)
        counts = ", ".join(f'count("{name}")' for name in (*figures, "status"))
        (row,) = sample_run.published(f"select {counts} from {table} where status = 'suppressed'")  # noqa: S608
        told += [f"{table}.{name}: {count}" for name, count in zip(figures, row, strict=False) if count]
    assert looked > 100
    assert told == []


@pytest.mark.parametrize(("table", "served", "count"), _SERVING)
def test_a_count_is_withheld_with_all_the_estimates_that_it_serves(
    table: str, served: str, count: str, sample_run: FinishedRun
) -> None:
    ((n_rows, n_withheld, told),) = sample_run.published(
        f"""select count(*), count(*) filter (where {served} is null and n_postings > 0),
            count(*) filter (where {served} is null and n_postings > 0 and {count} is not null)
        from {table}"""  # noqa: S608
    )
    assert n_rows, f"{table} is empty: nothing was looked at"
    assert n_withheld, f"{table} withholds nothing: nothing was looked at"
    assert told == 0


def _quotients(sample_run: FinishedRun, table: str) -> Iterator[tuple[str, str, str, int]]:
    """Figures that are one count over another wherever shown, and in how many rows these two stay without it."""
    columns = sample_run.published(f"select column_name, data_type from duckdb_columns() where table_name = '{table}'")
    counts = [str(name) for name, kind in columns if str(name).startswith("n_") and kind in ("INTEGER", "BIGINT")]
    figures = [str(name) for name, kind in columns if kind == "DOUBLE" and not _NO_PART.search(str(name))]
    pairs = list(permutations(counts, 2))
    for figure in figures:
        looked = ", ".join(
            f"count(*) filter (where abs({figure} - {count} / {of}) < 1e-9), "
            f"count(*) filter (where {figure} is null and {of} > 0 and {count} is not null)"
            for count, of in pairs
        )
        if not looked:
            continue
        ((shown, *found),) = sample_run.published(f"select count({figure}), {looked} from {table}")  # noqa: S608
        for (count, of), is_quotient, told in zip(pairs, found[::2], found[1::2], strict=True):
            if shown and is_quotient == shown:
                yield figure, count, of, int(str(told))


def test_no_two_counts_of_a_row_make_a_figure_that_it_withholds(sample_run: FinishedRun) -> None:
    """Which counts make a figure is read off the rows that show it, so that no list of theirs can miss one."""
    without, told = set(), set()
    for (name,) in sample_run.published(
        "select table_name from duckdb_tables() where starts_with(table_name, 'rpt_') order by all"
    ):
        table = str(name)
        quotients = list(_quotients(sample_run, table))
        if not quotients:
            without.add(table)
        told |= {(table, *quotient) for *quotient, n_told in quotients if n_told}
    assert without == set(_NO_QUOTIENT)
    assert told == set(_TWO_COUNTS_THAT_STAY)


def test_methods_names_the_counts_that_are_withheld(root: Path) -> None:
    methods = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    told = methods.partition("is null as well:")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", told)) == {count for _, _, count in _SERVING}
