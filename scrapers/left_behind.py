"""Lands what interrupted live crawls had completed, once their moment has passed and nobody can resume them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from jobmarket.landing import LandingError, board_of, moment_of
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import RunWriter, unsealed_runs
from jobmarket.settings import Home
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun


def land_left_behind(home: Home, board_names: Collection[str], now: datetime) -> None:
    """Seal the unsealed live runs of moments more than :data:`LIVE_WITHIN` before ``now`` (UTC).

    Companies that were not reached have no outcome, like those of a crawl that never asked for them. Only the boards
    that are about to be crawled are looked at (all if none is named), because others may be crawled at the same time.
    """
    for run_id in unsealed_runs(home, "live"):
        board, moment = board_of(run_id), moment_of(run_id)
        if now - moment <= LIVE_WITHIN or (board_names and board not in board_names):
            continue
        run = BoardRun(board=board, run_id=run_id, origin="live", as_of=moment, home=home.root, companies=())
        with suppress(LandingError):  # another crawl of the board is under way; the next one lands it
            writer = RunWriter(home, run.record())
            outcomes = Outcomes(run)
            outcomes.ended_before(writer.finished)
            if writer.finished:
                writer.seal(outcomes.results())
            else:  # the journal is of another version
                writer.abandon()
