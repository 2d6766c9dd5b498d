"""A line over the weeks with its interval as a band, as a single chart or a small multiple."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobmarket.report.charts.axes import LETTER, NARROW_WIDTH, WIDE_WIDTH, ticks
from jobmarket.report.charts.render import (
    ACCENT,
    DESCRIBED,
    GRID,
    INK,
    MUTED,
    PAPER,
    WARNING,
    Spec,
    draw,
    layer,
    quantity,
    words,
)
from jobmarket.report.formats import short_day


@dataclass(frozen=True)
class Point:
    """One week of a series; value and interval are None if not shown."""

    week_start: date
    value: float | None
    low: float | None
    high: float | None
    status: str
    description: str


@dataclass(frozen=True)
class Size:
    """Size of a trend chart in pixels, and number of ticks on its vertical axis."""

    width: int
    height: int
    ticks: int


SMALL = Size(208, 124, 3)
WIDE = Size(WIDE_WIDTH, 210, 6)
NARROW = Size(NARROW_WIDTH, 180, 6)


def trend_chart(
    points: Sequence[Point],
    size: Size,
    *,
    axis_format: str,
    from_zero: bool,
    rule: float | None = None,
    up_to: float = 0.0,
    end: str = "",
) -> str:
    """Draw one series.

    Solid line: final weeks. Hollow dots: provisional weeks. Hatched column: a week whose coverage broke.

    Args:
        points: Oldest week first; missing weeks leave a gap.
        size: Size of the drawing.
        axis_format: d3's format of the vertical axis.
        from_zero: Whether the vertical axis starts at zero.
        rule: A level to mark with a dotted line, or None.
        up_to: Level that the vertical axis reaches at least.
        end: Formatted value of the last point, shown beside it; empty for none.
    """
    padding = {
        "left": 40 if size is SMALL else 52,
        "right": 8 + math.ceil(1.1 * LETTER * len(end)),
        "top": 8,
        "bottom": 20,
    }
    width, height = size.width - padding["left"] - padding["right"], size.height - padding["top"] - padding["bottom"]
    first, last = points[0].week_start, points[-1].week_start
    number_of_weeks = max(1, (last - first) // timedelta(weeks=1))
    domain = _domain(points, up_to, from_zero=from_zero)
    x = quantity("week", {"domain": [-0.35, number_of_weeks + 0.35], "nice": False, "zero": False}, None)
    scale: Spec = {"domain": domain, "nice": False, "zero": from_zero}
    axis: Spec = {"format": axis_format, "values": ticks(domain[0], domain[1], size.ticks), "labelPadding": 4}
    y = quantity("value", scale, axis)
    layers = []
    if broken := [{"week": _weeks_after(first, point)} for point in points if point.status == "coverage_break"]:
        column = max(6.0, 0.7 * width / (number_of_weeks + 1))
        layers.append(layer(broken, {"type": "rule", "stroke": WARNING, "strokeWidth": column, "opacity": 0.18}, x=x))
    if rule is not None:
        layers.append(layer([{"value": rule}], {"type": "rule", "stroke": MUTED, "strokeDash": [2, 3]}, y=y))
    layers += _series(points, x, y, quantity("low", scale, axis))
    shown = [point for point in points if point.value is not None]
    if end and shown:
        label = {"week": _weeks_after(first, shown[-1]), "value": shown[-1].value, "text": end}
        set_as = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": 12,
            "fontWeight": "bold",
            "fill": INK,
        }
        layers.append(layer([label], {**set_as, "dx": 8}, x=x, y=y, text=words("text")))
    for week, align, day in [(0, "left", first), (number_of_weeks, "right", last)][: 2 if number_of_weeks > 1 else 1]:
        set_as = {"type": "text", "align": align, "baseline": "top", "fontSize": 11, "fill": MUTED}
        written = [{"week": week, "text": short_day(day)}]
        layers.append(layer(written, set_as, x=x, y={"value": height + 6}, text=words("text")))
    layers.append(layer([{"value": domain[0]}], {"type": "rule", "stroke": GRID, "strokeWidth": 1}, y=y))
    return draw(layers, width, height, padding)


def _domain(points: Sequence[Point], up_to: float, *, from_zero: bool) -> list[float]:
    shown = [point for point in points if point.value is not None]
    lows = [point.low if point.low is not None else point.value or 0.0 for point in shown]
    highs = [point.high if point.high is not None else point.value or 0.0 for point in shown]
    room = 0.08 * (max(highs) - min(lows) or max(highs) or 1.0)
    return [0.0 if from_zero else max(0.0, min(lows) - room), max(up_to, max(highs) + room)]


def _weeks_after(first: date, point: Point) -> int:
    return (point.week_start - first) // timedelta(weeks=1)


def _series(points: Sequence[Point], x: Spec, y: Spec, low: Spec) -> Iterator[Spec]:
    """Yield the band of the intervals, the line, and a dot for each week."""
    rows = [
        {
            "week": _weeks_after(points[0].week_start, point), "value": point.value, "low": point.low,
            "high": point.high, "stretch": stretch, "provisional": point.status == "provisional",
            "description": DESCRIBED + point.description,
        }
        for stretch, point in _stretches(points)
    ]  # fmt: skip
    stretch = words("stretch")
    area = {"type": "area", "fill": ACCENT, "opacity": 0.18, "line": False}
    yield layer(rows, area, x=x, y=low, y2={"field": "high"}, detail=stretch)
    yield layer(rows, {"type": "line", "stroke": ACCENT, "strokeWidth": 1.8}, x=x, y=y, detail=stretch)
    dot = {"type": "point", "filled": True, "size": 26, "stroke": ACCENT, "strokeWidth": 1.5, "opacity": 1}
    hollow = {"condition": {"test": "datum.provisional", "value": PAPER}, "value": ACCENT}
    yield layer(rows, dot, x=x, y=y, fill=hollow, description=words("description"))


def _stretches(points: Sequence[Point]) -> list[tuple[int, Point]]:
    """Number the stretches of weeks without a gap; lines are drawn only within a stretch."""
    numbered: list[tuple[int, Point]] = []
    stretch = 0
    previous: Point | None = None
    for point in points:
        if previous is None or point.week_start - previous.week_start != timedelta(weeks=1):
            stretch += 1
        if point.value is None or point.status == "coverage_break":
            previous = None
            continue
        numbered.append((stretch, point))
        previous = point
    return numbered
