"""Make the marts with dbt and check what is about to leave.

## What it does
One `dbt build` (DuckDB has one writer), as of the crawl's moment, with every model's test; then gate 2
(Great Expectations) on the marts. Runs whenever a batch has passed gate 1.

## What a failure means
`build`: a model or a dbt test failed: the log names the first node. `gate`: a mart holds what analysts must
not see. Nothing was published, the last vintage stays.

## What to do
The task's log ends with a line a model: status, seconds, rows; `ops.model_runs` keeps them, `jobmarket status` shows
the slowest. `dbt.log` in the home's `logs/` has the whole story; docs/gates.md tells what each check of the gate means.
Clearing the run builds again; a build changes nothing that is published.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from wiring import BUILT, EVERY_DAG, LOADED, WRITER_POOL, hand_on, log_models, moment_of, run_stage


@dag(
    schedule=[LOADED],
    doc_md=__doc__,
    **EVERY_DAG,
)
def build_marts() -> None:
    """dbt, then gate 2."""

    @task(pool=WRITER_POOL)
    def build() -> str:
        as_of = moment_of(LOADED)
        try:
            run_stage("build", as_of)
        finally:
            log_models()
        return as_of

    @task(pool=WRITER_POOL, outlets=[BUILT])
    def gate(as_of: str) -> dict[str, object]:
        result = run_stage("gate-marts", as_of)
        hand_on(BUILT, as_of)
        return result

    gate(build())  # what was built, whatever is loaded meanwhile


build_marts()
