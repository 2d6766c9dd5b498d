"""Names for relations in the queries of one connection."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb


def name_relation(session: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, name: str) -> None:
    """Let the queries of this connection read a relation of it by a name, which may have named another one before.

    ``relation.create_view`` would store the view in the warehouse: two models that are built at once and use the same
    name would then read each other's rows.
    """
    session.execute(f'create or replace temp view "{name}" as {relation.sql_query()}')


def has_columns(session: duckdb.DuckDBPyConnection, table: object, names: Iterable[str]) -> bool:
    """Return whether a table has these columns: one that an earlier version of its model made may lack some."""
    return {*names} <= {*session.sql(f"from {table} limit 0").columns}
