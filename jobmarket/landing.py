"""Landing: what a crawl leaves on disk. Immutable, idempotent, content-addressed.

::

    landing/board=ashby/dt=2026-08-20/run=ashby-20260820T000000Z-1/
        postings.jsonl.gz    contents not landed before: the typed fields, the payload, key and hash
        sightings.jsonl.gz   every posting of the run: key, hash, company
        rejected.jsonl.gz    objects that could not become a posting, with the reason
        run.json             the RunRecord: outcome per company, and each file's lines, bytes and sha256

A run is written below ``crawl_state/`` and renamed into ``landing/`` when it is complete, so a reader
never sees half of one. A content (posting key, content hash) is landed once: what a posting costs follows
its changes, not the number of crawls. Which contents are landed already is asked of a small index per
board, a cache that is made again from the landing whenever the two differ; its lock also keeps two crawls
of one board apart.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import orjson
from isal import igzip
from pydantic import BaseModel, ConfigDict, Field

from jobmarket.identity import content_hash, posting_key
from jobmarket.posting import Posting, UtcDatetime
from jobmarket.settings import Home

Origin = Literal["sample", "recorded", "live", "backfill"]
Status = Literal["complete", "partial", "failed"]

RUN_FILE = "run.json"
# Beside a run that is not to be loaded any more; the one file that may join a sealed run.
WITHDRAWN_FILE = "withdrawn.json"
DATA_FILES = ("postings.jsonl.gz", "sightings.jsonl.gz", "rejected.jsonl.gz")
# As small as the standard library's level 3, in a fifth of its time.
_GZIP_LEVEL = 2


class LandingError(Exception):
    """The landing cannot be written or read; the message says where and what to do."""


class CompanyOutcome(BaseModel):
    """How the crawl of one company on one board ended: one row of ``raw.crawl_runs``."""

    model_config = ConfigDict(extra="forbid")

    company_slug: str
    company_name: str | None = None
    status: Status
    reason: str | None = Field(None, description="Why the status is not `complete`, in one line")
    requests: int = 0
    http_codes: dict[str, int] = Field(default_factory=dict, description="HTTP status → number of responses")
    response_bytes: int = 0
    errors: int = Field(0, description="Failed requests, unreadable responses and rejected postings")
    postings: int = Field(0, description="Distinct postings seen")
    duplicates: int = Field(0, description="Further copies of a posting in the same run, dropped")
    rejected: int = Field(0, description="Objects that could not become a posting; kept in raw.rejected_postings")
    missing: dict[str, int] = Field(default_factory=dict, description="Posting field → postings without it")
    started_at: UtcDatetime | None = None
    finished_at: UtcDatetime | None = None


class LandedFile(BaseModel):
    """Size and checksum of one file of a run."""

    lines: int
    bytes: int
    sha256: str


class RunRecord(BaseModel):
    """``run.json``: one crawl of one board."""

    model_config = ConfigDict(extra="forbid")

    run_id: str
    board: str
    origin: Origin
    as_of: UtcDatetime = Field(description="The moment the crawl stands for; sightings are dated by it")
    companies: list[CompanyOutcome] = []
    files: dict[str, LandedFile] = {}
    versions: dict[str, str] = Field(default_factory=dict, description="Software that made the run")
    attribution: str | None = Field(None, description="What the source asks to be shown wherever its data is used")


class Withdrawal(BaseModel):
    """``withdrawn.json``: why a run counts no more."""

    reason: str
    withdrawn_at: UtcDatetime


def run_id_for(board: str, as_of: datetime, attempt: int) -> str:
    """Name of a run: the same board, moment and attempt always give the same one."""
    return f"{board}-{as_of:%Y%m%dT%H%M%SZ}-{attempt}"


def run_folder(home: Home, board: str, as_of: datetime, run_id: str) -> Path:
    """Where a sealed run lies."""
    return home.landing / f"board={board}" / f"dt={as_of:%Y-%m-%d}" / f"run={run_id}"


def sealed_runs(home: Home, board: str | None = None) -> Iterator[Path]:
    """Folders of all sealed runs, oldest moment first."""
    for path in sorted(home.landing.glob(f"board={board or '*'}/dt=*/run=*"), key=lambda p: (p.parent.name, p.name)):
        if (path / RUN_FILE).is_file():
            yield path


def read_run(folder: Path) -> RunRecord:
    """The record of a sealed run.

    Raises:
        LandingError: if ``run.json`` is missing or unreadable.
    """
    try:
        return RunRecord.model_validate_json((folder / RUN_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise LandingError(
            f"{folder / RUN_FILE} cannot be read: {error}. Restore it, or move the run's folder away."
        ) from error


def verify_run(folder: Path, record: RunRecord) -> None:
    """Compare the run's files with the checksums in its record.

    Raises:
        LandingError: naming the first file that is missing or differs.
    """
    for name in DATA_FILES:
        path, landed = folder / name, record.files.get(name)
        if landed is None or not path.is_file():
            raise LandingError(f"{path} is missing. Restore it, or move the run's folder away and crawl again.")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != landed.sha256:
            raise LandingError(
                f"{path} differs from the checksum in {RUN_FILE}. Restore it, or move the run's folder away."
            )


def read_withdrawal(folder: Path) -> Withdrawal | None:
    """Why a sealed run was withdrawn; None if it was not."""
    path = folder / WITHDRAWN_FILE
    return Withdrawal.model_validate_json(path.read_bytes()) if path.is_file() else None


def write_withdrawal(folder: Path, withdrawal: Withdrawal) -> None:
    """Mark a sealed run as withdrawn, for every warehouse that is made from this landing."""
    unfinished = folder / f".{WITHDRAWN_FILE}"
    unfinished.write_text(withdrawal.model_dump_json(), encoding="utf-8")
    unfinished.replace(folder / WITHDRAWN_FILE)


class _Contents:
    """Index of the contents that a board's sealed runs hold. One SQLite transaction spans a run."""

    def __init__(self, home: Home, board: str) -> None:
        home.crawl_state.mkdir(parents=True, exist_ok=True)
        path = home.crawl_state / f"contents-{board}.sqlite"
        # Autocommit mode: the transaction is ours, from the lock below to commit() or close().
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._connection.execute("begin immediate")
            self._connection.execute("create table if not exists contents (content text primary key) without rowid")
            self._connection.execute("create table if not exists runs (run_id text primary key) without rowid")
            self._catch_up(home, board)
        except sqlite3.OperationalError as error:
            self._connection.close()
            if "locked" not in str(error):
                raise LandingError(
                    f"{path} cannot be used: {error}. Is there room on the disk, and may you write?"
                ) from error
            raise LandingError(
                f"Another crawl of {board} is under way in {home.root}. Wait for it, then start again."
            ) from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise LandingError(f"{path} is damaged: {error}. Delete it: it is made again from the landing.") from error
        except BaseException:
            self._connection.close()
            raise

    def _catch_up(self, home: Home, board: str) -> None:
        sealed = {path.name.removeprefix("run="): path for path in sealed_runs(home, board)}
        indexed = {run_id for (run_id,) in self._connection.execute("select run_id from runs")}
        if indexed - sealed.keys():  # a run was taken away: what it held must be landed again when seen again
            self._connection.execute("delete from contents")
            self._connection.execute("delete from runs")
            indexed = set()
        for run_id in sealed.keys() - indexed:
            for key, digest in _landed_contents(sealed[run_id]):
                self.add(key, digest)
            self.add_run(run_id)

    def add(self, key: str, digest: str) -> bool:
        """Note a content; true if it was not there."""
        added = self._connection.execute("insert or ignore into contents values (?)", (key + digest,))
        return added.rowcount == 1

    def add_run(self, run_id: str) -> None:
        self._connection.execute("insert into runs values (?)", (run_id,))

    def commit(self) -> None:
        self._connection.execute("commit")

    def close(self) -> None:
        self._connection.close()  # what was not committed is rolled back


