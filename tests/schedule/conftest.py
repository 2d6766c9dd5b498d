"""Stages as a schedule runs them: each in a process of its own, on the recordings of three board systems."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jobmarket.settings import Home

ONE_STAGE = Path(__file__).with_name("one_stage.py")
AS_OF = "2026-11-15T00:00:00Z"


@pytest.fixture(scope="session")
def recordings(root: Path) -> Path:
    """Our own small recordings, in the shape of the real ones."""
    return root / "tests" / "recordings" / "boards"


@pytest.fixture(scope="session")
def few_boards(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recordings of three systems: each system is a task, and each task the start of a process."""
    target = tmp_path_factory.mktemp("boards")
    with (recordings / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].split("/")[0] in ("ashby", "greenhouse", "lever")]
    assert len(rows) >= 10
    for row in rows:
        (target / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(recordings / row["file"], target / row["file"])
    with (target / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


@dataclass(frozen=True)
class Scheduled:
    """A home whose stages run in processes of their own.

    Attributes:
        home: Where.
        variables: Settings of its stages, beside home and boards.
    """

    home: Home
    boards: str
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, stage: str, *disturbance: str, as_of: str = AS_OF) -> subprocess.Popen[str]:
        """Begin a stage; with a disturbance, a signal's name and the call at which it comes."""
        # The commit stands in what is published: nobody's commit meanwhile shall make a difference.
        settings = {"JOBMARKET_HOME": str(self.home.root), "JOBMARKET_BOARDS": self.boards, "JOBMARKET_GIT_SHA": "0"}
        return subprocess.Popen(
            [sys.executable, str(ONE_STAGE), stage, as_of, *disturbance],
            env=os.environ | settings | self.variables,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, stage: str, *disturbance: str, as_of: str = AS_OF) -> tuple[int, str]:
        """Run a stage to its end, however that comes: exit code, and what it said."""
        with self.start(stage, *disturbance, as_of=as_of) as process:
            said, errors = process.communicate()
        return process.returncode, said + errors

    def done(self, stage: str, as_of: str = AS_OF) -> dict[str, Any]:
        """Run a stage that must succeed; its result."""
        code, said = self.run(stage, as_of=as_of)
        assert code == 0, said
        result: dict[str, Any] = json.loads(said.splitlines()[0])
        return result
