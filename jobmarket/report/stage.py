"""Stage report: write the report of a week from the published file, in one or more formats."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from jobmarket.did_you_mean import did_you_mean
from jobmarket.one_at_a_time import only_one
from jobmarket.publishing import open_published
from jobmarket.publishing.manifest import published_at
from jobmarket.publishing.reader import OtherVersionError, open_vintage, vintage_of
from jobmarket.publishing.vintages import current_vintage, kept_vintage, kept_vintages, vintage_folder
from jobmarket.publishing.withdrawn_runs import withdrawn_runs, withdrawn_runs_warning
from jobmarket.report import formats, names, queries
from jobmarket.report.archive import write_archive
from jobmarket.report.content import Report, compose
from jobmarket.report.files import write
from jobmarket.report.issues import MAIN_STEM, Issue, issues
from jobmarket.report.language import speaking
from jobmarket.report.queries import ReportSource, Scope
from jobmarket.report.renderings import render
from jobmarket.report_formats import FORMATS
from jobmarket.settings import Home
from jobmarket.stages import PermanentError, Progress, Silence, StageError, StageResult, WrongUsageError, require_folder

# Of the formats that are one file.
_SUFFIXES = (".html", ".pdf", ".xlsx", ".eml")


@dataclass(frozen=True)
class ReportSpec:
    """Which report to write, and how.

    Attributes:
        week: Any day of the week to report; by default the last complete week, else the last one begun.
        scope: The part of the market.
        language: en, fr or de.
        formats: Some of :data:`jobmarket.report_formats.FORMATS`.
        out: A folder, or a file for a single format, to write to instead of the home's reports.
        vintage: Id of the published vintage to read; by default that of the report's moment, or the current one.
    """

    week: date | None = None
    scope: Scope = Scope()
    language: str = "en"
    formats: Collection[str] = FORMATS
    out: Path | None = None
    vintage: str | None = None

    @property
    def stem(self) -> str:
        """Stem of its file names."""
        family = [self.scope.role_family] if self.scope.role_family != "all" else []
        # some file systems ignore case, so the country DE must not look like the language de
        country = ["in", self.scope.country] if self.scope.country != "all" else []
        return "-".join([MAIN_STEM, *family, *country, *([self.language] if self.language != "en" else [])])


def make_report(
    home: Home, as_of: datetime | None = None, spec: ReportSpec | None = None, progress: Progress | None = None
) -> StageResult:
    """Write the report of a week from the published file.

    Args:
        home: Folder of the published file and the reports.
        as_of: Report what was known at this moment, UTC, from the newest vintage that is not later. If the spec names
            a vintage, the moment only limits the weeks.
        spec: Which report, in which formats; by default the last week's, for the whole market, in all formats.
        progress: Notified before each format and at the end.

    Returns:
        counts: ``report`` (path of the first format), ``week`` (its Monday), ``bytes`` (of all files). gaps: earlier
        reports that the archive lacks, because their notes cannot be read.

    Raises:
        StageError: If nothing is published, no kept vintage is that old, the week or the scope is not in the published
            file, or a file cannot be written.
    """
    spec, progress = spec or ReportSpec(), progress or Silence()
    if spec.out is not None:
        require_folder(spec.out)
        _require_one_format(spec.out, spec.formats)
    else:
        _require_writable(home)
    steps = len(spec.formats) + 1
    progress.update("report", "reading the published file", 0, steps)
    with speaking(spec.language):
        try:
            report = composed(home, as_of, spec)
        except duckdb.IOException as error:  # opening a file reads only a part of it
            raise StageError(
                f"The published database cannot be read: {error}. Run `jobmarket publish`, which writes it again."
            ) from error
        files: dict[str, bytes] = {}
        for number, form in enumerate(spec.formats, start=1):
            progress.update("report", f"drawing {form}", number, steps)
            files |= render(report, form, spec.stem)
    folder = home.reports / report.iso_week / report.vintage_id
    gaps: tuple[str, ...] = ()
    try:
        if spec.out is not None:
            first = _write_out(spec.out, files)
        else:
            with only_one(home.reports, "writing or sending reports in"):
                write(folder, files)
                published = published_at(vintage_folder(home.published, report.vintage_id))
                Issue.of(report, spec.stem, files, published).keep(folder)
                gaps = write_archive(home)
            first = folder / next(iter(files))
    except OSError as error:
        raise StageError(
            f"The report cannot be written: {error}. Check the disk space and the permissions of the folder."
        ) from error
    progress.update("report", str(first), steps, steps)
    counts = {
        "report": str(first),
        "week": date.fromisoformat(report.iso_week).isoformat(),
        "bytes": sum(map(len, files.values())),
    }
    summary = f"week {report.iso_week} of vintage {report.vintage_id} ({', '.join(spec.formats)}): {first}"
    vintage = kept_vintage(home.published, report.vintage_id)
    warning = None if vintage is None else withdrawn_runs_warning(vintage)
    return StageResult("report", summary, details=(warning,) if warning else (), gaps=gaps, counts=counts)


def composed(home: Home, as_of: datetime | None, spec: ReportSpec) -> Report:
    """Compose the report in the current language.

    Raises:
        StageError: If nothing is published, the vintage is not kept any more or none is that old, or the week or the
            scope is not in it.
    """
    with _opened(home, spec.vintage, as_of) as connection:
        about = queries.read_about(connection)
        monday, is_complete = _choose(queries.weeks(connection, _until(about, as_of)), spec.week)
        _require_scope(connection, about, monday, spec.scope)
        withdrawn = tuple(withdrawn_runs(vintage_of(connection)))
        return compose(ReportSource(connection, about, monday, is_complete, spec.scope, withdrawn))


def week_of(home: Home, as_of: datetime | None, spec: ReportSpec) -> date:
    """Return the Monday of the week that a spec names.

    Raises:
        StageError: If nothing is published, the vintage is not kept any more or none is that old, or the week is not
            in it.
    """
    with _opened(home, spec.vintage, as_of) as connection:
        until = _until(queries.read_about(connection), as_of)
        return _choose(queries.weeks(connection, until), spec.week)[0]


def _until(about: dict[str, str], as_of: datetime | None) -> datetime:
    """The moment that decides which weeks are over, at most the vintage's."""
    own = datetime.fromisoformat(about["as_of"])
    return min(own, as_of) if as_of else own


