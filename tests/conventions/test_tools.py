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
    "sqlfluff": ["sqlfluff", "lint", "dbt_project/models", "dbt_project/tests"],
    "import-linter": ["lint-imports"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_tool_finds_nothing(name: str, root: Path) -> None:
    command, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(Path(sys.executable).parent / command), *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
