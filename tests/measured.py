"""Print the measurements of a test. pytest shows them with ``-s``, and after a failure."""

from __future__ import annotations

from collections.abc import Iterable


def show(title: str, lines: Iterable[str] = ()) -> None:
    """Print a title and, indented below it, the lines."""
    print(f"\n{title}", *(f"  {line}" for line in lines), sep="\n")  # noqa: T201 - the measurements are the result
