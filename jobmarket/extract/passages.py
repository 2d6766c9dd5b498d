"""Query the sentences around a posting's trigger words, and the sections in which they stand.

Running a pattern with many alternatives over a whole posting costs more than all other reading. Trigger words are found
first, so a posting without them costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from jobmarket.extract.document import Document
from jobmarket.extract.folding import lower
from jobmarket.extract.guarded import Guarded

# Words that turn a requirement into a wish, in English, French and German.
SOFT = Guarded(
    r"\bpreferred\b|\bnice[- ]to[- ]ha\w+|\b(?:a|an|is|big|huge|strong|definite|added|considered) plus\b(?! \d)|"
    r"(?<!\bet )(?<!\bou )(?<!\ben )(?<!\bde )\bplus[.)]?$|\bbonus\b|"
    r"\bideally\b|\bideal\b(?! (?:candidate|applicant|profile)s?\b| (?:[\w/-]+ ){1,4}(?:has|have|brings?|will)\b)|"
    r"\bpreferabl\w+|\bnot (?:strictly )?(?:required|necessary|mandatory|needed)|\badvantage\w*\b|"
    r"\bvon vorteil|\bvorteilhaft|\bein plus(?:punkt)?\b|"
    r"\bun (?:vrai |réel |sérieux )?(?:plus|atout)\b|\bappréci(?:ée?|able)s?\b|\bsouhait(?:é\w*|ables?\b)|"
    r"\bwünschenswert|\bidealerweise|"
    r"\bdesirable|\ban asset\b|\bdesired\b|"
    r"\bhelpful\b|\bidéalement|\b(?:vorzugs|optimaler)weise|\bim (?:idealfall|besten fall|optimalfall)|\bbestenfalls|"
    r"\bbevorzugt\b(?! (?:eingestellt|berücksichtigt|behandelt|eingeladen))|\berwünscht\b|\bgerne? gesehen|"
    r"\b(?:hilfreich|nicht (?:zwingend|verpflichtend))\b"
)
# Characters of a text; the rest is ignored. No real posting is longer, only dumps of whole sites.
_LONGEST = 60_000

Answer = TypeVar("Answer")


def answers(
    document: Document, group: str, ask: Callable[[str], Answer | None], reach: int = 160
) -> Iterator[tuple[int, Answer]]:
    """Yield the answers of ``ask`` for the sentences around a group's trigger words, except None.

    Each answer comes with the offset of its sentence in the text. Sentences are in lower case and extend at most
    ``reach`` characters to either side of the word, within its line. Lines cache the answers, so ``ask`` must depend
    on the sentence alone. Groups are those of :mod:`jobmarket.extract.anchors`.
    """
    for line_start, line in document.spots.get(group, ()):
        if line_start > _LONGEST:
            return
        for start, answer in line.answers(group, reach, ask):
            yield line_start + start, answer


def sentences(document: Document, group: str, reach: int = 160) -> Iterator[tuple[int, str]]:
    """Yield the sentences themselves, with their offsets; see :func:`answers`."""
    return answers(document, group, _itself, reach)


def _itself(sentence: str) -> str:
    return sentence


def topics(document: Document, group: str) -> int:
    """Count the distinct words of a group in a text."""
    return len({word for _, line in document.spots.get(group, ()) for _, word in (line.spots or {})[group]})


def mentions(document: Document, group: str) -> int:
    """Count the occurrences of a group's words in a text."""
    return sum(len((line.spots or {})[group]) for _, line in document.spots.get(group, ()))


def standing(document: Document, place: int) -> str | None:
    """Return how binding the text at ``place`` is: ``required``, ``mentioned``, ``preferred``, ``context`` or None.

    The result is None where a section is preferred only because each of its lines says "ideally" or "a plus": the
    caller, who reads the sentence, must decide which words the wish applies to.
    """
    section = document.section_at(place)
    if section is None:
        return None
    if section.kind in {"about", "benefits"}:
        return "context"
    if section.kind == "preferred":
        lines = document.text[section.start : section.end].strip().lower().split("\n")
        if all(SOFT.search(line) for line in lines[:12]) and not (len(lines) > 1 and len(lines[0]) < 40):
            return None
    return section.level


def in_benefits(document: Document, place: int) -> bool:
    """Return whether the text at ``place`` is under a benefits heading."""
    section = document.section_at(place)
    return section is not None and section.kind == "benefits"


def opening(document: Document, length: int) -> str:
    """Return the first ``length`` characters of the text in lower case."""
    return lower(document.text[:length])
