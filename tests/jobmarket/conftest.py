import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from jobmarket.publishing import database, publish, questions
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts


@pytest.fixture(scope="session")
def two_weeks(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with the marts of two weeks, checked but not published. Tests must not change it."""
    home = Home(tmp_path_factory.mktemp("two-weeks"))
    build_marts(home, weeks=2, postings=60)
    return home


@pytest.fixture(scope="session")
def two_weeks_published(two_weeks: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the same home after publication. Tests must not change it."""
    home = copy_of(two_weeks, tmp_path_factory.mktemp("published") / "home")
    publish(home, Settings(_env_file=None), AS_OF)
    return home


@pytest.fixture(scope="module")
def few_questions(two_weeks_published: Home) -> Iterator[None]:
    """Publish only the questions that a publication reads itself: to create all takes a third of its time.

    The home published for all tests has all of them.
    """
    asked = questions.questions
    few = tuple(question for question in asked() if question.name in ("current_week", "how_complete_is_it"))

    def create(connection: duckdb.DuckDBPyConnection) -> None:
        with pytest.MonkeyPatch.context() as patch:  # other callers get all, of which a vintage's id has a digest
            patch.setattr(questions, "questions", lambda: few)
            questions.create_questions(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_questions", create)
        yield


def copy_of(home: Home, folder: Path) -> Home:
    shutil.copytree(home.root, folder, symlinks=True)
    return Home(folder)


@pytest.fixture
def home(tmp_path: Path, two_weeks: Home) -> Home:
    """Return a copy of the home with the marts of two weeks, checked but not published."""
    return copy_of(two_weeks, tmp_path / "home")


@pytest.fixture
def published_home(tmp_path: Path, two_weeks_published: Home) -> Home:
    """Return a copy of the home with published marts."""
    return copy_of(two_weeks_published, tmp_path / "home")
