"""Matched share of each skill and its change, by cell and week; the estimators are jobmarket.statistics'."""

import pyarrow as pa

from jobmarket.statistics.panel import Floors
from jobmarket.statistics.series import matched_shares, schema
from jobmarket.statistics.sources import Tables

CELL = ("measure", "role_family", "country", "seniority", "workplace")


def model(dbt, session):
    """Chain the shares over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        A reader of rows, one per week, cell and skill; each cell is estimated while the warehouse writes.
    """
    dbt.config(materialized="table")
    tables = Tables(
        samples=dbt.ref("int_cell_samples"),
        having=dbt.ref("int_skill_samples"),
        company_weeks=dbt.ref("int_company_weeks"),
        weeks=dbt.ref("int_weeks"),
    )
    floors = Floors(int(dbt.config.meta_get("min_postings")), int(dbt.config.meta_get("min_companies")))
    batches = list(matched_shares(tables, CELL, "skill_id", floors))
    return pa.Table.from_batches(batches, schema(CELL, "skill_id"))
