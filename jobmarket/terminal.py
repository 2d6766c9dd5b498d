"""Shows progress: live bars on a terminal, plain lines elsewhere, also while a long step gives no news."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from jobmarket.counted import counted
from jobmarket.foreign_text import harmless
from jobmarket.stages import StageResult

# Seconds between two progress lines of a long stage, where there is no terminal.
_PLAIN_INTERVAL = 15.0


class TerminalProgress:
    """One live line per stage: its current step, its speed and the time left."""

    def __init__(self, bars: Bars | None) -> None:
        self._bars = bars
        self._task: TaskID | None = None
        self._stage = ""
        self._last = "starting"
        self._started = self._last_line = time.monotonic()

    def update(self, stage: str, detail: str, done: int, total: int | None = None) -> None:
        """See :class:`jobmarket.stages.Progress`."""
        if stage != self._stage:
            self._begin(stage)
        detail = harmless(detail)
        now = time.monotonic()
        speed = done / max(now - self._started, 1e-3)
        # Steps of which nobody knows the number differ too much for a speed to mean anything.
        shown_speed = f"{speed:,.0f}/s" if total and speed >= 1 else ""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, completed=done, total=total, detail=detail[:48], speed=shown_speed)
            return
        steps = f"{done:,} of {total:,}" if total else f"{counted(done, 'step')} done"
        self._last = f"{stage}: {detail}: {steps}"
        if now - self._last_line >= _PLAIN_INTERVAL:
            self._last_line = now
            # The time left is estimated only after a tenth is done: the first step may be by far the longest.
            left = f"{(total - done) / speed:,.0f} s left" if total and total <= 10 * done < 10 * total else ""
            estimates = ", ".join(filter(None, (shown_speed, left)))
            click.echo(f"  {self._last}{f' ({estimates})' if estimates else ''}")

    def still(self) -> None:
        """Print the last step again if no line was printed for a while. For plain progress only."""
        now = time.monotonic()
        if now - self._last_line >= _PLAIN_INTERVAL:
            self._last_line = now
            click.echo(f"  {self._last}, at work for {now - self._started:,.0f} s")

    def finish(self, stage: str, result: StageResult) -> None:
        """Print the outcome of a stage in lines that stay."""
        seconds = time.monotonic() - self._started
        if self._bars is not None and self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None
        echo = self._bars.console.print if self._bars is not None else click.echo
        echo(f"{stage:<10} {harmless(result.summary)}  ({seconds:.1f} s)")
        for line in result.details:
            echo(f"           {harmless(line)}")
        self._stage, self._last = "", f"after {stage}"
        self._started = self._last_line = time.monotonic()

    def _begin(self, stage: str) -> None:
        # The clock has been running since the previous stage ended, so work before the first update counts too.
        self._stage = stage
        if self._bars is not None:
            self._task = self._bars.add_task(stage, total=None, detail="", speed="")


@contextmanager
def _kept_alive(progress: TerminalProgress) -> Iterator[TerminalProgress]:
    """Print now and then that a long step is under way: a log that stands still looks like a program that hangs."""
    over = threading.Event()

    def watch() -> None:
        with suppress(OSError, ValueError):  # nobody reads on, or the disk is full: the main thread will say so
            while not over.wait(_PLAIN_INTERVAL / 3):
                progress.still()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield progress
    finally:
        over.set()
        watching.join()


@contextmanager
def terminal_progress() -> Iterator[TerminalProgress]:
    """Yield live bars if standard output is a terminal, else plain lines."""
    if not sys.stdout.isatty():
        with _kept_alive(TerminalProgress(None)) as plain:
            yield plain
        return
    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[detail]}", markup=False),
    )
    with Bars(*columns, console=Console(highlight=False, markup=False), transient=True) as bars:
        yield TerminalProgress(bars)
