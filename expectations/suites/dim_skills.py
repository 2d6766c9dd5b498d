"""Checks of ``dim_skills`` before publication: one row per skill of the taxonomy."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check
from expectations.suites.shared_bounds import REBUILD

SUITE = TableSuite(
    gate="marts",
    table="marts.dim_skills",
    batches=(
        Batch(
            name="",
            unit="skills",
            relation="marts.dim_skills",
            where="skill_id",
            where_unit="skills",
            columns={
                "part_of_postings": "n_postings / nullif((select count(*) from marts.fct_postings), 0)",
            },
            checks=(
                check(
                    gxe.ExpectTableRowCountToBeBetween,
                    "not_empty",
                    "are missing",
                    min_value=1,
                    severity="critical",
                    reason="2026-11: the taxonomy is a seed; without it no skill is found in any text.",
                    remedy="Run `dbt seed`, then build again.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "counts_within_postings",
                    "with a negative number of postings, or more than there are",
                    column="part_of_postings",
                    min_value=0,
                    max_value=1,
                    severity="critical",
                    reason="2026-11: a higher count means that mentions are counted instead of postings.",
                    remedy=REBUILD,
                ),
            ),
        ),
    ),
)
