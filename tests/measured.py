"""The measurements of tests: printing them, and those that the documentation states."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path


def show(title: str, lines: Iterable[str] = ()) -> None:
    """Print a title and, indented below it, the lines. pytest shows them with ``-s``, and after a failure."""
    print(f"\n{title}", *(f"  {line}" for line in lines), sep="\n")  # noqa: T201 - the measurements are the result


def documented(root: Path, title: str) -> list[list[float]]:
    """Return the rows of the first table after a title of docs/methods_simulations.md, as numbers."""
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8").partition(title)[2]
    header, _, *rows = takewhile(bool, page[page.index("\n|") + 1 :].splitlines())
    return [[float(cell.strip(" %")) for cell in row.strip("|").split("|")] for row in rows]
