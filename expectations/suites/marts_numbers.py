"""Checks of the numbers in all marts before publication: one row per column of doubles, in ``numbers_of_marts``."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import REBUILD

SUITE = TableSuite(
    gate="marts",
    table="marts",
    batches=(
        Batch(
            name="numbers",
            unit="columns of schema marts",
            relation="numbers_of_marts",
            where="column_name",
            where_unit="columns",
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "numbers_are_finite",
                    "with a value that is infinite or not a number",
                    column="n_not_finite",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: estimators use NaN for what they do not know, and it is greater than every bound. "
                    "An unknown figure is null.",
                    remedy=REBUILD,
                ),
            ),
        ),
    ),
)
