"""Small markets in which a feed shows only its newest postings, landed as crawls land them.

Every market is in a separate country. It never changes: each of its employers publishes one opening a week. Thirty
employers have their own boards, which are crawled on Mondays. Fifteen others advertise on a feed alone, evenly over the
week. The feed is crawled daily, except from Tuesday to Saturday of one week.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from jobmarket.identity import content_hash, posting_key
from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.posting import Place, Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home

FIRST = datetime(2026, 1, 5, 6, tzinfo=UTC)
WEEKS = 16
OUTAGE = 9  # the week of the outage
OWN, ON_FEED = 30, 15
OWN_BOARD, FEED = "ashby", "remoteok"
_LIFE = timedelta(weeks=4)  # for which an opening is open on an employer's own board
_STEP = timedelta(weeks=1) / ON_FEED  # between two postings of the feed
_BEFORE = timedelta(weeks=8)  # that openings are published before the first crawl


@dataclass(frozen=True)
class Market:
    """A market, and how many postings its feed shows."""

    name: str
    country: str
    code: str
    shown: int


# Two days of postings: those of four days are lost in the outage.
LOST = Market("lost", "France", "FR", 5)
# Thirteen days: nothing is lost.
KEPT = Market("kept", "Spain", "ES", 30)
# Less than a day: each crawl shows another list.
ALWAYS = Market("always", "Germany", "DE", 2)
MARKETS = (LOST, KEPT, ALWAYS)


def _posting(market: Market, board: str, slug: str, employer: str, number: int, published: datetime) -> Posting:
    name = f"{market.name}-{board}-{employer}-{number}"
    # two openings have no sentence in common, so that they are not duplicates
    duties = "".join(f"<li>Build the {word} of team {name}</li>" for word in ("pipeline", "service", "platform"))
    return Posting(
        board=board,
        company_slug=slug,
        company_name=f"{market.name.capitalize()} {board.capitalize()} Employer {employer}",
        native_id=name,
        title=f"Machine Learning Engineer {name}",
        url=f"https://jobs.example/{name}",
        location_text=market.country,
        job_locations=(Place(text=market.country, address_country=market.country),),
        date_posted=published,
        description_html=f"<h3>What you do</h3><ul>{duties}</ul>",
        payload={"id": name},
    )


def _own_list(market: Market, employer: int, moment: datetime) -> Iterator[Posting]:
    first = FIRST - _BEFORE + timedelta(days=employer % 7)
    for week in range(WEEKS + _BEFORE // timedelta(weeks=1)):
        published = first + timedelta(weeks=week)
        if moment - _LIFE < published <= moment:
            yield _posting(market, OWN_BOARD, f"{market.name}-{employer}", str(employer), week, published)


def _feed_list(market: Market, moment: datetime) -> Iterator[Posting]:
    newest = (moment - FIRST + _BEFORE) // _STEP
    for number in range(newest - market.shown + 1, newest + 1):
        published = FIRST - _BEFORE + number * _STEP
        yield _posting(market, FEED, market.name, str(number % ON_FEED), number, published)


def _lists(board: str, moment: datetime) -> Iterator[tuple[str, list[Posting]]]:
    for market in MARKETS:
        if board == FEED:
            yield market.name, list(_feed_list(market, moment))
            continue
        for employer in range(OWN):
            yield f"{market.name}-{employer}", list(_own_list(market, employer, moment))


def land(home: Home) -> None:
    """Land all crawls."""
    seen: set[str] = set()
    for day in range(7 * (WEEKS - 1) + 1):
        moment, is_monday = FIRST + timedelta(days=day), day % 7 == 0
        is_outage = day // 7 == OUTAGE and 0 < day % 7 < 6  # Tuesday to Saturday
        for board in [OWN_BOARD] * is_monday + [FEED] * (not is_outage):
            record = RunRecord(run_id=run_id_for(board, moment, 1), board=board, origin="sample", as_of=moment)
            writer, outcomes = RunWriter(home, record), []
            for slug, postings in _lists(board, moment):
                for posting in postings:
                    if posting.native_id in seen:
                        key = posting_key(board, slug, posting.native_id)
                        writer.sight(slug, key, content_hash(posting.fields()))
                        continue
                    writer.write(posting)
                    seen.add(posting.native_id)
                outcomes.append(CompanyOutcome(company_slug=slug, status="complete", postings=len(postings)))
            writer.seal(outcomes)
