"""Settings and fixtures of all tests: their order, the closed network and the folders of recordings."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import runpy
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests import parsed_once

ROOT = Path(__file__).resolve().parents[1]


# Tests that take minutes start first, so that no worker is left alone with one at the end. The very first are those
# that wait (Airflow) or make what other tests need (the sample world).
LONGEST_FIRST = (
    "end_to_end/test_cookbook.py", "end_to_end/test_recorded_boards.py", "schedule/test_airflow.py",
    "statistics", "dbt_project", "jobmarket/publishing/test_readers.py", "conventions/test_tools.py",
    "scrapers/test_hostile.py", "jobmarket/report", "jobmarket/extract", "end_to_end", "schedule", "expectations",
    "jobmarket/publishing",
)  # fmt: skip

# Folders whose files all go to one worker. Their tests need things that each process has to make (published worlds, the
# gazetteer, a checked warehouse, the import of Airflow).
TOGETHER = ("dags", "expectations", "jobmarket/extract", "jobmarket/report")

# A single example may be slow on a busy machine. Separate tests check what must be fast.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")

CLOSED_NETWORK = Path(__file__).with_name("closed_network")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network and set the folder for parsed dbt projects, for this process and all that it starts."""
    # Imported and collected objects are never garbage. Without collections, importing takes a fifth less time.
    gc.disable()
    atexit.register(gc.freeze)  # also avoids the collection at exit
    _connect_with_one_thread()
    if not hasattr(config, "workerinput"):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a build: with more threads, workers block each other
        os.environ.setdefault("JOBMARKET_THREADS", "1")  # builds in separate processes have the default: dbt_runs.py
        runpy.run_path(str(CLOSED_NETWORK / "sitecustomize.py"))  # the workers import it when they start
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(CLOSED_NETWORK), os.environ.get("PYTHONPATH"))))
        os.environ[parsed_once.FOLDER] = str(parsed_once.folder_of_the_project(_kept_folder(config)))


def _connect_with_one_thread() -> None:
    """Let DuckDB answer in one thread, unless a caller sets another number.

    The tests have few rows. Threads that wait for work there take a quarter of a publication's time.
    """
    connect = duckdb.connect

    def connect_with_one_thread(
        database: Path | str = ":memory:", read_only: bool = False, config: dict[str, Any] | None = None
    ) -> duckdb.DuckDBPyConnection:
        return connect(database, read_only=read_only, config={"threads": 1} | (config or {}))

    duckdb.connect = connect_with_one_thread  # type: ignore[assignment]


def _kept_folder(config: pytest.Config) -> Path:
    """Return a folder in pytest's cache, or a temporary one without it (`-p no:cacheprovider`)."""
    if config.pluginmanager.has_plugin("cacheprovider"):
        return config.cache.mkdir("parsed-dbt")
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With `--dist loadfile`, give a worker single files, or all files of a folder in :data:`TOGETHER`."""
    if config.getvalue("dist") != "loadfile":
        return None

    class ByFileOrFolder(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return next((folder for folder in TOGETHER if file.startswith(f"tests/{folder}/")), file)

    return ByFileOrFolder(config, log)


def pytest_collection_finish() -> None:
    """Enable garbage collection again, but rarely and without the objects that exist by now."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files and folders that take longest first. The order inside each does not change."""
    places = [ROOT / "tests" / name for name in LONGEST_FIRST]

    @cache
    def rank(path: Path) -> int:
        return next((at for at, place in enumerate(places) if path.is_relative_to(place)), len(places))

    items.sort(key=lambda item: rank(item.path))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real recorded responses and labelled postings, which are not part of the repository.

    On a machine without them, tests that use this fixture are skipped with a message.
    """
    folder = Path(os.environ.get("TESTS_SHARED", ROOT.parent / "shared"))
    if not (folder / "boards" / "manifest.csv").is_file():
        pytest.skip(f"NOT TESTED: no recorded boards in {folder} (set TESTS_SHARED)")
    return folder


@pytest.fixture(scope="session")
def recordings(root: Path) -> Path:
    """The folder of invented board recordings."""
    return root / "tests" / "recordings" / "boards"


@pytest.fixture
def dag_module(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a function that imports a module of the DAG folder by its name."""
    monkeypatch.syspath_prepend(str(root / "dags"))
    for path in (root / "dags").glob("*.py"):
        sys.modules.pop(path.stem, None)
    return importlib.import_module
