"""Lets one process at a time do a piece of work. A second process is refused; a killed one releases its lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobmarket.stages import StageError

# Names the process that has locked it.
_LOCK = ".lock"


@contextmanager
def only_one(folder: Path, doing: str) -> Iterator[None]:
    """Lock a folder while the block runs. The system releases the lock however the process ends.

    Args:
        folder: The folder to lock. It is created if it does not exist.
        doing: What the process does to the folder, for the error message: ``publishing into``.

    Raises:
        StageError: If another process has locked it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise StageError(_refusal(folder, doing, lock.read())) from error
        lock.truncate(0)
        lock.write(f"PID {os.getpid()}")
        lock.flush()
        yield


def require_free(folder: Path, doing: str) -> None:
    """Check that no other process has locked a folder. It is neither locked nor created.

    Raises:
        StageError: If another process has locked it, in the words of :func:`only_one`.
    """
    if (process := holder(folder)) is not None:
        raise StageError(_refusal(folder, doing, process))


def _refusal(folder: Path, doing: str, process: str) -> str:
    return f"Another process is {doing} {folder} ({process}). Wait until it is done."


def holder(folder: Path) -> str | None:
    """Return the process that has locked a folder, as ``PID 4711``; None if none has."""
    return (folder / _LOCK).read_text(encoding="utf-8") if is_locked(folder / _LOCK) else None


def is_locked(file: Path) -> bool:
    """Return whether another process has locked a file."""
    with suppress(FileNotFoundError), file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
