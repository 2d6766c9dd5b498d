"""Number of openings, as counted and among the same employers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats
from jobmarket.report.charts.trend import NARROW, WIDE, Point, Size, trend_chart
from jobmarket.report.figures import Drawing, Figure, Section
from jobmarket.report.language import labelled, say
from jobmarket.report.queries import Published
from jobmarket.report.sections.demand import too_short
from jobmarket.report.tables import Field, table

TABLE = "rpt_role_demand_weekly"


@dataclass(frozen=True)
class OpeningsWeek:
    """Openings of the scope in a week; indices are 100 in the first week of the chain."""

    week_start: date
    n_postings: int
    n_companies: int
    demand_index: float | None
    matched_index: float | None
    matched_index_low: float | None
    matched_index_high: float | None
    change_4w: float | None
    change_4w_low: float | None
    change_4w_high: float | None
    status: str


def of_week(published: Published) -> int | None:
    """Return the scope's open postings in the week, with or without a description; None if there is no row."""
    rows = published.source.rows(
        OpeningsWeek,
        TABLE,
        "week_start = $week and measure = 'stock' and role_family = $role_family and country = $country",
    )
    return rows[0].n_postings if rows else None


def volume_section(published: Published) -> Section:
    """The matched index of open postings, with the counts behind it."""
    key, title = "volume-trend", say("Open postings as an index")
    figure = _figure(published, key, title)
    return Section("volume", say("Number of openings"), figures=(figure,))


def _figure(published: Published, key: str, title: str) -> Figure:
    rows = published.source.rows(
        OpeningsWeek,
        TABLE,
        "week_start between $first_week and $week and measure = 'stock' and role_family = $role_family "
        "and country = $country order by week_start",
    )
    shown = [row for row in rows if row.matched_index is not None]
    if absence := too_short(published, len(shown)):
        return Figure(key, title, absence=absence)
    points = [
        Point(row.week_start, row.matched_index, row.matched_index_low, row.matched_index_high, "final",
              labelled(formats.day(row.week_start), formats.decimal(row.matched_index)))
        for row in rows
    ]  # fmt: skip

    last = formats.count(shown[-1].matched_index)

    def drawn(size: Size) -> Drawing:
        return Drawing(trend_chart(points, size, axis_format=",.0f", from_zero=False, rule=100.0, end=last))

    return Figure(
        key,
        title,
        note=say(
            "Number of open postings as an index, 100 in its first week, chained over employers observed in both weeks "
            "of each comparison, so that adding or losing a source does not move it. The axis does not start at zero."
        ),
        wide=drawn(WIDE),
        narrow=drawn(NARROW),
        legend=(("accent", say("matched index")), ("band", say("95% interval"))),
        table=table(
            say("Open postings by week"),
            rows,
            Field("week_start", say("Week of"), "day"),
            Field("n_postings", say("Open postings"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("demand_index", say("Plain index"), "decimal"),
            Field("matched_index", say("Matched index"), "decimal"),
            Field("change_4w", say("Change over 4 weeks"), "change"),
            Field("change_4w", say("95% interval"), "change_interval", lambda r: (r.change_4w_low, r.change_4w_high)),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )
