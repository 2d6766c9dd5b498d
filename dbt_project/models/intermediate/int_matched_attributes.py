"""Matched share of each attribute's value and its change, by cell and week; estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.statistics.panel import Floors
from jobmarket.statistics.series import matched_shares, schema
from jobmarket.statistics.sources import Tables

CELL = ("measure", "role_family", "country")


def model(dbt, session):
    """Chain the shares over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        Rows, one per week, cell and attribute, written ``kind/value``.
    """
    dbt.config(materialized="table")
    having = dbt.ref("int_attribute_samples").project(
        "* exclude (attribute_kind) replace (attribute_kind || '/' || attribute as attribute)"
    )
    tables = Tables(
        samples=dbt.ref("int_cell_samples").filter("seniority = 'all' and workplace = 'all'"),
        having=having,
        company_weeks=dbt.ref("int_company_weeks"),
        weeks=dbt.ref("int_weeks"),
    )
    floors = Floors(int(dbt.config.meta_get("min_postings")), int(dbt.config.meta_get("min_companies")))
    return pa.Table.from_batches(list(matched_shares(tables, CELL, "attribute", floors)), schema(CELL, "attribute"))
