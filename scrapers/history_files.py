"""Lands an archive that comes as files of JSON Lines: one run per file, read line by line."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from jobmarket import origin
from jobmarket.checksum import sha256
from jobmarket.counted import counted
from jobmarket.field_paths import without_fields
from jobmarket.json_lines import LongLineError, bounded_lines
from jobmarket.landing import CompanyOutcome, LandingError, RunRecord, read_run, read_withdrawal, sealed_runs
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import PermanentError, Progress, StageError, StageResult, WrongUsageError
from scrapers.attempts import next_run_id
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import NotAPosting
from scrapers.scope import in_scope
from scrapers.sources import objection, sources
from scrapers.systems import spider_of

_PROGRESS_EVERY = 5_000
# Bit of a zip member's flags.
_ENCRYPTED = 0x1


class _Unreadable(Exception):  # noqa: N818 - it describes the file, not a fault of ours
    """A file that cannot be read. The message says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """The period to land, UTC: from ``since`` until before ``until``; None means up to ``now``."""

    since: datetime
    until: datetime | None
    now: datetime

    def versions(self) -> dict[str, str]:
        """Return what the run of a file records of the period."""
        until = {"until": self.until.isoformat()} if self.until else {}
        return {"since": self.since.isoformat(), **until}

    def was_landed_by(self, record: RunRecord) -> bool:
        """Return whether the run of a file landed the complete period."""
        since, until = record.versions.get("since"), record.versions.get("until")
        if since is None or datetime.fromisoformat(since) > self.since:
            return False
        return until is None or (self.until is not None and datetime.fromisoformat(until) >= self.until)

    def objection(self, posted: datetime | None) -> str | None:
        """Say why an ad's time is unknown; None if it is known."""
        if posted is None:
            return "no date"
        return "dated in the future" if posted > self.now else None

    def holds(self, posted: datetime | None) -> bool:
        """Return whether an ad was posted in the period."""
        return posted is not None and self.since <= posted and (self.until is None or posted < self.until)


