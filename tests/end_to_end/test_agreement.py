"""Columns that state the same thing agree in the published database, to the last digit."""

from __future__ import annotations

import pytest

from .conftest import FinishedRun

pytestmark = pytest.mark.timeout(1200)


def test_the_share_that_states_pay_has_the_same_interval_in_both_tables(sample_run: FinishedRun) -> None:
    """No employer of the sample world states only on-target earnings, which disclosure_share leaves out."""
    both = sample_run.published("""
        select
            n_disclosing, n_with, disclosure_share, share, disclosure_low, share_low, disclosure_high, share_high
        from rpt_salary_trend_weekly as pay
        inner join rpt_pay_transparency_weekly as statements using (week_start, measure, role_family, country)
        where pay.seniority = 'all' and pay_statement = 'any' and share is not null
    """)
    assert len(both) > 500
    assert [row for row in both if row[::2] != row[1::2]] == []


def test_an_effect_or_a_change_is_zero_or_more_than_a_rounding_error(sample_run: FinishedRun) -> None:
    columns = sample_run.published("""
        select table_name, column_name
        from information_schema.columns
        where
            data_type = 'DOUBLE' and starts_with(table_name, 'rpt_')
            and regexp_full_match(column_name, '.*_effect(_usd)?|change_[0-9]+w|controlled_change_.*w|quarter_change.*')
    """)
    assert len(columns) > 20
    tiny = {
        f"{table}.{column}": sample_run.published(
            f"select count(*) filter (where abs({column}) < 1e-10), count(*) filter (where {column} = 0) from {table}"
        )[0]
        for table, column in columns
    }
    assert {name: counts for name, counts in tiny.items() if counts[0] != counts[1]} == {}
    assert len([name for name, counts in tiny.items() if counts[1]]) > 5
