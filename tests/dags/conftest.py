"""The DAG files as modules, imported again for each test."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dag_module(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a function that imports a module of the DAG folder by its name."""
    monkeypatch.syspath_prepend(str(root / "dags"))
    for path in (root / "dags").glob("*.py"):
        sys.modules.pop(path.stem, None)
    return importlib.import_module


@pytest.fixture(scope="session")
def recordings(root: Path) -> Path:
    """Our own small recordings, in the shape of the real ones."""
    return root / "tests" / "recordings" / "boards"
