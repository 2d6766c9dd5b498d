"""Find where the sentences of a line begin and end. English, French, German."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# Characters. Longer sentences are cut, which keeps the work linear in any text.
REACH: Final = 300
_END: Final = re.compile(r"[.;!?] ")
# Full stops that do not end a sentence: "a B.S. or M.S. in Physics", "e.g. Physics", "max. 3 years".
_ABBREVIATION: Final = re.compile(
    r"(?:[bm]\.\s?s|b\.sc|m\.sc|ph\.d|e\.g|i\.e|z\.\s?b|d\.\s?h|[uo]\.\s?[aä]|v\.\s?a|i\.\s?d\.\s?r|"
    r"(?:^|[\s(:])(?:[zduvio]|i\.\s?d|msc|bsc|max|min|mind|ca|approx|yrs|inkl|incl|bzw|bspw|ggf|evtl|env|ex))$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION: Final = 8
_SPACED_DEGREE: Final = re.compile(r"\b[bm]\. s\.", re.IGNORECASE)  # "B. S."
# "zum 1. Mai", "ab dem 15. Januar"
_DAY: Final = re.compile(r"\b\d{1,2}$")
_MONTH: Final = re.compile(
    r"\. (?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b", re.IGNORECASE
)


def sentences(line: str) -> Iterator[tuple[int, str]]:
    """Yield the start of each sentence of a line and the sentence, without the sign at its end."""
    start = 0
    for end in _ends(line, 0, len(line)):
        yield start, line[start : end.start()]
        start = end.end()
    yield start, line[start:]


def sentence_start(line: str, position: int) -> int:
    """Return the start of the sentence before ``position`` of a line."""
    start = max(0, position - REACH)
    for end in _ends(line, start, position):
        start = end.end()
    return start


def sentence_end(line: str, position: int) -> int:
    """Return the end of the sentence after ``position`` of a line, without its sign."""
    reach = min(len(line), position + REACH)
    found = next(_ends(line, position, reach), None)
    return found.start() if found else reach


def goes_on(line: str, stop: int) -> bool:
    """Return whether a sentence goes on after the full stop at ``stop``, which ends an abbreviation or an ordinal."""
    words = line[max(0, stop - _LONGEST_ABBREVIATION) : stop]
    return (
        _ABBREVIATION.search(words) is not None
        or _SPACED_DEGREE.match(line, max(stop - 1, 0)) is not None
        or (_MONTH.match(line, stop) is not None and _DAY.search(words) is not None)
    )


def _ends(line: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for found in _END.finditer(line, start, end):
        if found[0] != ". " or not goes_on(line, found.start()):
            yield found
