"""Runs stages for a command, says how they ended, and leaves with the exit code that fits."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
import duckdb

from jobmarket.cli.interrupts import orderly_end
from jobmarket.foreign_text import harmless
from jobmarket.one_at_a_time import only_one
from jobmarket.pipeline import Job, run_stage
from jobmarket.settings import Home, Settings
from jobmarket.stages import GateClosedError, StageError, StageResult
from jobmarket.terminal import terminal_progress

GATE_CLOSED, INCOMPLETE = 3, 4
_GIVE_A_HOME = "Give --home (or JOBMARKET_HOME) a folder that you may write in."
_MAKE_ROOM = "Make room and start again: what is published is as it was."


def run_stages(
    stages: Sequence[str],
    home: Path | None,
    as_of: datetime | None,
    boards: str | None = None,
    **choices: Any,
) -> list[StageResult]:
    """Run stages in order, print a line for each, and leave with the exit code that fits."""
    settings = Settings()
    place = Home(home or settings.home)
    is_new = not place.root.exists()
    results: list[StageResult] = []
    with ExitStack() as held, orderly_end() as interrupts, terminal_progress() as progress:
        if {"crawl", "publish"} <= set(stages):
            # Two whole runs side by side would each crawl a part, and publish it.
            try:
                held.enter_context(only_one(place.root, "running the pipeline in"))
            except (StageError, OSError) as error:
                leave(worded(error), 1)
        job = Job(place, settings, boards or settings.boards, as_of, progress, **choices)
        for stage in stages:
            try:
                result = run_stage(job, stage)
            except GateClosedError as error:
                leave(str(error), GATE_CLOSED)
            except (StageError, OSError, duckdb.Error) as error:
                if is_new:
                    _forget_unused(place, str(error))
                leave(f"{stage}: {worded(error, place.root)}", 1)
            except (KeyboardInterrupt, RuntimeError) as error:
                if not isinstance(error, KeyboardInterrupt) and "interrupted" not in str(error):
                    raise
                said = f"Interrupted in {stage}: what is published is as it was. Start again to go on."
                leave(said, interrupts.exit_code)
            progress.finish(stage, result)
            results.append(result)
    return results


def _forget_unused(place: Home, said: str) -> None:
    """Take away the home that a command made before it was told that it cannot begin (a mistyped board or folder).

    One that a crawl began in is bound to its boards, and stays; so does a log that the message names.
    """
    if str(place.logs) in said or not place.root.is_dir():
        return
    if {path.name for path in place.root.iterdir()} <= {".lock", place.logs.name}:
        shutil.rmtree(place.root, ignore_errors=True)


def worded(error: Exception, below: Path | None = None) -> str:
    """What an error says; of a folder or a disk that takes nothing, what to do about it too.

    Args:
        error: What was raised.
        below: Where, if the error does not say it itself.
    """
    match getattr(error, "errno", None):
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _and(str(error), _GIVE_A_HOME)
        case errno.ENOSPC | errno.EDQUOT:
            where = f" (below {below})" if below and not getattr(error, "filename", None) else ""
            return _and(f"{error}{where}", _MAKE_ROOM)
    if any(said in str(error) for said in ("Read-only file system", "Permission denied")):
        return _and(str(error), _GIVE_A_HOME)
    if "No space left on device" in str(error):  # as DuckDB and dbt tell it
        return _and(str(error), _MAKE_ROOM)
    return str(error)


def _and(said: str, advice: str) -> str:
    """Two sentences, of which the first may have its end already."""
    return f"{said} {advice}" if said.endswith((".", "?", "!")) else f"{said}. {advice}"


def leave(message: str, code: int) -> NoReturn:
    """Say why on standard error, and end the process."""
    click.echo(click.style(harmless(message), fg="red"), err=True)
    sys.exit(code)


def close(results: Sequence[StageResult]) -> None:
    """Say on the last line what is missing; leave with 4 if a retry or a fix could bring it."""
    gaps = [gap for result in results for gap in result.gaps]
    notes = [note for result in results for note in result.notes]
    for line in (*notes, *gaps):
        click.echo(f"  {harmless(line)}")
    if gaps:
        leave(f"Incomplete: {len(gaps)} missing: {listed(gaps)}", INCOMPLETE)
    if notes:
        click.echo(f"Complete, without: {harmless(listed(notes))}")


def listed(lines: Sequence[str], most: int = 5) -> str:
    """What the lines are about (what stands before their colon), each once with its number, the first few of them."""
    numbers = Counter(line.split(":", 1)[0] for line in lines)
    names = [name if number == 1 else f"{name} ({number})" for name, number in numbers.items()]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
