"""Peak memory of a process and all its descendants together."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from pathlib import Path
from types import TracebackType

_EVERY_SECONDS = 0.25
# A measurement walks all memory pages (0.2 s at 3 GiB): spend at most a twentieth of a core on it.
_REST = 20


class PeakMemory:
    """Context manager that samples memory while it is entered.

    Adds up proportional set sizes, so memory that processes share (forked pages, libraries) counts once.

    Attributes:
        bytes: The highest sum so far.
    """

    def __init__(self, process: int) -> None:
        self.bytes = 0
        self._process = process
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        rest = _EVERY_SECONDS
        while not self._done.wait(rest):
            started = time.thread_time()
            self.bytes = max(self.bytes, sum(map(_bytes_of, family(self._process))))
            rest = max(_EVERY_SECONDS, _REST * (time.thread_time() - started))


def family(process: int) -> list[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # the process name, in brackets, may contain anything
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # ended meanwhile
                continue
            children[parent].append(int(folder.name))
    found = [process]
    for one in found:
        found += children[one]
    return found


def _bytes_of(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:  # ended meanwhile
        pass
    return 0
