"""Make expensive fixtures once for all workers of a test run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock


def made_once(
    factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], Any]
) -> tuple[Path, Any]:
    """Make a folder, unless another worker has made it.

    Args:
        factory: pytest's fixture of this name.
        worker_id: pytest-xdist's fixture of this name.
        name: The name of the folder.
        make: Fills the folder. Its result must be serialisable as JSON.

    Returns:
        The folder, which tests may only read, and the result of ``make``.
    """
    folder = (factory.getbasetemp() if worker_id == "master" else factory.getbasetemp().parent) / name
    result = folder / "result.json"
    folder.mkdir(exist_ok=True)
    with FileLock(f"{result}.lock"):
        if not result.exists():
            result.write_text(json.dumps(make(folder)), encoding="utf-8")
    return folder, json.loads(result.read_text(encoding="utf-8"))