def land_files(home: Home, board: str, period: Period, files: Sequence[Path], progress: Progress) -> StageResult:
    """Land the ads in scope of some files. A file is not read again for a period that is already landed.

    Raises:
        StageError: If there is no such board, it may not be read, or the landing refuses the runs.
    """
    if reason := objection(board, live=False):
        raise PermanentError(reason)
    if empty := [str(path) for path in files if not path.stat().st_size]:
        raise WrongUsageError(f"Nothing is landed: {', '.join(empty)} is empty.")
    spider = spider_of(board)()
    live = origin.BoardsOrigin.of("live")
    origin.claim(home, live)
    landed = _landed(home, board, period)
    gaps: list[str] = []
    notes: list[str] = []
    postings = 0
    for path in sorted(files):
        rejected: Counter[str] = Counter()
        try:
            with _reading():
                digest = sha256(path)
            if f"{path.name} {digest}" in landed:
                notes.append(f"{path.name}: already landed")
                continue
            outcome = _land(home, spider, period, path, digest, rejected, progress)
        except _Unreadable as error:
            gaps.append(f"{path.name}: cannot be read: {error}")
            continue
        except LandingError as error:
            raise StageError(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise StageError(
                f"Not landed: {path.name}: {error}. Is there room on the disk of {home.root}, and may you write there?"
            ) from error
        if outcome is None:
            remark = f"{path.name}: no ad in scope since {period.since:%Y-%m-%d}"
            if period.until:
                remark += f" and before {period.until:%Y-%m-%d}"
            if rejected:
                gaps.append(f"{remark}, {_in_words(rejected)}")
            else:
                notes.append(remark)
            continue
        postings += outcome.postings
        if outcome.reason:
            gaps.append(f"{path.name}: {outcome.status}, {outcome.reason}")
    if gaps and not postings and len(gaps) == len(files):
        raise StageError(f"Nothing of {board} could be landed: {'; '.join(gaps[:3])}")
    summary = f"{counted(postings, 'posting')} of {counted(len(files), 'file')} of {board}"
    return StageResult("backfill", summary, gaps=tuple(gaps), notes=tuple(notes), counts={"postings": postings})


def _landed(home: Home, board: str, period: Period) -> set[str | None]:
    """Return the files whose ads of the period are landed, and not withdrawn since.

    Raises:
        StageError: If a run of the board cannot be read.
    """
    try:
        runs = [read_run(folder) for folder in sealed_runs(home, board) if read_withdrawal(folder) is None]
    except LandingError as error:
        raise StageError(str(error)) from error
    return {run.versions.get("file") for run in runs if period.was_landed_by(run)}


def _land(
    home: Home,
    spider: BoardSpider,
    period: Period,
    path: Path,
    digest: str,
    rejected: Counter[str],
    progress: Progress,
) -> CompanyOutcome | None:
    """Land one file and count its rejected lines; None if it contains no ad of the period in scope."""
    company = Company(slug=spider.feed_slug)
    newest = max((found.date_posted for found in _postings(spider, company, period, path, rejected, progress)
                  if isinstance(found, Posting) and found.date_posted), default=None)  # fmt: skip
    if newest is None:
        return None
    as_of = (newest + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    source = sources()[spider.name]
    record = RunRecord(
        run_id=next_run_id(home, spider.name, as_of),
        board=spider.name,
        origin="backfill",
        as_of=as_of,
        versions={"jobmarket": version("jobmarket"), "file": f"{path.name} {digest}", **period.versions()},
        attribution=source.attribution,
    )
    writer = RunWriter(home, record)
    seen: set[str] = set()
    rejected.clear()  # the file is now read a second time
    try:
        for found in _postings(spider, company, period, path, rejected, progress):
            if not isinstance(found, Posting):
                writer.reject(company.slug, *found)
            elif found.native_id not in seen:
                seen.add(found.native_id)
                writer.write(found, spider.volatile_fields)
        outcome = CompanyOutcome(
            company_slug=company.slug,
            status="partial" if rejected else "complete",
            reason=_in_words(rejected) if rejected else None,
            errors=rejected.total(),
            postings=len(seen),
            rejected=rejected.total(),
            started_at=as_of,
            finished_at=as_of,
        )
        writer.seal([outcome])
    except BaseException:
        writer.abandon()
        raise
    return outcome


def _in_words(rejected: Counter[str]) -> str:
    words = ", ".join(f"{reason} ({count})" for reason, count in rejected.most_common(3))
    return f"{rejected.total()} rejected: {words}"


def _postings(
    spider: BoardSpider,
    company: Company,
    period: Period,
    path: Path,
    rejected: Counter[str],
    progress: Progress,
) -> Iterator[Posting | tuple[str, object]]:
    """Yield the ads in scope of a file, and (reason, object) for each line that is not an ad or has no known time."""
    for number, line in enumerate(_lines(path), start=1):
        if number % _PROGRESS_EVERY == 0:
            progress.update("backfill", f"{path.name}: {number:,} ads", number)
        payload: Any = line.decode("utf-8", "replace")
        try:
            payload = without_fields(orjson.loads(line), spider.personal_fields)
            posting = spider.to_posting(payload, company)
        except (orjson.JSONDecodeError, AttributeError, TypeError, NotAPosting, ValidationError) as error:
            reason = str(error) if isinstance(error, NotAPosting) else "not an ad"
            rejected[reason] += 1
            yield reason, payload
            continue
        if not _in_scope(posting, spider):
            continue
        if (objected := period.objection(posting.date_posted)) is not None:
            rejected[objected] += 1
            yield objected, payload
        elif period.holds(posting.date_posted):
            yield posting


def _in_scope(posting: Posting, spider: BoardSpider) -> bool:
    """Return whether an ad's title is in scope, or contains one of the board's search terms."""
    if in_scope(posting.title):
        return True
    title = posting.title.lower()
    return any(term.lower() in title for term in getattr(spider, "queries", ()))


@contextmanager
def _reading() -> Iterator[None]:
    """Tell errors of a file that is read from those of the landing."""
    try:
        yield
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, LongLineError) as error:
        raise _Unreadable(str(error)) from error


def _lines(path: Path) -> Iterator[bytes]:
    with _reading():
        yield from _unpacked(path)


def _unpacked(path: Path) -> Iterator[bytes]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda each: each.filename):
                if not member.filename.endswith((".jsonl", ".json")):
                    continue
                if member.flag_bits & _ENCRYPTED:
                    raise zipfile.BadZipFile(f"{member.filename} has a password: land the unpacked file instead")
                with archive.open(member) as lines:
                    yield from filter(bytes.strip, bounded_lines(lines.readline, member.filename))
    else:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            yield from filter(bytes.strip, bounded_lines(lines.readline))
