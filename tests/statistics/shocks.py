"""Twelve copies of one small market, each with a different shock to its crawls, landed as crawls land them.

Every market is in a separate country and has the same employers, openings and texts, so two markets differ only by
their shock. The market itself does not change: an employer publishes an opening every Friday and keeps it open for
eight weeks. So any change in its flow or numbers is due to the shock. Openings of two employers in five ask for
PyTorch, and those of the "odd" employers, which the shocks hit, ask for Rust.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import compress, groupby
from operator import attrgetter

import numpy as np

from jobmarket.identity import content_hash, posting_key
from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.posting import Pay, Place, Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home

FIRST = datetime(2026, 1, 5, 6, tzinfo=UTC)
WEEKS = 20
SHOCK = 10  # the week of the shock
EMPLOYERS = 40
ODD = 3  # the number of employers that the shocks hit, with about a thirteenth of the openings
LIFE = 8  # weeks for which an opening is open
_PUBLISHED = timedelta(days=-3)  # relative to the first Monday on which an opening is listed
# A word that is not in the taxonomy. Every second opening asks for it.
UNKNOWN = "Quillfern"
# The country of each shock. "plain" has none.
MARKETS = {
    "plain": ("France", "FR"),
    "lost": ("Germany", "DE"),  # the odd employers' boards are no longer crawled
    "added": ("Spain", "ES"),  # the odd employers' boards are crawled only from then on
    "truncated": ("Italy", "IT"),  # the odd employers' lists end after one posting, without an error, for one week
    "shortened": ("Austria", "AT"),  # the odd employers' lists end after one posting from then on
    "empty": ("Poland", "PL"),  # the first odd employer answers with an empty list twice
    "copied": ("Sweden", "SE"),  # three in ten openings of all employers are on a second board too
    "paused": ("Portugal", "PT"),  # no board is crawled for three weeks
    "missed": ("Denmark", "DK"),  # every third employer's board is not crawled for three weeks
    "late": ("Ireland", "IE"),  # some openings are shown three weeks after their date
    # like "lost", but crawled on Thursdays, and openings state the last day on which they are open
    "thursdays": ("Netherlands", "NL"),
    "daily": ("Belgium", "BE"),  # like "lost", but crawled daily at 04:00 in some weeks, and lost on a Wednesday
}
_DAILY_WEEKS = range(SHOCK - 3, SHOCK + 5)  # in other weeks, Monday's crawl is sufficient
# Days and hours after Monday 06:00, when all other markets are crawled.
_MOMENTS = {
    "thursdays": [timedelta(days=3)],
    "daily": [timedelta(days=day, hours=-2) for day in range(7)],
}
PAUSE = range(SHOCK, SHOCK + 3)  # the weeks in which "paused" and "missed" are not crawled
_LOST = {"lost": timedelta(), "thursdays": timedelta(), "daily": timedelta(days=2)}
_SKILLS = ("Python", "Kubernetes", "Docker", "Terraform", "Snowflake", "MLflow")


@dataclass(frozen=True)
class Opening:
    """An opening of an employer, open from week ``first`` to week ``last``."""

    employer: int
    number: int
    first: int
    last: int
    skills: tuple[str, ...]
    pay: int
    is_copied: bool
    is_late: bool


def openings(seed: int = 7) -> list[Opening]:
    """Draw the openings, which are the same in every market."""
    draw = np.random.default_rng(seed)
    drawn: list[Opening] = []
    for employer in range(EMPLOYERS):
        for listed in range(1 - LIFE, WEEKS):
            chosen = [skill for skill in _SKILLS if draw.random() < 0.4]
            if employer % 5 < 2:
                chosen.append("PyTorch")
            if employer < ODD:
                chosen.append("Rust")
            pay = int(90 + 30 * draw.random()) * 1000 + (60_000 if employer < ODD else 0)
            is_copied, is_late = draw.random() < 0.3, draw.random() < 0.2
            first, last = max(0, listed), listed + LIFE - 1
            drawn.append(Opening(employer, len(drawn), first, last, tuple(chosen), pay, is_copied, is_late))
    return drawn


def _last_day(opening: Opening) -> datetime:
    """Return the Sunday before the first Monday on which an opening is no longer listed, as midnight UTC."""
    return FIRST.replace(hour=0) + timedelta(weeks=opening.last + 1, days=-1)


def _posting(opening: Opening, market: str, board: str) -> Posting:
    country, _ = MARKETS[market]
    slug = f"{market}-{opening.employer}"
    # Two openings of a market have no sentence in common, so that they are not duplicates. Copies have all in common.
    duties = [
        f"Build the {word} number {opening.number} of team {opening.employer}"
        for word in ("pipeline", "service", "platform", "dashboard", "library")
    ]
    items = "".join(f"<li>{text}</li>" for text in duties)
    named = (*opening.skills, UNKNOWN) if opening.number % 2 else opening.skills
    requirements = "".join(f"<li>Experience with {skill}</li>" for skill in named)
    return Posting(
        board=board,
        company_slug=slug,
        company_name=f"{market.capitalize()} Employer {opening.employer}",
        native_id=f"{board}-{opening.number}",
        title=f"Machine Learning Engineer {opening.number}",
        url=f"https://jobs.example/{slug}/{opening.number}",
        location_text=country,
        job_locations=(Place(text=country, address_country=country),),
        date_posted=FIRST + timedelta(weeks=opening.first) + _PUBLISHED if opening.first else None,
        valid_through=_last_day(opening) if market == "thursdays" else None,
        base_salary=(Pay(min_value=opening.pay, max_value=opening.pay, currency="USD", unit_text="1 YEAR"),),
        description_html=f"<h3>What you do</h3><ul>{items}</ul><h3>Requirements</h3><ul>{requirements}</ul>",
        payload={"id": opening.number},
    )


def _listed(market: str, employer: int, moment: datetime, of_employer: list[Opening]) -> list[Opening] | None:
    """Return the openings that a crawl of an employer's board receives, or None if the board is not crawled."""
    week = (moment - FIRST - _PUBLISHED) // timedelta(weeks=1)
    own = [opening for opening in of_employer if opening.first <= week <= opening.last]
    if market == "late":
        own = [o for o in own if not o.is_late or week >= min(o.last, o.first + 3) or o.first == 0]
    if week in PAUSE and (market == "paused" or (market == "missed" and employer % 3 == 0)):
        return None
    if employer >= ODD:
        return own
    if market in _LOST and moment >= FIRST + timedelta(weeks=SHOCK) + _LOST[market]:
        return None
    if market == "added" and week < SHOCK:
        return None
    if market == "truncated" and week == SHOCK:
        return own[:1]
    if market == "shortened" and week >= SHOCK:
        return own[:1]
    if market == "empty" and employer == 0 and week in (SHOCK, SHOCK + 1):
        return []
    return own


