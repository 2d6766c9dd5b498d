"""What the DAGs share: their assets, their defaults, and how a stage becomes a task.

The stages themselves live in ``jobmarket.pipeline``; nothing here computes anything.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowFailException
from alerts import forget, tell_failure

LANDED = Asset("jobmarket_landed")
LOADED = Asset("jobmarket_loaded")
BUILT = Asset("jobmarket_built")
PUBLISHED = Asset("jobmarket_published")

# DuckDB allows one writing process a file: every task that opens the warehouse takes this pool's one slot.
WRITER_POOL = "warehouse_writer"
CRAWL_POOL = "crawl"

log = logging.getLogger("jobmarket.dags")


DEFAULTS: dict[str, Any] = {
    "owner": "jobmarket",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=2),
    "on_failure_callback": tell_failure,
    "on_success_callback": forget,
}
TAGS = ["jobmarket"]


def run_stage(stage: str, as_of: str | None, **choices: Any) -> dict[str, Any]:
    """Run one stage; what it leaves for the next tasks: its summary, gaps and counts.

    Raises:
        AirflowFailException: when a gate is closed: a retry would find the same data.
    """
    from jobmarket import pipeline
    from jobmarket.settings import Home, Settings
    from jobmarket.stages import GateClosedError, Silence

    settings = Settings()
    moment = datetime.fromisoformat(as_of) if as_of else None
    job = pipeline.Job(Home(settings.home), settings, settings.boards, moment, Silence(), **choices)
    try:
        result = pipeline.run_stage(job, stage)
    except GateClosedError as error:
        raise AirflowFailException(str(error)) from error
    log.info("%s: %s", stage, result.summary)
    for gap in result.gaps:
        log.warning("missing: %s", gap)
    return {"summary": result.summary, "gaps": list(result.gaps), "counts": result.counts}


def moment_of(asset: Asset) -> str | None:
    """The moment that the run stands for: handed on by the asset events that started it, else null (the newest)."""
    events = get_current_context()["triggering_asset_events"].get(asset) or []
    return max((event.extra["as_of"] for event in events if event.extra.get("as_of")), default=None)


def hand_on(asset: Asset, as_of: str | None) -> None:
    """Tell the DAGs that wait for the asset which moment it is of."""
    get_current_context()["outlet_events"][asset].extra = {"as_of": as_of}
