"""Runs stages for a command, prints their outcomes, and exits with the matching code."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
import duckdb

from jobmarket.cli.interrupts import orderly_end
from jobmarket.foreign_text import harmless
from jobmarket.one_at_a_time import only_one, require_free
from jobmarket.pipeline import MAINTENANCE, Job, is_interrupt, run_stage
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, StageError, StageResult, WrongUsageError, as_of_text, find
from jobmarket.terminal import terminal_progress

FAILED, WRONG_USAGE, GATE_CLOSED, INCOMPLETE = 1, 2, 3, 4
_GIVE_A_HOME = "Set --home (or JOBMARKET_HOME) to a folder that you may write to."
_MORE_MEMORY = "Close other programs, or raise JOBMARKET_MEMORY_LIMIT if the machine has more memory."
_MAKE_ROOM = "Make room and start again."
_UNCHANGED = "The published database is unchanged."
_RESUME = "Run the same command again to resume."
_ALL_AT_WORK = "crawling all boards or running the pipeline in"
# They read only the published database.
_BESIDE_A_RUN = {"report", "send"}


def run_stages(
    stages: Sequence[str],
    home: Path | None,
    as_of: datetime | None,
    boards: str | None = None,
    **choices: Any,
) -> list[StageResult]:
    """Run stages in order, print a line for each, and exit with the matching code if one fails."""
    settings = Settings()
    place = Home(home or settings.home)
    is_new = not place.root.exists()
    results: list[StageResult] = []
    with ExitStack() as held, orderly_end() as interrupts, terminal_progress() as progress:
        job = Job(place, settings, boards or settings.boards, as_of, progress, **choices)
        require_reached(job, stages, datetime.now(UTC))  # before the lock, which creates the home
        if is_new and stages == MAINTENANCE:  # a mistyped name; the schedule may run them before a first crawl
            leave(f"Nothing to maintain: there is no folder {place.root}.", FAILED)
        try:
            if "crawl" not in stages:
                # A run would fail at its next stage while this one has the warehouse.
                if not _BESIDE_A_RUN.issuperset(stages):
                    require_free(place.root, _ALL_AT_WORK)
            elif not (list(stages) == ["crawl"] and job.board_names):
                # Two at the same time would each land a part. Crawls of named boards may run beside it and each other,
                # like the schedule's tasks: systems share no host, and a lock in the landing keeps two crawls of one
                # apart. A run of named boards may not: it goes on with everything that is landed.
                held.enter_context(only_one(place.root, _ALL_AT_WORK))
        except (StageError, OSError) as error:
            leave(worded(error, place.root), FAILED)
        if list(stages) != ["crawl"]:
            import pandas  # noqa: F401 - DuckDB would import it in its first query, and a Ctrl-C meanwhile would be lost
        for stage in stages:
            try:
                result = run_stage(job, stage)
            except GateClosedError as error:
                leave(str(error), exit_code(error))
            except (StageError, OSError, duckdb.Error) as error:
                if is_new:
                    _forget_unused(place, str(error))
                leave(f"{stage}: {worded(error, place.root)}", exit_code(error))
            except (KeyboardInterrupt, RuntimeError) as error:
                if not is_interrupt(error):
                    raise
                state = _state_of_publication(place, results)
                leave(f"Interrupted in {stage}. {state} {_RESUME}", interrupts.exit_code)
            progress.finish(stage, result)
            results.append(result)
            if interrupts.received and stage != stages[-1]:
                state = _state_of_publication(place, results)
                leave(f"Interrupted after {stage}. {state} {_RESUME}", interrupts.exit_code)
    return results


def require_reached(job: Job, stages: Sequence[str], now: datetime) -> None:
    """Check that the job's moment is not in the future.

    A vintage of a later day would stay current until that day. Sample and recorded boards have their own time: where
    that is ahead of the clock, moments up to it are allowed.

    Raises:
        click.BadParameter: If the moment is later than ``now`` and than the newest crawl or the boards' own moment.
    """
    if job.as_of is None or job.as_of <= now:
        return
    from jobmarket import warehouse

    try:
        newest = (
            find("default_as_of")(job.boards) if "crawl" in stages else warehouse.newest_crawl(job.home, job.settings)
        )
    except (StageError, OSError, duckdb.Error):  # nothing is crawled yet, or the boards cannot be read
        newest = now
    if job.as_of > newest:
        raise click.BadParameter(
            f"{as_of_text(job.as_of)} is in the future (it is {as_of_text(now)} now), and its vintage would "
            "stay current until then. Give a moment up to now, or leave --as-of out.",
            param_hint="--as-of",
        )


def _state_of_publication(place: Home, results: Sequence[StageResult]) -> str:
    if any(result.stage == "publish" for result in results):
        return "The database is published."
    return _UNCHANGED if place.database.exists() else "Nothing is published yet."


def _forget_unused(place: Home, message: str) -> None:
    """Remove a home that this command created before it failed to start (a mistyped board or folder).

    A home in which a crawl began is bound to its boards and stays, and so does a log that the message names.
    """
    if str(place.logs) in message or not place.root.is_dir():
        return
    if {path.name for path in place.root.iterdir()} <= {".lock", place.logs.name}:
        shutil.rmtree(place.root, ignore_errors=True)


def worded(error: Exception, below: Path | None = None) -> str:
    """Return an error's message, with advice if memory is short, or a folder or disk cannot be written.

    Args:
        error: The error.
        below: The home: named if a full disk's error does not name a file, and advised on if it cannot be made.
    """
    if isinstance(error, duckdb.OutOfMemoryException):
        # DuckDB's own advice, after the first line, is for those who write its statements.
        return _and(str(error).partition("\n")[0], _MORE_MEMORY)
    if isinstance(error, OSError) and error.strerror:
        return _worded_of_system(error, below)
    if any(phrase in str(error) for phrase in ("Read-only file system", "Permission denied")):
        return _and(str(error), _GIVE_A_HOME)
    if "No space left on device" in str(error):  # the wording of DuckDB and dbt
        return _with_room(str(error))
    return str(error)


def _worded_of_system(error: OSError, below: Path | None) -> str:
    """Word an error of the operating system without its number."""
    where = f": {error.filename}" if error.filename else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _with_room(f"{error.strerror}{where or (f' (below {below})' if below else '')}")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _and(f"{error.strerror}{where}", _GIVE_A_HOME)
    if below and error.filename and below.is_relative_to(error.filename):
        return _and(f"{below} cannot be made: {error.strerror}{where}", _GIVE_A_HOME)
    return f"{error.strerror}{where}"


def _with_room(message: str) -> str:
    advised = _and(message, _MAKE_ROOM)
    return advised if _UNCHANGED in message else f"{advised} {_UNCHANGED}"


def _and(message: str, advice: str) -> str:
    """Join two sentences, adding a full stop to the first if it lacks one."""
    return f"{message} {advice}" if message.endswith((".", "?", "!")) else f"{message}. {advice}"


def exit_code(error: Exception) -> int:
    """Return the exit code for an error that ended a command."""
    match error:
        case GateClosedError():
            return GATE_CLOSED
        case WrongUsageError():
            return WRONG_USAGE
    return FAILED


def leave(message: str, code: int) -> NoReturn:
    """Print a message on standard error, and exit."""
    click.echo(harmless(message), err=True)
    sys.exit(code)


def close(results: Sequence[StageResult]) -> None:
    """Print what is missing, and exit with 4 if a retry or a fix could bring it."""
    gaps = [gap for result in results for gap in result.gaps]
    notes = [note for result in results for note in result.notes]
    for line in (*notes, *gaps):
        click.echo(f"  {harmless(line)}")
    if gaps:
        leave(f"Incomplete: {len(gaps)} missing: {listed(gaps)}", INCOMPLETE)
    if notes:
        click.echo(f"Complete, without: {harmless(listed(notes))}")


def listed(lines: Sequence[str], most: int = 5) -> str:
    """List the subjects of the lines (the part before the colon), each once with its count, up to ``most`` of them."""
    numbers = Counter(line.split(":", 1)[0] for line in lines)
    names = [name if number == 1 else f"{name} ({number})" for name, number in numbers.items()]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