def _moments(weeks: range) -> dict[datetime, list[str]]:
    """Return the times of the crawls in some weeks, with the markets crawled then. The last week ends with Monday's."""
    markets: dict[datetime, list[str]] = {}
    for week in weeks:
        for market in MARKETS:
            for after in _MOMENTS.get(market, [timedelta()]):
                if market == "daily" and after > timedelta(days=0) and week not in _DAILY_WEEKS:
                    continue
                moment = FIRST + timedelta(weeks=week) + after
                if moment <= FIRST + timedelta(weeks=WEEKS - 1):
                    markets.setdefault(moment, []).append(market)
    return dict(sorted(markets.items()))


def _crawls(
    moment: datetime, markets: list[str], board: str, everything: list[list[Opening]]
) -> Iterator[tuple[str, int, list[Opening]]]:
    """Yield the market, the employer and the openings that the crawl of its board receives."""
    for market in markets:
        if board == "lever" and market != "copied":
            continue
        for employer, of_employer in enumerate(everything):
            listed = _listed(market, employer, moment, of_employer)
            if listed is not None:
                is_shown = [board != "lever" or opening.is_copied for opening in listed]
                yield market, employer, list(compress(listed, is_shown))


def land(home: Home, weeks: range = range(WEEKS)) -> None:
    """Land the crawls of some weeks."""
    everything = [list(own) for _, own in groupby(openings(), attrgetter("employer"))]
    # Nothing is edited, so a posting seen again has the same content and need not be built again.
    seen: dict[tuple[str, str, int], tuple[str, str]] = {}
    for moment, markets in _moments(weeks).items():
        for board in ("ashby", "lever") if "copied" in markets else ("ashby",):
            record = RunRecord(run_id=run_id_for(board, moment, 1), board=board, origin="sample", as_of=moment)
            writer = RunWriter(home, record)
            outcomes = []
            for market, employer, listed in _crawls(moment, markets, board, everything):
                slug = f"{market}-{employer}"
                for opening in listed:
                    if (name := (board, market, opening.number)) in seen:
                        writer.sight(slug, *seen[name])
                        continue
                    posting = _posting(opening, market, board)
                    writer.write(posting)
                    seen[name] = posting_key(board, slug, posting.native_id), content_hash(posting.fields())
                outcomes.append(CompanyOutcome(company_slug=slug, status="complete", postings=len(listed)))
            writer.seal(outcomes)
