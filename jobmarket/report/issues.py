"""Metadata of a written report, stored beside it; the archive and the feed are built from it."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jobmarket.publishing.vintages import WEEKS, recency, vintage_folder
from jobmarket.publishing.withdrawing import is_withdrawn
from jobmarket.publishing.withdrawn_runs import withdrawn_runs
from jobmarket.report.content import Report
from jobmarket.report.files import write
from jobmarket.settings import Home

# Stem of the report of the whole market in English.
MAIN_STEM = "report"


@dataclass(frozen=True)
class Issue:
    """A report in the archive.

    Attributes:
        stem: Stem of its file names.
        iso_week: ``2026-W34``.
        vintage_id: Id of the published file it is made from.
        as_of: Moment of the data, ISO 8601.
        language: Its code.
        role_family: Role family of its scope.
        country: Country of its scope.
        title: Its heading.
        span: Days of the week.
        sentences: Summary of the week.
        files: Name → SHA-256.
        warnings: Notices above everything else, for example that the data are invented; without what is withdrawn,
            which the archive says as of now.
        published_at: When its vintage was published, ISO 8601; None if that is not known.
    """

    stem: str
    iso_week: str
    vintage_id: str
    as_of: str
    language: str
    role_family: str
    country: str
    title: str
    span: str
    sentences: tuple[str, ...]
    files: dict[str, str]
    warnings: tuple[str, ...] = ()
    published_at: str | None = None

    @classmethod
    def of(cls, report: Report, stem: str, files: dict[str, bytes], published_at: datetime | None) -> Issue:
        """Describe a report of a vintage that was published at a moment, and its written files."""
        return cls(
            stem=stem,
            iso_week=report.iso_week,
            vintage_id=report.vintage_id,
            as_of=report.as_of.isoformat(),
            language=report.language,
            role_family=report.scope.role_family,
            country=report.scope.country,
            title=report.title,
            span=report.span,
            sentences=report.lede,
            files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
            warnings=tuple(banner.sentence for banner in report.banners if not banner.says_withdrawn),
            published_at=published_at.isoformat() if published_at else None,
        )

    @property
    def is_main(self) -> bool:
        """Whether it is the report of the whole market in English."""
        return self.stem == MAIN_STEM

    @property
    def is_of_a_finished_week(self) -> bool:
        """Whether its week was over at its vintage's moment."""
        end = datetime.strptime(f"{self.iso_week}-7", "%G-W%V-%u").replace(tzinfo=UTC) + timedelta(days=1)
        return datetime.fromisoformat(self.as_of) >= end

    def page(self, reports: Path) -> Path:
        """Return its HTML file, whether there or not."""
        return reports / self.iso_week / self.vintage_id / f"{self.stem}.html"

    @property
    def command(self) -> str:
        """The command that writes the report again, in all formats."""
        options = ["--week", self.iso_week, "--vintage", self.vintage_id]
        options += ["--role", self.role_family] if self.role_family != "all" else []
        options += ["--country", self.country] if self.country != "all" else []
        options += ["--language", self.language] if self.language != "en" else []
        return shlex.join(["jobmarket", "report", *options])

    def keep(self, folder: Path) -> None:
        """Write the metadata into the report's folder; files recorded earlier stay recorded if they still exist."""
        note = folder / f"{self.stem}.json"
        earlier = _read(note) if note.exists() else None
        files = {
            name: digest for name, digest in (earlier.files if earlier else {}).items() if (folder / name).exists()
        }
        kept = asdict(self) | {"files": dict(sorted((files | self.files).items()))}
        write(folder, {note.name: (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()})


_NOTE = TypeAdapter(Issue)


def issues(home: Home) -> tuple[list[Issue], tuple[str, ...]]:
    """Return every report in the archive, first in rank first, and a line for each unreadable note.

    A later week comes before an earlier one, and of one week that of a later moment, unless its vintage was withdrawn.
    Of one moment, a report without withdrawn runs comes first, then that of the current vintage or the last published.
    """
    kept, unreadable = [], []
    for note in sorted(home.reports.glob(f"{WEEKS}/*/report*.json")):
        if issue := _read(note):
            kept.append(issue)
        else:
            unreadable.append(
                f"{note} is not the note of a report, so the archive lacks that report. Write it again with "
                "`jobmarket report`, or delete this file."
            )
    kept.sort(key=lambda issue: issue.stem)
    return sorted(kept, key=lambda issue: _rank(issue, home), reverse=True), tuple(unreadable)


def _rank(issue: Issue, home: Home) -> tuple[str, bool, str, bool, bool, datetime]:
    vintage = vintage_folder(home.published, issue.vintage_id)
    noted = datetime.fromisoformat(issue.published_at or issue.as_of)
    moment, is_current, published = recency(vintage, noted)
    return issue.iso_week, not is_withdrawn(vintage), moment, not withdrawn_runs(vintage), is_current, published


def _read(note: Path) -> Issue | None:
    """Read a note; None if it is damaged or something else."""
    try:
        return _NOTE.validate_json(note.read_bytes())
    except ValidationError:
        return None
