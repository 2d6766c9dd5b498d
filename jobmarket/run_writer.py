"""Writes a run below ``crawl_state/unsealed``, then moves it into the landing in one rename.

::

    crawl_state/unsealed/live/ashby-20260820T000000Z-1/
        postings.jsonl.gz …  as in the landing, so far
        finished.jsonl       the outcome of each completed company

A writer that is stopped or dies, or cannot move the run into the landing, leaves this folder behind. The next writer of
the same run takes over the lines of the completed companies and lists these companies, so that they are not requested
again. The journal ``finished.jsonl`` is deleted last, once the run is in the landing. A folder without one is useless
and is removed.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import sqlite3
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from isal import igzip
from pydantic import Field, ValidationError

from jobmarket.checksum import sha256
from jobmarket.durable import flush
from jobmarket.identity import content_hash, object_hash, posting_key
from jobmarket.landed_index import EarlierAnswer, LandedIndex, Shown
from jobmarket.landing import (
    DATA_FILES,
    RUN_FILE,
    CompanyOutcome,
    LandedFile,
    LandingError,
    Origin,
    RunRecord,
    board_of,
    keep_name,
    run_folder,
)
from jobmarket.one_at_a_time import is_locked
from jobmarket.posting import Posting
from jobmarket.settings import Home

logger = logging.getLogger(__name__)

# Compresses as well as the standard library's level 3, in a fifth of the time.
_GZIP_LEVEL = 2
_FINISHED = "finished.jsonl"
_LEFT = ".left"
_POSTINGS, _SIGHTINGS, _REJECTED = DATA_FILES


def unsealed_runs(home: Home, origin: Origin, board_names: Collection[str] = ()) -> list[str]:
    """Return the runs that are being written, or whose writer died after at least one company was completed.

    Of all boards if ``board_names`` is empty.
    """
    journals = _unsealed(home, origin).glob(f"*/{_FINISHED}")
    runs = sorted({path.parent.name.removesuffix(_LEFT) for path in journals if _has_lines(path)})
    return [run_id for run_id in runs if not board_names or board_of(run_id) in board_names]


def _has_lines(journal: Path) -> bool:
    with suppress(FileNotFoundError):  # its run was sealed, or is being taken over, since the folder was read
        return journal.stat().st_size > 0
    return False


def completed_in(home: Home, origin: Origin, run_id: str) -> set[str]:
    """Return the companies that were completed in an unsealed run."""
    folder = _unsealed(home, origin) / run_id
    folders = (folder, folder.with_name(f"{run_id}{_LEFT}"))
    found: set[str] = set()
    for each in folders:
        with suppress(FileNotFoundError):  # none, or its run was sealed since
            found |= {outcome.company_slug for outcome in _finished(each)}
    return found


def is_written_now(home: Home, origin: Origin, run_id: str) -> bool:
    """Return whether the writer of an unsealed run is at work: it has locked the run's journal."""
    return is_locked(_unsealed(home, origin) / run_id / _FINISHED)


def is_crawled_now(home: Home) -> bool:
    """Return whether the writer of any unsealed run of a home is at work."""
    return any(map(is_locked, home.crawl_state.glob(f"unsealed/*/*/{_FINISHED}")))


def _unsealed(home: Home, origin: Origin) -> Path:
    """By origin, so that no crawl of a board takes over what one of its archive, as of the same moment, has read."""
    return home.crawl_state / "unsealed" / origin


class Finished(CompanyOutcome):
    """The outcome of a completed company, with what is judged or summed at the end of the run and not landed."""

    own_pages_read: int = 0
    own_pages_gone: int = 0
    versions: dict[str, str] = Field(default_factory=dict, description="Software of the process that completed it")

    def landed(self) -> CompanyOutcome:
        """Return the part that goes into the run's record."""
        return CompanyOutcome.model_validate(self.model_dump(include=set(CompanyOutcome.model_fields)))


