"""Find terms in lists of skills that the taxonomy lacks, as candidates for human review.

A candidate is a name (capitalised, or spelled like code) in a list where at least two other items are known skills.
Candidates are counted and shown, never added automatically. A reviewer adds a row to ``skills.csv``, or one to
``rejected_terms.csv`` if the term is not a skill.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from jobmarket.extract import contact
from jobmarket.extract.document import Document
from jobmarket.extract.employer import is_employer
from jobmarket.extract.folding import fold
from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.line import Line
from jobmarket.extract.sections import CONTEXT
from jobmarket.extract.seeds import seed_rows

SEED = "rejected_terms.csv"
_KNOWN_NEIGHBOURS = 2
# Longer lines are whole texts, not lists.
_LONGEST_LINE, _LONGEST_TERM = 1_500, 60
_REMEMBERED = 16_384
_BETWEEN = re.compile(
    # One character first, which the regex engine can skip to
    r"[,;()|•·:.\s](?:(?<=[,;()|•·])|(?<=[:.])(?:\s|$)"
    r"|(?<=\s)(?:and|or|und|oder|et|ou|e\.g\.,?|i\.e\.,?|such as|like|including|with|wie|comme)\s)"
)
# "Polars", "vLLM", "k0s", "n8n", "LangFuse Cloud"; not sentences, amounts or years.
_NAME = re.compile(r"(?:\.?[A-Z][\w+#.-]*|[a-z]+[A-Z0-9][\w+#.-]*)(?: (?:[A-Z][\w+#.-]*|\d+(?:\.\d+)?)){0,2}")
# Jobs appear in lists too.
_JOB = re.compile(
    r"(?:engineers?|developers?|managers?|scientists?|analysts?|designers?|architects?|leads?|teams?|only|skills?)$",
    re.I,
)
# Lines that name degrees list fields of study.
_STUDIES = re.compile(
    r"\b(?:degree|bachelor|master'?s|ph\.?d|diploma|b\.?sc?|m\.?sc?|studium|abschluss|diplôme)\b", re.I
)


@cache
def rejected_terms() -> frozenset[str]:
    """Return the folded terms that were reviewed and are not skills."""
    return frozenset(_folded(row["term"]) for row in seed_rows(SEED))


class LineTerms(NamedTuple):
    """The candidates of a line, folded and as spelled, found by one finder."""

    finder: TermFinder
    found: tuple[tuple[str, str], ...]


class TermFinder:
    """Finds the candidates of postings.

    Args:
        known: Folded spellings of the taxonomy.
        rejected: Folded terms that are not skills; defaults to those of the seed.
    """

    def __init__(self, known: Collection[str], rejected: Collection[str] | None = None) -> None:
        self._known = frozenset(known)
        self._rejected = rejected_terms() if rejected is None else frozenset(rejected)
        self._of_piece = lru_cache(maxsize=_REMEMBERED)(self._read)

    def terms(self, document: Document, company: str | None = None) -> tuple[str, ...]:
        """Return the distinct candidates of one posting as spelled, in order.

        Args:
            document: The posting as read.
            company: The employer's name, which is never a candidate.
        """
        found: dict[str, str] = {}
        own = _folded(company) if company else None
        for start, line in zip(document.starts, document.lines, strict=True):
            if line.text.count(",") > 1 and not self._is_no_list(line):
                for folded, term in self._of_line(line, start, document):
                    if folded != own and folded not in found and not is_employer(term, document.text):
                        found[folded] = term
        return tuple(found.values())

    def _is_no_list(self, line: Line) -> bool:
        """Return whether the same taxonomy has read the line and ruled it out as a list of skills."""
        return line.skills is not None and not line.skills.may_list and line.skills.reader.unknown is self

    def _of_line(self, line: Line, start: int, document: Document) -> Sequence[tuple[str, str]]:
        """Return the candidates of a line, leaving out the parts in sections that are not about the work."""
        section = document.section_at(start)
        if section is None:
            return ()
        end = start + len(line.text)
        if section.end >= end:
            if section.kind in CONTEXT:
                return ()
            if line.terms is None or line.terms.finder is not self:
                line.terms = LineTerms(self, self._read(line.text))
            return line.terms.found
        found: list[tuple[str, str]] = []
        while section is not None and section.start < end:
            if section.kind not in CONTEXT:
                found += self._of_piece(document.text[max(start, section.start) : min(end, section.end)])
            section = document.section_at(section.end)
        return found

    def _read(self, line: str) -> tuple[tuple[str, str], ...]:
        if line.count(",") <= 1 or len(line) > _LONGEST_LINE:
            return ()
        whole = fold(line)
        separators = list(_BETWEEN.finditer(line))
        starts = [0, *[separator.end() for separator in separators]]
        ends = [*[separator.start() for separator in separators], len(line)]
        folded = [
            one if "  " not in (one := whole[start:end].rstrip(". ").lstrip()) else _single(one)
            for start, end in zip(starts, ends, strict=True)
        ]
        if sum([one in self._known for one in folded]) < _KNOWN_NEIGHBOURS or _STUDIES.search(line):
            return ()
        found = []
        before = "."
        for start, end, one in zip(starts, ends, folded, strict=True):
            begins, before = before == ".", line[end : end + 1]
            item = line[start:end].strip(" *-–\t").rstrip(".")
            if begins or before == ":" or not one or one in self._known or len(item) > _LONGEST_TERM:
                continue
            if _NAME.fullmatch(item) and not _JOB.search(item) and not self._is_other(item, one):
                found.append((one, item))
        if found and (contacts := contact.find(line)):
            private = [line[each.start : each.end] for each in contacts]
            found = [(one, item) for one, item in found if not any(item in text or text in item for text in private)]
        return tuple(found)

    def _is_other(self, item: str, folded: str) -> bool:
        """Return whether a name is rejected, a place, a single letter, or made up of known words."""
        if len(folded) < 2 or folded in self._rejected:
            return True
        if gazetteer().named(folded) is not None or gazetteer().coded(item) is not None:
            return True
        return " " in folded and all(word in self._known for word in folded.split())


def _folded(term: str) -> str:
    return _single(fold(term))


def _single(folded: str) -> str:
    """Collapse blanks to one between words and none around."""
    return " ".join(folded.split())
