"""The landing: what a crawl leaves on disk. It is immutable, idempotent and content-addressed.

::

    landing/board=ashby/dt=2026-08-20/run=ashby-20260820T000000Z-1/
        postings.jsonl.gz    contents not landed before: typed fields, payload, key and hash
        sightings.jsonl.gz   every posting of the run: key, hash, company; where its page was read also `listed`, the
                             hash of the object in its list and of the code that read it, and `read_at`, the time
        rejected.jsonl.gz    objects that could not become a posting: the reason, the object's hash, and the posting's
                             key if the object states it
        run.json             the RunRecord: the outcome per company, and each file's lines, bytes and sha256

A run is written below ``crawl_state/`` and renamed into ``landing/`` once it is complete (:mod:`jobmarket.run_writer`),
so readers never see an unfinished run. A content (posting key and content hash) is landed once, so the space that a
posting takes depends on its changes and not on the number of crawls. A small index per board knows which contents are
landed (:mod:`jobmarket.landed_index`).

An empty file beside the run (``.run=…``) keeps its name taken if its folder is moved away: a warehouse that has loaded
the run would skip another one of that name. If such a run is withdrawn, a folder with only a ``withdrawn.json``
takes its place.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from isal import igzip
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobmarket.checksum import sha256
from jobmarket.counted import counted
from jobmarket.durable import flush
from jobmarket.one_at_a_time import only_one
from jobmarket.posting import UtcDatetime
from jobmarket.settings import Home
from jobmarket.stages import StageError

Origin = Literal["sample", "recorded", "live", "backfill"]
Status = Literal["complete", "partial", "failed"]

RUN_FILE = "run.json"
# Marks a run that must not be loaded any more: the only file that may be added to a sealed run.
WITHDRAWN_FILE = "withdrawn.json"
# Folder in the landing for runs that moved to the archive, until they are removed (jobmarket.landing_archive).
LEAVING = ".leaving"
DATA_FILES = ("postings.jsonl.gz", "sightings.jsonl.gz", "rejected.jsonl.gz")
_UNPACKED_AT_ONCE = 1 << 20


class LandingError(Exception):
    """The landing cannot be written or read. The message says where, and what to do."""


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
    versions: dict[str, str] = Field(
        default_factory=dict, description="Software that read the answers; `1.0, 1.1` if 1.1 resumed it"
    )
    attribution: str | None = Field(None, description="What the source asks to be shown wherever its data is used")


class Withdrawal(BaseModel):
    """``withdrawn.json``: why a run no longer counts."""

    reason: str
    withdrawn_at: UtcDatetime


def run_id_for(board: str, as_of: datetime, attempt: int) -> str:
    """Return the name of a run. The same board, moment and attempt always give the same name."""
    return f"{board}-{as_of:%Y%m%dT%H%M%SZ}-{attempt}"


def moment_of(run_id: str) -> datetime:
    """Return the moment in a run's name, UTC.

    Raises:
        LandingError: If it is not the name of a run.
    """
    try:
        return datetime.strptime(run_id.rsplit("-", 2)[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except (IndexError, ValueError) as error:
        raise LandingError(
            f"run={run_id} is not the name of a run (such as run=ashby-20260820T000000Z-1): rename the folder to the "
            f"run_id in its {RUN_FILE}, or move it away."
        ) from error


def board_of(run_id: str) -> str:
    """Return the board in a run's name."""
    return run_id.rsplit("-", 2)[0]


def run_id_of(folder: Path) -> str:
    """Return the run's name from that of its folder."""
    return folder.name.removeprefix("run=")


def run_folder(home: Home, board: str, as_of: datetime, run_id: str) -> Path:
    """Return the folder of a sealed run."""
    return home.landing.joinpath(*_place(board, as_of, run_id))


def keep_name(folder: Path) -> None:
    """Keep the name of a sealed run taken, also once its folder is moved away."""
    folder.with_name(f".{folder.name}").touch()


def last_attempt(home: Home, board: str, as_of: datetime) -> int:
    """Return the number of a board's last attempt as of a moment, also if its folder was moved away; 0 if none."""
    first = run_folder(home, board, as_of, run_id_for(board, as_of, 1))
    name = re.compile(rf"\.?{re.escape(first.name.removesuffix('1'))}(\d+)")
    entries = first.parent.iterdir() if first.parent.is_dir() else ()
    return max((int(found[1]) for entry in entries if (found := name.fullmatch(entry.name))), default=0)


