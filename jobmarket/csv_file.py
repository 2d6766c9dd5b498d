"""A CSV file that people edit: its rows, or the line that is not in order."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path


class CsvError(ValueError):
    """A file that is no CSV as it should be; the message says which line, and what is wrong with it."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its line; blank lines are passed over, and a mark of some editors at the beginning.

    Raises:
        CsvError: at a line that is not UTF-8, has another number of fields than the first, or an open quotation mark.
    """
    lines = path.read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CsvError(f"{path.name}, line {number}: it is not UTF-8 ({error.reason}). Save it as UTF-8.") from None
    text = b"".join(lines).decode("utf-8-sig")
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        names = next(rows, [])
        for row in rows:
            if row and len(row) != len(names):
                raise CsvError(
                    f"{path.name}, line {rows.line_num}: {len(row)} fields, where the first line has {len(names)} "
                    f"({', '.join(names)}). A field with a comma needs quotation marks around it."
                )
            if row:
                yield rows.line_num, dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise CsvError(f"{path.name}, line {rows.line_num}: {error}. Is a quotation mark left open?") from error
