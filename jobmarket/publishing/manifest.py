"""``manifest.json``: what a vintage holds, so that anybody can see that they have all of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from jobmarket.duckdb_file import opened
from jobmarket.publishing.database import ABOUT, DATABASE, GATE_RESULTS
from jobmarket.publishing.source import Table

MANIFEST = "manifest.json"


def write_manifest(
    folder: Path, tables: list[Table], facts: dict[str, str], checksums: dict[str, str], rows: dict[str, int]
) -> None:
    """Write the manifest of the files that are in the folder.

    Args:
        folder: The vintage's folder, database and Parquet in it.
        tables: The marts.
        facts: Rows of ``about``.
        checksums: Content checksum of each mart, see :func:`jobmarket.publishing.source.checksum`.
        rows: Rows by table.
    """
    manifest = {
        "about": facts,
        "coverage": _coverage(folder),
        "tables": {
            table.name: {
                "rows": rows[table.name],
                "checksum": checksums.get(table.name),
                "comment": table.comment,
                "columns": [
                    {"name": column.name, "type": column.kind, "comment": column.comment} for column in table.columns
                ],
            }
            for table in (*tables, ABOUT, GATE_RESULTS)
        },
        "files": {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256(path)}
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _coverage(folder: Path) -> list[dict[str, Any]]:
    """Coverage of each board in the current week: what the view ``how_complete_is_it`` tells."""
    with opened(folder / DATABASE) as connection:
        found = connection.execute(
            "select board, week_start::varchar as week_start, n_companies_expected, n_companies_crawled, "
            "n_companies_qualified, coverage_ratio, break_reason, main_reason, status from how_complete_is_it"
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a vintage; None if it is not there or not whole."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and {"about", "tables", "files"} <= manifest.keys() else None


def is_whole(folder: Path) -> bool:
    """Whether a vintage's files are those its manifest names, byte for byte."""
    manifest = read_manifest(folder)
    return manifest is not None and all(
        (folder / name).is_file() and sha256(folder / name) == file["sha256"]
        for name, file in manifest["files"].items()
    )


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
