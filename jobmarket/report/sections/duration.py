"""How long postings stay open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.charts.intervals import Mark, Row, open_mark
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import labelled, say, say_many
from jobmarket.report.queries import Published
from jobmarket.report.sections.absent import withheld
from jobmarket.report.sections.drawings import interval_figure
from jobmarket.report.sections.quarters import quarters_figure
from jobmarket.report.tables import Field, table

TABLE = "rpt_time_to_close"
_COUNTRIES_SHOWN = 12


@dataclass(frozen=True)
class Duration:
    """Days from publication to closing in a cell, over all postings followed up to a week."""

    role_family: str
    country: str
    week_start: date
    n_postings: int
    n_closed: int
    n_companies: int
    median_days: int | None
    median_low: int | None
    median_high: int | None
    share_open_30_days: float | None
    share_open_30_low: float | None
    share_open_30_high: float | None
    closing_interval_days: float | None
    status: str
    floor_reason: str | None


def duration_section(published: Published) -> Section:
    """Median days to closing for the scope, its role families and countries, and by quarter."""
    key, title = "duration-days", say("Days until half of the postings are closed")
    return Section(
        "duration",
        say("How long postings stay open"),
        figures=(_figure(published, key, title), quarters_figure(published)),
    )


def _figure(published: Published, key: str, title: str) -> Figure:
    scope = published.scope
    # the scope, its role families and its countries, the largest first
    cells = published.source.rows(
        Duration,
        TABLE,
        "(role_family = $role_family or country = $country) and $role_family in ('all', role_family) "
        "and $country in ('all', country) qualify country = $country or row_number() over "
        f"(partition by country = $country order by n_postings desc, country) <= {_COUNTRIES_SHOWN} "
        "order by country <> $country, role_family <> $role_family, n_postings desc, role_family, country",
    )
    whole = [row for row in cells if row.role_family == scope.role_family and row.country == scope.country]
    if not whole:
        return Figure(key, title, absence=say("No posting was followed from its publication."))
    numbers = table(
        title,
        cells,
        Field("cell", say("Postings of"), value=lambda row: _cell(row, published)),
        Field("median_days", say("Median days"), "count"),
        Field("median", say("95% interval"), "count_interval", lambda row: (row.median_low, row.median_high)),
        Field("share_open_30_days", say("Still open after 30 days"), "share"),
        Field(
            "share_open_30",
            say("95% interval"),
            "share_interval",
            lambda row: (row.share_open_30_low, row.share_open_30_high),
        ),
        Field("n_postings", say("n"), "count"),
        Field("n_closed", say("Of which closed"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("closing_interval_days", say("Days between crawls"), "decimal"),
        Field("status", say("Status"), "status"),
    )
    shown = [row for row in cells if row.median_days is not None]
    if not shown:
        absence = (
            withheld(whole[0].floor_reason, whole[0].n_postings, whole[0].n_companies)
            if whole[0].floor_reason
            else say("Fewer than half of the postings followed have closed so far.")
        )
        return Figure(key, title, absence=absence, table=numbers, query=cells.query)
    lines = [Row(_cell(row, published), _days(row.median_days), _mark(row, published)) for row in shown]
    return interval_figure(
        key,
        title,
        lines,
        axis_format=",.0f",
        from_zero=True,
        note=say(
            "From publication to closing, over all postings followed up to the week of {day}. Postings that are still "
            "open, or were lost sight of, count for as long as they were seen. A closing falls between two crawls, "
            "about {gap} days apart, and is not known more precisely. Boards that list only their newest postings are "
            "left out, because nothing shows when those close.",
            day=formats.day(whole[0].week_start),
            gap=formats.count(whole[0].closing_interval_days),
        ),
        legend=(("accent", say("median with 95% interval")),),
        table=numbers,
        query=cells.query,
    )


def _cell(row: Duration, published: Published) -> str:
    scope = published.scope
    if row.role_family != scope.role_family:
        return names.name(row.role_family)
    if row.country != scope.country or scope.role_family == "all":
        return names.country(row.country)
    return names.name(row.role_family)


def _days(value: int | None) -> str:
    return formats.NO_VALUE if value is None else say_many("{n} day", "{n} days", value, n=formats.count(value))


def _mark(row: Duration, published: Published) -> Mark | None:
    if row.median_days is None:
        return None
    low, high = row.median_low, row.median_high
    estimate = f"{_days(row.median_days)} ({formats.count_interval(low, high)})"
    return open_mark(float(row.median_days), low, high, labelled(_cell(row, published), estimate))
