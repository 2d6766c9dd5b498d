"""Stacked bars, one per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobmarket.report.charts.axes import NARROW_WIDTH, WIDE_WIDTH, label_room, labelled, n_ticks, ticks
from jobmarket.report.charts.render import ACCENT, DESCRIBED, INK, draw, layer, quantity, words

_ROW_HEIGHT = 28
# Opacity of the first, second and third part.
OPACITIES = (1.0, 0.5, 0.22)


@dataclass(frozen=True)
class Bar:
    """One row of the chart.

    Attributes:
        label: Short text on the left.
        value: Formatted value on the right.
        parts: At most three parts, left to right, in the unit of the axis.
        description: The bar in words.
    """

    label: str
    value: str
    parts: tuple[float, ...]
    description: str


def stacked_chart(bars: Sequence[Bar], *, is_narrow: bool, axis_format: str) -> str:
    """Draw stacked bars, starting at zero.

    Args:
        bars: Top to bottom.
        is_narrow: For a phone's width.
        axis_format: d3's format of the axis, for example ``.0%``.
    """
    total = NARROW_WIDTH if is_narrow else WIDE_WIDTH
    left = label_room([bar.label for bar in bars], is_narrow)
    right = 20 + 8 * max(len(bar.value) for bar in bars)
    width, height = total - left - right, _ROW_HEIGHT * len(bars)
    longest = max(sum(bar.parts) for bar in bars) or 1.0
    scale = {"domain": [0, 1.03 * longest], "nice": False, "zero": True}
    axis = {"format": axis_format, "values": ticks(0, longest, n_ticks(axis_format, is_narrow)), "orient": "bottom"}
    x = quantity("from", scale, axis)
    y = quantity("row", {"domain": [len(bars) - 0.5, -0.5], "nice": False, "zero": False}, None)
    layers = []
    for part, opacity in enumerate(OPACITIES):
        pieces = [
            {
                "row": number,
                "from": sum(bar.parts[:part]),
                "to": sum(bar.parts[: part + 1]),
                "description": DESCRIBED + bar.description,
            }
            for number, bar in enumerate(bars)
            if part < len(bar.parts) and bar.parts[part] > 0
        ]
        if pieces:
            mark = {"type": "rule", "stroke": ACCENT, "strokeWidth": 13, "opacity": opacity}
            layers.append(layer(pieces, mark, x=x, x2={"field": "to"}, y=y, description=words("description")))
    for texts, at, align, weight in (
        ([labelled(bar.label, left) for bar in bars], -10, "right", "normal"),
        ([bar.value for bar in bars], width + 12, "left", "bold"),
    ):
        mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": 12, "fill": INK, "fontWeight": weight}
        written = [{"row": number, "text": text} for number, text in enumerate(texts)]
        layers.append(layer(written, mark, x={"value": at}, y=y, text=words("text")))
    return draw(layers, width, height, {"left": left, "right": right, "top": 4, "bottom": 24})
