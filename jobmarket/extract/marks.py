"""Load seeds of marks: words and names that indicate a value of a fact, weighted from 1 (weak) to 3 (sufficient)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jobmarket.extract.seeds import seed_rows


@dataclass(frozen=True, slots=True)
class Mark:
    """The value that a word or name indicates, and how strongly."""

    value: str
    weight: int


class Marks:
    """The marks of one fact: by kind, the values that each lower-case word indicates."""

    def __init__(self, rows: Iterable[Mapping[str, str]], fact: str, kinds: frozenset[str]) -> None:
        self.of_kind: dict[str, dict[str, list[Mark]]] = {kind: {} for kind in kinds}
        values: dict[str, None] = {}
        for number, row in enumerate(rows, start=2):
            kind, weight = row["mark"], row["weight"]
            if kind not in kinds or weight not in ("1", "2", "3") or not row[fact] or not row["value"]:
                raise ValueError(
                    f"line {number}: {dict(row)}: mark must be one of {', '.join(sorted(kinds))}, weight 1, 2 or 3, "
                    f"and {fact} and value must not be empty"
                )
            values[row[fact]] = None
            self.of_kind[kind].setdefault(row["value"].lower(), []).append(Mark(row[fact], int(weight)))
        self.values = tuple(values)


@lru_cache(maxsize=4)
def packaged_marks(seed: str, fact: str, kinds: frozenset[str]) -> Marks:
    """Return the marks of a seed of this repository, read once; raise ``ValueError`` naming the line of a bad row."""
    try:
        return Marks(seed_rows(seed), fact, kinds)
    except ValueError as error:
        raise ValueError(f"{seed}, {error}") from error
