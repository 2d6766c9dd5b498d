"""Names in lists of skills that are missing from the taxonomy and may become skills."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

TABLE = "rpt_skill_emerging"
_SHOWN = 20


@dataclass(frozen=True)
class EmergingTerm:
    """A name in lists of skills that is missing from the taxonomy; shares are of employers."""

    term: str
    n_postings: int
    n_companies: int
    recent_share: float | None
    recent_low: float | None
    recent_high: float | None
    earlier_share: float | None
    earlier_low: float | None
    earlier_high: float | None
    is_rising: bool | None
    status: str | None


def emerging_figure(published: Published) -> Figure:
    """The names listed by most employers, rising ones first."""
    key, title = "emerging-terms", say("New names")
    rows = published.source.rows(
        EmergingTerm,
        TABLE,
        f"true order by coalesce(is_rising, false) desc, n_companies desc, n_postings desc, term limit {_SHOWN}",
    )
    if not rows:
        return Figure(
            key, title, absence=say("No name missing from the taxonomy appears in the lists of enough employers.")
        )
    n_rising = sum(bool(row.is_rising) for row in rows)
    return Figure(
        key,
        title,
        note=say(
            "Names in lists of skills that are missing from the taxonomy; none counts as a skill until it is reviewed. "
            "Names flagged as rising ({n} of those shown) are listed by significantly more employers only in the last "
            "13 weeks than only in the 39 weeks before. Of all names flagged, as rising or as falling, at most one in "
            "twenty is expected to be due to chance. For each employer, the same number of postings is compared in "
            "both periods.",
            n=formats.count(n_rising),
        ),
        table=table(
            say("Names missing from the taxonomy"),
            rows,
            Field("term", say("Term")),
            Field("recent_share", say("Share of employers, 13 weeks"), "share"),
            Field("recent", say("95% interval"), "share_interval", lambda row: (row.recent_low, row.recent_high)),
            Field("earlier_share", say("Previous 39 weeks"), "share"),
            Field("earlier", say("95% interval"), "share_interval", lambda row: (row.earlier_low, row.earlier_high)),
            Field("n_postings", say("Postings"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("direction", say("Direction"), "status", lambda row: "up" if row.is_rising else None),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )
