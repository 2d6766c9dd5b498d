"""Dots with 95 % intervals, one per row, for comparing shares or medians."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobmarket.report.charts.axes import NARROW_WIDTH, WIDE_WIDTH, label_room, labelled, n_ticks, ticks
from jobmarket.report.charts.render import (
    ACCENT,
    DESCRIBED,
    GRID,
    INK,
    MUTED,
    SECOND,
    Spec,
    draw,
    layer,
    quantity,
    words,
)

_ROW_HEIGHT, _DOUBLE_ROW_HEIGHT = 30, 42
_COLOURS = (ACCENT, SECOND)


@dataclass(frozen=True)
class Mark:
    """An estimate with its interval, in the unit of the axis."""

    value: float
    low: float
    high: float
    description: str


def open_mark(value: float | None, low: float | None, high: float | None, description: str) -> Mark | None:
    """Return a mark whose unknown bounds end at the estimate; None if there is no estimate."""
    if value is None:
        return None
    return Mark(value, value if low is None else low, value if high is None else high, description)


def band_of(low: float | None, high: float | None) -> tuple[float, float] | None:
    """Return the range behind an estimate; None unless both ends are known."""
    return None if low is None or high is None else (low, high)


@dataclass(frozen=True)
class Row:
    """One row of the chart.

    Attributes:
        label: Short text on the left.
        value: Formatted value on the right.
        first: The main estimate, or None if it is not shown.
        second: A second estimate beside it, or None.
        band: Range behind them (quartiles), or None.
        absence: Text in place of an estimate that is not shown.
        under: A second line of the label.
        is_part: Part of the row above; its label is muted.
    """

    label: str
    value: str
    first: Mark | None
    second: Mark | None = None
    band: tuple[float, float] | None = None
    absence: str = "not shown"
    under: str = ""
    is_part: bool = False


def interval_chart(
    rows: Sequence[Row], *, is_narrow: bool, axis_format: str, from_zero: bool, rule: float | None = None
) -> str:
    """Draw rows of intervals.

    Args:
        rows: Top to bottom.
        is_narrow: For a phone's width.
        axis_format: d3's format of the axis, for example ``.0%``.
        from_zero: Whether the axis begins at zero.
        rule: A level to mark, or None; the axis then includes it and may go below zero.
    """
    total = NARROW_WIDTH if is_narrow else WIDE_WIDTH
    left = label_room([label for row in rows for label in (row.label, row.under)], is_narrow)
    right = 20 + 8 * max(len(row.value) for row in rows)
    is_double = any(row.under for row in rows)
    width, height = total - left - right, (_DOUBLE_ROW_HEIGHT if is_double else _ROW_HEIGHT) * len(rows)
    domain = _domain(rows, rule, from_zero=from_zero)
    scale: Spec = {"domain": domain, "nice": False, "zero": from_zero}
    axis = _axis(axis_format, ticks(domain[0], domain[1], n_ticks(axis_format, is_narrow)))
    x = quantity("value", scale, axis)
    y = quantity("row", {"domain": [len(rows) - 0.5, -0.5], "nice": False, "zero": False}, None)
    layers = [
        *_background(rows, rule, domain, x, y),
        *_estimates(rows, x, quantity("low", scale, axis), y),
        *_texts(rows, left, width, y, above=0.17 if is_double else 0.0),
    ]
    return draw(layers, width, height, {"left": left, "right": right, "top": 4, "bottom": 24})


def _domain(rows: Sequence[Row], rule: float | None, *, from_zero: bool) -> list[float]:
    marked = [] if rule is None else [rule]
    lows = [*marked, *(end for row in rows for end in _ends(row, 0))]
    highs = [*marked, *(end for row in rows for end in _ends(row, 1))]
    span = max(highs) - min(lows) or 1.0
    lowest = min(lows) - 0.06 * span
    return [0 if from_zero else lowest if marked else max(0.0, lowest), max(highs) + 0.03 * span]


def _axis(axis_format: str, values: list[float]) -> Spec:
    axis: Spec = {"format": axis_format, "values": values, "orient": "bottom"}
    if axis_format.startswith("+"):
        axis["labelExpr"] = "replace(datum.label, datum.value === 0 ? '+' : '', '')"  # no sign before nothing
    return axis


def _background(rows: Sequence[Row], rule: float | None, domain: Sequence[float], x: Spec, y: Spec) -> Iterator[Spec]:
    """Yield a dotted line for each row, the marked level, and the bands behind the estimates."""
    end: Spec = {"field": "end"}
    lines = [{"row": number, "value": domain[0], "end": domain[1]} for number in range(len(rows))]
    yield layer(lines, {"type": "rule", "stroke": GRID, "strokeDash": [1, 3]}, x=x, x2=end, y=y)
    if rule is not None:
        yield layer([{"value": rule}], {"type": "rule", "stroke": MUTED, "strokeDash": [2, 3]}, x=x)
    if bands := [
        {"row": number, "value": row.band[0], "end": row.band[1]} for number, row in enumerate(rows) if row.band
    ]:
        yield layer(bands, {"type": "rule", "stroke": ACCENT, "strokeWidth": 12, "opacity": 0.16}, x=x, x2=end, y=y)


def _estimates(rows: Sequence[Row], x: Spec, low: Spec, y: Spec) -> Iterator[Spec]:
    """Yield the intervals and dots of the first and of the second estimates; second ones are hollow."""
    has_second = any(row.second for row in rows)
    for series, colour in enumerate(_COLOURS):
        offset = (0.16 if series else -0.16) if has_second else 0.0
        marks = [
            {
                "row": number + offset, "value": mark.value, "low": mark.low, "high": mark.high,
                "description": DESCRIBED + mark.description,
            }
            for number, row in enumerate(rows)
            for mark in ((row.second if series else row.first),)
            if mark is not None
        ]  # fmt: skip
        if not marks:
            continue
        whisker = {"type": "rule", "stroke": colour, "strokeWidth": 2, "opacity": 0.55}
        dot = {
            "type": "point", "size": 34 if series else 46, "filled": not series,
            "fill": "transparent" if series else colour, "stroke": colour, "strokeWidth": 1.8, "opacity": 1,
        }  # fmt: skip
        yield layer(marks, whisker, x=low, x2={"field": "high"}, y=y)
        yield layer(marks, dot, x=x, y=y, description=words("description"))


def _texts(rows: Sequence[Row], left: int, width: int, y: Spec, *, above: float) -> Iterator[Spec]:
    """Yield the labels on the left, the values on the right, and the reasons of estimates that are not shown."""
    labels = [
        {"row": number + offset, "text": labelled(text, left), "part": row.is_part}
        for number, row in enumerate(rows)
        for text, offset in ((row.label, -above), (row.under, above))
        if text
    ]
    values = [{"row": number, "text": row.value, "part": False} for number, row in enumerate(rows)]
    stepping_back = {"condition": {"test": "datum.part", "value": MUTED}, "value": INK}
    for texts, at, align, weight in ((labels, -10, "right", "normal"), (values, width + 12, "left", "bold")):
        set_as = {"type": "text", "align": align, "baseline": "middle", "fontSize": 12, "fontWeight": weight}
        yield layer(texts, set_as, x={"value": at}, y=y, text=words("text"), fill=stepping_back)
    if absent := [
        {"row": number, "text": row.absence} for number, row in enumerate(rows) if not (row.first or row.second)
    ]:
        set_as = {
            "type": "text", "align": "left", "baseline": "middle", "fontSize": 11, "fill": MUTED,
            "fontStyle": "italic",
        }  # fmt: skip
        yield layer(absent, set_as, x={"value": 4}, y=y, text=words("text"))


def _ends(row: Row, end: int) -> list[float]:
    marks = [mark for mark in (row.first, row.second) if mark is not None]
    found = [mark.high if end else mark.low for mark in marks]
    return [*found, row.band[end]] if row.band else found
