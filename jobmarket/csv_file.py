"""Reads CSV files that people edit, and names the line of any error."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path


class CsvError(ValueError):
    """A CSV file is malformed. The message names the line and says what is wrong with it."""


def read_rows(path: Path, columns: Collection[str] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its line number. Blank lines and a byte order mark at the start are skipped.

    Args:
        path: The file.
        columns: The names that the first line must have, in any order; None for any names.

    Raises:
        CsvError: If the first line has other names, or a line is not UTF-8, has more or fewer fields than the first, or
            an unclosed quotation mark.
    """
    lines = path.read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CsvError(f"{path.name}, line {number}: not UTF-8 ({error.reason}). Save the file as UTF-8.") from None
    text = b"".join(lines).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(rows, [])
        if columns is not None and sorted(names) != sorted(columns):
            raise CsvError(_other_names(path, names, columns))
        for row in rows:
            if row and len(row) != len(names):
                raise CsvError(
                    f"{path.name}, line {rows.line_num}: {len(row)} fields, but the first line has {len(names)} "
                    f"({', '.join(names)}). A field that contains a comma needs quotation marks."
                )
            if row:
                yield rows.line_num, dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise CsvError(f"{path.name}, line {rows.line_num}: {error}. Is a quotation mark not closed?") from error


def _other_names(path: Path, names: list[str], columns: Collection[str]) -> str:
    """Describe a first line that does not have each of the columns once."""
    if not names:
        return f"{path.name} is empty: its first line must name the columns {', '.join(columns)}."
    lost = [name for name in columns if name not in names]
    foreign = [name for name in names if name not in columns]
    repeated = sorted({name for name in names if names.count(name) > 1})
    listed = (("lacks", lost), ("has the unknown", foreign), ("repeats", repeated))
    faults = " and ".join(f"{verb} {', '.join(map(repr, found))}" for verb, found in listed if found)
    return f"{path.name}, line 1: the header {faults}. It must name these columns: {', '.join(columns)}."
