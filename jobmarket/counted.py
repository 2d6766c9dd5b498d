"""Numbers with a noun that agrees: "1 posting", "2,310 postings"."""

from __future__ import annotations


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return the number with its noun.

    Args:
        n: The number.
        one: The singular.
        many: The plural, where it is not the singular with an s.
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"
