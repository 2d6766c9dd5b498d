"""The lives of jobs: the listings in which boards show them, from publication to closing and reposting."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scrapers.sample.firms import Employer, Firm
from scrapers.sample.geography import City, other_city
from scrapers.sample.openings import WORKPLACE_SHARES, Opening, SpelledSkill, draw_opening
from scrapers.sample.pay_market import PlantedPay
from scrapers.sample.remarks import ON_TARGET_FACTOR, states_end
from scrapers.sample.streams import poisson, stable_int, stable_uuid, stream

WARM_UP_WEEKS = 20

TWIN_SHARE = 0.08
REPOST_SHARE = 0.06
REOPEN_SHARE = 0.04
LATE_SHARE = 0.07
EDIT_SHARE = 0.18
MIRROR_SHARE = 0.85
REWORDED_SHARE = 0.4


@dataclass(frozen=True)
class Edit:
    """A change of a listing's text under the same id: new ``wording``, raised ``pay`` or one more ``skill``."""

    at: datetime
    kind: str


@dataclass(frozen=True)
class Listing:
    """A posting on one board: its id, the periods in which the board shows it, and its edits.

    ``origin`` is the reason it exists: ``first``, ``twin`` (the same role in another city), ``repost`` (the same job
    under a new id), ``copy`` (the same job on the employer's other board) or ``moved`` (the employer changed boards).
    ``origin_of`` is the native id of the listing it derives from. ``visible`` is a list of ``(from, until)`` pairs.
    ``stated_end`` is the end as the board states it, if it does.
    """

    opening: Opening
    account: Employer
    native_id: str
    internal_id: int
    posted_at: datetime
    visible: tuple[tuple[datetime, datetime], ...]
    places: tuple[City, ...]
    edits: tuple[Edit, ...]
    origin: str
    origin_of: str | None
    reworded: bool
    pay_in_field: bool
    pay_in_text: bool
    stated_end: datetime | None

    def visible_at(self, moment: datetime) -> bool:
        """Whether the board shows the listing at ``moment``."""
        return any(start <= moment < end for start, end in self.visible)

    def version_at(self, moment: datetime) -> int:
        """Return the number of edits made by ``moment``."""
        return sum(edit.at <= moment for edit in self.edits)

    def skills_in(self, version: int) -> tuple[SpelledSkill, ...]:
        """Return the skills that this version asks for."""
        added = self.opening.added_skill
        if added is not None and any(edit.kind == "skill" for edit in self.edits[:version]):
            return (*self.opening.skills, added)
        return self.opening.skills

    def on_target_in(self, version: int) -> PlantedPay | None:
        """Return the on-target earnings that the text of this version states beside the base pay."""
        pay = self.pay_in(version)
        is_whole = pay is not None and pay.period == "year" and None not in (pay.minimum, pay.maximum)
        is_stated = self.pay_in_text and not self.pay_in_field and self.opening.remarks.names_on_target
        return pay.raised(ON_TARGET_FACTOR) if pay is not None and is_whole and is_stated else None

    def pay_in(self, version: int) -> PlantedPay | None:
        """Return the pay that this version states."""
        pay = self.opening.pay
        if pay is not None and any(edit.kind == "pay" for edit in self.edits[:version]):
            return pay.raised(1.05)
        return pay


def _life(rng: random.Random, start: datetime) -> datetime:
    """Draw the time at which the listing closes: after nine days at least and about six weeks on average."""
    return start + timedelta(days=9 + min(rng.expovariate(1 / 32), 130), hours=rng.randrange(24))


def _edits(rng: random.Random, opening: Opening, start: datetime, end: datetime) -> tuple[Edit, ...]:
    if rng.random() >= EDIT_SHARE:
        return ()
    kinds = ["wording", "wording", *(["pay"] if opening.pay else []), *(["skill"] if opening.added_skill else [])]
    moments = sorted(start + (end - start) * rng.uniform(0.15, 0.85) for _ in range(rng.choice((1, 1, 2))))
    return tuple(Edit(moment, rng.choice(kinds)) for moment in moments)


def _native_id(seed: int, board: str, *parts: object) -> str:
    if board == "greenhouse":
        return str(stable_int(seed, 4_000_000_000, 9_000_000_000, board, *parts))
    return stable_uuid(seed, board, *parts)


def _listing(
    seed: int,
    rng: random.Random,
    opening: Opening,
    account: Employer,
    name: str,
    posted_at: datetime,
    visible: tuple[tuple[datetime, datetime], ...],
    places: tuple[City, ...],
    origin: str = "first",
    origin_of: str | None = None,
    reworded: bool = False,
) -> Listing:
    in_field, in_text = _pay_places(seed, opening, account.board)
    native_id = _native_id(seed, account.board, opening.key, name)
    return Listing(
        opening=opening,
        account=account,
        native_id=native_id,
        internal_id=stable_int(seed, 3_000_000_000, 4_000_000_000, opening.key, name if origin == "repost" else ""),
        posted_at=posted_at,
        visible=visible,
        places=places,
        edits=_edits(rng, opening, visible[0][0], visible[-1][1]),
        origin=origin,
        origin_of=origin_of,
        reworded=reworded,
        pay_in_field=in_field,
        pay_in_text=in_text,
        stated_end=visible[-1][1] if states_end(seed, account.board, native_id) else None,
    )


