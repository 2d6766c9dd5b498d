"""An index of what a board's sealed runs contain: a cache that can be rebuilt from the landing.

Each board has one SQLite file below ``crawl_state/``. One transaction spans a run, and its lock keeps two crawls of the
same board apart. The index contains:

- the contents that are landed;
- for boards whose postings have separate pages: which list object was landed with which content, and which pages are
  gone although their postings are still listed;
- for answers that contain a company's complete board: what they showed, so that an unchanged answer need not be read.

Answers and missing pages are not in the landing. If the index is lost, the next crawl requests them again.
"""

from __future__ import annotations

import sqlite3
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from isal import igzip

from jobmarket.landing import WITHDRAWN_FILE, LandingError, run_id_of, sealed_runs
from jobmarket.settings import Home

# Version of the tables below. A file of another version is rebuilt.
_VERSION = 3
_NAMES = ("contents", "runs", "shown", "gone", "answers")
_TABLES = (
    "create table if not exists contents (content text primary key) without rowid",
    "create table if not exists runs (run_id text primary key, is_withdrawn integer) without rowid",
    "create table if not exists shown (posting_key text primary key, listed text, content_hash text, read_at text) "
    "without rowid",
    "create table if not exists gone (posting_key text primary key) without rowid",
    "create table if not exists answers (request text primary key, made_by text, etag text, last_modified text, "
    "body text, left_out integer, missing text, sightings blob) without rowid",
)


class Shown(NamedTuple):
    """How a list showed a posting when its page was last read, the content landed then, and the time."""

    listed: str
    content_hash: str
    read_at: str | None = None
    """Moment of the run that read it, ISO 8601, UTC; null for older runs, which do not record it."""

    @classmethod
    def of(cls, sighting: dict[str, Any]) -> Shown | None:
        """Read it from a landed sighting; None if the posting was not read on a separate page."""
        listed = sighting.get("listed")
        return cls(listed, sighting["content_hash"], sighting.get("read_at")) if listed else None


@dataclass(frozen=True)
class EarlierAnswer:
    """What a company's complete board showed when it was last read, and how to check whether it has changed."""

    made_by: str
    """The version of the code that read it. Another version reads the answer again."""
    etag: str | None
    last_modified: str | None
    body: str
    """Hash of the answer's bytes."""
    left_out: int
    missing: dict[str, int]
    sightings: tuple[tuple[str, str], ...]
    """Posting key and content hash, in the order shown."""


