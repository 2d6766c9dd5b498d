"""Every table as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet.

A text that a spreadsheet would run, because it begins with ``= + - @``, a tab or a line end, is preceded by an
apostrophe: whoever reads CSV with a program and wants the bare text takes the Parquet files, which keep it as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from jobmarket.foreign_text import for_spreadsheets
from jobmarket.report.content import Report
from jobmarket.report.flat import flat
from jobmarket.report.tables import Value


def render(report: Report, stem: str) -> dict[str, bytes]:
    """A file a table, in a folder beside the report, and ``about.csv`` with what holds for all of them."""
    files = {}
    for figure in report.figures:
        if figure.data is None:
            continue
        columns = flat(figure.data)
        values = zip(*(column.values for column in columns), strict=True)
        files[f"{stem}-csv/{figure.key}.csv"] = _written([column.name for column in columns], values)
    about = [("title", report.title), ("span", report.span), ("vintage_id", report.vintage_id)]
    about += [("notice", banner.sentence) for banner in report.banners]
    files[f"{stem}-csv/about.csv"] = _written(["key", "value"], about)
    return files


def _written(names: list[str], rows: Iterable[tuple[Value, ...]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", errors="replace")


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case str():
            return for_spreadsheets(value)
        case _:
            return repr(value)
