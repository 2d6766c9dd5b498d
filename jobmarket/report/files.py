"""Files of reports, written atomically."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobmarket.durable import flush
from jobmarket.publishing.vintages import WEEKS

LATEST = "latest.html"


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files, each atomically: after a power cut, too, a file is complete or as before.

    Args:
        folder: Target folder; created if missing.
        files: Relative name → bytes.
    """
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.writing")
        try:
            temporary.write_bytes(content)
            flush(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def recency(report: Path) -> tuple[str, str]:
    """Return the rank of a report's file: its week, then its vintage's id, which begins with its moment."""
    week, vintage = report.parts[-3:-1]
    return week, vintage


def is_of_a_finished_week(report: Path) -> bool:
    """Whether the week of a report was over at its vintage's moment."""
    week, vintage = recency(report)
    end = datetime.strptime(f"{week}-7", "%G-W%V-%u").replace(tzinfo=UTC) + timedelta(days=1)
    return vintage >= f"{end:%Y%m%dT%H%M%SZ}"


def link_latest(reports: Path) -> None:
    """Point ``latest.html`` to the report of the last complete week, whichever was written last.

    The report of an unfinished week is only in the archive, unless there is no other, as after a first crawl.
    """
    written = list(reports.glob(f"{WEEKS}/*/report.html"))
    latest = max([path for path in written if is_of_a_finished_week(path)] or written, key=recency, default=None)
    if latest is None:
        return
    temporary = reports / f".{LATEST}.writing"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(latest.relative_to(reports))
    temporary.replace(reports / LATEST)
