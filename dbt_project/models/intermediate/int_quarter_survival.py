"""How long the postings of each cell stayed open in each quarter; the estimator is jobmarket.statistics'."""

from dataclasses import asdict
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.quarters_to_close import HORIZONS, QuarterLives, quarters_to_close
from jobmarket.statistics.survival import LONGEST_DAYS

SCHEMA = pa.schema(
    [
        ("quarter_start", pa.date32()),
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
        *((f"pace_change_{horizon}{bound}", pa.float64()) for horizon in HORIZONS for bound in ("", "_low", "_high")),
    ]
)
_EPOCH = date(1970, 1, 1)

# Who was older than that when a quarter began is not watched by any curve, and in no sample of one.
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
        quarter_start - date '1970-01-01' as quarter,
        entered_day, last_seen_day, coalesce(missed_day, STILL_OPEN) as missed_day,
        is_watched_quarter_before, is_watched_quarter_after, is_watched_year_before, is_watched_year_after
    from watched
    order by cell, quarter, company, entered_day, last_seen_day, missed_day
""".replace("STILL_OPEN", str(STILL_OPEN))


def model(dbt, session):
    """Estimate the time to close of each cell in each quarter.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        A table of SCHEMA, one row per quarter and cell.
    """
    durations = dbt.ref("int_quarter_durations")
    cells = dbt.ref("int_posting_cells")
    for name, relation in (("durations", durations), ("cells", cells)):
        relation.create_view(name, replace=True)
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
    )
    session.execute(WATCHED)
    columns = session.sql(LIVES).fetchnumpy()
    rows = []
    for (role_family, country), of_cell in zip(session.sql(CELLS).fetchall(), parts(columns, "cell"), strict=True):
        of_cell["company"] = np.unique(of_cell["company"], return_inverse=True)[1]
        quarters = {_EPOCH + timedelta(int(part["quarter"][0])): _lives(part) for part in parts(of_cell, "quarter")}
        rows += [
            {"quarter_start": quarter.quarter_start, "role_family": role_family, "country": country}
            | asdict(quarter.found)
            | _told(quarter.pace)
            for quarter in quarters_to_close(quarters, floors)
        ]
    return pa.Table.from_pylist(rows, SCHEMA)


def parts(columns, name):
    """The rows of each value of a column by which they are sorted; none of no row."""
    starts = np.flatnonzero(np.diff(columns[name], prepend=-1))
    ends = np.append(starts[1:], len(columns[name]))[: len(starts)]
    for start, end in zip(starts, ends, strict=True):
        yield {name: column[start:end] for name, column in columns.items()}


def _lives(part):
    seen = (part[name].astype(np.int64) for name in ("entered_day", "last_seen_day", "missed_day"))
    before, after = (
        {horizon: part[f"is_watched_{horizon}_{side}"] for horizon in HORIZONS} for side in ("before", "after")
    )
    return QuarterLives(Lives(*seen, part["company"]), before, after)


def _told(pace):
    return {
        f"pace_change_{horizon}{bound}": value
        for horizon, change in pace.items()
        if change is not None
        for bound, value in (("", change.change), ("_low", change.low), ("_high", change.high))
    }
