"""Sentences in place of figures that cannot be shown."""

from __future__ import annotations

from jobmarket.report import formats, names
from jobmarket.report.language import say
from jobmarket.report.queries import Published


def not_over(published: Published) -> str | None:
    """Return a sentence that says that a week is not over and cannot be compared; None if it is over."""
    if published.source.is_complete:
        return None
    return say("The week is not over, so it is not compared with earlier ones yet.")


def withheld(floor_reason: str | None, n_postings: int | None, n_companies: int | None) -> str:
    """Return a sentence that says why an estimate is not shown: which floor its sample is below, and the sample."""
    return say(
        "Not shown: {reason} (postings: {postings}, employers: {companies}).",
        reason=names.reason(floor_reason),
        postings=formats.count(n_postings),
        companies=formats.count(n_companies),
    )
