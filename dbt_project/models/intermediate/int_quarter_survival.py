"""How long the postings of each cell stayed open in each quarter, estimated by jobmarket.statistics."""

from dataclasses import asdict

import pyarrow as pa

from jobmarket.statistics.closing_pace import Pace
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.quarters_to_close import HORIZONS, QuarterLives, quarters_to_close
from jobmarket.statistics.watched_lives import FIGURES, lives, lives_by_cell, parts

SCHEMA = pa.schema(
    [
        ("quarter_start", pa.date32()),
        ("role_family", pa.string()),
        ("country", pa.string()),
        *FIGURES,
        *((f"pace_change_{horizon}{bound}", pa.float64()) for horizon in HORIZONS for bound in ("", "_low", "_high")),
        *((f"pace_change_{horizon}_floor_reason", pa.string()) for horizon in HORIZONS),
    ]
)
WATCHED = {side: {horizon: f"is_watched_{horizon}_{side}" for horizon in HORIZONS} for side in ("before", "after")}


def model(dbt, session):
    """Estimate the time to close of each cell in each quarter.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with one row per quarter and cell.
    """
    durations, cells = dbt.ref("int_quarter_durations"), dbt.ref("int_posting_cells")
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
    )
    also = [column for horizons in WATCHED.values() for column in horizons.values()]
    rows = []
    for (role_family, country), of_cell in lives_by_cell(session, durations, cells, ["quarter_start"], also):
        quarters = {day_of(part["quarter_start"][0]): quarter_lives(part) for part in parts(of_cell, "quarter_start")}
        rows += [
            {"quarter_start": quarter.quarter_start, "role_family": role_family, "country": country}
            | asdict(quarter.found)
            | pace_columns(quarter.pace)
            for quarter in quarters_to_close(quarters, floors)
        ]
    return pa.Table.from_pylist(rows, SCHEMA)


def day_of(moment):
    """Return a NumPy date as a Python date."""
    return moment.astype("datetime64[D]").item()


def quarter_lives(part):
    """Return the lives of a quarter, with the flags of the comparisons that each life's company allows."""
    sides = ({horizon: part[column] for horizon, column in horizons.items()} for horizons in WATCHED.values())
    return QuarterLives(lives(part), *sides)


def pace_columns(pace):
    """Return the columns of the changes of pace: estimates, or why there is none."""
    columns = {}
    for horizon, change in pace.items():
        name = f"pace_change_{horizon}"
        if isinstance(change, Pace):
            columns |= {name: change.change, f"{name}_low": change.low, f"{name}_high": change.high}
        else:
            columns[f"{name}_floor_reason"] = str(change)
    return columns
