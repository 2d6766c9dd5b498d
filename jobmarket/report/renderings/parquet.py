"""Every table as Parquet: typed, exact. The metadata have the report's title and notices, the query and the units."""

from __future__ import annotations

from io import BytesIO

import pyarrow as pa
from pyarrow import parquet as pq

from jobmarket.report.content import Report
from jobmarket.report.flat import Column, flat

_TYPES = {"count": pa.int64(), "year": pa.int64(), "day": pa.date32()}
_NUMERIC = ("decimal", "probability", "share", "points", "change", "amount", "dollars")


def render(report: Report, stem: str) -> dict[str, bytes]:
    """A file a table, in a folder beside the report."""
    files = {}
    for figure in report.figures:
        if figure.data is None:
            continue
        columns = flat(figure.data)
        about = {"title": report.title, "caption": figure.data.caption, "vintage_id": report.vintage_id,
                 "query": figure.query}  # fmt: skip
        if report.banners:
            about["notices"] = "\n".join(banner.sentence for banner in report.banners)
        schema = pa.schema([_field(column) for column in columns], metadata=about)
        table = pa.table([pa.array(c.values, _type(c)) for c in columns], schema=schema)
        buffer = BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        files[f"{stem}-parquet/{figure.key}.parquet"] = buffer.getvalue()
    return files


def _type(column: Column) -> pa.DataType:
    return pa.float64() if column.unit in _NUMERIC else _TYPES.get(column.unit, pa.string())


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _type(column), metadata={"title": column.title, "unit": column.unit})
