"""Charts outside the page: its colours as they are on white paper, and a font that lies in the typesetter."""

from __future__ import annotations

import re

# The light colours of report.css, which a test holds equal.
COLOURS = {
    "paper": "#fbfaf6", "ink": "#1c1d1f", "muted": "#5d6066", "grid": "#dedbd1", "accent": "#0f6a68",
    "second": "#b3501b", "warning": "#a8432f",
}  # fmt: skip
FONT = "Libertinus Serif"


def on_paper(svg: str) -> str:
    """A drawing that stands alone: no variable of a page, one font, white where the page shows through."""
    colours = {**COLOURS, "paper": "#ffffff"}
    plain = re.sub(r"var\(--(\w+)\)", lambda variable: colours[variable[1]], svg)
    return plain.replace("<svg ", f'<svg font-family="{FONT}" ', 1)
