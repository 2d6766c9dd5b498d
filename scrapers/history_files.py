"""An archive that comes as files of JSON Lines: each file one run, read line by line."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from jobmarket import origin
from jobmarket.landing import CompanyOutcome, LandingError, RunRecord, read_run, run_folder, run_id_for, sealed_runs
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import Progress, StageError, StageResult
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import NotAPosting
from scrapers.personal_data import without_fields
from scrapers.scope import in_scope
from scrapers.sources import objection, sources
from scrapers.systems import spider_of

_TOLD_EVERY = 5_000


def land_files(home: Home, board: str, since: datetime, files: Sequence[Path], progress: Progress) -> StageResult:
    """Land the ads in scope of some files, each file once.

    Raises:
        StageError: if there is no such board, it may not be read, or the landing refuses.
    """
    if reason := objection(board, live=False):
        raise StageError(reason)
    spider = spider_of(board)()
    live = origin.BoardsOrigin.of("live")
    origin.claim(home, live)
    landed = {record.versions.get("file") for folder in sealed_runs(home, board) if (record := read_run(folder))}
    gaps: list[str] = []
    notes: list[str] = []
    postings = 0
    for path in sorted(files):
        try:
            digest = _digest(path)
            if f"{path.name} {digest}" in landed:
                notes.append(f"{path.name}: landed already")
                continue
            outcome = _land(home, spider, since, path, digest, progress)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            gaps.append(f"{path.name}: cannot be read: {error}")
            continue
        except LandingError as error:
            raise StageError(str(error)) from error
        if outcome is None:
            notes.append(f"{path.name}: no ad in scope since {since:%Y-%m-%d}")
            continue
        postings += outcome.postings
        if outcome.reason:
            gaps.append(f"{path.name}: {outcome.status}, {outcome.reason}")
    if gaps and not postings and len(gaps) == len(files):
        raise StageError(f"Nothing of {board} could be landed: {'; '.join(gaps[:3])}")
    summary = f"{postings:,} postings of {len(files):,} files of {board}"
    return StageResult("backfill", summary, gaps=tuple(gaps), notes=tuple(notes), counts={"postings": postings})


def _land(
    home: Home, spider: BoardSpider, since: datetime, path: Path, digest: str, progress: Progress
) -> CompanyOutcome | None:
    """Land one file; None if it holds nothing that is asked for."""
    company = Company(slug=spider.feed_slug)
    newest = max((found.date_posted for found in _postings(spider, company, since, path, Counter(), progress)
                  if isinstance(found, Posting) and found.date_posted), default=None)  # fmt: skip
    if newest is None:
        return None
    as_of = (newest + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    attempt = 1
    while run_folder(home, spider.name, as_of, run_id_for(spider.name, as_of, attempt)).exists():
        attempt += 1
    source = sources()[spider.name]
    record = RunRecord(
        run_id=run_id_for(spider.name, as_of, attempt),
        board=spider.name,
        origin="backfill",
        as_of=as_of,
        versions={"jobmarket": version("jobmarket"), "file": f"{path.name} {digest}"},
        attribution=source.attribution,
    )
    writer = RunWriter(home, record)
    seen: set[str] = set()
    rejected: Counter[str] = Counter()
    try:
        for found in _postings(spider, company, since, path, rejected, progress):
            if not isinstance(found, Posting):
                writer.reject(company.slug, *found)
            elif found.native_id not in seen:
                seen.add(found.native_id)
                writer.write(found, spider.volatile_fields)
        words = ", ".join(f"{reason} ({count})" for reason, count in rejected.most_common(3))
        outcome = CompanyOutcome(
            company_slug=company.slug,
            status="partial" if rejected else "complete",
            reason=f"{rejected.total()} rejected: {words}" if rejected else None,
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


def _postings(
    spider: BoardSpider,
    company: Company,
    since: datetime,
    path: Path,
    rejected: Counter[str],
    progress: Progress,
) -> Iterator[Posting | tuple[str, object]]:
    """The ads in scope of a file, and (reason, object) of what can be none."""
    for number, line in enumerate(_lines(path), start=1):
        if number % _TOLD_EVERY == 0:
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
        late_enough = posting.date_posted is None or posting.date_posted >= since
        if late_enough and _in_scope(posting, spider):
            yield posting


def _in_scope(posting: Posting, spider: BoardSpider) -> bool:
    """Whether an ad is one that the board's searches would find, or its title is in scope."""
    if in_scope(posting.title):
        return True
    title = posting.title.lower()
    return any(term.lower() in title for term in getattr(spider, "queries", ()))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(path: Path) -> Iterator[bytes]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith((".jsonl", ".json")):
                    with archive.open(name) as lines:
                        yield from filter(bytes.strip, lines)
    else:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            yield from filter(bytes.strip, lines)
