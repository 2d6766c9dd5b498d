"""The time that a source asks for between two crawls (``minutes_between_crawls`` in ``sources.yml``)."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobmarket.settings import Home
from jobmarket.stages import as_of_text
from scrapers.attempts import recent_live_runs
from scrapers.planning import BoardRun
from scrapers.sources import sources


def too_soon(run: BoardRun, now: datetime) -> str | None:
    """Say why a run has to wait; None if the source's last landed answer is long enough ago."""
    source = sources().get(run.board)
    if run.origin != "live" or source is None or source.minutes_between_crawls is None:
        return None
    answered = [
        outcome.finished_at
        for record in recent_live_runs(Home(run.home), run.board)
        for outcome in record.companies
        # an outcome without a status got no answer; a later one is from a clock that was wrong
        if outcome.http_codes and outcome.finished_at and outcome.finished_at <= now
    ]
    if not answered:
        return None
    again_at = max(answered) + timedelta(minutes=source.minutes_between_crawls)
    if now >= again_at:
        return None
    return (
        f"{run.board} put off: it answered at {as_of_text(max(answered))}, and asks for "
        f"{source.minutes_between_crawls} minutes between crawls; crawl it again from {as_of_text(again_at)} on"
    )
