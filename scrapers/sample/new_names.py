"""Planted names of tools that the taxonomy does not know: two that ever more employers ask for, and two steady ones.

The names are invented, and so are the tools. An employer that asks for one does so in a fixed part of its postings.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.sample.streams import stream

# The part of its postings in which an employer that uses a tool asks for it.
ASKED_FOR = 0.5


@dataclass(frozen=True)
class NewName:
    """A tool's name, the part of the employers that use it in the end, and the weeks in which they take it up.

    Weeks are counted from the first Monday. Without weeks, all its employers used the tool before the first crawl.
    """

    name: str
    reach: float
    taken_up: tuple[float, float] | None = None


NEW_NAMES: tuple[NewName, ...] = (
    NewName("Brindlewire", 0.25, (12, 20)),
    NewName("Quorvex", 0.15, (12, 20)),
    NewName("Tamberline", 0.25),
    NewName("Ostrelga", 0.15),
)


def draw_new_names(seed: int, firm_index: int, key: str, week: float) -> tuple[str, ...]:
    """Draw the new names that a job asks for.

    Args:
        seed: The world's seed.
        firm_index: The employer's number.
        key: The name of the job's random stream.
        week: Time of posting in weeks since the first Monday.
    """
    asked = []
    for new in NEW_NAMES:
        firm = stream(seed, "new name", new.name, firm_index)
        uses = firm.random() < new.reach
        since = firm.uniform(*new.taken_up) if new.taken_up else week
        if uses and since <= week and stream(seed, "new name", new.name, key).random() < ASKED_FOR:
            asked.append(new.name)
    return tuple(asked)
