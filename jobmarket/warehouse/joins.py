"""Joins that keep the sides on which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def joins_as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep the right side of each join in memory, and read the left one past it.

    DuckDB keeps the side that it estimates to be smaller. Behind unions and semi joins its estimates are far too low,
    so that it kept the texts of a million postings instead of the keys that were looked for.
    """
    connection.execute("set disabled_optimizers = 'build_side_probe_side'")
    try:
        yield
    finally:
        connection.execute("reset disabled_optimizers")
