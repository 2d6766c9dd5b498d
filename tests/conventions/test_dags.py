"""Rules for all DAGs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SECTIONS = ("## What it does", "## What a failure means", "## What to do")
# The stages that open the warehouse. The tasks that run them must take the writer's slot.
WAREHOUSE_STAGES = (
    "load", "gate-raw", "build", "gate-marts", "publish", "archive-landing", "compact-warehouse", "prune-vintages",
)  # fmt: skip


# The modules in the folder that DAGs import.
SHARED = {"wiring", "alerts", "cleaning", "crawls", "history"}


@pytest.fixture(scope="module")
def dag_files(root: Path) -> list[Path]:
    files = sorted(path for path in (root / "dags").glob("*.py") if path.stem not in SHARED)
    assert len(files) >= 7, "too few DAG files were found"
    return files


def test_files_are_short_and_not_named_like_a_library(dag_files: list[Path]) -> None:
    for path in dag_files:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, path
        assert path.stem not in sys.stdlib_module_names
        assert path.stem not in {"airflow", "dbt", "duckdb", "scrapy", "pytest"}


@pytest.fixture(scope="module")
def every_dag(root: Path) -> dict[str | None, str]:
    """The arguments of every DAG, from dags/wiring.py."""
    tree = ast.parse((root / "dags" / "wiring.py").read_text(encoding="utf-8"))
    (value,) = [
        node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "EVERY_DAG"
    ]
    assert isinstance(value, ast.Dict)
    pairs = zip(value.keys, value.values, strict=True)
    return {ast.literal_eval(key): ast.unparse(value) for key, value in pairs if key}


def test_each_has_its_name_docs_tags_and_defaults(dag_files: list[Path], every_dag: dict[str | None, str]) -> None:
    for path in dag_files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        doc = ast.get_docstring(tree) or ""
        assert [section for section in SECTIONS if section not in doc] == [], path
        dags = [
            (node, decorator)
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dag"
        ]
        assert [node.name for node, _ in dags] == [path.stem], "a file must define one DAG of the same name"
        arguments = {keyword.arg: ast.unparse(keyword.value) for keyword in dags[0][1].keywords}
        assert arguments.pop(None) == "EVERY_DAG", "the arguments of all DAGs must come from EVERY_DAG"
        arguments |= every_dag
        assert arguments["doc_md"] == "__doc__"
        assert arguments["default_args"] == "DEFAULTS", "retries, time-outs and callbacks must come from DEFAULTS"
        assert arguments["on_failure_callback"] == "report_run", "a worker killed in its last try must be reported too"
        assert arguments["on_success_callback"] == "forget_run"
        assert arguments["tags"] == "TAGS"
        assert arguments["max_active_runs"] == "1"


def test_tasks_that_open_the_warehouse_take_the_writers_slot(dag_files: list[Path]) -> None:
    seen = set()
    for path in dag_files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            stages = {
                call.args[0].value
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "run_stage"
                and isinstance(call.args[0], ast.Constant)
            }  # fmt: skip
            is_task = any("task" in ast.unparse(decorator) for decorator in node.decorator_list)
            if is_task and stages & set(WAREHOUSE_STAGES):
                seen |= stages
                assert any("pool=WRITER_POOL" in ast.unparse(d) for d in node.decorator_list), (
                    f"{path.name}:{node.name}"
                )
    assert seen == set(WAREHOUSE_STAGES)


def test_no_dag_imports_a_dag_or_a_stage_when_parsed(dag_files: list[Path]) -> None:
    names = {path.stem for path in dag_files}
    for path in dag_files:
        top = ast.parse(path.read_text(encoding="utf-8")).body
        modules = {node.module for node in top if isinstance(node, ast.ImportFrom)}
        assert not modules & names
        assert not {module for module in modules if module and module.startswith("jobmarket")}, (
            f"{path.name}: import stages inside the task, so that parsing stays fast"
        )


def test_nothing_counts_as_landed_without_a_successful_crawl(root: Path) -> None:
    tree = ast.parse((root / "dags" / "collect_postings.py").read_text(encoding="utf-8"))
    [landed] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "landed"]
    assert "ALL_DONE_MIN_ONE_SUCCESS" in ast.unparse(landed.decorator_list[0])
    assert landed.args.args == [], "an argument would add an upstream task that always succeeds"


HEAVY = (
    "dbt",
    "great_expectations",
    "scrapy",
    "pandas",
    "duckdb",
    "pyarrow",
    "altair",
    "numpy",
    "jobmarket",
    "scrapers",
)
_PARSED = """
import sys
import time
import airflow.sdk
before, begun = set(sys.modules), time.process_time()
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    __import__(name)
print(time.process_time() - begun)
print(*{module.split(".")[0] for module in set(sys.modules) - before})
"""
MOST_SECONDS = 2.0


def test_parsing_the_folder_imports_nothing_heavy_and_is_quick(dag_files: list[Path]) -> None:
    names = [path.stem for path in dag_files]
    done = subprocess.run(
        [sys.executable, "-c", _PARSED, str(dag_files[0].parent), *names], capture_output=True, text=True, check=True
    )
    seconds, modules = done.stdout.splitlines()[-2:]
    imported = set(modules.split())
    assert {*names, *SHARED} <= imported, "not all DAGs were parsed"
    assert imported & set(HEAVY) == set()
    assert float(seconds) <= MOST_SECONDS, "parsing takes too many CPU seconds, not counting the import of Airflow"


def test_every_dag_has_a_section_in_the_runbook_that_names_its_tasks(dag_files: list[Path], root: Path) -> None:
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    for path in dag_files:
        assert f"\n## {path.stem}\n" in runbook, path.stem
        section = runbook.split(f"\n## {path.stem}\n")[1].split("\n## ")[0]
        tasks = [
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
            and any(ast.unparse(decorator).startswith("task") for decorator in node.decorator_list)
        ]
        assert tasks, path
        assert [task for task in tasks if f"`{task}`" not in section] == [], path.stem
