"""Lets one process at a time do a piece of work. A second process is refused; a killed one releases its lock."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobmarket.stages import StageError


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
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StageError(f"Another process is {doing} {folder}. Wait until it is done.") from error
        yield
