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
# Every posting has one working time and one type of worker, so the counts of these facets add up to the whole list.
_OF_EVERY_POSTING = ("timeType", "workerSubType")
# A facet whose counts add up to less than this share of the list lacks postings.
_NEARLY_ALL = 0.995


def size_of(answer: Any, applied: Facets) -> int:
    """Return how many postings a list has that states only the size at which it is cut off; 0 if no facet shows it.

    Other facets than the two that every posting has may lack postings, and count some several times.
    """
    sums = {name: sum(ids.values()) for name, ids in _counted(mappings(answer, "facets")) if name not in applied}
    certain = [sums[name] for name in _OF_EVERY_POSTING if name in sums]
    return int(max(certain or [size for name, size in sums.items() if not _is_of_places(name)], default=0))


def parts_of(answer: Any, applied: Facets) -> tuple[Facets, ...]:
    """Return the parts of a list, each with the facets that are already applied; none if no facet divides it.

    A posting may have several places, but only one job family or working time. So facets of places come last, because
    their parts overlap. Among the others, those come first that cover the list: an employer may leave out a job family,
    but no working time. Of several, the one whose largest part is smallest is chosen.
    """
    covered = _NEARLY_ALL * size_of(answer, applied)
    dividing = [
        (_is_of_places(name), sum(ids.values()) < covered, max(ids.values()), name, ids)
        for name, ids in _counted(mappings(answer, "facets"))
        if name not in applied and len(ids) > 1
    ]
    if not dividing:
        return ()
    *_, name, ids = min(dividing, key=lambda each: each[:4])
    return tuple({**applied, name: [each]} for each in ids)


def _is_of_places(name: str) -> bool:
    return "location" in name.lower()


def _counted(facets: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each facet with the ids of its values and how many postings have them."""
    for facet in facets:
        values = mappings(facet, "values")
        yield from _counted(values)
        counts = {text(each, "id") or "": number(each, "count") or 0 for each in values}
        ids = {each: count for each, count in counts.items() if each and count > 0}
        if ids and (name := text(facet, "facetParameter")):
            yield name, ids
