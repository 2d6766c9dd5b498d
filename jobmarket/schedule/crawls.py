"""The moment of a scheduled crawl, and the retries of a board system."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from airflow.sdk.exceptions import AirflowException

from jobmarket.schedule.tasks import failing_at_once, run_stage, settings

# If more than this share of the requested companies failed for a temporary reason, the first two tries that landed
# something count as failed and are repeated minutes later, before the gap is accepted.
_MANY = 0.1
_RUNS_FOR_MANY = 2


@failing_at_once()
def board_systems() -> list[str]:
    """Return the names of the board systems to crawl."""
    from jobmarket.stages import find

    return sorted(find("board_systems")(settings().boards))


@failing_at_once()
def crawl_moment(end: datetime) -> str:
    """Return the moment of a run whose data interval ends at ``end``, as text.

    The sample world ends with its last week, and recordings have a fixed moment. Live boards show only the present: a
    run that begins too late for its last try to stand for its moment stands for now instead.
    """
    from jobmarket.origin import LIVE_WITHIN
    from jobmarket.stages import as_of_text, find

    boards = settings().boards
    own: datetime = find("default_as_of")(boards)
    if boards == "live":
        return as_of_text(own if own - end > LIVE_WITHIN / 2 else end)
    return as_of_text(min(end, own) if boards == "sample" else own)


def crawl_system(board: str, as_of: str, tried: int, max_tries: int) -> dict[str, Any]:
    """Crawl a board system's companies. A retry requests only the companies that failed for a temporary reason.

    Args:
        board: The system's name.
        as_of: The moment of the crawl.
        tried: The number of the task's try, from 1. Clearing a task does not reset it.
        max_tries: The last number after which the task is tried again, in Airflow's name.

    Raises:
        AirflowException: If many companies failed for a temporary reason, and a try is left for them.
    """
    result = run_stage("crawl", as_of, board_names=(board,), retry_transient=tried > 1)
    counts = result["counts"]
    # Failures of sample and recorded boards never change. A try that another crawl's lock refused has left no run.
    may_retry = tried <= max_tries and counts.get("runs", 0) <= _RUNS_FOR_MANY and settings().boards == "live"
    # A run that is cleared a day later crawls nothing, and its result counts no companies.
    if may_retry and counts.get("may_pass", 0) > _MANY * counts.get("companies", 0):
        raise AirflowException(
            f"{counts['may_pass']} of {counts['companies']} companies failed for a temporary reason: the next try "
            "requests them again, and what is landed stays"
        )
    return result
