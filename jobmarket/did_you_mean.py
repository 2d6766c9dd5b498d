"""Finds the name that was probably meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(given: str, known: Iterable[str]) -> str | None:
    """Return the nearest known name; None if none is similar in any case."""
    names = {name.lower(): name for name in known}
    found = get_close_matches(given.lower(), names, n=1)
    return names[found[0]] if found else None


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a question with the nearest known name, to follow a sentence; empty if there is none."""
    name = nearest(given, known)
    return f" Did you mean '{name}'?" if name else ""
