"""Says whether a run or crawl is at work in a home, so that what it has not made yet is not taken for lost."""

from __future__ import annotations

from jobmarket.one_at_a_time import holder
from jobmarket.run_writer import is_crawled_now
from jobmarket.settings import Home


def under_way(home: Home) -> str | None:
    """Return a sentence about the run or crawl that is at work in a home; None if there is none."""
    if (process := holder(home.root)) is not None:
        return f"A run is under way there ({process}): wait for its end."
    return "A crawl is under way there: wait for its end." if is_crawled_now(home) else None
