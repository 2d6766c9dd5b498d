"""How long the postings of each cell stay open, estimated by jobmarket.statistics."""

from dataclasses import asdict

import pyarrow as pa

from jobmarket.statistics.survival import time_to_close
from jobmarket.statistics.watched_lives import FIGURES, lives, lives_by_cell

SCHEMA = pa.schema([("role_family", pa.string()), ("country", pa.string()), *FIGURES])


def model(dbt, session):
    """Estimate the time to close of each cell.

    Args:
        dbt: References to other models.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with one row per cell.
    """
    durations, cells = dbt.ref("int_posting_durations"), dbt.ref("int_posting_cells")
    rows = []
    for (role_family, country), of_cell in lives_by_cell(session, durations, cells):
        estimate = time_to_close(lives(of_cell))
        if estimate.n_postings:
            rows.append({"role_family": role_family, "country": country, **asdict(estimate)})
    return pa.Table.from_pylist(rows, SCHEMA)
