"""How many open postings agencies advertise for others."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.language import say
from jobmarket.report.queries import Published

TABLE = "rpt_agency_share_weekly"


@dataclass(frozen=True)
class ByAgencies:
    """The part of the week's open postings that agencies advertise; null where it is withheld."""

    share: float | None
    share_low: float | None
    share_high: float | None


def share_of_agencies(published: Published) -> tuple[str, ...]:
    """State the share of open postings by agencies; nothing if none is recognised, or if the share is withheld."""
    rows = published.source.rows(
        ByAgencies,
        TABLE,
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country",
    )
    return tuple(
        say(
            "Of the open postings with a full description, {share} are by agencies ({interval}). These postings count "
            "like all others.",
            share=formats.share(row.share),
            interval=formats.share_interval(row.share_low, row.share_high),
        )
        for row in rows
        if row.share
    )