def _place(board: str, as_of: datetime, run_id: str) -> tuple[str, str, str]:
    return f"board={board}", f"dt={as_of:%Y-%m-%d}", f"run={run_id}"


def sealed_runs(home: Home, board: str | None = None) -> Iterator[Path]:
    """Yield the folders of all sealed runs, oldest moment first. For an archived run, yield the link to it.

    Runs on their way to the archive whose link was removed are put back first.

    Raises:
        LandingError: If a link is broken, because without the archive its run would look as if it was never landed.
            Also if a run on its way to the archive cannot be put back, or its name does not tell its place.
    """
    _put_back(home)
    for path in run_folders(home, board):
        if (path / RUN_FILE).is_file():
            yield path
        elif path.is_symlink():
            raise LandingError(
                f"{path} leads to {path.readlink()}, which is not a run: put the landing's archive in place."
            )


def landed_origins(home: Home) -> Iterator[Origin]:
    """Yield the origin of each run whose record can be read, oldest moment first. Nothing is put back or checked."""
    for folder in run_folders(home):
        with suppress(LandingError):
            yield read_run(folder).origin


def runs_without_record(home: Home) -> list[Path]:
    """Return the folders of runs whose ``run.json`` is lost: every run had one when it was moved into the landing.

    Unfinished runs are not among them, because they are below ``crawl_state/``. Neither are runs that were withdrawn
    after their folder was moved away.
    """
    return [
        path
        for path in run_folders(home)
        if path.is_dir() and not path.is_symlink() and not (path / RUN_FILE).exists() and not has_only_withdrawal(path)
    ]


def has_only_withdrawal(folder: Path) -> bool:
    """Return whether a run was withdrawn after its folder was moved away or lost: nothing else is in its place."""
    return folder.is_dir() and [path.name for path in folder.iterdir()] == [WITHDRAWN_FILE]


def run_folders(home: Home, board: str | None = None) -> list[Path]:
    """Return the folders of all landed runs, oldest moment first, whatever is in them. Nothing is put back."""
    return sorted(home.landing.glob(f"board={board or '*'}/dt=*/run=*"), key=_age)


def _age(folder: Path) -> tuple[str, str, int, str]:
    """Return the day, moment and attempt of a run's folder. A folder with another name comes first on its day."""
    _, moment, attempt = ["", "", *folder.name.rsplit("-", 2)][-3:]
    return folder.parent.name, moment, int(attempt) if attempt.isdecimal() else 0, folder.name


def _put_back(home: Home) -> None:
    """Put back each run whose original is still there and whose link is not. This does not need the archive.

    Raises:
        LandingError: If another process is moving runs: a run that is missing now would count as removed.
    """
    if not _out_of_place(home):
        return
    try:
        with only_one(home.landing / LEAVING, "moving runs through"):
            for leaving, place in _out_of_place(home):
                leaving.rename(place)
    except StageError as error:
        raise LandingError(str(error)) from error


def _out_of_place(home: Home) -> list[tuple[Path, Path]]:
    """Return the runs on their way out whose place is empty, each with that place."""
    pairs = [(leaving, place_of(home, leaving)) for leaving in sorted((home.landing / LEAVING).glob("run=*"))]
    return [(leaving, place) for leaving, place in pairs if not os.path.lexists(place)]


def place_of(home: Home, leaving: Path) -> Path:
    """Return the place in the landing of a run on its way out, derived from its name.

    Raises:
        LandingError: If it is not the name of a run.
    """
    run_id = run_id_of(leaving)
    try:
        return run_folder(home, board_of(run_id), moment_of(run_id), run_id)
    except LandingError as error:
        raise LandingError(f"In {leaving.parent}, {error}") from error


