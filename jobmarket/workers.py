"""Processes that share the work of a model, and end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any


def workers(processes: int, start: Callable[..., None] | None = None, *arguments: Any) -> ProcessPoolExecutor:
    """A pool of processes of their own.

    They are spawned, not forked: the caller may hold DuckDB's threads, which a fork would copy half.

    Args:
        processes: How many.
        start: Called in each once, before anything else.
        arguments: What it is called with.
    """
    return ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_start, initargs=(start, arguments)
    )


def _start(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if start:
        start(*arguments)


def _end_with_parent() -> None:
    """Wait for the end of whoever started this process: one that is killed tells nobody, and its workers wait on."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - for the type checker
    wait([parent.sentinel])
    os._exit(1)