def missing_report(home: Home, vintage: str | None = None, day: date | None = None) -> ReportSpec | None:
    """Return the spec of a week's report if it is not written yet, from any vintage; else None.

    A report belongs to the first vintage in which its week was over, unless runs of it were withdrawn since. A report
    that is made later, after a missed week, uses the same vintage as long as it is kept.

    Args:
        home: Folder of the published file and the reports.
        vintage: Id of the vintage to use; by default, and if it is no longer kept, the first kept one in which the week
            was over, without withdrawn runs.
        day: A day of the week; by default the last complete week of the vintage, or of the current one.

    Raises:
        StageError: If nothing is published, or the week is not in the vintage.
    """
    if vintage is not None and kept_vintage(home.published, vintage) is None:
        vintage = None
    monday = week_of(home, None, ReportSpec(week=day, vintage=vintage))
    if _written(home, monday):
        return None
    return ReportSpec(week=monday, vintage=vintage or _first_vintage(home, monday))


def written_report(home: Home) -> ReportSpec:
    """Return the spec of the last complete week's report, from its vintage if that is kept, else the current one.

    Raises:
        StageError: If nothing is published.
    """
    monday = week_of(home, None, ReportSpec())
    week = formats.iso_week(monday)
    written = [issue for issue in issues(home)[0] if issue.is_main and issue.iso_week == week]
    kept = [issue.vintage_id for issue in written if kept_vintage(home.published, issue.vintage_id)]
    return ReportSpec(week=monday, vintage=kept[0] if kept else None)


def _written(home: Home, monday: date) -> list[Path]:
    """The reports of a week, one per vintage. A killed process may have left one without its note, which comes last."""
    written = home.reports.glob(f"{formats.iso_week(monday)}/*/{MAIN_STEM}.html")
    return [path for path in written if path.with_suffix(".json").exists()]


def _first_vintage(home: Home, monday: date) -> str | None:
    """The earliest kept vintage of this version in which a week was over, and of which no run was withdrawn since."""
    for folder in kept_vintages(home.published):
        if withdrawn_runs(folder):
            continue
        with suppress(OtherVersionError), open_vintage(folder) as connection:
            until = datetime.fromisoformat(queries.read_about(connection)["as_of"])
            if (monday, True) in queries.weeks(connection, until):
                return folder.name
    return None


