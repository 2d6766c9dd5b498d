"""What is kept of each vintage, so that the next one can tell why its figures are others (``rpt_vintages``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from jobmarket.publishing.source import HEADLINE_POSTINGS

# In the marts the figures of a vintage stand under this name: its id is a checksum of them.
_THIS = "this"


@dataclass(frozen=True)
class Figures:
    """The headline figures of the marts that were published, and the postings that they are made of."""

    figures: pa.Table
    postings: pa.Table


def read_figures(warehouse: duckdb.DuckDBPyConnection, vintage_id: str) -> Figures | None:
    """What is to be kept of the marts as they are: read while no build can change them.

    Args:
        warehouse: The warehouse whose marts are published, by the connection that they are published from.
        vintage_id: Under which.

    Returns:
        None where the figures were noted before, or where the marts tell of none.
    """
    there = warehouse.execute(
        "select count(*) from duckdb_tables() where (schema_name, table_name) in "
        "(('marts', 'rpt_vintages'), ('intermediate', 'int_headline_postings'), ('ops', 'published_figures'))"
    ).fetchone()
    if there != (3,) or _are_known(warehouse, vintage_id):
        return None
    return Figures(
        warehouse.execute("from marts.rpt_vintages where vintage_id = ?", [_THIS]).to_arrow_table(),
        warehouse.execute(
            f"select figure, posting_key, content_hash, value from {HEADLINE_POSTINGS} where is_headline"  # noqa: S608  # ours
        ).to_arrow_table(),
    )


def keep_figures(
    warehouse: duckdb.DuckDBPyConnection, read: Figures, vintage_id: str, published_at: datetime, vintages_kept: int
) -> int:
    """Note the headline figures of a vintage and the postings that they are made of; a second time changes nothing.

    Args:
        warehouse: The warehouse, for writing; its marts may be another build's by now.
        read: What was read when the vintage was published.
        vintage_id: Under which it was.
        published_at: When, UTC without time zone.
        vintages_kept: Of how many vintages the postings are kept; the figures of all are.

    Returns:
        Figures noted: none where they were noted before.
    """
    if _are_known(warehouse, vintage_id):
        return 0
    warehouse.register("read_figures", read.figures)
    warehouse.register("read_postings", read.postings)
    warehouse.execute("begin")
    try:
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
        warehouse.execute("commit")
    except BaseException:
        warehouse.execute("rollback")
        raise
    return int(read.figures.num_rows)


def _are_known(warehouse: duckdb.DuckDBPyConnection, vintage_id: str) -> bool:
    known = "select count(*) from ops.published_figures where vintage_id = ?"
    return warehouse.execute(known, [vintage_id]).fetchone() != (0,)
