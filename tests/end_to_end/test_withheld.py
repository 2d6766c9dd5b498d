"""No other column of a report's row reveals a figure that a floor withholds, in the published database.

The rule is in docs/methods.md, "Below a floor": withheld figures are unreliable, not secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from .conftest import FinishedRun

pytestmark = pytest.mark.timeout(1200)

Published = Callable[[str], list[tuple[object, ...]]]

# (report, estimate, count). The count is the estimate's numerator, its number of employers or its sample. If all
# estimates of a count are withheld, so is the count.
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
    ("rpt_agency_share_weekly", "share", "n_with"),
    ("rpt_certification_demand", "share", "n_with"),
    ("rpt_skill_demand_weekly", "share", "n_with_skill"),
    ("rpt_skill_demand_weekly", "share", "n_companies_with_skill"),
    ("rpt_skill_demand_weekly", "required_share", "n_required"),
    ("rpt_skill_demand_weekly", "share", "n_preferred"),
    ("rpt_skill_pairs", "share_with_other", "n_with_both"),
    ("rpt_skill_pairs", "share_with_other", "n_companies_with_both"),
    ("rpt_salary_trend_weekly", "disclosure_share", "n_disclosing"),
    ("rpt_salary_trend_weekly", "coalesce(disclosure_share, salary_median_usd_annual)", "n_with_pay"),
)
# Withheld quotients whose two counts are shown, each with the reason. An employer's counts are its list, not a sample.
_TWO_COUNTS_THAT_STAY = {
    ("rpt_employers", "share_of_open", "n_open", "n_postings"): "the table lists each employer's open postings",
    ("rpt_employers", "share_of_new_13w", "n_new_13w", "n_new_postings_13w"): "and its new postings",
    **{
        (report, "share_of_known", "n_with", "n_known"): "each count is the numerator of a share that is shown"
        for report in ("rpt_workplace_weekly", "rpt_degree_and_experience", "rpt_sector_demand")
    },
}
# Reports without a figure that is the quotient of two counts.
_NO_QUOTIENT = {
    "rpt_attribute_salary_premium": "its counts are the samples of premiums",
    "rpt_discovery_delay": "it does not count the postings found in time",
    "rpt_published_claims": "one sample per figure, whatever the kind of claim",
    "rpt_role_demand_weekly": "its index compares the samples of two weeks",
    "rpt_salary_grid": "its counts are the samples of medians",
    "rpt_seniority_salary": "its counts are the samples of medians",
    "rpt_skill_salary_premium": "its counts are the samples of premiums",
    "rpt_specialisation_salary": "its counts are the samples of medians and premiums",
    "rpt_time_to_close": "open postings are censored, so no curve is a quotient of its counts",
    "rpt_time_to_close_quarterly": "open postings are censored, so no curve is a quotient of its counts",
    "rpt_vintages": "one sample per figure, whatever its kind",
}
# Columns that may have a value in a row with status `suppressed`: they have another floor, or are not estimates.
_JUDGED_APART = {
    # disclosure has its own sample and floor: all postings that could state pay (disclosure_status)
    ("rpt_salary_trend_weekly", "disclosure_share"),
    ("rpt_salary_trend_weekly", "disclosure_low"),
    ("rpt_salary_trend_weekly", "disclosure_high"),
    # the share of new openings has its own floor (new_floor_reason)
    ("rpt_employers", "share_of_new_13w"),
    # the attribute's value, e.g. "remote", not a figure
    ("rpt_attribute_salary_premium", "attribute_value"),
    # the premium has its own floor (premium_floor_reason)
    *(
        ("rpt_specialisation_salary", name)
        for name in ("premium", "premium_log", "premium_low", "premium_high", "premium_q_value", "premium_rank")
    ),
}
# Bounds, amounts, changes and effects, which cannot be quotients of counts.
_NO_PART = re.compile(r"_(?:low|high|q_value)$|usd|change|effect|controlled|matched")
_FIGURE = re.compile(r"(?:^|_)(?:share|median|premium|index|change|lift|p\d\d|observed|value)(?:_|$)")


def test_a_suppressed_row_states_no_figure(sample_run: FinishedRun) -> None:
    columns: dict[str, list[str]] = {}
    for table, column in sample_run.published(
        "select table_name, column_name from duckdb_columns() where starts_with(table_name, 'rpt_') order by all"
    ):
        columns.setdefault(str(table), []).append(str(column))
    with_status = {table: names for table, names in columns.items() if "status" in names}
    assert len(with_status) >= 15
    shown, checked = [], 0
    with sample_run.reading() as published:
        for table, names in with_status.items():
            figures = [
                name
                for name in names
                if _FIGURE.search(name) and not name.endswith("_reason") and (table, name) not in _JUDGED_APART
            ]
            checked += len(figures)
            counts = ", ".join(f'count("{name}")' for name in (*figures, "status"))
            (row,) = published(f"select {counts} from {table} where status = 'suppressed'")
            shown += [f"{table}.{name}: {count}" for name, count in zip(figures, row, strict=False) if count]
    assert checked > 100
    assert shown == []


@pytest.mark.parametrize(("table", "served", "count"), _SERVING)
def test_a_count_is_withheld_with_all_the_estimates_that_it_serves(
    table: str, served: str, count: str, sample_run: FinishedRun
) -> None:
    ((n_rows, n_withheld, n_shown),) = sample_run.published(
        f"""select count(*), count(*) filter (where {served} is null and n_postings > 0),
            count(*) filter (where {served} is null and n_postings > 0 and {count} is not null)
        from {table}"""
    )
    assert n_rows, f"{table} is empty, so nothing was checked"
    assert n_withheld, f"{table} withholds nothing, so nothing was checked"
    assert n_shown == 0


def _quotients(published: Published, table: str) -> Iterator[tuple[str, str, str, int]]:
    """Find the figures that equal the quotient of two counts in every row that shows them.

    Yields:
        The figure, its two counts, and the number of rows that withhold the figure but show both counts.
    """
    columns = published(f"select column_name, data_type from duckdb_columns() where table_name = '{table}'")
    counts = [str(name) for name, kind in columns if str(name).startswith("n_") and kind in ("INTEGER", "BIGINT")]
    figures = [str(name) for name, kind in columns if kind == "DOUBLE" and not _NO_PART.search(str(name))]
    pairs = list(permutations(counts, 2))
    for figure in figures:
        checks = ", ".join(
            f"count(*) filter (where abs({figure} - {count} / {of}) < 1e-9), "
            f"count(*) filter (where {figure} is null and {of} > 0 and {count} is not null)"
            for count, of in pairs
        )
        if not checks:
            continue
        ((shown, *numbers),) = published(f"select count({figure}), {checks} from {table}")
        for (count, of), is_quotient, n_revealed in zip(pairs, numbers[::2], numbers[1::2], strict=True):
            if shown and is_quotient == shown:
                yield figure, count, of, int(str(n_revealed))


def test_no_two_counts_of_a_row_reveal_a_figure_that_it_withholds(sample_run: FinishedRun) -> None:
    """The counts behind a figure are inferred from the rows that show it, so no hand-made list can miss one."""
    without, revealed = set(), set()
    tables = "select table_name from duckdb_tables() where starts_with(table_name, 'rpt_') order by all"
    with sample_run.reading() as published:
        for table in (str(name) for (name,) in published(tables)):
            quotients = list(_quotients(published, table))
            if not quotients:
                without.add(table)
            revealed |= {(table, *quotient) for *quotient, n_revealed in quotients if n_revealed}
    assert without == set(_NO_QUOTIENT)
    assert revealed == set(_TWO_COUNTS_THAT_STAY)


def test_the_methods_page_names_the_counts_that_are_withheld(root: Path) -> None:
    methods = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    named = methods.partition("is null as well:")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", named)) == {count for _, _, count in _SERVING}
