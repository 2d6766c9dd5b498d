"""Planted lives: which listings belong together, which changed, which boards failed, and what a crawl receives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from scrapers.sample.listings import Listing
from scrapers.sample.outages import SHORT_LIST_SHARE
from scrapers.sample.world import SampleWorld


@dataclass(frozen=True)
class ListingId:
    """The identity of a posting: board, company slug and the board's id."""

    board: str
    company_slug: str
    native_id: str


@dataclass(frozen=True)
class ListingPair:
    """Two listings and the relation between them.

    Attributes:
        relation: ``copy`` (one job on two boards), ``moved`` (the employer changed boards), ``repost`` (the same job
            under a new id) or ``twin`` (the same role in another city, which is not a duplicate).
        first: The original listing.
        second: The listing that derives from it.
        reworded: Whether the two texts differ.
    """

    relation: str
    first: ListingId
    second: ListingId
    reworded: bool


@dataclass(frozen=True)
class Outage:
    """A planned failure: ``missing`` (404), ``error`` (500), ``empty`` (no postings) or ``short`` (a fraction)."""

    board: str
    company_slug: str
    week: int
    kind: str


@dataclass(frozen=True)
class CrawlTruth:
    """The expected result of one week's crawl: the responses by status, and the postings in them by board."""

    week: int
    as_of: datetime
    requests: int
    statuses: dict[int, int]
    postings: dict[str, int]


def identity(listing: Listing) -> ListingId:
    """Return the listing's identity."""
    return ListingId(listing.account.board, listing.account.slug, listing.native_id)


def pairs(world: SampleWorld) -> list[ListingPair]:
    """Return every pair of listings that derive from one job, the original first. Some crawl sees each of them."""
    by_native_id = {listing.native_id: listing for listing in world.listings}
    related = []
    for listing in world.listings:
        model = by_native_id.get(listing.origin_of) if listing.origin_of else None
        if model is not None:
            related.append(
                ListingPair(listing.origin, identity(model), identity(listing), listing.reworded != model.reworded)
            )
    return related


def reopened(world: SampleWorld) -> list[ListingId]:
    """Return the listings that close for two weeks or more and reopen under the same id, both times seen by a crawl."""
    return [identity(listing) for listing in world.listings if _seen_twice(world, listing)]


def _seen_twice(world: SampleWorld, listing: Listing) -> bool:
    return len(listing.visible) > 1 and all(
        any(start <= moment < end for moment in world.observation_dates) for start, end in listing.visible
    )


def late(world: SampleWorld) -> list[ListingId]:
    """Return the listings that a board first shows a week or more after the date they state."""
    return [identity(listing) for listing in world.listings if (listing.visible[0][0] - listing.posted_at).days >= 7]


def edited(world: SampleWorld) -> dict[str, list[ListingId]]:
    """Return the listings that crawls see both before and after an edit, by the kind of edit.

    Returns:
        The listings by ``wording``, ``pay`` and ``skill``.
    """
    by_kind: dict[str, list[ListingId]] = {"wording": [], "pay": [], "skill": []}
    for listing in world.listings:
        seen = [moment for moment in world.observation_dates if listing.visible_at(moment)]
        for kind in dict.fromkeys(edit.kind for edit in listing.edits if seen[0] < edit.at <= seen[-1]):
            by_kind[kind].append(identity(listing))
    return by_kind


def outages(world: SampleWorld) -> list[Outage]:
    """Return the planned failures, ordered by week."""
    plan = [Outage(board, slug, week, kind) for (board, slug, week), kind in world.outages.items()]
    return sorted(plan, key=lambda outage: (outage.week, outage.board, outage.company_slug))


def seen_in_week(world: SampleWorld, week: int) -> list[Listing]:
    """Return the listings that the crawl of ``week`` receives, given the planned failures."""
    moment = world.observation_dates[week]
    received = []
    for company in world.companies_at(moment):
        shown = world.shown_at(company.board, company.slug, moment)
        outage = world.outage_at(company.board, company.slug, moment)
        if outage == "short":
            received += shown[: int(len(shown) * SHORT_LIST_SHARE)]
        elif outage is None:
            received += shown
    return received


def crawl_truth(world: SampleWorld) -> list[CrawlTruth]:
    """Return the expected result of each weekly crawl of all boards. A board that does not exist then answers 404."""
    weeks = []
    for week, moment in enumerate(world.observation_dates):
        statuses: Counter[int] = Counter()
        for company in world.companies:
            outage = world.outage_at(company.board, company.slug, moment)
            exists = company.exists_at(moment)
            statuses[404 if not exists or outage == "missing" else 500 if outage == "error" else 200] += 1
        postings = Counter(listing.account.board for listing in seen_in_week(world, week))
        weeks.append(CrawlTruth(week, moment, len(world.companies), dict(statuses), dict(postings)))
    return weeks


def distinct_seen(world: SampleWorld) -> set[ListingId]:
    """Return every posting that at least one weekly crawl receives."""
    return {identity(listing) for week in range(world.weeks) for listing in seen_in_week(world, week)}
