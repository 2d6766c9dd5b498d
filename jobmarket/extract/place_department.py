"""Read the field of France's employment service: a department's number and a commune without its article.

"92 - Plessis-Robinson" is Le Plessis-Robinson, "76 - HAVRE" is Le Havre rather than Havre in Montana.
"""

from __future__ import annotations

import re

from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.places import fold_name

_FIELD = re.compile(
    r"\s*(?:0[1-9]|[1-8]\d|9[0-5]|97[1-6]|2[AB]) - (?P<name>[^\d,;|(/]+?)"
    r"(?: \d{1,2}(?:er?|[eè]me)?(?: arrondissement)?)?\s*",
    re.IGNORECASE,
)
_ARTICLES = ("", "Le ", "La ", "Les ", "L'")


def with_article(field: str) -> str:
    """Return the commune of such a field with its article; any other field as it is."""
    match = _FIELD.fullmatch(field)
    if match is None:
        return field
    name = match["name"]
    known = next((article for article in _ARTICLES if _is_in_france(article + name)), None)
    return field if known is None else f"{known}{name}"


def _is_in_france(name: str) -> bool:
    place = gazetteer().named(fold_name(name))
    return place is not None and any(city.country == "FR" for city in place.cities)
