"""How a Workday list that is cut off is divided: by one of the facets that its first page counts.

``facets`` is ``[{"facetParameter": "jobFamilyGroup", "values": [{"id", "descriptor", "count"}, …]}, …]``; a group
(``locationMainGroup``) has facets in the place of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from scrapers.boards.fields import mappings, number, text

Facets: TypeAlias = dict[str, list[str]]
"""What alone is to be listed: for each facet, ids of its values. As ``appliedFacets`` is asked."""

# What the total of a list that is cut off says, however long the list is; offsets from there on show the last page.
CUT_OFF_AT = 2_000


def parts_of(answer: Any, applied: Facets) -> tuple[Facets, ...]:
    """The parts that a list falls into, each with what is applied already; none if no facet divides it.

    A posting may have several places, but one job family or working time: facets of places come last, for their parts
    overlap. Of the others the one counts whose largest part is smallest.
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
    """Each facet with the ids of its values and how many postings have them."""
    for facet in facets:
        values = mappings(facet, "values")
        yield from _counted(values)
        counts = {text(each, "id") or "": number(each, "count") or 0 for each in values}
        ids = {each: count for each, count in counts.items() if each and count > 0}
        if ids and (name := text(facet, "facetParameter")):
            yield name, ids
