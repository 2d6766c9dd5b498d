"""Chooses what is crawled: which companies of which boards, as of which moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jobmarket.landing import Origin
from jobmarket.settings import board_keys
from jobmarket.stages import StageError, as_of_text
from scrapers.boards.base import BoardSpider
from scrapers.middlewares.reservations import OF_HOST
from scrapers.planning import Company, ListAddress, Order
from scrapers.registry import companies
from scrapers.replay.recordings import read_manifest
from scrapers.sources import objection

Boards = dict[str, list[Company]]


@dataclass
class Targets:
    """The moments in order, each with the companies of each board; and what is skipped, one line each."""

    origin: Origin
    moments: list[tuple[datetime, Boards]]
    gaps: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def targets(order: Order, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    """Return the targets of an order.

    Raises:
        StageError: If it names an unknown board or company, or there is nothing to crawl.
    """
    if unknown := sorted(set(order.board_names) - spiders.keys()):
        raise StageError(f"No board is called {', '.join(unknown)}. There are: {', '.join(spiders)}.")
    if order.since is not None:
        found = _past(order, order.since, spiders)
    elif order.boards == "live":
        found = _live(order, spiders)
    elif order.boards == "sample":
        found = _sample(order)
    else:
        found = _recorded(order, spiders)
    return _chosen(found, order)


def _live(order: Order, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    boards: Boards = {}
    missing = {name: _missing_keys(spider) for name, spider in spiders.items()}
    for row in companies():
        if not missing[row.board]:
            boards.setdefault(row.board, []).append(Company(slug=row.slug, name=row.company))
    notes = [
        f"{board} skipped: it needs {' and '.join(keys)} (see .env.example)" for board, keys in missing.items() if keys
    ]
    return Targets("live", [(order.as_of, boards)], notes=notes)


def _missing_keys(spider: type[BoardSpider]) -> list[str]:
    return [name for name in spider.credentials if name not in board_keys(spider.credentials)]


def _sample(order: Order) -> Targets:
    from scrapers.sample.world import SampleWorld  # imported late: building the world takes a while

    world = SampleWorld()
    moments: list[tuple[datetime, Boards]] = []
    for moment in world.observation_dates:
        if moment > order.as_of:
            break
        boards: Boards = {}
        for employer in world.companies_at(moment):
            boards.setdefault(employer.board, []).append(Company(slug=employer.slug, name=employer.company_name))
        moments.append((moment, boards))
    if not moments:
        first = as_of_text(world.observation_dates[0])
        raise StageError(f"The sample boards begin on {first}: nothing to crawl as of {as_of_text(order.as_of)}.")
    return Targets("sample", moments)


def _past(order: Order, since: datetime, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    moments: list[tuple[datetime, Boards]] = []
    for board in order.board_names:
        spider = spiders[board]
        for moment, request in spider.history(since, order.as_of):
            company = Company(slug=spider.feed_slug, lists=(ListAddress(request.method, request.url),))
            moments.append((moment, {board: [company]}))
    return Targets("backfill", moments)


def _recorded(order: Order, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    recordings, rejected = read_manifest(Path(order.boards))
    names = {(row.board, row.slug): row.company for row in companies()}
    lists: dict[tuple[str, str], list[ListAddress]] = {}
    skipped: Counter[str] = Counter()
    for recording in recordings:
        hits = ((name, spider.slug_of(recording.url)) for name, spider in spiders.items())
        board, slug = next(((name, slug) for name, slug in hits if slug), ("", ""))
        if board:
            lists.setdefault((board, slug or ""), []).append(ListAddress(recording.method, recording.url))
        elif not _is_requested_on_the_way(recording.url, spiders):
            skipped[urlsplit(recording.url).netloc] += 1
    boards: Boards = {}
    for (board, slug), listed in lists.items():
        company = Company(slug=slug, name=names.get((board, slug)), lists=tuple(listed))
        boards.setdefault(board, []).append(company)
    notes = [f"{host}: no spider reads this; {count} recorded responses skipped" for host, count in skipped.items()]
    return Targets("recorded", [(order.as_of, boards)], gaps=rejected, notes=notes)


def _is_requested_on_the_way(url: str, spiders: Mapping[str, type[BoardSpider]]) -> bool:
    """Return whether every crawl requests this address without a list: a host's rules, or a posting's own page."""
    patterns = (spider.detail_pattern for spider in spiders.values())
    return urlsplit(url).path in ("/robots.txt", OF_HOST) or any(pattern and pattern.match(url) for pattern in patterns)


def _chosen(found: Targets, order: Order) -> Targets:
    """Keep only the boards and companies that the order names; all of them if it names none."""
    unknown = set(order.companies)
    barred: dict[str, str] = {}
    for index, (moment, boards) in enumerate(found.moments):
        chosen: Boards = {}
        for board in sorted(boards):
            kept = [each for each in boards[board] if not order.companies or each.slug in order.companies]
            unknown -= {each.slug for each in kept}
            if order.probe:
                kept = [each.model_copy(update={"lists": each.lists[:1]}) for each in kept[:1]]
            if not kept or (order.board_names and board not in order.board_names):
                continue
            if reason := objection(board, live=found.origin == "live"):
                barred[board] = reason
            else:
                chosen[board] = kept
        found.moments[index] = (moment, chosen)
    found.gaps += barred.values()
    if unknown:
        raise StageError(
            f"No board in '{order.boards}' has a company called {', '.join(sorted(unknown))}. "
            "--company takes a slug from scrapers/companies.csv, as in the board's address."
        )
    if not any(boards for _, boards in found.moments):
        empty = f"'{order.boards}' has no board with a spider"
        if order.boards == "live":
            empty = "scrapers/companies.csv lists no employer"
        choice = " that your choice includes" if order.board_names or order.companies else ""
        raise StageError(f"Nothing to crawl: {empty}{choice}." + "".join(f" {gap}." for gap in found.gaps))
    return found
