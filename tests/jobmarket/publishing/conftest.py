import shutil
from pathlib import Path

import pytest

from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import build_marts


@pytest.fixture(scope="session")
def two_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the marts of two weeks, made once."""
    home = Home(tmp_path_factory.mktemp("two-weeks"))
    build_marts(home, weeks=2, postings=60)
    return home.warehouse


@pytest.fixture
def home(tmp_path: Path, two_weeks: Path) -> Home:
    """A home whose warehouse holds the marts of two weeks, checked and not yet published."""
    home = Home(tmp_path / "home")
    home.root.mkdir()
    shutil.copy(two_weeks, home.warehouse)
    return home
