"""A home without anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobmarket.settings import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
