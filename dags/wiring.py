"""What all DAGs share: their assets, their pools and their defaults."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset

from jobmarket.schedule.alerts import forget, forget_run, report_failure, report_run

LANDED = Asset("jobmarket_landed")
LOADED = Asset("jobmarket_loaded")
BUILT = Asset("jobmarket_built")
PUBLISHED = Asset("jobmarket_published")

# DuckDB allows one writing process per file: every task that opens the warehouse takes this pool's only slot.
WRITER_POOL = "warehouse_writer"
CRAWL_POOL = "crawl"

DEFAULTS: dict[str, Any] = {
    "owner": "jobmarket",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=2),
    "on_failure_callback": report_failure,
    "on_success_callback": forget,
}
TAGS = ["jobmarket"]
# Arguments of every DAG.
EVERY_DAG: dict[str, Any] = {
    "max_active_runs": 1,
    "default_args": DEFAULTS,
    "on_failure_callback": report_run,
    "on_success_callback": forget_run,
    "tags": TAGS,
}
