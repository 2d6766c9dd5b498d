"""Finds the name that was probably meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a question with the nearest known name, to follow a sentence; empty if none is similar in any case."""
    names = {name.lower(): name for name in known}
    nearest = get_close_matches(given.lower(), names, n=1)
    return f" Did you mean '{names[nearest[0]]}'?" if nearest else ""