def read_run(folder: Path) -> RunRecord:
    """Read the record of a sealed run.

    Raises:
        LandingError: If ``run.json`` is missing or unreadable.
    """
    try:
        return RunRecord.model_validate_json((folder / RUN_FILE).read_bytes())
    except FileNotFoundError as error:
        raise LandingError(
            f"{folder / RUN_FILE} is missing. Restore it, or move the run's folder away and crawl again."
        ) from error
    except (OSError, ValueError) as error:
        raise LandingError(
            f"{folder / RUN_FILE} cannot be read: {_problem(error)}. Restore it, or move the run's folder away."
        ) from error


def verify_run(folder: Path, record: RunRecord) -> None:
    """Compare the run's place and its files' checksums with its record.

    Raises:
        LandingError: If the folder is a copy or was renamed, because loading it would count the run twice. Also if a
            file is missing or differs. The message names the first one.
    """
    require_place(folder, record)
    if wrong := damaged_files(folder, record):
        raise LandingError(f"{next(iter(wrong.values()))}. Restore it, or move the run's folder away and crawl again.")


def require_place(folder: Path, record: RunRecord) -> None:
    """Check that a run's folder is the one in its record.

    Raises:
        LandingError: If it is a copy or was renamed.
    """
    place = _place(record.board, record.as_of, record.run_id)
    if folder.parts[-3:] != place:
        raise LandingError(
            f"{folder} contains the run {'/'.join(place)}, according to its {RUN_FILE}. Move it there, or away if that "
            "run has been landed."
        )


def damaged_files(folder: Path, record: RunRecord) -> dict[str, str]:
    """Map each file of a run that is missing, unreadable or unlike its checksum, by name, to what is wrong with it."""
    wrong: dict[str, str] = {}
    for name in DATA_FILES:
        path, landed = folder / name, record.files.get(name)
        try:
            if landed is None or not path.is_file():
                wrong[name] = f"{path} is missing"
            elif sha256(path) != landed.sha256:
                wrong[name] = f"{path} differs from the checksum in {RUN_FILE}"
        except OSError as error:
            wrong[name] = f"{path} cannot be read: {error}"
    return wrong


def damage(folder: Path, record: RunRecord) -> str | None:
    """Return what is wrong with the first file that does not unpack or whose number of lines differs from the record.

    The files' checksums must have been verified, so any damage was there when they were written. None if all are
    intact.
    """
    for path in (folder / name for name in DATA_FILES):
        lines, expected = 0, record.files[path.name].lines
        try:
            with igzip.open(path, "rb") as file:
                while chunk := file.read(_UNPACKED_AT_ONCE):
                    lines += chunk.count(b"\n")
        except (OSError, EOFError, zlib.error, ValueError) as error:
            return (
                f"{path} does not unpack ({error}) although its checksum is right: it was already damaged when it was "
                "written. Restore it, or move the run's folder away and crawl again."
            )
        if lines != expected:
            return (
                f"{path} has {counted(lines, 'line')}, but {RUN_FILE} says {expected:,}, although its checksum is "
                "right. Restore it, or move the run's folder away and crawl again."
            )
    return None


def read_withdrawal(folder: Path) -> Withdrawal | None:
    """Read why a sealed run was withdrawn; None if it was not.

    Raises:
        LandingError: If ``withdrawn.json`` is unreadable, so that it is unknown whether the run counts.
    """
    path = folder / WITHDRAWN_FILE
    try:
        return Withdrawal.model_validate_json(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError) as error:
        raise LandingError(
            f"{path} cannot be read: {_problem(error)}. Restore or rewrite it, or delete it if the run should count."
        ) from error


def _problem(error: OSError | ValueError) -> str:
    """Describe an error in one line; for a validation error, its first field."""
    if not isinstance(error, ValidationError):
        return str(error)
    first, more = error.errors(include_url=False)[0], error.error_count() - 1
    place = ".".join(map(str, first["loc"]))
    return (f"{place}: " if place else "") + first["msg"] + (f" (and {more} more)" if more else "")


def write_withdrawal(folder: Path, withdrawal: Withdrawal) -> None:
    """Mark a sealed run as withdrawn, for every warehouse that is built from this landing."""
    unfinished = folder / f".{WITHDRAWN_FILE}"
    unfinished.write_text(withdrawal.model_dump_json(), encoding="utf-8")
    flush(unfinished)
    unfinished.replace(folder / WITHDRAWN_FILE)
    flush(folder)
