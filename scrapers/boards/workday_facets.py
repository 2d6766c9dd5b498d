"""Divides a Workday list that is cut off, by one of the facets that its first page counts.

``facets`` is ``[{"facetParameter": "jobFamilyGroup", "values": [{"id", "descriptor", "count"}, …]}, …]``; a group
(``locationMainGroup``) has facets instead of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from scrapers.boards.fields import mappings, number, text

Facets: TypeAlias = dict[str, list[str]]
"""What a list is restricted to: for each facet, the ids of its values, as in ``appliedFacets``."""

# The total that a list states if it is cut off, however long it is. Offsets from there on show the last page.
CUT_OFF_AT = 2_000


def parts_of(answer: Any, applied: Facets) -> tuple[Facets, ...]:
    """Return the parts of a list, each with the facets that are already applied; none if no facet divides it.

    A posting may have several places, but only one job family or working time. So facets of places come last, because
    their parts overlap. Among the others, the one whose largest part is smallest is chosen.
    """
    dividing = [
        ("location" in name.lower(), max(ids.values()), name, ids)
        for name, ids in _counted(mappings(answer, "facets"))
        if name not in applied and len(ids) > 1
    ]
    if not dividing:
        return ()
    _, _, name, ids = min(dividing, key=lambda each: each[:3])
    return tuple({**applied, name: [each]} for each in ids)


def _counted(facets: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each facet with the ids of its values and how many postings have them."""
    for facet in facets:
        values = mappings(facet, "values")
        yield from _counted(values)
        counts = {text(each, "id") or "": number(each, "count") or 0 for each in values}
        ids = {each: count for each, count in counts.items() if each and count > 0}
        if ids and (name := text(facet, "facetParameter")):
            yield name, ids
