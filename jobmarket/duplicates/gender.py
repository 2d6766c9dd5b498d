"""Recognise the markers with which a title addresses all genders: "(m/f/d)", "H/F", "Entwickler:in".

V (*vrouw*) and I (*inter*) stand beside other letters only: alone, "(V)" and "(I)" are levels.
"""

from __future__ import annotations

import re

# The same pattern as in the macro without_gender (dbt_project/macros/normalise.sql); a test compares them.
PATTERN = (
    r"[(\[{]\s*(?:[vi]\s*[/|*,]\s*)?(?:[mwfhdx]|div|all genders?|gn|alle)"
    r"\s*(?:[/|*,]\s*(?:[mwfhdxvi]|div|divers|gn)\s*)*[)\]}]|"
    r"\b[mwfh]\s?[/|]\s?[mwfhdxv](?:\s?[/|]\s?[mwfhdxvi])*\b|\*?[:/*_](?:in|innen)\b|\(in\)"
)
_MARKER = re.compile(PATTERN, re.IGNORECASE)


def without_gender(title: str) -> str:
    """Return a title without its gender markers."""
    return _MARKER.sub(" ", title)
