"""Charts outside the page: colours for white paper, and a font bundled with the typesetter."""

from __future__ import annotations

import re

# The light colours of report.css; a test compares them.
COLOURS = {
    "paper": "#fbfaf6", "ink": "#1c1d1f", "muted": "#5d6066", "grid": "#dedbd1", "accent": "#0f6a68",
    "second": "#b3501b", "warning": "#a8432f",
}  # fmt: skip
FONT = "Libertinus Serif"


def on_paper(svg: str) -> str:
    """Make a drawing independent of the page: fixed colours, one font, white background."""
    colours = {**COLOURS, "paper": "#ffffff"}
    plain = re.sub(r"var\(--(\w+)\)", lambda variable: colours[variable[1]], svg)
    return plain.replace("<svg ", f'<svg font-family="{FONT}" ', 1)
