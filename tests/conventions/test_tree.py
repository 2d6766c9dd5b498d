"""Rules for the files of the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

# The patterns are split, so that this file does not contain what it forbids.
FORBIDDEN = {
    "a package registry's host": r"pypi\.o" + r"rg|files\.pythonhosted|registry\.npm" + r"js|deb\.debian",
    "a path on somebody's machine": r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+)/[a-z]",
}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
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


def _declared(entries: Iterable[str]) -> set[str]:
    return {_distribution(re.split(r"[<>=!~ ;\[]", entry)[0]) for entry in entries}


def _distribution(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the top-level modules that a folder's files import from elsewhere, wherever in a file they do."""
    ours = {"jobmarket", "scrapers", "expectations", "dags", "docs", "benchmarks", "tests"}
    # DAGs import each other by file name, as Airflow puts their folder on the path
    ours |= {path.stem for path in folder.glob("*.py")} if folder.name == "dags" else set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in {name.split(".")[0] for name in names} - ours - sys.stdlib_module_names:
                yield name, path


def test_what_is_imported_is_declared(root: Path) -> None:
    """A package that only another one brings along would be missed when that one no longer needs it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = _declared(project["project"]["dependencies"])
    extras = _declared(chain(*project["project"]["optional-dependencies"].values()))
    tools = _declared(chain(*project["dependency-groups"].values()))
    allowed = {
        **dict.fromkeys(("jobmarket", "scrapers", "expectations", "dbt_project"), runtime),
        "dags": runtime | extras,
        **dict.fromkeys(("tests", "benchmarks", "docs"), runtime | extras | tools),
    }
    installed = packages_distributions() | {"jobspy": ["python-jobspy"]}  # the benchmark's packages may be missing
    found = [(name, path, known) for folder, known in allowed.items() for name, path in _imported(root / folder)]
    assert {"duckdb", "scrapy", "airflow", "pytest", "spacy"} <= {name for name, _, _ in found}
    assert [
        f"{path.relative_to(root)} imports {name}"
        for name, path, known in found
        # the notifiers of alerts come with the extra of that name
        if not {_distribution(package) for package in installed.get(name, [name])}
        & (known | (extras if path.parent.name == "schedule" else set()))
    ] == []


def test_each_dependency_has_a_lower_bound(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    groups += project["project"]["optional-dependencies"].values()
    assert [entry for entry in chain(*groups) if not re.search(r"(>=|==)\d", entry)] == []


def test_the_makefile_has_at_most_a_dozen_targets_each_with_a_line_of_help(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    listed = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert sorted(listed) == sorted(set(phony.split()) - {"help"})  # which lists them
    assert len(listed) <= 12


def test_commands_dags_and_marts_are_documented(root: Path) -> None:
    from jobmarket.cli import main

    docs = "\n".join(p.read_text(encoding="utf-8") for p in [root / "README.md", *(root / "docs").glob("*.md")])
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    commands = [name for name in main.commands if f"jobmarket {name}" not in docs]
    marts = [p.stem for p in (root / "dbt_project" / "models" / "marts").rglob("*.sql") if f"`{p.stem}`" not in docs]
    dags = [p.stem for p in (root / "dags").glob("*.py") if p.stem != "wiring" and f"## {p.stem}" not in runbook]
    assert (commands, marts, dags) == ([], [], [])


def test_one_module_opens_duckdb(tracked: list[Path], root: Path) -> None:
    """Only it sets the memory limit, the threads and the time zone."""
    opens = re.compile(r"\bduckdb\.(?:connect|execute|query|sql|from_\w+|read_\w+)\(")
    modules = [path.relative_to(root) for path in tracked if path.suffix == ".py"]
    stages = [path for path in modules if path.parts[0] in ("jobmarket", "expectations", "scrapers", "dags")]
    opening = [path.as_posix() for path in stages if opens.search((root / path).read_text("utf-8"))]
    assert opening == ["jobmarket/duckdb_file.py"]
