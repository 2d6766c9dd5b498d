"""The time that a source asks for between two crawls (``minutes_between_crawls`` in ``sources.yml``)."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobmarket.landing import sealed_runs
from jobmarket.settings import Home
from jobmarket.stages import as_of_text
from scrapers.attempts import readable_runs
from scrapers.planning import BoardRun
from scrapers.sources import sources

_RUNS_LOOKED_AT = 14


def too_soon(run: BoardRun, now: datetime) -> str | None:
    """Say why a run has to wait; None if the source's last landed answer is long enough ago."""
    source = sources().get(run.board)
    if run.origin != "live" or source is None or source.minutes_between_crawls is None:
        return None
    records, _ = readable_runs(list(sealed_runs(Home(run.home), run.board))[-_RUNS_LOOKED_AT:])
    answered = [
        outcome.finished_at
        for record in records
        for outcome in record.companies
        # an outcome without a status got no answer; a later one is from a clock that was wrong
        if record.origin == "live" and outcome.http_codes and outcome.finished_at and outcome.finished_at <= now
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
