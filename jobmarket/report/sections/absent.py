"""What is said in place of a figure whose table came later than the vintage that is reported."""

from __future__ import annotations

from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published


def absent(published: Published, key: str, title: str, table: str) -> Figure | None:
    """The figure without its table, which says so; None if the vintage has the table.

    Args:
        published: What is reported.
        key: The figure's.
        title: The figure's.
        table: The published table that it is made of.
    """
    if table in published.source.columns:
        return None
    return Figure(key, title, absence=say("This vintage was published before {table} existed.", table=table))


def withheld(reason: str, n_postings: str, n_companies: str) -> str:
    """Why an estimate is not shown, in a sentence, with the sample that was too small."""
    return say(
        "Not shown: {reason} (postings: {postings}, employers: {companies}).",
        reason=reason,
        postings=n_postings,
        companies=n_companies,
    )
