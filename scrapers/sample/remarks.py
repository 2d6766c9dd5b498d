"""What only some postings say: a certification, visa sponsorship, a range of years, on-target earnings, an end date.

Each is drawn from its own stream, so that it moves nothing else of the world.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.sample.streams import stream

CERTIFICATION = "CISSP"
CERTIFIED_SHARE = 0.08
VISA_SHARES = {"offered": 0.12, "refused": 0.12, "unspecified": 0.76}
# Of the postings that ask for years, those that name a range, and its width in years.
RANGE_SHARE, RANGE_WIDTH = 0.3, 2
# Of the postings whose text states a whole range of annual pay, those that add on-target earnings, and how much more.
ON_TARGET_SHARE, ON_TARGET_FACTOR = 0.15, 1.25
# Of the postings on Greenhouse, the only one of the three systems with a field for it.
STATED_END_SHARE = 0.25


@dataclass(frozen=True)
class Remarks:
    """What a job's postings say besides; ``visa`` is ``offered``, ``refused`` or ``unspecified``."""

    certification: str | None
    visa: str
    years_max: int | None
    names_on_target: bool


def draw_remarks(seed: int, key: str, years: int | None) -> Remarks:
    """Draw the remarks of the job named ``key``, which asks for ``years`` of experience at least."""
    is_certified = stream(seed, "certification", key).random() < CERTIFIED_SHARE
    visa = stream(seed, "visa", key).choices(list(VISA_SHARES), list(VISA_SHARES.values()))[0]
    is_range = years is not None and stream(seed, "range of years", key).random() < RANGE_SHARE
    return Remarks(
        certification=CERTIFICATION if is_certified else None,
        visa=visa,
        years_max=years + RANGE_WIDTH if years is not None and is_range else None,
        names_on_target=stream(seed, "on target", key).random() < ON_TARGET_SHARE,
    )


def states_end(seed: int, board: str, native_id: str) -> bool:
    """Whether the board states until when the posting is open."""
    return board == "greenhouse" and stream(seed, "stated end", native_id).random() < STATED_END_SHARE