def _pay_places(seed: int, opening: Opening, board: str) -> tuple[bool, bool]:
    """Draw whether the board's field states pay, and whether the text does. Greenhouse's list has no such field."""
    if opening.pay is None:
        return False, False
    rng = stream(seed, "pay-place", opening.key, board)
    whole_range = opening.pay.minimum is not None and opening.pay.maximum is not None
    if board != "greenhouse" and whole_range and rng.random() < opening.firm.discloses_by_field:
        return True, rng.random() < 0.4
    return False, True


def _listings_of(seed: int, opening: Opening, account: Employer) -> list[Listing]:
    """Draw a job's life on the employer's main board: usually one listing, sometimes a twin, repost or reopening."""
    rng = stream(seed, "life", opening.key)
    start = opening.posted_at
    if rng.random() < LATE_SHARE:
        # The board publishes it long after the date that it states.
        start += timedelta(days=rng.uniform(8, 35))
    end = _life(rng, start)
    visible: tuple[tuple[datetime, datetime], ...] = ((start, end),)
    chance = rng.random()
    if chance < REOPEN_SHARE:
        again = end + timedelta(days=rng.uniform(15, 30))
        visible = ((start, end), (again, _life(rng, again)))
    first = _listing(seed, rng, opening, account, "first", opening.posted_at, visible, opening.places)
    listings = [first]
    if REOPEN_SHARE <= chance < REOPEN_SHARE + REPOST_SHARE:
        again = end + timedelta(days=rng.uniform(2, 25))
        listings.append(
            _listing(
                seed,
                rng,
                opening,
                account,
                "repost",
                again,
                ((again, _life(rng, again)),),
                opening.places,
                "repost",
                first.native_id,
                rng.random() < 0.3,
            )  # fmt: skip
        )
    if opening.workplace != "remote" and rng.random() < TWIN_SHARE / (1 - WORKPLACE_SHARES["remote"]):
        city = other_city(rng, opening.places[0])
        listings.append(
            _listing(
                seed,
                rng,
                opening,
                account,
                "twin",
                opening.posted_at + timedelta(minutes=rng.randrange(1, 90)),
                ((start, _life(rng, start)),),
                (city,),
                "twin",
                first.native_id,
            )  # fmt: skip
        )
    return listings


def _clip(listing: Listing, account: Employer) -> Listing | None:
    """Limit the listing to the time in which its board exists. Return None if nothing remains."""
    if account.listed_from is None and account.listed_until is None:
        return listing
    spans = []
    for start, end in listing.visible:
        begin = start if account.listed_from is None else max(start, account.listed_from)
        stop = end if account.listed_until is None else min(end, account.listed_until)
        if begin < stop:
            spans.append((begin, stop))
    return None if not spans else replace(listing, visible=tuple(spans))


def _on_other_board(seed: int, firm: Firm, listing: Listing) -> Listing | None:
    """Return the copy of a listing on the employer's second board, if it has one there."""
    other = firm.accounts[1]
    rng = stream(seed, "other-board", listing.opening.key, listing.native_id)
    if firm.story == "moves":
        moment = other.listed_from
        if moment is None or listing.visible[-1][1] <= moment:
            return None
        posted_at = max(moment, listing.posted_at)
        moved = _listing(
            seed, rng, listing.opening, other, f"moved-{listing.native_id}", posted_at, listing.visible,
            listing.places, "moved", listing.native_id,
        )  # fmt: skip
        if listing.posted_at >= moment:
            # It opened after the move and was never on the old board, so this is the first listing of its job.
            base = listing.origin_of and _native_id(
                seed, other.board, listing.opening.key, f"moved-{listing.origin_of}"
            )
            moved = replace(moved, origin=listing.origin, origin_of=base)
        return _clip(moved, other)
    if listing.origin != "first" or rng.random() >= MIRROR_SHARE:
        return None
    delay = timedelta(hours=rng.uniform(0, 70))
    visible = tuple((start + delay, end + delay) for start, end in listing.visible)
    return _listing(
        seed, rng, listing.opening, other, "copy", listing.posted_at + delay, visible, listing.places,
        "copy", listing.native_id, rng.random() < REWORDED_SHARE,
    )  # fmt: skip


def build_listings(seed: int, firm: Firm, weeks: int, epoch: datetime, first_observation: datetime) -> list[Listing]:
    """Draw every listing of an employer that some weekly crawl can see, in order of publication.

    ``epoch`` is Monday 00:00 UTC of the first week. Jobs from the twenty weeks before it form the initial stock.
    """
    observations = [first_observation + timedelta(weeks=week) for week in range(weeks)]
    listings: list[Listing] = []
    for week in range(-WARM_UP_WEEKS, weeks - 1):
        count = poisson(stream(seed, "openings", firm.index, week), firm.openings_a_week)
        for number in range(count):
            key = f"{firm.index}/{week}/{number}"
            opening = draw_opening(seed, firm, key, epoch + timedelta(weeks=week), epoch)
            for listing in _listings_of(seed, opening, firm.accounts[0]):
                candidates = [_clip(listing, firm.accounts[0])]
                if len(firm.accounts) > 1:
                    candidates.append(_on_other_board(seed, firm, listing))
                for candidate in candidates:
                    if candidate is not None and any(candidate.visible_at(moment) for moment in observations):
                        listings.append(candidate)
    listings.sort(key=lambda listing: (listing.posted_at, listing.native_id))
    return listings
