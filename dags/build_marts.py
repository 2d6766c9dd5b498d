"""Build the marts with dbt, and check them before they are published.

## What it does
Runs one `dbt build` (DuckDB has one writer) as of the crawl's moment, with every model's tests; then gate marts
(Great Expectations). Runs whenever a batch has passed gate raw.

## What a failure means
`build`: a model or a dbt test failed; the log names the first node. `gate`: a mart contains something that analysts
must not see. Nothing was published, and the last vintage stays.

## What to do
The task's log ends with one line per model: status, seconds, rows. They are also in `ops.model_runs`, and `jobmarket
status` shows the slowest. `dbt.log` in the home's `logs/` has the details; docs/gates.md explains each check of the
gate. Clearing the run builds again. A build changes nothing that is published.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from wiring import BUILT, EVERY_DAG, LOADED, WRITER_POOL

from jobmarket.schedule.moments import hand_on, moment_of
from jobmarket.schedule.tasks import log_models, run_stage


@dag(
    schedule=[LOADED],
    doc_md=__doc__,
    **EVERY_DAG,
)
def build_marts() -> None:
    """dbt, then gate marts."""

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

    gate(build())  # checks what was built, even if more is loaded meanwhile


build_marts()
