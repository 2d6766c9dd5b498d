"""Places: cities differ, a country contains its cities, and a metropolitan area reaches as far as people commute."""

from __future__ import annotations

import pytest

from jobmarket.duplicates.places import Overlap, overlap, read_places
from jobmarket.extract.location import read_field


@pytest.mark.parametrize(
    ("field", "other", "expected"),
    [
        ("Berlin", "Berlin, Germany (hybrid)", Overlap.EQUAL),
        ("Paris; Lyon", "Paris", Overlap.PARTIAL),
        ("Paris", "Lyon", Overlap.APART),
        ("Portland, OR", "Portland, ME", Overlap.APART),
        ("Remote, US", "New York, NY", Overlap.WIDER),
        ("Remote, US", "Toronto, Canada", Overlap.APART),
        ("Remote US", "Remote Canada", Overlap.APART),
        ("USA; Seattle, Washington, USA", "Seattle", Overlap.EQUAL),
        ("North America", "Europe", Overlap.APART),
        ("Remote", "Remote", Overlap.EQUAL),
        ("Remote", "Berlin", Overlap.UNKNOWN),
        ("", "", Overlap.UNKNOWN),
        ("Greater Boston Area", "Cambridge, MA", Overlap.PARTIAL),
        ("Boston, MA", "Cambridge, MA", Overlap.APART),
        ("San Francisco Bay Area", "Los Angeles, CA", Overlap.APART),
        ("Bavaria, Germany", "Saxony, Germany", Overlap.APART),
        ("Bavaria, Germany", "bayern", Overlap.EQUAL),
        ("Bavaria, Germany", "Remote, Germany", Overlap.WIDER),
        ("Karnataka, India", "Maharashtra, India", Overlap.APART),
        ("Karnataka or Kerala, India", "Kerala, India", Overlap.PARTIAL),
        ("Bavaria, Germany; France", "Saxony, Germany; France", Overlap.PARTIAL),
        ("France; Bavaria, Germany", "Germany; Normandy, France", Overlap.PARTIAL),
        ("Germany; Bavaria, Germany", "Saxony, Germany", Overlap.PARTIAL),
        ("UK; England", "Scotland, UK", Overlap.PARTIAL),
        ("Germany (Bavaria)", "Germany - Saxony", Overlap.APART),
        ("Bavaria and Hesse, Germany", "Saxony, Germany", Overlap.APART),
        ("England", "Kent, UK", Overlap.PARTIAL),  # one may contain the other
        ("California", "Northern California", Overlap.EQUAL),
    ],
)
def test_two_fields_are_compared(field: str, other: str, expected: Overlap) -> None:
    first, second = (read_places(each, read_field(each)) for each in (field, other))
    assert overlap(first, second) is overlap(second, first) is expected
