"""Reads a folder of recorded responses: ``manifest.csv`` and the bodies that it lists.

Columns: ``url``, ``method``, ``status``, ``content_type``, ``file`` (within the folder; empty for an empty body)
and ``recorded_on`` (ISO date).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jobmarket.stages import PermanentError, WrongUsageError

COLUMNS = ("url", "method", "status", "content_type", "file", "recorded_on")

Address = tuple[str, str, str, str]
"""Method, host, path without percent-encoding, query."""


@dataclass(frozen=True)
class Recording:
    """One recorded response."""

    url: str
    method: str
    status: int
    content_type: str
    body_file: Path | None
    recorded_on: date | None

    @property
    def address(self) -> Address:
        """The address that a request must have to get this response."""
        parts = urlsplit(self.url)
        return address(self.method, parts.netloc, f"{parts.path or '/'}?{parts.query}")


def address(method: str, host: str, path_and_query: str) -> Address:
    """Normalise a request's method, host, path and query for comparison."""
    path, _, query = path_and_query.partition("?")
    return method.upper(), host.lower(), unquote(path), query


def read_manifest(folder: Path) -> tuple[list[Recording], list[str]]:
    """Return the folder's recordings in the manifest's order, and one line for each invalid row.

    Raises:
        StageError: If there is no manifest, or it lacks a column.
    """
    path = folder / "manifest.csv"
    if not path.is_file():
        raise WrongUsageError(
            f"{path} does not exist. "
            "Boards are `sample`, `live`, or a folder of recorded responses with a manifest.csv."
        )
    recordings: list[Recording] = []
    rejected: list[str] = []
    seen: dict[Address, int] = {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise PermanentError(f"{path} has no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}.")
        for row in rows:
            try:
                recording = _read(folder.resolve(), row)
                first = seen.setdefault(recording.address, rows.line_num)
                if first != rows.line_num:
                    raise ValueError(f"its URL repeats line {first}")
                recordings.append(recording)
            except ValueError as error:
                rejected.append(f"manifest.csv, line {rows.line_num} skipped: {error}")
    return recordings, rejected


def _read(folder: Path, row: dict[str, str | None]) -> Recording:
    values = {column: (row[column] or "").strip() for column in COLUMNS}
    url = urlsplit(values["url"])
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError(f"url {values['url']!r} is not an http or https address")
    if not values["status"].isdecimal() or not 200 <= int(values["status"]) <= 599:
        raise ValueError(f"status {values['status']!r} is not an HTTP status from 200 to 599")
    return Recording(
        url=values["url"],
        method=values["method"].upper() or "GET",
        status=int(values["status"]),
        content_type=values["content_type"] or "application/octet-stream",
        body_file=_body_file(folder, values["file"]),
        recorded_on=_day(values["recorded_on"]),
    )


def _body_file(folder: Path, name: str) -> Path | None:
    if not name:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise ValueError(f"file {name!r} is outside the folder")
    if not path.is_file():
        raise ValueError(f"file {name!r} does not exist")
    return path


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"recorded_on {text!r} is not a date like 2026-11-22") from None
