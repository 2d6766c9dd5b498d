"""The repository passes its linters and the type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = {
    "ruff-lint": ["ruff", "check", "."],
    "ruff-format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_tool_reports_nothing(name: str, root: Path) -> None:
    command, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(Path(sys.executable).parent / command), *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_sqlfluff_reports_nothing(root: Path) -> None:
    # It runs in this process, which collects garbage rarely. Otherwise, an eighth of its time would go to that.
    from sqlfluff.core import FluffConfig, Linter

    project = root / "dbt_project"
    linter = Linter(config=FluffConfig.from_path(str(project)))
    questions = root / "jobmarket" / "publishing" / "questions"
    files = linter.lint_paths((str(project / "models"), str(project / "tests"), str(questions))).as_records()
    assert len([file for file in files if "/questions/" in file["filepath"]]) > 30, "too few questions were found"
    assert len(files) > 80, "too few SQL files were found"
    assert [
        f"{file['filepath']}:{violation['start_line_no']}: {violation['code']} {violation['description']}"
        for file in files
        for violation in file["violations"]
    ] == []
