"""What is dear to make is made once for all workers of a test run."""

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
    """A folder that the first worker to ask for it fills, and what ``make`` said of it (as JSON); to be read only."""
    folder = (factory.getbasetemp() if worker_id == "master" else factory.getbasetemp().parent) / name
    said = folder / "said.json"
    folder.mkdir(exist_ok=True)
    with FileLock(f"{said}.lock"):
        if not said.exists():
            said.write_text(json.dumps(make(folder)), encoding="utf-8")
    return folder, json.loads(said.read_text(encoding="utf-8"))
