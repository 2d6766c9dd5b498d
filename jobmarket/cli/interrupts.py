"""Handles the signals that end a command: Ctrl-C, SIGTERM from a supervisor, SIGHUP from a closed terminal."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

# A shell reports a process ended by signal N with exit code 128 + N.
_BY_SIGNAL = 128
_Handler = Callable[[int, FrameType | None], Any] | signal.Handlers


class Interrupts:
    """The last signal received, if any.

    A KeyboardInterrupt may be lost: DuckDB imports pandas in its first query, and clears what is raised meanwhile.
    """

    def __init__(self) -> None:
        self._last: signal.Signals | None = None

    @property
    def received(self) -> bool:
        """Whether a signal was received, even if the work went on."""
        return self._last is not None

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C (also if no signal was recorded), 143 for SIGTERM, 129 for a terminal that was closed."""
        return _BY_SIGNAL + (self._last or signal.SIGINT)

    def note(self, number: int, _frame: FrameType | None) -> NoReturn:
        """Raise KeyboardInterrupt, as Ctrl-C does, so that the usual clean-up runs."""
        self._last = signal.Signals(number)
        raise KeyboardInterrupt


@contextmanager
def raised() -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt in the block, as Python does, where it ends the process otherwise.

    See :mod:`jobmarket.__main__`: before a command begins and after it has ended, nothing would catch it.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def orderly_end() -> Iterator[Interrupts]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does: processes are stopped and unfinished files are removed.

    A signal that is already ignored (``nohup``) stays ignored.
    """
    interrupts = Interrupts()
    defaults: dict[signal.Signals, _Handler] = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_DFL,
    }
    ours = [number for number, default in defaults.items() if signal.getsignal(number) is default]
    for number in ours:
        signal.signal(number, interrupts.note)
    try:
        yield interrupts
    finally:
        for number in ours:
            signal.signal(number, defaults[number])