def _opened(home: Home, vintage_id: str | None, as_of: datetime | None) -> duckdb.DuckDBPyConnection:
    if vintage_id is None:
        return open_published(home, as_of)
    vintage = kept_vintage(home.published, vintage_id)
    if vintage is None:
        kept = ", ".join(folder.name for folder in kept_vintages(home.published)) or "none"
        raise WrongUsageError(
            f"Vintage {vintage_id} is not in {home.published}, or no longer kept (JOBMARKET_VINTAGES_KEPT). "
            f"Kept vintages: {kept}."
        )
    return open_vintage(vintage)


def is_published(home: Home, day: date | None = None) -> bool:
    """Whether the week of a day was over when this version published; without a day, whether it published."""
    if current_vintage(home.published) is None:
        return False
    with suppress(OtherVersionError), open_published(home) as connection:
        until = datetime.fromisoformat(queries.read_about(connection)["as_of"])
        over = [monday for monday, is_complete in queries.weeks(connection, until) if is_complete]
        return day is None or any(monday.isocalendar()[:2] == day.isocalendar()[:2] for monday in over)
    return False


def _choose(weeks: list[tuple[date, bool]], wanted: date | None) -> tuple[date, bool]:
    if not weeks:
        raise PermanentError("The published file has no week up to that moment. Run `jobmarket run` to collect data.")
    if wanted is None:
        complete = [row for row in weeks if row[1]]
        return (complete or weeks)[-1]
    monday = date.fromisocalendar(*wanted.isocalendar()[:2], 1)
    for row in weeks:
        if row[0] == monday:
            return row
    span = f"{formats.iso_week(weeks[0][0])} to {formats.iso_week(weeks[-1][0])}"
    raise WrongUsageError(f"The published file has no week {formats.iso_week(monday)}: it contains {span}.")


def _require_scope(connection: duckdb.DuckDBPyConnection, about: dict[str, str], week: date, scope: Scope) -> None:
    known = queries.families(about)
    if scope.role_family not in ("all", *known):
        raise WrongUsageError(
            f"There is no role family {scope.role_family!r}: choose one of {', '.join(known)}."
            + did_you_mean(scope.role_family, known)
        )
    countries = queries.countries(connection, week)
    if scope.country not in ("all", *countries):
        raise WrongUsageError(
            f"No posting of week {formats.iso_week(week)} is in the country {scope.country!r}. "
            f"Countries with postings: {', '.join(countries) or 'none'}."
            + did_you_mean(scope.country, [*countries, *map(names.country, countries)])
        )


def _require_one_format(out: Path, chosen: Collection[str]) -> None:
    """Refuse the name of a file for several formats, which would become a folder of that name."""
    if len(chosen) > 1 and out.suffix.lower() in _SUFFIXES and not out.is_dir():
        raise WrongUsageError(
            f"Not written: {out} is the name of one file, but there are {len(chosen)} formats. Choose one with "
            "--format, or name a folder."
        )


def _require_writable(home: Home) -> None:
    """Refuse a home that this user may not write to, before the report is made. It is only written at the end."""
    existing = next(folder for folder in (home.reports, *home.reports.absolute().parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        raise StageError(
            f"The report cannot be written: you may not write to {existing}. Name another folder with --out."
        )


def _write_out(out: Path, files: dict[str, bytes]) -> Path:
    """Write to a file if one is named and there is only one, else into a folder."""
    if out.suffix and not out.is_dir() and len(files) == 1:
        if (made := Path(next(iter(files))).suffix) != out.suffix.lower():
            raise WrongUsageError(
                f"Not written: the format is {made}, but the file is {out}. Give it that suffix, or name a folder."
            )
        write(out.parent, {out.name: next(iter(files.values()))})
        return out
    if out.exists() and not out.is_dir():
        raise PermanentError(
            f"Not written: {out} is not a folder. Name one, or for a single format a file with its suffix "
            "(.html, .pdf, .xlsx or .eml)."
        )
    write(out, files)
    return out / next(iter(files))
