"""Handles the signals that end a command: Ctrl-C, SIGTERM from a supervisor, SIGHUP from a closed terminal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# A shell reports a process ended by signal N with exit code 128 + N.
_BY_SIGNAL = 128


class Interrupts:
    """The last signal received; Ctrl-C if no other was recorded."""

    def __init__(self) -> None:
        self._last = signal.SIGINT

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C, 143 for SIGTERM, 129 for a terminal that was closed."""
        return _BY_SIGNAL + self._last

    def note(self, number: int, _frame: FrameType | None) -> NoReturn:
        """Raise KeyboardInterrupt, as Ctrl-C does, so that the usual clean-up runs."""
        self._last = signal.Signals(number)
        raise KeyboardInterrupt


@contextmanager
def orderly_end() -> Iterator[Interrupts]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does: processes are stopped and unfinished files are removed.

    A signal that is already ignored (``nohup``) stays ignored.
    """
    interrupts = Interrupts()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    ours = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, interrupts.note)
    try:
        yield interrupts
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
