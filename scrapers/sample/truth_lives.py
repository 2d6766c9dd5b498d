"""Planted lives: which listings belong together, which changed, which boards failed, and what a crawl can find."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from scrapers.sample.listings import Listing
from scrapers.sample.outages import SHORT_LIST_SHARE
from scrapers.sample.world import SampleWorld


@dataclass(frozen=True)
class ListingId:
    """Identity of a posting: board, company slug, the board's own id."""

    board: str
    company_slug: str
    native_id: str


@dataclass(frozen=True)
class Pair:
    """Two listings and what they are to each other.

    ``relation``: ``copy`` (one job on two boards), ``moved`` (the employer changed boards), ``repost`` (the job again,
    under a new id), ``twin`` (the role in another city: not a duplicate). ``reworded``: the second text differs.
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
    """What a crawl of one week gets: answers by status, and the postings in them by board."""

    week: int
    as_of: datetime
    requests: int
    statuses: dict[int, int]
    postings: dict[str, int]


def identity(listing: Listing) -> ListingId:
    """The listing's identity."""
    return ListingId(listing.account.board, listing.account.slug, listing.native_id)


def pairs(world: SampleWorld) -> list[Pair]:
    """Every pair of listings that derive from one job, the model first. Both sides are visible to some crawl."""
    by_native_id = {listing.native_id: listing for listing in world.listings}
    found = []
    for listing in world.listings:
        model = by_native_id.get(listing.origin_of) if listing.origin_of else None
        if model is not None:
            found.append(Pair(listing.origin, identity(model), identity(listing), listing.reworded != model.reworded))
    return found


def reopened(world: SampleWorld) -> list[ListingId]:
    """Listings that vanish for two weeks or more and come back under the same id, both times seen by a crawl."""
    return [identity(listing) for listing in world.listings if _seen_twice(world, listing)]


def _seen_twice(world: SampleWorld, listing: Listing) -> bool:
    return len(listing.visible) > 1 and all(
        any(start <= moment < end for moment in world.observation_dates) for start, end in listing.visible
    )


def late(world: SampleWorld) -> list[ListingId]:
    """Listings that boards show a week or more after the date they state."""
    return [identity(listing) for listing in world.listings if (listing.visible[0][0] - listing.posted_at).days >= 7]


def edited(world: SampleWorld) -> dict[str, list[ListingId]]:
    """Listings by the kind of an edit that some crawl sees before and after: ``wording``, ``pay`` or ``skill``."""
    found: dict[str, list[ListingId]] = {"wording": [], "pay": [], "skill": []}
    for listing in world.listings:
        seen = [moment for moment in world.observation_dates if listing.visible_at(moment)]
        for kind in dict.fromkeys(edit.kind for edit in listing.edits if seen[0] < edit.at <= seen[-1]):
            found[kind].append(identity(listing))
    return found


def outages(world: SampleWorld) -> list[Outage]:
    """The plan of failures, by week."""
    plan = [Outage(board, slug, week, kind) for (board, slug, week), kind in world.outages.items()]
    return sorted(plan, key=lambda outage: (outage.week, outage.board, outage.company_slug))


def seen_in_week(world: SampleWorld, week: int) -> list[Listing]:
    """The listings that a crawl of ``week`` receives, failures taken into account."""
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
    """What each weekly crawl of all boards of the registry must find; a board that does not exist yet answers 404."""
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
    """Every posting that a crawl of all weeks receives at least once."""
    return {identity(listing) for week in range(world.weeks) for listing in seen_in_week(world, week)}
