"""What a crawl is asked to do, and the runs that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from jobmarket.landing import CompanyOutcome, LandingError, Origin, read_run, run_folder, run_id_for, sealed_runs
from jobmarket.posting import UtcDatetime
from jobmarket.settings import Home

_RUNS_LOOKED_AT = 14


class ListAddress(NamedTuple):
    """Where a list of postings was recorded."""

    method: str
    url: str


class Company(BaseModel):
    """An employer on a board system."""

    model_config = ConfigDict(frozen=True)

    slug: str
    name: str | None = None
    lists: tuple[ListAddress, ...] = ()
    """Exactly these lists are requested, in this order; empty: what the spider makes of the slug."""


class Order(BaseModel):
    """What the crawl process is asked to do: the arguments of :func:`scrapers.stage.crawl`."""

    home: Path
    boards: str
    as_of: UtcDatetime
    board_names: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    retry_failed: bool = False
    retry_transient: bool = False
    since: UtcDatetime | None = None
    """With it, what is asked for is the past of one board from here to ``as_of``, as its archive tells it."""
    probe: bool = False
    """Ask the first company of each board for its first page, once, and no more."""
    contact: str | None = None
    log_file: Path


class BoardRun(BaseModel):
    """One crawl of one board, of the companies that are still to be crawled as of a moment."""

    board: str
    run_id: str
    origin: Origin
    as_of: UtcDatetime
    home: Path
    companies: tuple[Company, ...]


def next_run(
    home: Home,
    board: str,
    origin: Origin,
    as_of: datetime,
    companies: Collection[Company],
    asked_again: Callable[[CompanyOutcome], bool] = lambda _: False,
) -> BoardRun | None:
    """The run that crawls what is not landed yet, or None if nothing is left.

    A company is left if no sealed run of the board as of this moment tells how it ended, or if it ended so that it is
    to be ``asked_again``. Of live boards those come first that were not asked for longest: the time of a crawl may not
    reach all of a system's.
    """
    ended, attempts = _ended(home, board, as_of)
    left = tuple(company for company in companies if company.slug not in ended or asked_again(ended[company.slug]))
    if not left:
        return None
    if origin == "live":
        asked = _last_asked(home, board)
        left = tuple(sorted(left, key=lambda company: asked.get(company.slug, datetime.min.replace(tzinfo=UTC))))
    run_id = run_id_for(board, as_of, attempts + 1)
    return BoardRun(board=board, run_id=run_id, origin=origin, as_of=as_of, home=home.root, companies=left)


def _last_asked(home: Home, board: str) -> dict[str, datetime]:
    """Company → the moment of the last run, of a fortnight's, that asked its board anything."""
    asked: dict[str, datetime] = {}
    for folder in list(sealed_runs(home, board))[-_RUNS_LOOKED_AT:]:
        with suppress(LandingError):  # a damaged run is the next load's to tell of
            record = read_run(folder)
            asked |= {outcome.company_slug: record.as_of for outcome in record.companies if outcome.requests}
    return asked


def _ended(home: Home, board: str, as_of: datetime) -> tuple[dict[str, CompanyOutcome], int]:
    """How each company's crawl as of this moment ended, the last attempt counting; and the last attempt's number."""
    ended: dict[str, CompanyOutcome] = {}
    folders = sealed_attempts(home, board, as_of)
    for folder in folders:
        ended |= {outcome.company_slug: outcome for outcome in read_run(folder).companies}
    return ended, len(folders)


def sealed_attempts(home: Home, board: str, as_of: datetime) -> list[Path]:
    """Folders of a board's sealed runs as of a moment, the first attempt first."""
    folders: list[Path] = []
    while (folder := run_folder(home, board, as_of, run_id_for(board, as_of, len(folders) + 1))).is_dir():
        folders.append(folder)
    return folders


class CrawlReport(BaseModel):
    """What came of an order; the figures stand in the sealed runs."""

    runs: list[str] = []
    """Folders of the runs that were sealed."""
    earlier: list[str] = []
    """Folders of the runs that were sealed before, as of the same moments."""
    planned: int
    """How many runs there should be."""
    not_landed: list[str] = []
    """Why a board left no run, a line each."""
    refused: list[str] = []
    """Why this machine took no run of a board, a line each: the disk is full, the folder is not ours."""
    gaps: list[str]
    """What could not be crawled and can be mended, a line each."""
    notes: list[str]
    """What was left aside, a line each."""
    left_out: dict[str, int] = {}
    """Board → objects left out because its contract says so."""
    not_recorded: dict[str, int] = {}
    """Board → further pages, rests of answers and postings' own pages that a folder of recorded responses lacks."""
