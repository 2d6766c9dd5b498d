"""Splits a board's past into months, and lands one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jobmarket.schedule.tasks import failing_at_once, home, log_result, settings


@failing_at_once()
def history_months(board: str, since: str, until: str, end: str) -> list[list[str]]:
    """Return the first and last moment of each month that a board's archive has between two days or moments.

    Raises:
        AirflowFailException: If a part is later than ``end``, the moment of the run.
    """
    from jobmarket.stages import as_of_text, find

    spans = find("history_months")(board, *map(_utc, (since, until, end)))
    return [[as_of_text(first), as_of_text(last)] for first, last in spans]


@failing_at_once()
def land_history(board: str, since: str, until: str) -> dict[str, Any]:
    """Land a part of a board's past."""
    from jobmarket.stages import Silence, find

    chosen, backfill = settings(), find("backfill")
    return log_result(
        backfill(home(), chosen, chosen.boards, board, _utc(since), until=_utc(until), progress=Silence())
    )


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
