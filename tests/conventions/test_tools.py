"""The repository passes its linters and the type checker."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.metadata import version
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


def test_sqlfluff_reports_nothing(root: Path, cache: pytest.Cache) -> None:
    # It runs in this process, which collects garbage rarely. Otherwise, an eighth of its time would go to that.
    from sqlfluff.core import FluffConfig, Linter

    project, questions = root / "dbt_project", root / "jobmarket" / "publishing" / "questions"
    folders = (project / "models", project / "tests", questions)
    files = [path for folder in folders for path in sorted(folder.rglob("*.sql"))]
    assert len([path for path in files if path.is_relative_to(questions)]) > 30, "too few questions were found"
    assert len(files) > 80, "too few SQL files were found"

    def placed(path: Path) -> bytes:  # the settings that hold depend on the place
        return f"{path.relative_to(root)}\0".encode() + path.read_bytes()

    # it takes a minute, so files that were fine with the same settings, macros and version are not read again
    settings = [root / ".sqlfluff", *(path for top in (project, root / "jobmarket") for path in top.rglob(".sqlfluff"))]
    common = [version("sqlfluff").encode(), *map(placed, sorted([*settings, *(project / "macros").rglob("*.sql")]))]
    digests = {path: hashlib.sha256(b"\0".join([*common, placed(path)])).hexdigest() for path in files}
    fine = set(cache.get("sqlfluff/fine", []))
    unread = [path for path in files if digests[path] not in fine]
    linter = Linter(config=FluffConfig.from_path(str(project)))
    found = [
        f"{file['filepath']}:{violation['start_line_no']}: {violation['code']} {violation['description']}"
        for file in (linter.lint_paths(tuple(map(str, unread))).as_records() if unread else [])
        for violation in file["violations"]
    ]
    assert found == []
    cache.set("sqlfluff/fine", sorted(digests.values()))
