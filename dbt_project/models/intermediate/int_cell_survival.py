"""How long the postings of each cell stay open; the estimator is jobmarket.statistics'."""

from dataclasses import asdict

import numpy as np
import pyarrow as pa

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.survival import LONGEST_DAYS, time_to_close

SCHEMA = pa.schema(
    [
        ("role_family", pa.string()),
        ("country", pa.string()),
        ("n_postings", pa.int32()),
        ("n_closed", pa.int32()),
        ("n_companies", pa.int32()),
        ("n_of_largest_company", pa.int32()),
        ("begins_day", pa.int32()),
        ("median_days", pa.int32()),
        ("median_low", pa.int32()),
        ("median_high", pa.int32()),
        ("share_open_30_days", pa.float64()),
        ("share_open_30_low", pa.float64()),
        ("share_open_30_high", pa.float64()),
        ("closing_interval_days", pa.float64()),
    ]
)

# Who was older than that when first seen is not watched by any curve, and in no sample of one.
WATCHED = """
    create or replace temp view watched as
    select *
    from durations
    join cells using (posting_key, version_no)
    where durations.entered_day <= LONGEST_DAYS
""".replace("LONGEST_DAYS", str(LONGEST_DAYS))
CELLS = "select distinct role_family, country from watched order by role_family, country"
# Numbers alone, of which there are millions: of the cells by their place among CELLS.
LIVES = """
    select
        dense_rank() over (order by role_family, country) - 1 as cell,
        dense_rank() over (order by company_key) - 1 as company,
        entered_day, last_seen_day, coalesce(missed_day, STILL_OPEN) as missed_day
    from watched
    order by cell, company, entered_day, last_seen_day, missed_day
""".replace("STILL_OPEN", str(STILL_OPEN))


def model(dbt, session):
    """Estimate the time to close of each cell.

    Args:
        dbt: References to other models.
        session: The warehouse's connection.

    Returns:
        A table of SCHEMA, one row per cell.
    """
    durations = dbt.ref("int_posting_durations")
    cells = dbt.ref("int_posting_cells")
    for name, relation in (("durations", durations), ("cells", cells)):
        relation.create_view(name, replace=True)
    session.execute(WATCHED)
    columns = session.sql(LIVES).fetchnumpy()
    names = session.sql(CELLS).fetchall()
    starts = np.flatnonzero(np.diff(columns["cell"], prepend=-1))
    ends = np.append(starts[1:], len(columns["cell"]))[: len(starts)]
    rows = []
    for (role_family, country), start, end in zip(names, starts, ends, strict=True):
        of_cell = {name: column[start:end] for name, column in columns.items()}
        company = np.unique(of_cell["company"], return_inverse=True)[1]
        seen = (of_cell[name].astype(np.int64) for name in ("entered_day", "last_seen_day", "missed_day"))
        found = time_to_close(Lives(*seen, company))
        if found.n_postings:
            rows.append({"role_family": role_family, "country": country, **asdict(found)})
    return pa.Table.from_pylist(rows, SCHEMA)
