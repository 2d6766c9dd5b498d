"""Matched index of the number of postings, by cell and week; the estimators are jobmarket.statistics'."""

import pyarrow as pa

from jobmarket.statistics.count_series import SCHEMA, matched_counts
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.sources import Tables


def model(dbt, session):
    """Chain the numbers over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        Rows, one per week and cell.
    """
    dbt.config(materialized="table")
    samples = dbt.ref("int_opening_samples")
    tables = Tables(samples, samples, company_weeks=dbt.ref("int_company_weeks"), weeks=dbt.ref("int_weeks"))
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    return pa.Table.from_batches(list(matched_counts(tables, floors)), SCHEMA)
