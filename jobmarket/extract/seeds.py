"""The seeds of the dbt project that the extractor reads by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jobmarket.csv_file import read_rows

SEEDS: Final = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"


def seed_rows(seed: str) -> list[dict[str, str]]:
    """Return the rows of a seed, given its file name.

    Raises:
        FileNotFoundError: The seed is missing.
        CsvError: A line is unreadable.
    """
    return [row for _, row in read_rows(SEEDS / seed)]
