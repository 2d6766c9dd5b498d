"""Chooses what is crawled: which companies of which boards, as of which moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jobmarket.did_you_mean import did_you_mean
from jobmarket.landing import Origin
from jobmarket.settings import board_keys
from jobmarket.stages import PermanentError, WrongUsageError, as_of_text
from scrapers.boards.base import BoardSpider
from scrapers.middlewares.reservations import OF_HOST
from scrapers.planning import Company, CrawlSpec, ListAddress
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


def targets(spec: CrawlSpec, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    """Return the targets of a crawl.

    Raises:
        StageError: If it names an unknown board or company, or there is nothing to crawl.
    """
    if unknown := sorted(set(spec.board_names) - spiders.keys()):
        raise no_board(unknown, spiders)
    if spec.since is not None:
        found = _past(spec, spec.since, spiders)
    elif spec.boards == "live":
        found = _live(spec, spiders)
    elif spec.boards == "sample":
        found = _sample(spec)
    else:
        found = _recorded(spec, spiders)
    return _chosen(found, spec)


def no_board(names: Sequence[str], spiders: Iterable[str]) -> WrongUsageError:
    """Return the error for names that no spider has."""
    known = list(spiders)
    return WrongUsageError(
        f"No board is called {', '.join(names)}.{did_you_mean(names[0], known)} There are: {', '.join(known)}."
    )


def _live(spec: CrawlSpec, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    boards: Boards = {}
    missing = {name: _missing_keys(spider) for name, spider in spiders.items()}
    for row in companies():
        if not missing[row.board]:
            boards.setdefault(row.board, []).append(Company(slug=row.slug, name=row.company))
    notes = [
        f"{board} skipped: it needs {' and '.join(keys)} (see .env.example)" for board, keys in missing.items() if keys
    ]
    return Targets("live", [(spec.as_of, boards)], notes=notes)


def _missing_keys(spider: type[BoardSpider]) -> list[str]:
    return [name for name in spider.credentials if name not in board_keys(spider.credentials)]


def _sample(spec: CrawlSpec) -> Targets:
    from scrapers.sample.world import SampleWorld  # imported late: building the world takes a while

    world = SampleWorld()
    moments: list[tuple[datetime, Boards]] = []
    for moment in world.observation_dates:
        if moment > spec.as_of:
            break
        boards: Boards = {}
        for employer in world.companies_at(moment):
            boards.setdefault(employer.board, []).append(Company(slug=employer.slug, name=employer.company_name))
        moments.append((moment, boards))
    if not moments:
        first = as_of_text(world.observation_dates[0])
        raise WrongUsageError(f"The sample boards begin on {first}: nothing to crawl as of {as_of_text(spec.as_of)}.")
    return Targets("sample", moments)


def _past(spec: CrawlSpec, since: datetime, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    moments: list[tuple[datetime, Boards]] = []
    for board in spec.board_names:
        spider = spiders[board]
        for moment, request in spider.history(since, spec.as_of):
            company = Company(slug=spider.feed_slug, lists=(ListAddress(request.method, request.url),))
            moments.append((moment, {board: [company]}))
    return Targets("backfill", moments)


def _recorded(spec: CrawlSpec, spiders: Mapping[str, type[BoardSpider]]) -> Targets:
    recordings, rejected = read_manifest(Path(spec.boards))
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
    return Targets("recorded", [(spec.as_of, boards)], gaps=rejected, notes=notes)


def _is_requested_on_the_way(url: str, spiders: Mapping[str, type[BoardSpider]]) -> bool:
    """Return whether every crawl requests this address without a list: a host's rules, or a posting's own page."""
    patterns = (spider.detail_pattern for spider in spiders.values())
    return urlsplit(url).path in ("/robots.txt", OF_HOST) or any(pattern and pattern.match(url) for pattern in patterns)


def _chosen(found: Targets, spec: CrawlSpec) -> Targets:
    """Keep only the boards and companies that the spec names; all of them if it names none."""
    known = {each.slug for _, boards in found.moments for on_board in boards.values() for each in on_board}
    unknown = set(spec.companies) - known
    barred: dict[str, str] = {}
    for index, (moment, boards) in enumerate(found.moments):
        chosen: Boards = {}
        for board in sorted(boards):
            kept = [each for each in boards[board] if not spec.companies or each.slug in spec.companies]
            if spec.probe:
                kept = [each.model_copy(update={"lists": each.lists[:1]}) for each in kept[:1]]
            if not kept or (spec.board_names and board not in spec.board_names):
                continue
            if reason := objection(board, live=found.origin == "live"):
                barred[board] = reason
            else:
                chosen[board] = kept
        found.moments[index] = (moment, chosen)
    found.gaps += barred.values()
    if unknown:
        raise WrongUsageError(
            f"No board in '{spec.boards}' has a company called {', '.join(sorted(unknown))}. "
            f"--company takes a slug, as in the board's address.{did_you_mean(min(unknown), sorted(known))}"
        )
    if not any(boards for _, boards in found.moments):
        empty = f"'{spec.boards}' has no board with a spider"
        if spec.boards == "live":
            empty = "scrapers/companies.csv lists no employer"
        choice = " that your choice includes" if spec.board_names or spec.companies else ""
        raise PermanentError(f"Nothing to crawl: {empty}{choice}." + "".join(f" {gap}." for gap in found.gaps))
    return found
