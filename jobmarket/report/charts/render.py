"""Render Vega-Lite to SVG that inherits colours and fonts from the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert
from lxml import etree

from jobmarket.report.language import locale

# Version of Vega-Lite; a test validates each kind of chart against its schema.
VEGA_LITE = "6.4"
# Part of a Vega-Lite specification.
Spec = dict[str, Any]
# Placeholder colours, replaced by the page's variables, which differ in light, dark and print.
INK = "#010001"
MUTED = "#010002"
GRID = "#010003"
ACCENT = "#010004"
SECOND = "#010005"
WARNING = "#010006"
PAPER = "#010007"
_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    GRID: "var(--grid)",
    ACCENT: "var(--accent)",
    SECOND: "var(--second)",
    WARNING: "var(--warning)",
    PAPER: "var(--paper)",
}
_SVG = "http://www.w3.org/2000/svg"
_DROPPED = ("role", "class", "pointer-events", "aria-hidden", "aria-roledescription", "aria-label", "font-family")
_EMPTY_PATHS = ("", "M0,0h0v0h0Z")
# A mark whose description starts with this character gets a tooltip.
DESCRIBED = "\u2060"


def layer(values: Sequence[Mapping[str, object]], mark: Spec, **channels: Spec) -> Spec:
    """One kind of mark over its own rows.

    Args:
        values: One row per mark.
        mark: Vega-Lite's definition of the mark.
        channels: Encoding channel → :func:`quantity`, :func:`words` or a fixed value.
    """
    return {"data": {"values": values}, "mark": mark, "encoding": channels}


def quantity(field: str, scale: Spec, axis: Spec | None) -> Spec:
    """A channel of numbers; ``None`` for no axis."""
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def words(field: str) -> Spec:
    """A channel of texts."""
    return {"field": field, "type": "nominal"}


def specification(layers: Sequence[Spec], width: int, height: int, padding: Mapping[str, int]) -> Spec:
    """Return the Vega-Lite specification of a chart of fixed size."""
    return {
        "width": width,
        "height": height,
        "autosize": {"type": "none"},
        "padding": padding,
        "background": "transparent",
        "config": {
            "view": {"stroke": None},
            "axis": {
                "domain": False, "ticks": False, "labelColor": MUTED, "labelFontSize": 11, "labelPadding": 6,
                "labelLimit": 0, "labelFlush": False, "gridColor": GRID, "gridWidth": 1, "title": None,
            },
        },
        "layer": layers,
    }  # fmt: skip


def draw(layers: Sequence[Spec], width: int, height: int, padding: Mapping[str, int]) -> str:
    """Draw a chart in a box of fixed size, independent of local fonts.

    Args:
        layers: Layers from :func:`layer`, lowest first.
        width: Width of the plot in pixels.
        height: Height of the plot in pixels.
        padding: Pixels to the left, right, top and bottom of the plot, for axes and labels.

    Returns:
        An ``<svg>`` element, the same for the same chart.
    """
    drawn = vl_convert.vegalite_to_svg(
        specification(layers, width, height, padding),
        vl_version=VEGA_LITE,
        format_locale=_numbers(),
        allowed_base_urls=[],
    )
    return _adopt(drawn)


def _numbers() -> dict[str, Any]:
    """The d3 number format of the report's language."""
    symbols, money = locale().number_symbols["latn"], locale().currency_formats["standard"].pattern
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        # d3 would write "100 $k" with a trailing currency, so it is left out here; the note names it.
        "currency": ["$", ""] if money.startswith("¤") else ["", ""],
        "percent": locale().percent_formats[None].pattern.replace("#,##0", ""),
    }


def _adopt(drawn: str) -> str:
    """Adapt a drawing to the page: its colours, its fonts, and no ids that could clash."""
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in list(root.iter(f"{{{_SVG}}}*")):
        description = element.get("aria-label", "")
        for name in _DROPPED:
            element.attrib.pop(name, "")
        for name in ("fill", "stroke"):
            colour = element.get(name)
            if colour in _VARIABLES:
                element.set(name, _VARIABLES[colour])
        parent = element.getparent()
        if element.tag == f"{{{_SVG}}}path" and element.get("d", "") in _EMPTY_PATHS and parent is not None:
            parent.remove(element)
        elif description.startswith(DESCRIBED):
            etree.SubElement(element, f"{{{_SVG}}}title").text = description.removeprefix(DESCRIBED)
    for element in reversed(list(root.iter(f"{{{_SVG}}}g"))):
        parent = element.getparent()
        if len(element) == 0 and parent is not None:
            parent.remove(element)
    for name in ("version", "width", "height"):
        root.attrib.pop(name, "")
    # The surrounding figure describes the chart.
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    text: str = etree.tostring(root, encoding="unicode")
    if re.search(r'\sid="|url\(#', text):
        raise ValueError(
            "A chart uses ids (a clip or a gradient), which would clash with another chart's. Draw it without them."
        )
    return text
