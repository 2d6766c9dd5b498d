"""Which moment a scheduled crawl stands for, and how often a board system is asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from airflow.sdk.exceptions import AirflowException
from wiring import run_stage, settings

# If more than such a part of the companies that a try asked failed in passing, so many tries end as failed ones,
# minutes apart, before the gap is handed on.
_MANY = 0.1
_TRIES_FOR_MANY = 2


def crawl_moment(end: datetime) -> str:
    """The moment of a run whose data interval ends at ``end``, as text.

    The sample world ends with its last week; recordings have their own moment. Live boards show the present alone: a
    run that begins so late that its last try could no longer stand for its moment stands for now.
    """
    from jobmarket.stages import as_of_text, find
    from scrapers.moments import LIVE_WITHIN

    boards = settings().boards
    own: datetime = find("default_as_of")(boards)
    if boards == "live":
        return as_of_text(own if own - end > LIVE_WITHIN / 2 else end)
    return as_of_text(min(end, own) if boards == "sample" else own)


def crawl_system(board: str, as_of: str, tried: int) -> dict[str, Any]:
    """Crawl a board system's companies; a further try asks those again that failed in passing, what is landed stays.

    Args:
        board: The system's name.
        as_of: The moment that the crawl stands for.
        tried: Which try of the task it is, from 1; a task that is cleared goes on counting.

    Raises:
        AirflowException: if many companies failed for a reason that may pass, and there is a try left for them.
    """
    result = run_stage("crawl", as_of, board_names=(board,), retry_transient=tried > 1)
    counts = result["counts"]
    # What is planned or recorded never passes.
    asks_again = tried <= _TRIES_FOR_MANY and settings().boards == "live"
    if asks_again and counts.get("may_pass", 0) > _MANY * counts["companies"]:
        raise AirflowException(
            f"{counts['may_pass']} of {counts['companies']} companies failed for a reason that may pass: they are "
            "asked again by the next try, what is landed stays"
        )
    return result
