"""Stage report: the published file in, one HTML file out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from jobmarket.publishing import open_published
from jobmarket.report import formats, queries
from jobmarket.report.page import render
from jobmarket.settings import Home
from jobmarket.stages import Progress, Silence, StageError, StageResult

REPORT = "report.html"
LATEST = "latest.html"


def make_report(
    home: Home,
    as_of: datetime | None = None,
    week: date | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> StageResult:
    """Write the report of a week from the published file.

    Args:
        home: Where the published file is, and the reports go.
        as_of: Weeks that begin later are left out, UTC; by default the moment of the published vintage.
        week: Any day of the week to report; by default the last week that was over, else the last begun.
        out: A file, or a folder, to write to instead of the home's reports.
        progress: Told before and after drawing.

    Returns:
        counts: ``report`` (path), ``week`` (its Monday), ``bytes``.

    Raises:
        StageError: if nothing is published, the week is not in the published file, or the file cannot be written.
    """
    progress = progress or Silence()
    progress.update("report", "reading the published file", 0, 2)
    with open_published(home) as connection:
        about = queries.read_about(connection)
        until = as_of or datetime.fromisoformat(about["as_of"])
        monday, is_complete = _choose(queries.weeks(connection, until), week)
        published = queries.read(connection, monday, is_complete=is_complete)
    progress.update("report", "drawing", 1, 2)
    page = render(published).encode("utf-8", errors="replace")
    name = formats.iso_week(monday)
    target = home.reports / name / about["vintage_id"] / REPORT
    if out is not None:
        target = out / REPORT if out.is_dir() or not out.suffix else out
    try:
        _write(target, page)
        if out is None:
            _link_latest(home.reports)
    except OSError as error:
        raise StageError(
            f"The report cannot be written: {error}. Is there room on the disk, and may you write?"
        ) from error
    progress.update("report", str(target), 2, 2)
    counts = {"report": str(target), "week": monday.isoformat(), "bytes": len(page)}
    return StageResult("report", f"week {name} of vintage {about['vintage_id']}: {target}", counts=counts)


def has_report(home: Home) -> bool:
    """Whether the last week that was over has its report already, from whichever vintage.

    Raises:
        StageError: if nothing is published.
    """
    with open_published(home) as connection:
        until = datetime.fromisoformat(queries.read_about(connection)["as_of"])
        monday, _ = _choose(queries.weeks(connection, until), None)
    return any(home.reports.glob(f"{formats.iso_week(monday)}/*/{REPORT}"))


def _choose(weeks: list[tuple[date, bool]], wanted: date | None) -> tuple[date, bool]:
    if not weeks:
        raise StageError("The published file holds no week up to that moment. `jobmarket run` collects some.")
    if wanted is None:
        complete = [row for row in weeks if row[1]]
        return (complete or weeks)[-1]
    monday = date.fromisocalendar(*wanted.isocalendar()[:2], 1)
    for row in weeks:
        if row[0] == monday:
            return row
    span = f"{formats.iso_week(weeks[0][0])} to {formats.iso_week(weeks[-1][0])}"
    raise StageError(f"The published file has no week {formats.iso_week(monday)}: it holds {span}.")


def _write(target: Path, page: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.writing")
    try:
        temporary.write_bytes(page)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _link_latest(reports: Path) -> None:
    """Point ``latest.html`` to the report of the latest week and moment; of several of one moment, the last made."""

    def rank(report: Path) -> tuple[str, str, int]:
        week, vintage = report.parts[-3:-1]
        return week, vintage.split("-")[0], report.stat().st_mtime_ns

    latest = max(reports.glob(f"*-W*/*/{REPORT}"), key=rank)
    temporary = reports / f".{LATEST}.writing"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(latest.relative_to(reports))
    temporary.replace(reports / LATEST)
