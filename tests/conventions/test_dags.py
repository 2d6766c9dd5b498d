"""Rules for all DAGs, as Airflow parses them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG, TriggerRule

from jobmarket.schedule import alerts

SECTIONS = ("## What it does", "## What a failure means", "## What to do")
# The stages that open the warehouse. The tasks that run them must take the writer's slot.
WAREHOUSE_STAGES = {
    "load", "gate-raw", "build", "gate-marts", "publish", "archive-landing", "compact-warehouse", "prune-vintages",
}  # fmt: skip
# The module in the folder that the DAGs share.
SHARED = "wiring"


@pytest.fixture(scope="module")
def dag_files(root: Path) -> list[Path]:
    files = sorted((root / "dags").glob("*.py"))
    assert len(files) >= 8, "too few files were found"
    return files


@pytest.fixture(scope="module")
def dags(root: Path) -> Iterator[dict[str, DAG]]:
    """Every DAG that Airflow finds in the folder, by the name of its file."""
    from airflow.dag_processing.dagbag import DagBag

    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(root / "dags"))
        patched.delitem(sys.modules, SHARED, raising=False)
        bag = DagBag(dag_folder=str(root / "dags"))
        assert bag.import_errors == {}
        yield {Path(dag.fileloc).stem: dag for dag in bag.dags.values()}
        sys.modules.pop(SHARED, None)


def stages_of(task: Any) -> set[str]:
    """Return the stages that a task's function runs itself."""
    code = unwrap(task.python_callable).__code__
    return {const for const in code.co_consts if isinstance(const, str)} if "run_stage" in code.co_names else set()


def pool_of(task: Any) -> str:
    return str(task.partial_kwargs["pool"] if task.is_mapped else task.pool)


def test_files_are_short_and_not_named_like_a_library(dag_files: list[Path]) -> None:
    for path in dag_files:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, path
        assert path.stem not in sys.stdlib_module_names
        assert path.stem not in {"airflow", "dbt", "duckdb", "scrapy", "pytest"}


def test_a_file_has_one_dag_of_its_name_with_docs_tags_and_defaults(
    dags: dict[str, DAG], dag_files: list[Path]
) -> None:
    assert set(dags) == {path.stem for path in dag_files} - {SHARED}
    for name, dag in dags.items():
        assert dag.dag_id == name, "the DAG must have the name of its file"
        assert [section for section in SECTIONS if section not in (dag.doc_md or "")] == [], name
        assert dag.tags == {"jobmarket"}
        assert dag.max_active_runs == 1
        assert not dag.catchup
        assert dag.on_failure_callback == alerts.report_run, "a worker killed in its last try must be reported too"
        assert dag.on_success_callback == alerts.forget_run


def test_every_task_is_retried_with_pauses_ends_in_time_and_reports(dags: dict[str, DAG]) -> None:
    late = dags["weekly_report"].task_dict["week_is_published"]
    for dag in dags.values():
        for task in dag.tasks:
            arguments: dict[str, Any] = task.partial_kwargs if task.is_mapped else vars(task)
            assert arguments["retries"] >= 1, task
            assert arguments["retry_delay"].total_seconds() >= 60, task
            assert arguments["execution_timeout"] is not None, task
            reported = alerts.report_late if task is late else alerts.report_failure
            for callback, expected in (("on_failure_callback", reported), ("on_success_callback", alerts.forget)):
                found = arguments[callback]
                assert (found if isinstance(found, list) else [found]) == [expected], task


def test_tasks_that_open_the_warehouse_take_the_writers_slot(dags: dict[str, DAG]) -> None:
    opening = {
        f"{name}.{task.task_id}": (task, stages_of(task) & WAREHOUSE_STAGES)
        for name, dag in dags.items()
        for task in dag.tasks
        if stages_of(task) & WAREHOUSE_STAGES
    }
    assert set().union(*(stages for _, stages in opening.values())) == WAREHOUSE_STAGES
    assert {name: pool_of(task) for name, (task, _) in opening.items()} == dict.fromkeys(opening, "warehouse_writer")


def test_nothing_counts_as_landed_without_a_successful_crawl(dags: dict[str, DAG]) -> None:
    landed = dags["collect_postings"].task_dict["landed"]
    assert landed.trigger_rule == TriggerRule.ALL_DONE_MIN_ONE_SUCCESS
    assert landed.upstream_task_ids == {"crawl"}, "another upstream task would always succeed"


# The rest of jobmarket is imported inside the tasks, so that parsing stays fast.
IMPORTED = "jobmarket.schedule"
HEAVY = ("dbt", "great_expectations", "scrapy", "pandas", "duckdb", "pyarrow", "altair", "numpy", "scrapers")
_PARSED = """
import sys
import time
import airflow.sdk
before, begun = set(sys.modules), time.process_time()
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    __import__(name)
print(time.process_time() - begun)
print(*set(sys.modules) - before)
"""
MOST_SECONDS = 2.0


def test_parsing_the_folder_imports_nothing_heavy_and_is_quick(dag_files: list[Path]) -> None:
    names = {path.stem for path in dag_files}
    done = subprocess.run(
        [sys.executable, "-c", _PARSED, str(dag_files[0].parent), *sorted(names)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, modules = done.stdout.splitlines()[-2:]
    imported = set(modules.split())
    assert names <= imported, "not all DAGs were parsed"
    assert {module.split(".")[0] for module in imported} & set(HEAVY) == set()
    ours = {module for module in imported if module.split(".")[0] == "jobmarket"}
    assert {module for module in ours if not module.startswith(IMPORTED)} == {"jobmarket"}
    assert float(seconds) <= MOST_SECONDS, "parsing takes too many CPU seconds, not counting the import of Airflow"


def test_every_dag_has_a_section_in_the_runbook_that_names_its_tasks(dags: dict[str, DAG], root: Path) -> None:
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    for name, dag in dags.items():
        assert f"\n## {name}\n" in runbook, name
        section = runbook.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert dag.tasks, name
        assert [task for task in dag.task_ids if f"`{task}`" not in section] == [], name