class RunWriter:
    """Writes one run of one board. Nothing is visible in the landing before :meth:`seal`.

    Args:
        home: The installation's folders.
        record: The run's record, without outcomes and files.

    Attributes:
        finished: Outcomes of the companies that an earlier writer of this run completed before it died.

    Raises:
        LandingError: If another crawl of the board is under way, or the run is already sealed.
    """

    def __init__(self, home: Home, record: RunRecord) -> None:
        self._record = record
        self._target = run_folder(home, record.board, record.as_of, record.run_id)
        self._index = LandedIndex(home, record.board)
        if self._target.exists():
            self._index.close()
            raise LandingError(f"Run {record.run_id} is already landed: {self._target}")
        self._folder = _unsealed(home, record.origin) / record.run_id
        self._read_at = f"{record.as_of:%Y-%m-%dT%H:%M:%SZ}"
        self._listed: dict[str, str] = {}
        self._kept: dict[str, list[tuple[str, str]]] = {}
        self._gone: dict[str, list[str]] = {}
        self._versions: list[dict[str, str]] = []
        try:
            left = _left_behind(self._folder)
            self._folder.mkdir(parents=True)
            self._files = {name: _JsonLines(self._folder / name) for name in DATA_FILES}
            self._journal = (self._folder / _FINISHED).open("ab")
            fcntl.flock(self._journal, fcntl.LOCK_EX)  # until it is closed: see is_written_now
            self.finished = self._take_over(left) if left else []
        except BaseException:
            self._index.close()  # the next writer can still take over what an earlier one left
            raise

    def write(self, posting: Posting, volatile_fields: Collection[str] = ()) -> bool:
        """Land one posting, and return whether its content is new to the landing."""
        key = posting_key(posting.board, posting.company_slug, posting.native_id)
        fields = posting.fields()
        digest = content_hash(fields, volatile_fields)
        identity = {"posting_key": key, "content_hash": digest}
        is_new = not self._index.has(key, digest)
        if is_new:
            # first, because one that cannot be written is rejected, and must not count as seen or landed
            self._files[_POSTINGS].write(identity | fields)
            self._index.add(key, digest)
        listed = self._listed.pop(key, None) if self._listed else None
        self.sight(posting.company_slug, key, digest, Shown(listed, digest, self._read_at) if listed else None)
        return is_new

    def sight(self, company_slug: str, key: str, digest: str, shown: Shown | None = None) -> None:
        """Record that a posting was seen with a content. ``shown`` describes it at the time its page was read."""
        sighting = {"posting_key": key, "content_hash": digest, "company_slug": company_slug}
        if shown is not None:
            sighting |= {"listed": shown.listed} | ({"read_at": shown.read_at} if shown.read_at else {})
            self._index.add_shown(key, shown)
        self._files[_SIGHTINGS].write(sighting)
        if (kept := self._kept.get(company_slug)) is not None:
            kept.append((key, digest))

    def reject(
        self,
        company_slug: str,
        reason: str,
        payload: object,
        key: str | None = None,
        volatile_fields: Collection[str] = (),
    ) -> None:
        """Record an object that could not become a posting, with its posting's key if the object states it."""
        why = {"company_slug": company_slug, "reason": reason}
        which = {"posting_key": key, "object_hash": object_hash(payload, volatile_fields)}
        self._files[_REJECTED].write({**why, **which, "payload": payload})

    def shown(self, key: str) -> Shown | None:
        """Return how a posting was landed when its page was last read."""
        return self._index.shown(key)

    def is_shown_as(self, key: str, listed: str) -> None:
        """Record how its list shows a posting whose page was read and which is about to be written."""
        self._listed[key] = listed
        self._index.forget_gone(key)

    def is_gone(self, key: str) -> bool:
        """Return whether a posting's page was gone when it was last requested."""
        return key in self._index.gone

    def page_is_gone(self, company_slug: str, key: str) -> None:
        """Record that a listed posting's page is gone. It is kept only if the company's crawl is complete."""
        self._gone.setdefault(company_slug, []).append(key)

    def has_gone_pages(self, company_slug: str) -> bool:
        """Return whether any page of a company's postings is gone, now or since an earlier crawl."""
        return company_slug in self._gone

    def answer(self, request: str) -> EarlierAnswer | None:
        """Return the last answer to a request for a company's complete board."""
        return self._index.answer(request)

    def keep_sightings(self, company_slug: str) -> None:
        """Start collecting the sightings of a company, for :meth:`sightings`."""
        self._kept[company_slug] = []

    def sightings(self, company_slug: str) -> tuple[tuple[str, str], ...]:
        """Return the collected sightings of a company, and drop them."""
        return tuple(self._kept.pop(company_slug, ()))

    def add_answer(self, request: str, answer: EarlierAnswer) -> None:
        """Record the answer to a request. It takes effect once the run is sealed."""
        self._index.add_answer(request, answer)

    def company_finished(self, outcome: Finished) -> None:
        """Flush the lines of a completed company, so that they survive if this process dies before it seals the run."""
        for file in self._files.values():
            file.flush()
        outcome = outcome.model_copy(update={"versions": outcome.versions or self._record.versions})
        self._versions.append(outcome.versions)
        self._journal.write(outcome.model_dump_json().encode() + b"\n")
        self._journal.flush()

    def end(self, companies: list[CompanyOutcome], *, is_over: bool = True) -> None:
        """Seal the run if its crawl is over, else leave it to the next writer; delete it if no company ended.

        Args:
            companies: The outcomes of all companies whose crawl ended, those of earlier writers included.
            is_over: Whether nobody is to resume it.

        Raises:
            OSError: If the run cannot be sealed. It is left to the next writer.
        """
        if not companies:
            self.abandon()
        elif is_over:
            self.seal(companies)
        else:
            self.leave()

    def seal(self, companies: list[CompanyOutcome]) -> Path:
        """Write the record, and move the run into the landing in one rename.

        Errors after the move are only logged, because the run is landed by then.

        Raises:
            OSError: If writing or moving fails. The files are left for the next writer.
        """
        try:
            record = self._move_in(companies)
        except OSError:
            self.leave()
            raise
        try:
            keep_name(self._target)
            # The folders of the day, the board and the landing may be new: flush them before the index has the run.
            for folder in list(self._target.parents)[:4]:
                flush(folder)
            self._index_run(record)
        except OSError as error:
            logger.warning(f"{record.run_id} is landed, but a power cut may still undo that: {error}")
        finally:
            self._index.close()
        with suppress(OSError):
            (self._target / _FINISHED).unlink()
        return self._target

    def _move_in(self, companies: list[CompanyOutcome]) -> RunRecord:
        files = {name: file.close() for name, file in self._files.items()}
        versions = _joined(self._versions or [self._record.versions])
        record = self._record.model_copy(update={"companies": companies, "files": files, "versions": versions})
        (self._folder / RUN_FILE).write_text(record.model_dump_json(indent=1), encoding="utf-8")
        for path in (self._folder / RUN_FILE, self._folder / _FINISHED, self._folder):
            flush(path)
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._folder.rename(self._target)
        self._journal.close()
        return record

    def _index_run(self, record: RunRecord) -> None:
        with suppress(sqlite3.Error):  # the run is landed, and the next crawl adds whatever the index lacks
            for outcome in record.companies:
                if outcome.status == "complete":
                    self._index.add_gone(self._gone.get(outcome.company_slug, ()))
            self._index.add_run(record.run_id)
            self._index.commit()

    def leave(self) -> None:
        """Close the files whatever happens, so that the next writer can take over the completed companies."""
        for close in (*(file.close for file in self._files.values()), self._journal.close):
            # On a full disk, closing fails because nothing more can be written. Flushed lines are safe.
            with suppress(OSError, ValueError):
                close()
        self._index.close()

    def abandon(self) -> None:
        """Delete the unfinished run. A run that is already in the landing stays there."""
        self.leave()
        with suppress(OSError):
            _remove(self._folder)

    def _take_over(self, left: Path) -> list[Finished]:
        """Copy the lines of the companies that a dead writer completed, and return their outcomes."""
        complete = self._complete(left)
        for name in DATA_FILES:
            for line in _readable_lines(left / name):
                if line["company_slug"] not in complete:
                    continue
                self._files[name].write(line)
                if name == _POSTINGS:
                    self._index.add(line["posting_key"], line["content_hash"])
                elif shown := Shown.of(line):
                    self._index.add_shown(line["posting_key"], shown)
        for outcome in complete.values():
            self.company_finished(outcome)
        _remove(left)
        return list(complete.values())

    def _complete(self, left: Path) -> dict[str, Finished]:
        """Return the companies whose lines are all readable: a power cut may lose more than a killed process does."""
        landed = {(line["posting_key"], line["content_hash"]) for line in _readable_lines(left / _POSTINGS)}
        rejected = Counter(line["company_slug"] for line in _readable_lines(left / _REJECTED))
        seen: Counter[str] = Counter()
        for line in _readable_lines(left / _SIGHTINGS):
            content = line["posting_key"], line["content_hash"]
            seen[line["company_slug"]] += content in landed or self._index.has(*content)
        return {
            outcome.company_slug: outcome
            for outcome in _finished(left)
            if (seen[outcome.company_slug], rejected[outcome.company_slug]) == (outcome.postings, outcome.rejected)
        }


