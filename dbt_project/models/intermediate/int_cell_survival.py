"""How long the postings of each cell stay open; the estimator is jobmarket.statistics'."""

import numpy as np
import pyarrow as pa

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
        ("closing_interval_days", pa.float64()),
    ]
)

# Who was older than that when first seen is not watched by any curve, and in no sample of one.
DURATIONS = """
    select
        dense_rank() over (order by cells.role_family, cells.country) - 1 as cell, cells.role_family, cells.country,
        dense_rank() over (order by durations.company_key) - 1 as company, durations.entered_day, durations.left_day,
        durations.is_closed, durations.closing_interval_days
    from durations
    join cells using (posting_key, version_no)
    where durations.entered_day <= LONGEST_DAYS
    order by cell, company, entered_day, left_day, is_closed
""".replace("LONGEST_DAYS", str(LONGEST_DAYS))


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
    columns = session.sql(DURATIONS).fetchnumpy()
    starts = np.flatnonzero(np.diff(columns["cell"], prepend=-1))
    ends = np.append(starts[1:], len(columns["cell"]))[: len(starts)]
    rows = []
    for start, end in zip(starts, ends, strict=True):
        companies, company, sizes = np.unique(columns["company"][start:end], return_inverse=True, return_counts=True)
        is_closed = columns["is_closed"][start:end]
        found = time_to_close(columns["entered_day"][start:end], columns["left_day"][start:end], is_closed, company)
        intervals = np.ma.filled(columns["closing_interval_days"][start:end].astype(float), np.nan)
        rows.append(
            {
                "role_family": columns["role_family"][start],
                "country": columns["country"][start],
                "n_postings": int(end - start),
                "n_closed": int(is_closed.sum()),
                "n_companies": len(companies),
                "n_of_largest_company": int(sizes.max()),
                "begins_day": found.begins_day,
                "median_days": found.median_days,
                "median_low": found.median_low,
                "median_high": found.median_high,
                "share_open_30_days": found.share_open_30_days,
                "closing_interval_days": float(np.nanmean(intervals)) if is_closed.any() else None,
            }
        )
    return pa.Table.from_pylist(rows, SCHEMA)
