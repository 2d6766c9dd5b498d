"""Matched index of the number of postings, by cell and week, estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.statistics.carried_numbers import complete_weeks
from jobmarket.statistics.cell_reader import CellReader
from jobmarket.statistics.count_series import CELL, SCHEMA, Complete, matched_counts
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.sources import Tables
from jobmarket.statistics.young_weeks import young_weeks


def model(dbt, session):
    """Chain the number of postings over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table with one row per week and cell.
    """
    dbt.config(materialized="table")
    # counts need no attributes; Tables takes the postings in their place
    posting_weeks = dbt.ref("int_posting_weeks")
    company_weeks, weeks = dbt.ref("int_company_weeks"), dbt.ref("int_weeks")
    tables = Tables(posting_weeks, posting_weeks, company_weeks, weeks)
    reader = CellReader(session, tables, dbt.ref("int_posting_cells"), CELL[1:])
    young = young_weeks(reader, weeks, company_weeks, dbt.ref("int_late_openings"))
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    known_for_weeks = int(dbt.config.meta_get("known_for_weeks"))
    # as long as int_company_weeks knows a stock, from the last week before an outage on
    complete = Complete(complete_weeks(reader, company_weeks), longest=known_for_weeks + 1)
    return pa.Table.from_batches(list(matched_counts(reader, floors, young, complete)), SCHEMA)
