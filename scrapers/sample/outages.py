"""Planned failures of the sample boards. A crawl must not mistake them for changes in the market."""

from __future__ import annotations

from scrapers.sample.firms import OUTAGES, Employer
from scrapers.sample.streams import stream

# Chance of each kind of failure, per week and board.
CHANCES: dict[str, float] = {"missing": 0.005, "error": 0.008, "empty": 0.005, "short": 0.002}

# The failure that each planted story causes, and for how many weeks in a row.
STORIES: dict[str, tuple[str, int]] = {
    "errors_in_a_row": ("error", 3),
    "empty_in_a_row": ("empty", 3),
    "missing_in_a_row": ("missing", 2),
    "short_lists": ("short", 2),
}
SHORT_LIST_SHARE = 0.15


def plan_outages(seed: int, employers: tuple[Employer, ...], weeks: int) -> dict[tuple[str, str, int], str]:
    """Draw the failures of all boards.

    Returns:
        The kind of each failure by ``(board, slug, week)``: ``missing`` (404), ``error`` (500), ``empty`` (no postings)
        or ``short`` (a fraction of the postings). The first and last week have none, so that a history always starts
        and ends with an answer.
    """
    plan: dict[tuple[str, str, int], str] = {}
    for employer in employers:
        rng = stream(seed, "outages", employer.board, employer.slug)
        for week in range(1, weeks - 1):
            kind = rng.choices([*CHANCES, ""], [*CHANCES.values(), 1 - sum(CHANCES.values())])[0]
            if kind:
                plan[employer.board, employer.slug, week] = kind
        story = OUTAGES.get(employer.firm)
        if story in STORIES:
            kind, length = STORIES[story]
            start = weeks // 2 + 1
            for week in range(start, min(start + length, weeks - 1)):
                plan[employer.board, employer.slug, week] = kind
    return plan
