"""How much of their wording two postings share, in the whole text and in the part that describes the role.

The measure is the overlap of runs of three words. It ignores markup, order and headings, and still distinguishes a
reworded paragraph from another job's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jobmarket.duplicates.links import links_to_openings
from jobmarket.duplicates.stated import Stated, read_stated
from jobmarket.duplicates.titles import phrases, spelt_one_way
from jobmarket.extract.document import Document, read_document, read_documents
from jobmarket.extract.language import detect_language
from jobmarket.extract.sections import CONTEXT

# Sorted distinct hashes of a text's runs of three words.
Runs: TypeAlias = NDArray[np.int64]

_RUN = 3
_NOT_ASCII = re.compile("[^\x00-\x7f]")
# Translation table for UTF-8: all ASCII punctuation separates words.
_SIGNS_TO_SPACES = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(0x100))
# Odd multipliers, so that the order of the words matters.
_OF_FIRST, _OF_SECOND = 0x5851F42D4C957F2D, 0x14057B7EF767814F
_TAG = re.compile(r"<[^<>]*>")
_TITLE_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
# A capital after a small letter: "What you bringFour years of Python", where a board dropped the line break.
_LOST_BREAK = re.compile(r"[A-Z](?<=[a-z].)")
# Soft hyphen, word joiner and byte order mark show nothing, but part a word.
_INVISIBLE = re.compile("[\u00ad\u2060\ufeff]")
# "Requisition ID: 295690", "Job Requisition ID # 25WD93952", "Kennziffer 4711/25".
_REQUISITION = re.compile(
    r"\b(?:requisition|req|job|vacancy|position|posting|reference|ref|kennziffer|referenznummer|stellen)\.?"
    r"(?:[ -](?:requisition|req|posting))?"
    r"(?:[ -]?(?:id|no|nr|number|code)\b[\s.:#]*|\s*[:#]\s*)"
    r"(?!(?:19|20)\d\d\b)((?=[a-z_-]*(?:\d[_-]?[a-z]{0,2}){4})[a-z]{0,4}[-_]?\d[\w-]{3,14})",
    re.IGNORECASE,
)
# Savings schemes that only one country's law provides for: "401(k)", "RRSP".
_SCHEMES = {"US": re.compile(r"\b40[13] ?\(?[kb]\b"), "CA": re.compile(r"\brrsp\b")}

# Texts that are parsed in one batch.
_READ_AT_ONCE = 256


@dataclass
class Text:
    """A posting's text, HTML or plain, parsed only as far as a comparison needs."""

    source: str

    @cached_property
    def _unmarked(self) -> str:
        """The text without its markup."""
        text = unescape(_TAG.sub(" ", unescape(self.source) if "&lt;" in self.source else self.source))
        return _INVISIBLE.sub("", text)

    @cached_property
    def plain(self) -> str:
        """The text without its markup, in lower case."""
        return self._unmarked.lower()

    @cached_property
    def runs(self) -> Runs:
        """The runs of the whole text."""
        return _runs(self._unmarked)

    @cached_property
    def sequence(self) -> Runs:
        """The runs in the order of the text, each as often as it occurs."""
        return _sequence(self._unmarked)

    @cached_property
    def _spelt(self) -> tuple[str, ...]:
        """The words in the normalised spelling of titles."""
        return spelt_one_way(_TITLE_WORD.findall(self.plain))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, in the normalised spelling of titles."""
        return frozenset(self._spelt)

    @cached_property
    def phrases(self) -> frozenset[tuple[str, str]]:
        """The words that follow each other, in the normalised spelling of titles."""
        return phrases(self._spelt)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The requisition numbers that the text states as such."""
        return frozenset(number.lower() for number in _REQUISITION.findall(self._unmarked))

    @cached_property
    def benefit_countries(self) -> frozenset[str]:
        """The countries whose savings schemes the text names."""
        return frozenset(country for country, scheme in _SCHEMES.items() if scheme.search(self.plain))

    def mentions(self, name: str) -> bool:
        """Whether the text contains a name in its own case: "Grid", not "grid"."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self._unmarked) is not None

    @cached_property
    def openings(self) -> frozenset[str]:
        """The addresses of the single openings that the text links to."""
        return links_to_openings(self.source)

    @cached_property
    def language(self) -> str | None:
        """ISO 639-1 code; None if unknown."""
        return detect_language(self.plain)

    @cached_property
    def document(self) -> Document:
        """The parsed text; :func:`compare_all` fills in many at once."""
        return read_document("", None, self.source)

    @cached_property
    def stated(self) -> Stated:
        """The facts that a translation keeps; costly, so only for pairs in two languages."""
        return read_stated(self.document)

    @cached_property
    def role_runs(self) -> Runs:
        """The runs of the sections that are not about the employer, pay or benefits."""
        return _runs(_role(self.document))


@dataclass(frozen=True, slots=True)
class Wording:
    """What two texts share, from 0 to 1: ``alike`` relative to their union, ``contained`` relative to the shorter one.

    ``role_contained`` is the latter for the role sections; ``length_ratio`` is the shorter length over the longer one;
    ``shorter`` is the number of runs of the shorter text.
    """

    alike: float
    contained: float
    role_contained: float
    length_ratio: float
    shorter: int

    @property
    def shared(self) -> float:
        """The part of the shorter text that the other contains: whole texts or role sections, whichever is more."""
        return max(self.contained, self.role_contained)


# Role sections with fewer runs than this are not compared.
_ENOUGH_RUNS = 60
# If this much of the whole text is shared, comparing role sections, which are costly to parse, adds nothing.
_ALL_BUT = 0.95


def compare(first: Text, second: Text) -> Wording:
    """Measure what two texts share."""
    return compare_all([(first, second)])[0]


def compare_all(pairs: Sequence[tuple[Text, Text]]) -> list[Wording]:
    """Compare several pairs, in order, as :func:`compare` does, parsing texts in batches and each at most once."""
    overlaps = [_overlap(first.runs, second.runs) for first, second in pairs]
    is_open = [n_shared < _ALL_BUT * n_shorter for n_shared, n_shorter, _ in overlaps]
    _parse([text for pair, needs in zip(pairs, is_open, strict=True) if needs for text in pair])
    return [
        Wording(
            alike=n_shared / max(1, n_shorter + n_longer - n_shared),
            contained=n_shared / max(1, n_shorter),
            role_contained=_role_contained(first, second) if needs else 0.0,
            length_ratio=n_shorter / max(1, n_longer),
            shorter=n_shorter,
        )
        for (first, second), needs, (n_shared, n_shorter, n_longer) in zip(pairs, is_open, overlaps, strict=True)
    ]


def _role_contained(first: Text, second: Text) -> float:
    n_shared, n_shorter, _ = _overlap(first.role_runs, second.role_runs)
    return n_shared / n_shorter if n_shorter >= _ENOUGH_RUNS else 0.0


def _parse(texts: Iterable[Text]) -> None:
    """Fill in ``document`` of the texts that do not have it yet."""
    unread = list({id(text): text for text in texts if "document" not in vars(text)}.values())
    for start in range(0, len(unread), _READ_AT_ONCE):
        some = unread[start : start + _READ_AT_ONCE]
        documents = read_documents([("", None, text.source, None) for text in some])
        for text, document in zip(some, documents, strict=True):
            text.document = document


def _role(document: Document) -> str:
    parts = [document.text[part.start : part.end] for part in document.sections if part.kind not in CONTEXT]
    return " ".join(parts)


def _overlap(runs: Runs, others: Runs) -> tuple[int, int, int]:
    """Return the number of runs in both, in the smaller and in the larger of the two."""
    smaller, larger = sorted((runs, others), key=len)
    places = larger.searchsorted(smaller)
    n_shared = np.count_nonzero(larger.take(places, mode="clip") == smaller) if len(smaller) else 0
    return int(n_shared), len(smaller), len(larger)


def least_shared_third(first: Text, second: Text) -> float:
    """Return how much of the third of a text that is least like the other is in the other: of both texts, the more.

    The first sixth, the introduction, counts for nothing: employers rewrite it often. Openings of other teams that an
    employer words by one template have an introduction and benefits in common, and a part between them that is not.
    """
    return max(_least_shared_third(first.sequence, second.runs), _least_shared_third(second.sequence, first.runs))


def _least_shared_third(sequence: Runs, others: Runs) -> float:
    length = len(sequence) // 3
    if not length:
        return 1.0
    n_shared = np.concatenate(([0], np.isin(sequence[len(sequence) // 6 :], others).cumsum()))
    return int((n_shared[length:] - n_shared[:-length]).min()) / length


def _runs(text: str) -> Runs:
    runs = _sequence(text)
    runs.sort()
    return runs[np.concatenate(([True], runs[1:] != runs[:-1]))[: len(runs)]]


def _sequence(text: str) -> Runs:
    """Return the hashes of a text's runs in the order of the text."""
    words = _words(_LOST_BREAK.sub(r" \g<0>", text).lower())
    hashes = np.fromiter(map(hash, words), np.int64, len(words))
    if len(hashes) < _RUN:  # all of them are one run, as in a script without blanks
        return np.array([hash(b" ".join(words))][: len(words)], np.int64)
    return (hashes[:-2] * _OF_FIRST + hashes[1:-1]) * _OF_SECOND + hashes[2:]


def _words(text: str) -> list[bytes]:
    """Return the words of a text as UTF-8: sequences of letters and digits."""
    for sign in set(_NOT_ASCII.findall(text)):
        if not sign.isalnum():
            text = text.replace(sign, " ")
    return text.encode("utf-8", "surrogatepass").translate(_SIGNS_TO_SPACES).split()
