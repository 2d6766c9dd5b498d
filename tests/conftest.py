"""What all tests share: where the shared recordings are, an outside network that is closed, small helpers."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import tempfile
from functools import partial
from pathlib import Path

import pytest

from tests import parsed_once

ROOT = Path(__file__).resolve().parents[1]


# What takes minutes starts first, or a worker is left alone with it at the end; and first of all what waits (Airflow)
# or makes what others read (the sample world), so that nobody stands idle for it.
LONGEST_FIRST = (
    "end_to_end/test_cookbook.py", "end_to_end/test_recorded_boards.py", "schedule/test_airflow.py",
    "statistics", "dbt_project", "conventions/test_tools.py", "end_to_end", "schedule", "expectations",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of what dbt has parsed, for this process and all workers that it starts."""
    if not hasattr(config, "workerinput"):
        os.environ[parsed_once.FOLDER] = tempfile.mkdtemp(prefix="jobmarket-parsed-")
        config.add_cleanup(partial(shutil.rmtree, os.environ[parsed_once.FOLDER]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files and folders that take longest first; inside each the order stays."""
    places = [ROOT / "tests" / name for name in LONGEST_FIRST]

    def turn(item: pytest.Item) -> int:
        return next((at for at, place in enumerate(places) if item.path.is_relative_to(place)), len(places))

    items.sort(key=turn)


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


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to the outside: a connection to anything but this machine fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise OSError(f"a test tried to reach {host}: the outside network is closed in tests")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