class LandedIndex:
    """The index of one board, locked until it is closed.

    Attributes:
        gone: Keys of listed postings whose pages were gone when they were last requested.

    Raises:
        LandingError: If another crawl of the board has locked it, or the file cannot be used.
    """

    def __init__(self, home: Home, board: str) -> None:
        home.crawl_state.mkdir(parents=True, exist_ok=True)
        path = home.crawl_state / f"contents-{board}.sqlite"
        # Autocommit mode: we manage the transaction, from the lock below to commit() or close().
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._connection.execute("begin immediate")
            self._forget_other_versions()
            for table in _TABLES:
                self._connection.execute(table)
            self._catch_up(home, board)
            self.gone = {key for (key,) in self._connection.execute("select posting_key from gone")}
        except sqlite3.OperationalError as error:
            self._connection.close()
            if not _is_locked(error):
                raise LandingError(
                    f"{path} cannot be used: {error}. Is there room on the disk, and may you write there?"
                ) from error
            raise LandingError(
                f"Another crawl of {board} is under way in {home.root}. Wait until it is done, then start again."
            ) from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise LandingError(f"{path} is damaged: {error}. Delete it: it is rebuilt from the landing.") from error
        except BaseException:
            self._connection.close()
            raise

    def _forget_other_versions(self) -> None:
        """Drop the tables of an index of another version; they are rebuilt."""
        (version,) = self._connection.execute("pragma user_version").fetchone()
        if version != _VERSION:
            for table in _NAMES:
                self._connection.execute(f"drop table if exists {table}")
            self._connection.execute(f"pragma user_version = {_VERSION}")

    def _catch_up(self, home: Home, board: str) -> None:
        sealed = {run_id_of(path): path for path in sealed_runs(home, board)}
        withdrawn = {run_id: (folder / WITHDRAWN_FILE).is_file() for run_id, folder in sealed.items()}
        indexed = dict(self._connection.execute("select run_id, is_withdrawn from runs"))
        # If a run was removed, its contents must be landed again when they are seen again. If one was withdrawn, what
        # it showed must be read again: its contents stay landed.
        if any(withdrawn.get(run_id) != is_withdrawn for run_id, is_withdrawn in indexed.items()):
            for table in _NAMES:
                self._connection.execute(f"delete from {table}")  # noqa: S608 - the names are constants above
            indexed = {}
        for run_id, folder in sealed.items():
            if run_id in indexed:
                continue
            for landed in _lines(folder / "postings.jsonl.gz"):
                self.add(landed["posting_key"], landed["content_hash"])
            for sighting in _lines(folder / "sightings.jsonl.gz") if not withdrawn[run_id] else ():
                if shown := Shown.of(sighting):
                    self.add_shown(sighting["posting_key"], shown)
            self.add_run(run_id, is_withdrawn=withdrawn[run_id])

    def add(self, key: str, digest: str) -> bool:
        """Add a content, and return whether it was new."""
        added = self._connection.execute("insert or ignore into contents values (?)", (key + digest,))
        return added.rowcount == 1

    def has(self, key: str, digest: str) -> bool:
        """Return whether a content is landed."""
        matching = self._connection.execute("select 1 from contents where content = ?", (key + digest,))
        return matching.fetchone() is not None

    def add_shown(self, key: str, shown: Shown) -> None:
        """Record the content of a posting whose page was read, and how its list showed it."""
        self._connection.execute("insert or replace into shown values (?, ?, ?, ?)", (key, *shown))

    def add_gone(self, keys: Iterable[str]) -> None:
        """Record postings that are listed although their pages are gone."""
        self._connection.executemany("insert or ignore into gone values (?)", [(key,) for key in keys])

    def forget_gone(self, key: str) -> None:
        """Record that a posting's page is available again."""
        if key in self.gone:
            self.gone.discard(key)
            self._connection.execute("delete from gone where posting_key = ?", (key,))

    def shown(self, key: str) -> Shown | None:
        """Return how a posting was landed when its page was last read."""
        rows = self._connection.execute("select listed, content_hash, read_at from shown where posting_key = ?", (key,))
        row = rows.fetchone()
        return Shown(*row) if row else None

    def add_answer(self, request: str, answer: EarlierAnswer) -> None:
        """Record the answer to a request."""
        blob = b"".join(bytes.fromhex(each.replace("-", "")) for sighting in answer.sightings for each in sighting)
        missing = orjson.dumps(answer.missing).decode()
        self._connection.execute(
            "insert or replace into answers values (?, ?, ?, ?, ?, ?, ?, ?)",
            (request, answer.made_by, answer.etag, answer.last_modified, answer.body, answer.left_out, missing, blob),
        )

    def answer(self, request: str) -> EarlierAnswer | None:
        """Return the last answer to a request."""
        row = self._connection.execute("select * from answers where request = ?", (request,)).fetchone()
        if row is None:
            return None
        _, made_by, etag, last_modified, body, left_out, missing, blob = row
        ids = [str(uuid.UUID(bytes=blob[start : start + 16])) for start in range(0, len(blob), 16)]
        sightings = tuple(zip(ids[::2], ids[1::2], strict=True))
        return EarlierAnswer(made_by, etag, last_modified, body, left_out, orjson.loads(missing), sightings)

    def add_run(self, run_id: str, *, is_withdrawn: bool = False) -> None:
        """Record that a sealed run is in the index."""
        self._connection.execute("insert into runs values (?, ?)", (run_id, is_withdrawn))

    def commit(self) -> None:
        """Keep what was added."""
        self._connection.execute("commit")

    def close(self) -> None:
        """Release the lock. Uncommitted changes are rolled back."""
        self._connection.close()


def _is_locked(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode == sqlite3.SQLITE_BUSY


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a sealed run's file.

    Raises:
        LandingError: If the file is damaged.
    """
    try:
        with igzip.open(path, "rb") as lines:
            for line in lines:
                yield orjson.loads(line)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise LandingError(f"{path} cannot be read: {error}. Restore it, or move the run's folder away.") from error
