"""Gender markers: what is removed from a title, in Python and in the warehouse alike."""

from __future__ import annotations

import re

import duckdb
import pytest

from jobmarket.duplicates.gender import PATTERN, without_gender
from tests.rendered_macros import rendered

MARKED = [
    "Data Scientist (m/w/d)",
    "Data Scientist (M/F/D)",
    "Data Scientist [w | m | x]",
    "Data Scientist (v/m/x)",
    "Data Scientist (m/w/d/i)",
    "Data Scientist (all genders)",
    "Data Scientist (gn)",
    "Data Scientist H/F",
    "Data Scientist M/V/X",
    "Data Scientist:in",
    "Data Scientist*innen",
    "Data Scientist(in)",
]
UNMARKED = [
    "Data Scientist (I)",
    "Data Scientist (V)",
    "Data Scientist (IV)",
    "Data Scientist w/Mobile",
    "Data Scientist (C/C++)",
]


def in_warehouse(title: str) -> str:
    """Return the title as the macro normalises it."""
    query = rendered("select {{ normalised_title('$1') }}", "normalise")
    [normalised] = duckdb.execute(query, [title]).fetchone() or ("",)
    return str(normalised)


@pytest.mark.parametrize("title", MARKED)
def test_markers_are_removed(title: str) -> None:
    assert without_gender(title).strip() == "Data Scientist"
    assert in_warehouse(title) == "data scientist"


@pytest.mark.parametrize("title", UNMARKED)
def test_a_level_or_a_word_is_no_marker(title: str) -> None:
    assert without_gender(title) == title
    assert in_warehouse(title) != "data scientist"


def test_the_warehouse_has_the_same_pattern() -> None:
    # the only strings of the macro up to the replacement
    parts = re.findall(r"'([^']+)'", rendered("{{ without_gender('title') }}", "normalise"))
    assert "".join(parts[: parts.index(" ")]) == PATTERN
