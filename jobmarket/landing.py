"""Landing: what a crawl leaves on disk. Immutable, idempotent, content-addressed.

::

    landing/board=ashby/dt=2026-08-20/run=ashby-20260820T000000Z-1/
        postings.jsonl.gz    contents not landed before: the typed fields, the payload, key and hash
        sightings.jsonl.gz   every posting of the run: key, hash, company; `listed` where its own page was read:
                             the hash of the object that its list showed and of what read it, and `read_at`, when
        rejected.jsonl.gz    objects that could not become a posting, with the reason; the key of the posting that
                             they are, if they say it, and the hash of the object
        run.json             the RunRecord: outcome per company, and each file's lines, bytes and sha256

A run is written below ``crawl_state/`` and renamed into ``landing/`` when it is complete
(:mod:`jobmarket.run_writer`), so a reader never sees half of one. A content (posting key, content hash) is
landed once: what a posting costs follows its changes, not the number of crawls. Which contents are landed
already is asked of a small index per board (:mod:`jobmarket.landed_index`).
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from isal import igzip
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.one_at_a_time import only_one
from jobmarket.posting import UtcDatetime
from jobmarket.settings import Home
from jobmarket.stages import StageError

Origin = Literal["sample", "recorded", "live", "backfill"]
Status = Literal["complete", "partial", "failed"]

RUN_FILE = "run.json"
# Beside a run that is not to be loaded any more; the one file that may join a sealed run.
WITHDRAWN_FILE = "withdrawn.json"
# In the landing: what a move to the archive took out a moment before its link stands (jobmarket.landing_archive).
LEAVING = ".leaving"
DATA_FILES = ("postings.jsonl.gz", "sightings.jsonl.gz", "rejected.jsonl.gz")
_UNPACKED_AT_ONCE = 1 << 20


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
    missing: dict[str, int] = Field(default_factory=dict, description="Posting field → postings read without it")
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


def moment_of(run_id: str) -> datetime:
    """The moment that a run's name tells.

    Raises:
        LandingError: if it is no run's name.
    """
    try:
        return datetime.strptime(run_id.rsplit("-", 2)[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except (IndexError, ValueError) as error:
        raise LandingError(
            f"run={run_id} is no run's name (such as run=ashby-20260820T000000Z-1): give its folder the name that its "
            f"{RUN_FILE} tells, or move it away."
        ) from error


def run_folder(home: Home, board: str, as_of: datetime, run_id: str) -> Path:
    """Where a sealed run lies."""
    return home.landing / f"board={board}" / f"dt={as_of:%Y-%m-%d}" / f"run={run_id}"


def sealed_runs(home: Home, board: str | None = None) -> Iterator[Path]:
    """Folders of all sealed runs, oldest moment first; of one that moved to the archive, the link to it.

    A run that a killed process was moving is put back first.

    Raises:
        LandingError: if a link leads nowhere: without the archive, runs would be taken for never landed; or if what
            was being moved has no run's name, so that nobody knows its place.
    """
    _put_back(home)
    for path in _run_folders(home, board):
        if (path / RUN_FILE).is_file():
            yield path
        elif path.is_symlink():
            raise LandingError(
                f"{path} leads to {path.readlink()}, where no run is: put the landing's archive in place."
            )


def runs_without_record(home: Home) -> list[Path]:
    """Folders of runs whose ``run.json`` is lost: a run moves into the landing with it, in one rename.

    What a crawl is writing, or has left, is none of them: it lies below ``crawl_state/``.
    """
    return [
        path
        for path in _run_folders(home)
        if path.is_dir() and not path.is_symlink() and not (path / RUN_FILE).exists()
    ]


def _run_folders(home: Home, board: str | None = None) -> list[Path]:
    return sorted(home.landing.glob(f"board={board or '*'}/dt=*/run=*"), key=lambda path: (path.parent.name, path.name))


def _put_back(home: Home) -> None:
    """Give each run its place again whose move ended before the link stood: no archive is needed for that."""
    if not _out_of_place(home):
        return
    try:
        with only_one(home.landing / LEAVING, "moving runs through"):
            for leaving, place in _out_of_place(home):
                leaving.rename(place)
    except StageError:
        return  # the process that moves is alive: the link stands in a moment


def _out_of_place(home: Home) -> list[tuple[Path, Path]]:
    """Runs on their way out that have nothing in their place yet, and that place."""
    pairs = [(leaving, place_of(home, leaving)) for leaving in sorted((home.landing / LEAVING).glob("run=*"))]
    return [(leaving, place) for leaving, place in pairs if not os.path.lexists(place)]


def place_of(home: Home, leaving: Path) -> Path:
    """Where a run on its way out lay, as its name tells.

    Raises:
        LandingError: if it is no run's name.
    """
    run_id = leaving.name.removeprefix("run=")
    try:
        return run_folder(home, run_id.rsplit("-", 2)[0], moment_of(run_id), run_id)
    except LandingError as error:
        raise LandingError(f"In {leaving.parent}, {error}") from error


def read_run(folder: Path) -> RunRecord:
    """The record of a sealed run.

    Raises:
        LandingError: if ``run.json`` is missing or unreadable.
    """
    try:
        return RunRecord.model_validate_json((folder / RUN_FILE).read_bytes())
    except FileNotFoundError as error:
        raise LandingError(
            f"{folder / RUN_FILE} is missing. Restore it, or move the run's folder away and crawl again."
        ) from error
    except (OSError, ValueError) as error:
        raise LandingError(
            f"{folder / RUN_FILE} cannot be read: {_said(error)}. Restore it, or move the run's folder away."
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


def damage(folder: Path, record: RunRecord) -> str | None:
    """What is wrong with the first of a run's files that does not unpack, or has other lines than its record says.

    Of files whose checksums are right: they were written so. None if all are whole.
    """
    for path in (folder / name for name in DATA_FILES):
        lines, expected = 0, record.files[path.name].lines
        try:
            with igzip.open(path, "rb") as file:
                while chunk := file.read(_UNPACKED_AT_ONCE):
                    lines += chunk.count(b"\n")
        except (OSError, EOFError, zlib.error, ValueError) as error:
            return (
                f"{path} does not unpack ({error}), though its checksum is right: it was written so. "
                "Restore it, or move the run's folder away and crawl again."
            )
        if lines != expected:
            return (
                f"{path} has {counted(lines, 'line')}, and {RUN_FILE} says {expected:,}, though its checksum is right. "
                "Restore it, or move the run's folder away and crawl again."
            )
    return None


def read_withdrawal(folder: Path) -> Withdrawal | None:
    """Why a sealed run was withdrawn; None if it was not.

    Raises:
        LandingError: if ``withdrawn.json`` is unreadable: nobody knows whether the run counts.
    """
    path = folder / WITHDRAWN_FILE
    try:
        return Withdrawal.model_validate_json(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError) as error:
        raise LandingError(
            f"{path} cannot be read: {_said(error)}. Restore it, write it anew, or take it away: the run counts then."
        ) from error


def _said(error: OSError | ValueError) -> str:
    """What is wrong with a file, in one line; of a record's fields, the first that is."""
    if not isinstance(error, ValidationError):
        return str(error)
    first, more = error.errors(include_url=False)[0], error.error_count() - 1
    place = ".".join(map(str, first["loc"]))
    return (f"{place}: " if place else "") + first["msg"] + (f" (and {more} more)" if more else "")


def write_withdrawal(folder: Path, withdrawal: Withdrawal) -> None:
    """Mark a sealed run as withdrawn, for every warehouse that is made from this landing."""
    unfinished = folder / f".{WITHDRAWN_FILE}"
    unfinished.write_text(withdrawal.model_dump_json(), encoding="utf-8")
    flush(unfinished)
    unfinished.replace(folder / WITHDRAWN_FILE)
    flush(folder)
