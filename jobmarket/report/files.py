"""Files of reports: nothing half-written becomes visible."""

from __future__ import annotations

from pathlib import Path

LATEST = "latest.html"


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files, each in one step.

    Args:
        folder: Where; made if it is not there.
        files: Relative name → bytes.
    """
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.writing")
        try:
            temporary.write_bytes(content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def recency(report: Path) -> tuple[str, str]:
    """Rank of a report's file: by its week, then its vintage's id, which begins with its moment; as in the archive."""
    week, vintage = report.parts[-3:-1]
    return week, vintage


def link_latest(reports: Path) -> None:
    """Point ``latest.html`` to the report that stands first in the archive, whichever was written last."""
    latest = max(reports.glob("*-W*/*/report.html"), key=recency, default=None)
    if latest is None:
        return
    temporary = reports / f".{LATEST}.writing"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(latest.relative_to(reports))
    temporary.replace(reports / LATEST)
