"""The spec of a crawl, the runs planned for it, and the report that comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from jobmarket.landing import CompanyOutcome, Origin, RunRecord
from jobmarket.posting import UtcDatetime
from jobmarket.settings import Home
from scrapers.attempts import next_run_id, recent_live_runs
from scrapers.sources import sources


class ListAddress(NamedTuple):
    """Method and URL of a recorded list of postings."""

    method: str
    url: str


class Company(BaseModel):
    """An employer on a board system."""

    model_config = ConfigDict(frozen=True)

    slug: str
    name: str | None = None
    lists: tuple[ListAddress, ...] = ()
    """Request exactly these lists, in this order; empty: the requests that the spider makes for the slug."""


class CrawlSpec(BaseModel):
    """What the crawl process crawls, and how: the arguments of :func:`scrapers.stage.crawl`."""

    home: Path
    boards: str
    as_of: UtcDatetime
    board_names: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    retry_failed: bool = False
    retry_transient: bool = False
    since: UtcDatetime | None = None
    """If set, crawl the archive of one board from this moment to ``as_of``."""
    probe: bool = False
    """Request only the first page of each board's first company, once."""
    contact: str | None = None
    log_file: Path


class BoardRun(BaseModel):
    """One crawl of one board as of a moment, with the companies still to be crawled."""

    board: str
    run_id: str
    origin: Origin
    as_of: UtcDatetime
    home: Path
    companies: tuple[Company, ...]

    def record(self) -> RunRecord:
        """Return the record of the run, without outcomes and files."""
        source = sources().get(self.board)
        return RunRecord(
            run_id=self.run_id,
            board=self.board,
            origin=self.origin,
            as_of=self.as_of,
            versions={name: version(name) for name in ("jobmarket", "scrapy")},
            attribution=source.attribution if source else None,
        )


def next_run(
    home: Home,
    board: str,
    origin: Origin,
    as_of: datetime,
    companies: Collection[Company],
    sealed: Iterable[RunRecord],
    crawled_again: Callable[[CompanyOutcome], bool] = lambda _: False,
) -> BoardRun | None:
    """Plan the run that crawls what is not landed yet; None if nothing is left.

    A company is left if none of the runs as of this moment (:func:`scrapers.attempts.sealed_attempts`) has its outcome,
    or if that outcome is to be ``crawled_again``. What a damaged run crawled is crawled again. For live boards, the
    companies that have waited longest come first, because the time of a crawl may not suffice for all companies of a
    system.

    Args:
        home: Where to land.
        board: The board system.
        origin: Where the responses come from.
        as_of: The moment of the crawl, UTC.
        companies: The companies to crawl.
        sealed: The board's runs as of this moment that count for the crawl, the first attempt first.
        crawled_again: Says of an outcome whether its company is to be crawled again.
    """
    ended = {outcome.company_slug: outcome for record in sealed for outcome in record.companies}
    left = tuple(company for company in companies if company.slug not in ended or crawled_again(ended[company.slug]))
    if not left:
        return None
    if origin == "live":
        last = _last_requested(home, board)
        left = tuple(sorted(left, key=lambda company: last.get(company.slug, datetime.min.replace(tzinfo=UTC))))
    run_id = next_run_id(home, board, as_of)
    return BoardRun(board=board, run_id=run_id, origin=origin, as_of=as_of, home=home.root, companies=left)


def _last_requested(home: Home, board: str) -> dict[str, datetime]:
    """Map each company to the moment of the last recent live run that sent it a request."""
    runs = recent_live_runs(home, board)
    return {outcome.company_slug: run.as_of for run in runs for outcome in run.companies if outcome.requests}


class CrawlReport(BaseModel):
    """What became of a crawl. The figures are in the sealed runs."""

    runs: list[str] = []
    """Folders of the runs that were sealed."""
    earlier: list[str] = []
    """Folders of the runs that were sealed earlier, as of the same moments."""
    planned: int
    """How many runs were planned."""
    not_landed: list[str] = []
    """Why a board has no run, one line per board."""
    refused: list[str] = []
    """Why this machine could not store a board's run, one line per board: the disk is full or not writable."""
    gaps: list[str]
    """What could not be crawled and can be fixed, one line each."""
    notes: list[str]
    """What was skipped, one line each."""
    left_out: dict[str, int] = {}
    """Board → objects that its contract says not to show."""
    kept_companies: int = 0
    """How many companies of the sealed runs a stopped crawl had completed."""
    kept_postings: int = 0
    """How many postings these have."""
    not_recorded: dict[str, int] = {}
    """Board → further pages, rests of answers and postings' own pages that a folder of recorded responses lacks."""
