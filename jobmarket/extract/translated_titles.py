"""Write role titles of Spanish, Portuguese, Italian, Dutch and Polish in English, which the patterns then read.

Employers anywhere in the market write "Ingeniero de Datos Semi Senior" or "Cientista de Dados Sênior". The rows of
``title_words.csv`` are of three kinds:

- ``word``: a pattern that is replaced wherever it stands: a level, a field, or a trade that needs no field
- ``trade``: replaced only before a field, as "ingeniero" alone may build bridges: "ingeniero de datos" becomes "data
  engineer"
- ``field``: what such a trade may work on, after the words were replaced; without English words it stays as it is

French and German titles have patterns of their own.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple

from jobmarket.extract.guarded import Guarded

TABLE: Final = Path(__file__).with_name("title_words.csv")
# "Ingeniero/a", "Engenheiro(a)", "Desarrolladora"
_FEMININE = r"(?:a|/[ao]s?|\([ao]s?\)|/-?a)?"
_LEVEL = r"(?: (?:senior|sr\.?|junior|jr\.?|mid-level|principal|lead|staff))?"
_OF = r"(?: (?:de|del|di|dei|da|do|en|em|in|para|per|van|ds\.))*"


class _Row(NamedTuple):
    """A row of the table: the pattern, and the English words for what it matches."""

    kind: str
    words: str
    english: str


class _Patterns(NamedTuple):
    """The patterns of all rows: of words, and of a trade before its field. Groups have the names of :func:`_name`."""

    words: Guarded
    roles: Guarded
    english: dict[str, str]


def _name(number: int) -> str:
    """Return the name of the group of the row with that number."""
    return f"row_{number}"


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [_Row(row["kind"], row["words"], row["english"]) for row in csv.DictReader(file)]
    groups: dict[str, list[str]] = {"word": [], "trade": [], "field": []}
    for number, row in enumerate(rows):
        groups[row.kind].append(f"(?P<{_name(number)}>{row.words})")
    return _Patterns(
        words=Guarded("|".join(rf"\b{group}{_FEMININE}(?!\w)" for group in groups["word"])),
        roles=Guarded(
            rf"\b(?:{'|'.join(groups['trade'])}){_FEMININE}(?P<level>{_LEVEL}){_OF} (?:{'|'.join(groups['field'])})\b"
        ),
        english={_name(number): row.english for number, row in enumerate(rows)},
    )


def _word_in_english(english: dict[str, str], match: re.Match[str]) -> str:
    return english[match.lastgroup or ""]


def _role_in_english(english: dict[str, str], match: re.Match[str]) -> str:
    """Return a trade and its field in the English order, with the level between them in front."""
    found = [(english[name], said) for name, said in match.groupdict().items() if said and name in english]
    (trade, _), (field, as_it_is) = found
    return f"{match['level'].strip()} {field or as_it_is} {trade}".strip()


@lru_cache(maxsize=4096)  # several facts read the same title
def in_english(title: str) -> str:
    """Return a lower-case title with the roles and levels of the table in English; the rest stays as it is."""
    patterns = _patterns()
    title = patterns.words.sub(partial(_word_in_english, patterns.english), title)
    return patterns.roles.sub(partial(_role_in_english, patterns.english), title)
