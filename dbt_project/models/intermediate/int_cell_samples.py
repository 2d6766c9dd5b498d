"""How many postings each cell has, of how many employers: the samples of all figures; see jobmarket.statistics."""

import pyarrow as pa

from jobmarket.statistics.cell_sizes import CELL, SCHEMA, cell_sizes
from jobmarket.statistics.openings import Openings
from jobmarket.statistics.sources import Tables


def model(dbt, session):
    """Count canonical postings with a text: those that can be asked for something.

    Args:
        dbt: References to other models.
        session: The warehouse's connection.

    Returns:
        Rows, one per week and cell.
    """
    dbt.config(materialized="table")
    # there is nothing that has an attribute
    posting_weeks = dbt.ref("int_posting_weeks")
    tables = Tables(posting_weeks, posting_weeks, dbt.ref("int_company_weeks"), dbt.ref("int_weeks"))
    openings = Openings(session, tables, dbt.ref("int_posting_segments"), CELL)
    return pa.Table.from_batches(list(cell_sizes(openings)), SCHEMA)
