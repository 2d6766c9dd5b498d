"""Whether postings close faster than before: time to close by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobmarket.report import changes, formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

TABLE = "rpt_time_to_close_quarterly"
# Two years, so that each of the last four quarters has that of the year before.
_QUARTERS_SHOWN = 8


@dataclass(frozen=True)
class Quarter:
    """Days from publication to closing, from the days within a quarter, and the change in the pace of closing."""

    quarter_start: date
    n_postings: int
    n_closed: int
    n_companies: int
    median_days: int | None
    median_low: int | None
    median_high: int | None
    pace_change_quarter: float | None
    pace_change_quarter_low: float | None
    pace_change_quarter_high: float | None
    pace_change_year: float | None
    pace_change_year_low: float | None
    pace_change_year_high: float | None
    status: str
    is_over: bool


def quarters_figure(published: Published) -> Figure:
    """The quarters of the scope, up to the week of the report."""
    key, title = "duration-quarters", say("Do postings close faster than before?")
    rows = published.source.rows(
        Quarter,
        TABLE,
        "quarter_start <= $week and role_family = $role_family and country = $country "
        f"order by quarter_start desc limit {_QUARTERS_SHOWN}",
    )
    if not rows:
        return Figure(key, title, absence=say("No posting was followed in a quarter with at least one complete week."))
    return Figure(
        key,
        title,
        note=" ".join(filter(None, (_change(rows), _how()))),
        table=table(
            title,
            rows,
            Field("quarter_start", say("Quarter beginning"), "day"),
            Field("median_days", say("Median days"), "count"),
            Field("median", say("95% interval"), "count_interval", lambda row: (row.median_low, row.median_high)),
            Field("pace_change_quarter", say("Pace, on the previous quarter"), "change"),
            Field(
                "pace_change_quarter",
                say("95% interval"),
                "change_interval",
                lambda row: (row.pace_change_quarter_low, row.pace_change_quarter_high),
            ),
            Field("pace_change_year", say("Pace, on a year earlier"), "change"),
            Field(
                "pace_change_year",
                say("95% interval"),
                "change_interval",
                lambda row: (row.pace_change_year_low, row.pace_change_year_high),
            ),
            Field("n_postings", say("n"), "count"),
            Field("n_closed", say("Of which closed"), "count"),
            Field("n_companies", say("Employers"), "count"),
            Field("status", say("Status"), "status"),
        ),
        query=rows.query,
    )


def _change(rows: Sequence[Quarter]) -> str | None:
    """The change in the latest complete quarter, preferably from a year earlier.

    Unfinished quarters are skipped, and so are quarters with a coverage break, in which closings were missed.
    """
    sound = {_number(row): row for row in rows if row.is_over and row.status != "coverage_break"}
    if not sound:
        return None
    newest = max(sound)
    row = sound[newest]
    year = changes.of_interval(row.pace_change_year, row.pace_change_year_low, row.pace_change_year_high)
    quarter = changes.of_interval(row.pace_change_quarter, row.pace_change_quarter_low, row.pace_change_quarter_high)
    if year and (earlier := sound.get(newest - 4)):
        sentence = _since_a_year_earlier(row, year)
    elif quarter and (earlier := sound.get(newest - 1)):
        sentence = _since_the_previous_quarter(row, quarter)
    else:
        return None
    if "provisional" in (row.status, earlier.status):
        return f"{sentence} {say('This is provisional.')}"
    return sentence


def _since_a_year_earlier(row: Quarter, moved: changes.Change) -> str:
    if moved.is_significant:
        return say(
            "In the quarter beginning {day}, the pace of closing changed by {change} ({range}) from a year earlier.",
            **_values(row, moved),
        )
    return say(
        "In the quarter beginning {day}, the pace of closing did not change significantly from a year earlier "
        "({change}, {range}).",
        **_values(row, moved),
    )


def _since_the_previous_quarter(row: Quarter, moved: changes.Change) -> str:
    if moved.is_significant:
        return say(
            "In the quarter beginning {day}, the pace of closing changed by {change} ({range}) from the "
            "previous quarter.",
            **_values(row, moved),
        )
    return say(
        "In the quarter beginning {day}, the pace of closing did not change significantly from the previous quarter "
        "({change}, {range}).",
        **_values(row, moved),
    )


def _values(row: Quarter, moved: changes.Change) -> dict[str, str]:
    return {
        "day": formats.day(row.quarter_start),
        "change": formats.change(moved.value),
        "range": formats.change_interval(moved.low, moved.high),
    }


def _number(row: Quarter) -> int:
    """Number quarters consecutively: four more per year."""
    return row.quarter_start.year * 4 + row.quarter_start.month // 3


def _how() -> str:
    return say(
        "Each quarter counts only the days that fall within it: a posting that was already open enters at its age, and "
        "one that is still open leaves when the quarter ends. The pace compares how much closes within the first 30 "
        "days, among employers whose boards were followed throughout both quarters. An interval that includes 0 does "
        "not show a change. A quarter in progress is estimated from its days so far, the one in which the crawls began "
        "from the days since then."
    )
