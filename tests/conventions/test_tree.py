"""Rules for the files of the repository."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

# The patterns are split, so that this file does not contain what it forbids.
FORBIDDEN = {
    "a package registry's host": r"pypi\.o" + r"rg|files\.pythonhosted|registry\.npm" + r"js|deb\.debian",
    "a path on somebody's machine": r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+)/[a-z]",
}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    files = [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]
    assert len(files) > 50, "too few tracked files were found"
    return files


def test_no_forbidden_words(tracked: list[Path], root: Path) -> None:
    hits = []
    for path in tracked:
        text = path.read_text(encoding="utf-8", errors="replace")
        for what, pattern in FORBIDDEN.items():
            hits += [f"{path.relative_to(root)}: {what}: {m.group()}" for m in re.finditer(pattern, text)]
    assert hits == []


def test_no_large_or_catch_all_files(tracked: list[Path]) -> None:
    locks = {"requirements.lock", "requirements-dev.lock", "requirements-bench.lock"}
    assert [str(p) for p in tracked if p.stat().st_size > 1_000_000 and p.name not in locks] == []
    assert [str(p) for p in tracked if p.stem in {"utils", "helpers", "misc", "common"}] == []
    assert [str(p) for p in tracked if "recordings" in p.parts and p.stat().st_size > 50_000] == []


def test_the_readme_explains_each_dependency(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    groups += project["project"]["optional-dependencies"].values()
    names = {re.split(r"[<>=!~ ;\[]", entry)[0] for group in groups for entry in group}
    section = (root / "README.md").read_text(encoding="utf-8").split("## Dependencies", 1)[1].split("\n## ", 1)[0]
    assert sorted(name for name in names if f"`{name}`" not in section) == []


def test_commands_dags_and_marts_are_documented(root: Path) -> None:
    from jobmarket.cli import main

    docs = "\n".join(p.read_text(encoding="utf-8") for p in [root / "README.md", *(root / "docs").glob("*.md")])
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    commands = [name for name in main.commands if f"jobmarket {name}" not in docs]
    marts = [p.stem for p in (root / "dbt_project" / "models" / "marts").rglob("*.sql") if f"`{p.stem}`" not in docs]
    wiring = {"wiring", "alerts", "cleaning", "crawls", "history"}
    dags = [p.stem for p in (root / "dags").glob("*.py") if p.stem not in wiring and f"## {p.stem}" not in runbook]
    assert (commands, marts, dags) == ([], [], [])


def test_stages_open_duckdb_with_the_progress_bar_off(tracked: list[Path], root: Path) -> None:
    opening = [path for path in tracked if path.suffix == ".py" and "duckdb.connect(" in path.read_text("utf-8")]
    stages = [path for path in opening if path.relative_to(root).parts[0] in ("jobmarket", "expectations", "scrapers")]
    assert stages, "no module that opens DuckDB was found"
    # a tool for the documentation, not a stage with a log
    tools = {root / "jobmarket" / "publishing" / "cookbook.py"}
    loud = [path for path in stages if "set enable_progress_bar = false" not in path.read_text("utf-8")]
    assert [str(path.relative_to(root)) for path in loud if path not in tools] == []
