"""Lands what interrupted live crawls had completed, once their moment has passed and nobody can resume them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from jobmarket.counted import counted
from jobmarket.landing import CompanyOutcome, LandingError, board_of, moment_of
from jobmarket.origin import LIVE_WITHIN
from jobmarket.run_writer import RunWriter, unsealed_runs
from jobmarket.settings import Home
from jobmarket.stages import StageError, StageResult, as_of_text
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun


@dataclass(frozen=True)
class Salvaged:
    """What became of the runs that interrupted crawls had left: one line each."""

    landed: list[str] = field(default_factory=list)
    not_landed: list[str] = field(default_factory=list)
    """Why a run could not be landed. It stays where it is, and the next crawl tries again."""

    def added_to(self, result: StageResult) -> StageResult:
        """Return the result of a crawl with these lines."""
        return replace(result, details=(*self.landed, *result.details), gaps=(*result.gaps, *self.not_landed))

    @contextmanager
    def added_to_errors(self) -> Iterator[None]:
        """Add these lines to the message if the crawl fails: what they say is done whatever becomes of it."""
        try:
            yield
        except StageError as error:
            if lines := [*self.landed, *self.not_landed]:
                raise type(error)(f"{error} {'. '.join(lines)}") from error
            raise


def land_left_behind(home: Home, board_names: Collection[str], now: datetime) -> Salvaged:
    """Seal the unsealed live runs of moments more than :data:`LIVE_WITHIN` before ``now`` (UTC).

    Companies that were not reached have no outcome, like those of a crawl that never asked for them. Only the boards
    that are about to be crawled are looked at (all if none is named), because others may be crawled at the same time.
    A run that cannot be landed is named and does not stop the crawl.
    """
    salvaged = Salvaged()
    for run_id in unsealed_runs(home, "live", board_names):
        board, moment = board_of(run_id), moment_of(run_id)
        if now - moment <= LIVE_WITHIN:
            continue
        run = BoardRun(board=board, run_id=run_id, origin="live", as_of=moment, home=home.root, companies=())
        left = f"{board}: what a stopped crawl had completed as of {as_of_text(moment)}"
        try:
            landed = _land(home, run)
        except (LandingError, OSError, sqlite3.Error) as error:
            salvaged.not_landed.append(f"{left} is not landed: {error}")
        else:
            if landed:
                companies = counted(len(landed), "company", "companies")
                salvaged.landed.append(f"{left} is landed now: {companies}")
    return salvaged


def _land(home: Home, run: BoardRun) -> list[CompanyOutcome]:
    """Seal a run, and return its outcomes; none if its journal is of another version, and it is deleted."""
    writer = RunWriter(home, run.record())
    outcomes = Outcomes(run)
    outcomes.ended_before(writer.finished)
    results = outcomes.results()
    writer.end(results)
    return results
