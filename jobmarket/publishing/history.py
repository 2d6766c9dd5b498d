"""Keeps the headline figures of each vintage, so that the next one can explain its changes (``rpt_vintages``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from jobmarket.duckdb_file import transaction
from jobmarket.publishing.source import HEADLINE_POSTINGS

if TYPE_CHECKING:
    import pyarrow as pa

# The marts use this in place of the vintage's id, which is a checksum of their contents.
_THIS = "this"


@dataclass(frozen=True)
class Figures:
    """The headline figures of published marts, and the postings they are made of."""

    figures: pa.Table
    postings: pa.Table


def read_figures(warehouse: duckdb.DuckDBPyConnection, vintage_id: str) -> Figures | None:
    """Read the headline figures from the marts, while no build can change them.

    Args:
        warehouse: The connection from which the marts are published.
        vintage_id: The id of the vintage.

    Returns:
        The figures; None if they were recorded before, or if the marts have none.
    """
    n_tables = warehouse.execute(
        "select count(*) from duckdb_tables() where (schema_name, table_name) in "
        "(('marts', 'rpt_vintages'), ('intermediate', 'int_headline_postings'), ('ops', 'published_figures'))"
    ).fetchone()
    if n_tables != (3,) or _are_known(warehouse, vintage_id):
        return None
    return Figures(
        warehouse.execute("from marts.rpt_vintages where vintage_id = ?", [_THIS]).to_arrow_table(),
        warehouse.execute(
            f"select figure, posting_key, content_hash, value from {HEADLINE_POSTINGS} where is_headline"
        ).to_arrow_table(),
    )


def keep_figures(
    warehouse: duckdb.DuckDBPyConnection, read: Figures, vintage_id: str, published_at: datetime, vintages_kept: int
) -> int:
    """Record the headline figures of a vintage and the postings behind them. A second call changes nothing.

    Args:
        warehouse: The warehouse, open for writing. Its marts may have been rebuilt since.
        read: The figures read when the vintage was published.
        vintage_id: The id of the vintage.
        published_at: When it was published, UTC without time zone.
        vintages_kept: Number of vintages whose postings are kept. The figures of all vintages are kept.

    Returns:
        The number of figures recorded; 0 if they were recorded before.
    """
    if _are_known(warehouse, vintage_id):
        return 0
    warehouse.register("read_figures", read.figures)
    warehouse.register("read_postings", read.postings)
    with transaction(warehouse):
        warehouse.execute(
            "insert into ops.published_figures by name "
            "select * replace ($vintage_id as vintage_id, $published_at::timestamp as published_at) from read_figures",
            {"vintage_id": vintage_id, "published_at": published_at},
        )
        warehouse.execute(
            "insert into ops.published_figure_postings by name select $vintage_id as vintage_id, * from read_postings",
            {"vintage_id": vintage_id},
        )
        warehouse.execute(
            """delete from ops.published_figure_postings where vintage_id not in (
                select vintage_id from ops.published_figures group by vintage_id
                order by max(as_of) desc, max(published_at) desc limit ?)""",
            [vintages_kept],
        )
    return int(read.figures.num_rows)


def _are_known(warehouse: duckdb.DuckDBPyConnection, vintage_id: str) -> bool:
    known = "select count(*) from ops.published_figures where vintage_id = ?"
    return warehouse.execute(known, [vintage_id]).fetchone() != (0,)
