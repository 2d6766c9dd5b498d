"""Lands what interrupted live crawls had completed, once their moment has passed and nobody can resume them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from jobmarket.landing import LandingError, board_of, moment_of
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import RunWriter, unsealed_runs
from jobmarket.settings import Home
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun


def land_left_behind(home: Home, now: datetime) -> None:
    """Seal the unsealed live runs of moments more than :data:`LIVE_WITHIN` before ``now`` (UTC).

    Companies that were not reached have no outcome, like those of a crawl that never asked for them.
    """
    for run_id in unsealed_runs(home, "live"):
        if now - (moment := moment_of(run_id)) <= LIVE_WITHIN:
            continue
        run = BoardRun(board=board_of(run_id), run_id=run_id, origin="live", as_of=moment, home=home.root, companies=())
        with suppress(LandingError):  # another crawl of the board is under way; the next one lands it
            writer = RunWriter(home, run.record())
            outcomes = Outcomes(run)
            outcomes.ended_before(writer.finished)
            writer.seal(outcomes.results())
