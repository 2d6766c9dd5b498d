"""The tree passes its own tools."""

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
def test_tool_finds_nothing(name: str, root: Path) -> None:
    command, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(Path(sys.executable).parent / command), *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_sqlfluff_finds_nothing(root: Path) -> None:
    # in this process, which seldom looks for garbage: to look among trees of syntax is an eighth of the check
    from sqlfluff.core import FluffConfig, Linter

    project = root / "dbt_project"
    linter = Linter(config=FluffConfig.from_path(str(project)))
    files = linter.lint_paths((str(project / "models"), str(project / "tests"))).as_records()
    assert len(files) > 50, "the walk over the project found too little"
    assert [
        f"{file['filepath']}:{found['start_line_no']}: {found['code']} {found['description']}"
        for file in files
        for found in file["violations"]
    ] == []
