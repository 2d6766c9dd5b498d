"""How many of a thing, in words that agree with the number: "1 posting", "2,310 postings"."""

from __future__ import annotations


def counted(n: int, one: str, many: str | None = None) -> str:
    """The number with its noun.

    Args:
        n: How many.
        one: What a single one is called.
        many: What several are called, where that is more than an s.
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"