def _landed_contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Posting key and content hash of all that a sealed run landed.

    Raises:
        LandingError: if the file is damaged.
    """
    path = folder / "postings.jsonl.gz"
    try:
        with igzip.open(path, "rb") as lines:
            for line in lines:
                landed = orjson.loads(line)
                yield landed["posting_key"], landed["content_hash"]
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise LandingError(f"{path} cannot be read: {error}. Restore it, or move the run's folder away.") from error


class _JsonLines:
    """A gzipped JSON Lines file whose bytes depend on its lines alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._gzip = igzip.IGzipFile("", mode="wb", fileobj=self._file, compresslevel=_GZIP_LEVEL, mtime=0)
        self._lines = 0

    def write(self, value: dict[str, Any]) -> None:
        self._gzip.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS))
        self._lines += 1

    def close(self) -> LandedFile:
        self._gzip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        with self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return LandedFile(lines=self._lines, bytes=self._path.stat().st_size, sha256=digest)


class RunWriter:
    """Writes one run of one board; nothing is visible in the landing before :meth:`seal`.

    Args:
        home: The installation's folders.
        record: The run's record, without outcomes and files.

    Raises:
        LandingError: if another crawl of the board is under way, or the run is sealed already.
    """

    def __init__(self, home: Home, record: RunRecord) -> None:
        self._record = record
        self._target = run_folder(home, record.board, record.as_of, record.run_id)
        self._contents = _Contents(home, record.board)
        if self._target.exists():
            self._contents.close()
            raise LandingError(f"Run {record.run_id} is landed already: {self._target}")
        self._folder = home.crawl_state / "unsealed" / record.run_id
        shutil.rmtree(self._folder, ignore_errors=True)  # what a crawl that died left behind
        self._folder.mkdir(parents=True)
        self._files = {name: _JsonLines(self._folder / name) for name in DATA_FILES}

    def write(self, posting: Posting, volatile_fields: Collection[str] = ()) -> bool:
        """Land one posting; true if its content is new to the landing."""
        key = posting_key(posting.board, posting.company_slug, posting.native_id)
        fields = posting.fields()
        digest = content_hash(fields, volatile_fields)
        identity = {"posting_key": key, "content_hash": digest}
        self._files["sightings.jsonl.gz"].write(identity | {"company_slug": posting.company_slug})
        is_new = self._contents.add(key, digest)
        if is_new:
            self._files["postings.jsonl.gz"].write(identity | fields)
        return is_new

    def reject(self, company_slug: str, reason: str, payload: object) -> None:
        """Keep an object that could not become a posting."""
        self._files["rejected.jsonl.gz"].write({"company_slug": company_slug, "reason": reason, "payload": payload})

    def seal(self, companies: list[CompanyOutcome]) -> Path:
        """Write the record and move the run into the landing, in one rename."""
        files = {name: file.close() for name, file in self._files.items()}
        record = self._record.model_copy(update={"companies": companies, "files": files})
        path = self._folder / RUN_FILE
        with path.open("wb") as file:
            file.write(record.model_dump_json(indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._folder.rename(self._target)
        self._contents.add_run(record.run_id)
        self._contents.commit()
        self._contents.close()
        return self._target

    def abandon(self) -> None:
        """Drop the run: nothing of it stays."""
        for file in self._files.values():
            file.close()
        self._contents.close()
        shutil.rmtree(self._folder, ignore_errors=True)
