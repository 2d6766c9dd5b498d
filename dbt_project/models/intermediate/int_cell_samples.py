"""The sample of each cell, in postings and employers, on which all figures rest; see jobmarket.statistics."""

import pyarrow as pa

from jobmarket.statistics.cell_reader import CellReader
from jobmarket.statistics.cell_sizes import CELL, SCHEMA, cell_sizes
from jobmarket.statistics.sources import Tables


def model(dbt, session):
    """Count the canonical postings with a text: only these can state a skill or an attribute.

    Args:
        dbt: References to other models.
        session: Connection to the warehouse.

    Returns:
        A table with one row per week and cell.
    """
    dbt.config(materialized="table")
    # samples need no attributes; Tables takes the postings in their place
    posting_weeks = dbt.ref("int_posting_weeks")
    tables = Tables(posting_weeks, posting_weeks, dbt.ref("int_company_weeks"), dbt.ref("int_weeks"))
    reader = CellReader(session, tables, dbt.ref("int_posting_segments"), CELL)
    return pa.Table.from_batches(list(cell_sizes(reader)), SCHEMA)
