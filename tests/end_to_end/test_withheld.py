"""What a floor withholds is in no other column of the row: of every report, in the database as it is published."""

from __future__ import annotations

import re

import pytest

from .conftest import FinishedRun

pytestmark = pytest.mark.timeout(1200)

# A share, and the count that makes it of the denominator beside it (the sample world asks for no certifications). A
# count that is the numerator of another share that is shown, or the sample of a median that is, stays.
_NUMERATORS = (
    ("rpt_degree_and_experience", "share", "n_with"),
    ("rpt_pay_transparency_weekly", "share", "n_with"),
    ("rpt_workplace_weekly", "share", "n_with"),
    ("rpt_sector_demand", "share", "n_with"),
    ("rpt_sector_demand", "known_share", "n_known"),
    ("rpt_sector_demand", "coalesce(share_of_known, if(sector = 'unspecified', known_share, null))", "n_known"),
    ("rpt_skill_demand_weekly", "share", "n_with_skill"),
    ("rpt_skill_demand_weekly", "share", "n_companies_with_skill"),
    ("rpt_skill_demand_weekly", "required_share", "n_required"),
    ("rpt_skill_pairs", "share_with_other", "n_with_both"),
    ("rpt_salary_trend_weekly", "disclosure_share", "n_disclosing"),
    ("rpt_salary_trend_weekly", "coalesce(disclosure_share, salary_median_usd_annual)", "n_with_pay"),
)
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
    # the premium has premium_floor_reason
    *(
        ("rpt_specialisation_salary", name)
        for name in ("premium", "premium_log", "premium_low", "premium_high", "premium_q_value", "premium_rank")
    ),
}
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


@pytest.mark.parametrize(("table", "share", "numerator"), _NUMERATORS)
def test_a_share_that_is_withheld_has_no_numerator_either(
    table: str, share: str, numerator: str, sample_run: FinishedRun
) -> None:
    ((n_rows, told),) = sample_run.published(
        f"select count(*), count(*) filter (where {share} is null and n_postings > 0 and {numerator} is not null) "  # noqa: S608
        f"from {table}"
    )
    assert n_rows, f"{table} is empty: nothing was looked at"
    assert told == 0
