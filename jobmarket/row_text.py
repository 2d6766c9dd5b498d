"""Writes all rows of a query as text for other programs: CSV or JSON lines.

DuckDB converts every value itself, so that none is rounded or changed by a type of Python's. Rows are written as they
are read, so that a long answer needs no more memory than a short one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Any

import duckdb

from jobmarket.foreign_text import for_spreadsheets, harmless

_BATCH = 1_000
_FLOATS = ("float", "double")
_NUMBERS = (
    *_FLOATS, "decimal", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger",
    "ubigint", "uhugeint",
)  # fmt: skip
_NESTED = ("list", "array", "struct", "map", "union", "variant")


def write_rows(result: duckdb.DuckDBPyRelation, style: str, out: IO[str]) -> None:
    """Write a query's rows.

    Args:
        result: The query.
        style: ``csv`` is safe for spreadsheets, which would run a title or name that looks like a formula. ``raw`` is
            CSV with the texts unchanged. ``json`` is one object per line.
        out: Where to write.
    """
    rows = result.project("*")  # numbers repeated names
    if style == "json":
        for (line,) in _rows_of(rows.project(_as_object(rows))):
            out.write(f"{line}\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    is_number = [kind.id in _NUMBERS for kind in rows.types]
    if style == "raw":
        writer.writerow(rows.columns)
        writer.writerows(_rows_of(rows.project(_as_texts(rows))))
        return
    writer.writerow(for_spreadsheets(harmless(name)) for name in rows.columns)
    for row in _rows_of(rows.project(_as_texts(rows))):
        writer.writerow(
            value if value is None or number else for_spreadsheets(harmless(value))
            for value, number in zip(row, is_number, strict=True)
        )


def _as_object(rows: duckdb.DuckDBPyRelation) -> str:
    """Return SQL of the row as one JSON object. JSON has no infinite numbers, so these become null."""
    fields = (
        f"{name} := " + (f"case when isfinite({name}) then {name} end" if kind.id in _FLOATS else name)
        for name, kind in _columns(rows)
    )
    return f"to_json(struct_pack({', '.join(fields)}))"


def _as_texts(rows: duckdb.DuckDBPyRelation) -> str:
    """Return SQL of each column as text, lists and structs as JSON. Decimals stay: as text, 0.5 would lose its zero."""
    return ", ".join(
        name if kind.id == "decimal" else f"to_json({name})::varchar" if kind.id in _NESTED else f"{name}::varchar"
        for name, kind in _columns(rows)
    )


def _columns(rows: duckdb.DuckDBPyRelation) -> Iterator[tuple[str, Any]]:
    """Yield each column's quoted name and type."""
    for name, kind in zip(rows.columns, rows.types, strict=True):
        yield '"' + name.replace('"', '""') + '"', kind


def _rows_of(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    while batch := relation.fetchmany(_BATCH):
        yield from batch
