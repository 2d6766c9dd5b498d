"""What all tests share: where the shared recordings are, an outside network that is closed, small helpers."""

from __future__ import annotations

import atexit
import gc
import os
import runpy
import shutil
import tempfile
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests import parsed_once

ROOT = Path(__file__).resolve().parents[1]


# What takes minutes starts first, or a worker is left alone with it at the end; and first of all what waits (Airflow)
# or makes what others read (the sample world), so that nobody stands idle for it.
LONGEST_FIRST = (
    "end_to_end/test_cookbook.py", "end_to_end/test_recorded_boards.py", "schedule/test_airflow.py",
    "statistics", "dbt_project", "jobmarket/publishing/test_readers.py", "conventions/test_tools.py",
    "scrapers/test_hostile.py", "jobmarket/report", "jobmarket/extract", "end_to_end", "schedule", "expectations",
    "jobmarket/publishing",
)  # fmt: skip

# Folders of which a worker gets all files: they share what a process makes once (published worlds, the gazetteer, a
# checked warehouse, Airflow imported), and each of three workers would make it for its part of them.
TOGETHER = ("dags", "expectations", "jobmarket/extract", "jobmarket/report")

# One example may be slow on a machine that does other things; what takes too long has a test of its own.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")

CLOSED_NETWORK = Path(__file__).with_name("closed_network")


def pytest_configure(config: pytest.Config) -> None:
    """For this process and all that it starts: the closed network, and the folder of what dbt has parsed."""
    # What is imported and collected stays: to look through it for garbage again and again takes a fifth of that time.
    gc.disable()
    atexit.register(gc.freeze)  # nor once more at the end
    if not hasattr(config, "workerinput"):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as a build has it: more threads for each worker only wait
        runpy.run_path(str(CLOSED_NETWORK / "sitecustomize.py"))  # which the workers import at their start
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(CLOSED_NETWORK), os.environ.get("PYTHONPATH"))))
        os.environ[parsed_once.FOLDER] = tempfile.mkdtemp(prefix="jobmarket-parsed-")
        config.add_cleanup(partial(shutil.rmtree, os.environ[parsed_once.FOLDER]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Of `--dist loadfile`: give a worker one file after the other, or a folder of :data:`TOGETHER`."""
    if config.getvalue("dist") != "loadfile":
        return None

    class ByFileOrFolder(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return next((folder for folder in TOGETHER if file.startswith(f"tests/{folder}/")), file)

    return ByFileOrFolder(config, log)


def pytest_collection_finish() -> None:
    """Look for garbage again, seldom, and no more among what was collected."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files and folders that take longest first; inside each the order stays."""
    places = [ROOT / "tests" / name for name in LONGEST_FIRST]

    @cache
    def turn(path: Path) -> int:
        return next((at for at, place in enumerate(places) if path.is_relative_to(place)), len(places))

    items.sort(key=lambda item: turn(item.path))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real recorded responses and labelled postings, which are not part of the repository.

    Tests that ask for it are skipped, visibly, on a machine that does not have them.
    """
    folder = Path(os.environ.get("JOBMARKET_SHARED", ROOT.parent / "shared"))
    if not (folder / "boards" / "manifest.csv").is_file():
        pytest.skip(f"NOT TESTED: no recorded boards in {folder} (set JOBMARKET_SHARED)")
    return folder
