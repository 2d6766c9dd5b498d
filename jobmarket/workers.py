"""Worker processes that share the work of a model and end with the process that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any


def workers(processes: int, start: Callable[..., None] | None = None, *arguments: Any) -> ProcessPoolExecutor:
    """Return a pool of worker processes.

    They are spawned, not forked: the caller may have DuckDB threads running, which a fork would break.

    Args:
        processes: Number of processes.
        start: Called once in each process, before anything else.
        arguments: Arguments for ``start``.
    """
    return ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_start, initargs=(start, arguments)
    )


def _start(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if start:
        start(*arguments)


def _end_with_parent() -> None:
    """End with the parent process: if it is killed, its workers would otherwise wait for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - for the type checker
    wait([parent.sentinel])
    os._exit(1)
