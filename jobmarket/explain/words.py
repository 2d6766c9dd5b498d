"""Quote what says a fact of a posting: the board's field, the title, the place or a sentence that says it by itself.

The extractor reads each as if it were the whole posting, so no second set of rules decides what is quoted. A fact that
only several sentences say together, such as many sectors, has no quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from jobmarket.extract import board_fields, degree, employment, experience, role, sector, seniority, visa, workplace
from jobmarket.extract.company_size import company_employees
from jobmarket.extract.document import Document, read_documents
from jobmarket.extract.facts import UNSPECIFIED, Facts
from jobmarket.extract.for_client import is_for_client
from jobmarket.extract.remote_scope import remote_scope
from jobmarket.extract.spoken_languages import languages_asked

# Quotes of a fact; more would repeat the first ones.
_MOST: Final = 2
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+|\n")
# The columns of fct_postings, and how each is read.
_READERS: Final[Mapping[str, Callable[[Document], Any]]] = {
    "role_family": role.role_family,
    "seniority": seniority.seniority,
    "years_min": lambda document: experience.years(document)[0],
    "degree_min": degree.degree_min,
    "workplace": workplace.workplace,
    "remote_scope": remote_scope,
    "employment_type": employment.employment_type,
    "languages_asked": languages_asked,
    "visa_sponsorship": visa.visa_sponsorship,
    "sector": sector.sector,
    "company_employees": company_employees,
    "is_for_client": is_for_client,
}
# Not asked of the sentences, each of which would have a role of its own.
_OF_TITLES: Final = ("role_family",)
# The board's fields that say a fact, the preferred one first.
_FIELDS: Final = {
    "workplace": ("workplace_text", "is_remote"),
    "employment_type": ("employment_type_text",),
    "is_for_client": ("is_for_client",),
}


def quotes_of(facts: Mapping[str, Any], content: Mapping[str, Any], text: str) -> dict[str, list[str]]:
    """Return up to two quotes for each fact that a posting states, in the order of the posting.

    Args:
        facts: The posting's values, by the columns of ``fct_postings``.
        content: What the board published, by the columns of ``staging.stg_postings``.
        text: Its plain text (:class:`jobmarket.extract.document.Document`).
    """
    title, place = content["title"], content["location_text"] or ""
    words = [title, place, *_SENTENCE_END.split(text)]
    pieces = read_documents(
        [(title, None, None, None), ("", place, None, None), *[("", None, None, one) for one in words[2:]]]
    )
    quotes: dict[str, list[str]] = {}
    for name, read in _READERS.items():
        value = facts.get(name)
        if value is False or value in (None, UNSPECIFIED, []):
            continue
        asked = pieces[:1] if name in _OF_TITLES else pieces
        said = [one for one, piece in zip(words, asked, strict=False) if one and _same(read(piece), value)]
        field = _field_that_says(name, value, content)
        is_flag = name == "workplace" and not content["workplace_text"]
        if is_flag and said:
            field = []  # it decides only where the words are silent
        quotes[name] = [*field, *said][:_MOST]
    return quotes


def _field_that_says(name: str, value: Any, content: Mapping[str, Any]) -> list[str]:
    if name not in _FIELDS or getattr(board_fields.apply(Facts(), content), name) != value:
        return []
    field = next(field for field in _FIELDS[name] if content[field])
    return [f"{field}: {content[field]}"]


def _same(read: Any, value: Any) -> bool:
    return bool((list(read) if isinstance(read, tuple) else read) == value)
