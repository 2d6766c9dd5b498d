"""Figures drawn at the two widths that a page needs."""

from __future__ import annotations

from collections.abc import Sequence

from jobmarket.report.charts.intervals import Row, interval_chart
from jobmarket.report.figures import Drawing, Figure
from jobmarket.report.language import say
from jobmarket.report.tables import Table


def interval_figure(
    key: str,
    title: str,
    rows: Sequence[Row],
    *,
    axis_format: str,
    from_zero: bool = False,
    rule: float | None = None,
    note: str,
    legend: tuple[tuple[str, str], ...],
    table: Table | None,
    query: str,
) -> Figure:
    """Return a figure with :func:`jobmarket.report.charts.intervals.interval_chart` for a wide page and for a phone."""
    wide, narrow = (
        Drawing(interval_chart(rows, is_narrow=is_narrow, axis_format=axis_format, from_zero=from_zero, rule=rule))
        for is_narrow in (False, True)
    )
    return Figure(key, title, note=note, wide=wide, narrow=narrow, legend=legend, table=table, query=query)


def pay_legend() -> tuple[tuple[str, str], ...]:
    """Return the legend of medians of pay with their intervals and middle halves."""
    return (("accent", say("median with 95% interval")), ("band", say("middle half of postings (25–75%)")))
