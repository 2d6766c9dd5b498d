"""Removes fields that employers name themselves, if their name says that they are about a person."""

from __future__ import annotations

import re
from typing import Any

from scrapers.boards.fields import mappings, text

_PERSONAL = re.compile(
    r"\b(?:recruiters?|recruiting coordinator|sourcer|talent partner|hr ?bp|hiring manager|job owner|contact|posted by"
    r"|e-?mail|(?:tele)?phone)\b",
    re.IGNORECASE,
)


def is_about_a_person(name: str) -> bool:
    """Return whether a field's name says that it states who recruits, or how to reach them."""
    return _PERSONAL.search(name) is not None


def without_persons(listed: Any, fields: str, name: str) -> Any:
    """Return an object without those of its own fields that are about a person; itself if there are none.

    Args:
        listed: The board's object.
        fields: The key of the array with the employer's fields.
        name: The key of a field's name within its object.
    """
    if not isinstance(listed, dict):
        return listed
    personal = [each for each in mappings(listed, fields) if _is_personal(each, name)]
    return {**listed, fields: [each for each in listed[fields] if each not in personal]} if personal else listed


def _is_personal(field: dict[str, Any], name: str) -> bool:
    return field.get("value_type") == "user" or is_about_a_person(text(field, name) or "")
