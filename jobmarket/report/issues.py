"""What is kept about a written report, beside it: the archive and the feed are made of that."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from jobmarket.report.content import Report
from jobmarket.report.files import write


@dataclass(frozen=True)
class Issue:
    """A report that lies in the archive.

    Attributes:
        stem: What the names of its files begin with.
        iso_week: ``2026-W34``.
        vintage_id: Of the published file it is made from.
        as_of: The moment the data stand for, ISO 8601.
        language: Its code.
        role_family: Of its scope.
        country: Of its scope.
        title: Its heading.
        span: Days of the week.
        sentences: The week in sentences.
        files: Name → SHA-256.
        warnings: What must be known before reading on: that nothing of it is real, for one.
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

    @classmethod
    def of(cls, report: Report, stem: str, files: dict[str, bytes]) -> Issue:
        """Note a report and the files that were written of it."""
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
            warnings=tuple(f"{banner.title} {banner.text}" for banner in report.banners),
        )

    def keep(self, folder: Path) -> None:
        """Write the note into the report's folder; files noted earlier that are still there stay noted."""
        note = folder / f"{self.stem}.json"
        earlier = json.loads(note.read_bytes())["files"] if note.exists() else {}
        files = {name: digest for name, digest in earlier.items() if (folder / name).exists()} | self.files
        kept = asdict(self) | {"files": dict(sorted(files.items()))}
        write(folder, {note.name: (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()})


def issues(reports: Path) -> list[Issue]:
    """Every report in the archive: latest week first, within it the latest vintage first."""
    found = [Issue(**json.loads(note.read_bytes())) for note in reports.glob("*-W*/*/report*.json")]
    return sorted(sorted(found, key=lambda issue: issue.stem), key=lambda i: (i.iso_week, i.vintage_id), reverse=True)
