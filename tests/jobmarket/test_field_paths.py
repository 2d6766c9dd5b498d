"""Fields at dotted paths are left out, also inside arrays, and the given object stays unchanged."""

from __future__ import annotations

from copy import deepcopy

from jobmarket.field_paths import without_fields

OBJECT = {"id": 1, "stats": {"views": 7, "open": True}, "teams": [{"lead": "a", "name": "b"}, {"name": "c"}, 3]}


def test_fields_at_any_depth_are_left_out() -> None:
    given = deepcopy(OBJECT)
    assert without_fields(given, ("id", "stats.views", "teams.lead")) == {
        "stats": {"open": True},
        "teams": [{"name": "b"}, {"name": "c"}, 3],
    }
    assert given == OBJECT


def test_a_missing_field_changes_nothing() -> None:
    assert without_fields(OBJECT, ("stats", "stats.views", "none.at.all", "id.deeper"))["id"] == 1
    assert without_fields(["text", None], ("id",)) == ["text", None]
