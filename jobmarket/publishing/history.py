"""What is kept of each vintage, so that the next one can tell why its figures are others (``rpt_vintages``)."""

from __future__ import annotations

from datetime import datetime

import duckdb

# In the marts the figures of a vintage stand under this name: its id is a checksum of them.
_THIS = "this"


def keep_figures(
    warehouse: duckdb.DuckDBPyConnection, vintage_id: str, published_at: datetime, vintages_kept: int
) -> int:
    """Note the headline figures of a vintage and the postings that they are made of; a second time changes nothing.

    Args:
        warehouse: The warehouse, for writing, with the marts that were published.
        vintage_id: Under which they were published.
        published_at: When, UTC without time zone.
        vintages_kept: Of how many vintages the postings are kept; the figures of all are.

    Returns:
        Figures noted: none where they were noted before, or where the marts tell of none.
    """
    there = warehouse.execute(
        "select count(*) from duckdb_tables() where (schema_name, table_name) in "
        "(('marts', 'rpt_vintages'), ('intermediate', 'int_headline_postings'))"
    ).fetchone()
    known = warehouse.execute(
        "select count(*) from ops.published_figures where vintage_id = ?", [vintage_id]
    ).fetchone()
    if there != (2,) or known != (0,):
        return 0
    warehouse.execute("begin")
    try:
        warehouse.execute(
            "insert into ops.published_figures by name "
            "select * replace ($vintage_id as vintage_id, $published_at::timestamp as published_at) "
            "from marts.rpt_vintages where vintage_id = $this",
            {"vintage_id": vintage_id, "published_at": published_at, "this": _THIS},
        )
        warehouse.execute(
            "insert into ops.published_figure_postings by name "
            "select $vintage_id as vintage_id, figure, posting_key, content_hash, value "
            "from intermediate.int_headline_postings where is_headline",
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
    noted = warehouse.execute(
        "select count(*) from ops.published_figures where vintage_id = ?", [vintage_id]
    ).fetchone()
    return int(noted[0]) if noted else 0
