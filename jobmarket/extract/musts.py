"""Find the words of a line that are required: "Kafka is a must", "Requirements: Kafka". English, French, German.

Such words stand for the heading that a text without headings lacks. They apply to their own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jobmarket.extract.guarded import Guarded
from jobmarket.extract.sentence_bounds import sentence_end, sentence_start

# Plain words without which the patterns below cannot match.
CUE_WORDS: Final = (
    "must", "required", "requirement", "qualification", "zwingend", "unbedingt", " muss", "(muss",
    "pflicht", "vorausgesetzt", "voraussetzung", "erforderlich", "anforderung", "exigé", "indispensable", "requis",
    "impérati", "obligatoire", "prérequis", "pré-requis",
    "+ year", "+year", "+ yrs",
)  # fmt: skip
# Apply to the words before them.
_MUST: Final = Guarded(
    r"(?<!not )\b(?:an? (?:absolute |definite |clear |strict |hard )?must\b(?!-)|must[ -]haves?\b)"
    r"|[–—-] must(?=[.,;)]|$)|\(must(?=\))"
    r"|(?<!\bnot )(?<!\b(?:be|if|as) )(?<!\bwhere )(?<!\bwhen )\brequired(?= ?[.,;!)]|$)"
    r"|(?<!nicht )\b(?:zwingend|unbedingt) (?:erforderlich|notwendig|nötig)\b|\bein muss\b|\(muss(?=\))"
    r"|\b(?:ist|sind) (?:pflicht|erforderlich)\b|\b(?:wird|werden) (?:zwingend )?vorausgesetzt\b"
    r"|(?<!pas )(?<!pas strictement )\b(?:exigée?|indispensable|requise?|impérati(?:f|ve)|obligatoire)s?(?= ?[.,;!)]|$)"
)
# Apply to the words after them.
_MUST_AFTER: Final = Guarded(
    r"\byou must (?:know|have|master|be (?:proficient|fluent|experienced|skilled|familiar|comfortable))\b"
    r"|\b\d{1,2} ?\+ ?(?:years?|yrs) (?:of|with|in)\b"
    r"|(?:(?<=[.;!?] )|^)(?:(?:minimum |basic |key )?(?:requirements?|qualifications)|required|must[ -]haves?"
    r"|anforderungen|voraussetzung(?:en)?|pré-?requis) ?:"
)


def spans(lowered: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a lower-case line that is required."""
    for match in _MUST.finditer(lowered):
        yield sentence_start(lowered, match.start()), match.end()
    for match in _MUST_AFTER.finditer(lowered):
        yield match.start(), sentence_end(lowered, match.end())


def asks(lowered: str) -> bool:
    """Return whether a lower-case line requires what it names."""
    return _MUST.search(lowered) is not None or _MUST_AFTER.search(lowered) is not None
