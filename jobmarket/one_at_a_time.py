"""One process at a time does a piece of work; a second one is refused, and one that was killed holds nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobmarket.stages import StageError


@contextmanager
def only_one(folder: Path, doing: str) -> Iterator[None]:
    """Hold a folder's lock while the block runs; the system lets go of it when the process ends, however it does.

    Args:
        folder: Whose lock; made if it is not there.
        doing: What is done to it, for the message: ``publishing into``.

    Raises:
        StageError: if another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StageError(f"Another process is {doing} {folder}. Wait until it is done.") from error
        yield