class _JsonLines:
    """A gzipped JSON Lines file whose bytes depend only on its lines and on where it was flushed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._gzip = igzip.IGzipFile("", mode="wb", fileobj=self._file, compresslevel=_GZIP_LEVEL, mtime=0)
        self._lines = self._flushed = 0
        self._closed: LandedFile | None = None

    def write(self, value: dict[str, Any]) -> None:
        self._gzip.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS))
        self._lines += 1

    def flush(self) -> None:
        """Flush the lines written since the last flush."""
        if self._lines > self._flushed:
            self._gzip.flush()
            self._flushed = self._lines

    def close(self) -> LandedFile:
        """Close the file and return its size and checksum. A second call returns the same."""
        if self._closed is None:
            with self._file:
                self._gzip.close()
                self._file.flush()
                os.fsync(self._file.fileno())
            self._closed = LandedFile(lines=self._lines, bytes=self._path.stat().st_size, sha256=sha256(self._path))
        return self._closed


def _left_behind(folder: Path) -> Path | None:
    """Move aside what a dead writer of the same run left, and return it; None if there is nothing usable."""
    aside = folder.with_name(folder.name + _LEFT)
    if (aside / _FINISHED).is_file():  # the writer that was taking it over died too, having copied only a part
        shutil.rmtree(folder, ignore_errors=True)
        return aside
    shutil.rmtree(aside, ignore_errors=True)  # it had copied everything
    if not (folder / _FINISHED).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        return None
    folder.rename(aside)
    return aside


def _remove(folder: Path) -> None:
    """Remove an unfinished run, its journal first: without that, what a killed process leaves of it is useless."""
    (folder / _FINISHED).unlink(missing_ok=True)
    shutil.rmtree(folder)


def _joined(versions: Iterable[dict[str, str]]) -> dict[str, str]:
    """Map each software to its versions, in the order of their use."""
    used: dict[str, dict[str, None]] = {}
    for each in versions:
        for name, version in each.items():
            used.setdefault(name, {})[version] = None
    return {name: ", ".join(found) for name, found in used.items()}


def _finished(left: Path) -> Iterator[Finished]:
    """Yield the outcomes in a journal. A line that is cut off, lost or of another version stands for no company."""
    for line in (left / _FINISHED).read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            with suppress(ValidationError):
                yield Finished.model_validate_json(line)


def _readable_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file up to the point where it is cut off."""
    decompress = zlib.decompressobj(wbits=31).decompress
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 16):
            try:
                *lines, rest = (rest + decompress(chunk)).split(b"\n")
                yield from map(orjson.loads, lines)
            except (zlib.error, ValueError):
                return
