"""What ends a command from outside: Ctrl-C, a supervisor's SIGTERM, a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# How a shell tells of a process that a signal ended.
_BY_SIGNAL = 128


class Interrupts:
    """Which signal came last; Ctrl-C where none was noted."""

    def __init__(self) -> None:
        self._came = signal.SIGINT

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C, 143 for SIGTERM, 129 for a terminal that was closed."""
        return _BY_SIGNAL + self._came

    def note(self, number: int, _frame: FrameType | None) -> NoReturn:
        """Interrupt what is being done, as Ctrl-C does: whoever cleans up after that cleans up now."""
        self._came = signal.Signals(number)
        raise KeyboardInterrupt


@contextmanager
def orderly_end() -> Iterator[Interrupts]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does: processes are stopped, half-written files go.

    One that is ignored already (``nohup``) stays ignored.
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
