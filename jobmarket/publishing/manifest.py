"""``manifest.json``: the contents of a vintage, with checksums to verify a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from jobmarket.checksum import sha256
from jobmarket.duckdb_file import opened
from jobmarket.gap_words import in_words
from jobmarket.publishing.database import ABOUT, DATABASE, GATE_RESULTS
from jobmarket.publishing.source import Table

MANIFEST = "manifest.json"


def write_manifest(
    folder: Path,
    tables: list[Table],
    facts: dict[str, str],
    checksums: dict[str, str],
    rows: dict[str, int],
    runs: list[str],
) -> None:
    """Write the manifest of the files in a folder.

    Args:
        folder: The vintage's folder, with the database and Parquet files.
        tables: The marts.
        facts: Rows of ``about``.
        checksums: Content checksum of each mart, see :func:`jobmarket.publishing.source.checksum`.
        rows: Number of rows by table.
        runs: The runs up to the vintage's moment.
    """
    manifest = {
        # neither the warehouse, which may be rebuilt, nor the times of files, which a copy may change, keep these two
        "published_at": datetime.now(UTC).isoformat(),
        "runs": runs,
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
    # orjson, because json is slow where it indents: a tenth of a small publication's time
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _coverage(folder: Path) -> list[dict[str, Any]]:
    """Return the coverage of each board in the current week, from the view ``how_complete_is_it``."""
    with opened(folder / DATABASE) as connection:
        result = connection.execute(
            "select board, week_start::varchar as week_start, n_companies_expected, n_companies_crawled, "
            "n_companies_qualified, coverage_ratio, break_reason, "
            f"{in_words('main_reason')} as main_reason, status from how_complete_is_it"
        )
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a vintage; None if it is missing or incomplete."""
    try:
        manifest = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and {"about", "tables", "files"} <= manifest.keys() else None


def published_at(folder: Path) -> datetime | None:
    """Return when a vintage was published, UTC; None if its manifest does not say."""
    moment = (read_manifest(folder) or {}).get("published_at")
    return datetime.fromisoformat(moment) if moment else None


def may_contain(folder: Path, run_id: str) -> bool:
    """Return whether a run is in a vintage; true if its manifest does not say."""
    runs = (read_manifest(folder) or {}).get("runs")
    return runs is None or run_id in runs


def is_whole(folder: Path) -> bool:
    """Return whether a vintage's files match the checksums in its manifest."""
    return not damaged_files(folder)


def damaged_files(folder: Path) -> list[str]:
    """Return the names of a vintage's files that are missing, unreadable or unlike the checksums in its manifest.

    Without a manifest that can be read, nothing is known of the others, and only its name is returned.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        return [MANIFEST]
    return [name for name, file in manifest["files"].items() if not _is_whole(folder / name, file["sha256"])]


def _is_whole(path: Path, checksum: str) -> bool:
    try:
        return path.is_file() and sha256(path) == checksum
    except OSError:  # a disk that fails while it is read
        return False
