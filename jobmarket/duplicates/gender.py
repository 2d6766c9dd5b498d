"""Recognise the markers with which a title addresses all genders: "(m/f/d)", "H/F", "Entwickler:in"."""

from __future__ import annotations

import re

_MARKER = re.compile(
    r"[(\[{]\s*(?:[mwfhdxvi]|div|all genders?|gn|alle)\s*(?:[/|*,]\s*(?:[mwfhdxvi]|div|divers|gn)\s*)*[)\]}]|"
    r"\b[mwfh]\s?[/|]\s?[mwfhdx](?:\s?[/|]\s?[mwfhdx]\b)*|\*?[:/*_](?:in|innen)\b|\(in\)",
    re.IGNORECASE,
)


def without_gender(title: str) -> str:
    """Return a title without its gender markers."""
    return _MARKER.sub(" ", title)
