"""Split a location field into known names, unknown words and noise; the longest known name wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jobmarket.extract.gazetteer import gazetteer
from jobmarket.extract.place_words import (
    CLOCK,
    CODES_WRITTEN_SMALL,
    DIRECTIONS,
    EXCLUDING,
    NOISE,
    PREPOSITIONS,
    REMOTE,
    STRONG_MARKS,
    STRONG_WORDS,
)
from jobmarket.extract.places import Place, fold_name

# Characters. Longer fields are lists of sentences, and the rest is ignored.
_FIELD_LIMIT = 2_000
_LONGEST_NAME = 6
# Names may start in lower case with these: "the Netherlands", "'s-Hertogenbosch".
_SMALL_ARTICLES = frozenset(("the", "s"))

_TOKEN = re.compile(r"https?://\S*|www\.\S*|[^\W_](?:[\w%]|[.'’`](?=\w))*\.?|[^\s\w]|\n")
_BARE_DOMAIN = re.compile(r"\.(?:ai|io|com|co|org|net|dev|app|xyz|fun|build|so|me|tech|gg|health|jobs)\.?$")

# How strongly each separator divides two names; of several in a row the strongest counts.
_STRENGTH = {" ": 0, "-": 1, ",": 2, ")": 3, "/": 4, "(": 5, "in": 6, ";": 7}
_SEPARATORS = {
    **dict.fromkeys(STRONG_MARKS, ";"),
    **dict.fromkeys(",", ","),
    **dict.fromkeys("/\\", "/"),
    **dict.fromkeys("([{<", "("),
    **dict.fromkeys(")]}>", ")"),
    **dict.fromkeys("-–—‑‐:→~", "-"),
}


@dataclass(slots=True)
class Item:
    """A known name, a run of unknown words, or the word "remote", with the separator before it.

    Attributes:
        text: The words as written.
        place: What the name may mean; None for unknown words and "remote".
        sep: One of ``" " "-" "," ")" "/" "(" "in" ";"``.
        is_remote: It is the word "remote".
        is_weak: It stands among unknown words without a separator, or after a house number.
        after_remote: "Remote" comes before it, with only separators between.
        with_remote: Another word of the same run says "remote".
        is_county: The word "County" follows.
        direction: "East", "North" … before the name.
    """

    text: str
    place: Place | None
    sep: str
    is_remote: bool = False
    is_weak: bool = False
    after_remote: bool = False
    with_remote: bool = False
    is_county: bool = False
    direction: str = ""


@lru_cache(maxsize=8_192)
def read_items(text: str) -> tuple[Item, ...]:
    """Return the known names, unknown words and occurrences of "remote" in a field, in order."""
    return tuple(_FieldReader(text).read())


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield words and signs, each with whether a blank comes before it."""
    end = 0
    for match in _TOKEN.finditer(text[:_FIELD_LIMIT]):
        yield match[0], match.start() > end or end == 0
        end = match.end()


class _FieldReader:
    """Collects the items of a field in one pass over its words and signs."""

    def __init__(self, text: str) -> None:
        self._names = gazetteer()
        self._tokens = list(_tokens(text))
        self._is_lower = "".join(word for word, _ in self._tokens if word[0].isalpha()).islower()
        self._position = 0
        self._items: list[Item] = []
        # Items and pending unknown words since the last separator.
        self._part: list[Item] = []
        self._unknown: list[str] = []
        # Applied to the next item.
        self._sep = ";"
        self._direction = ""
        self._after_remote = False
        # Names are excluded, up to the end of the brackets or of the list: "US (except CA, NY)"
        self._is_excluding = False
        # This part contains a house number or floor; postal codes are longer.
        self._is_numbered = False
        # "New York, New York, 10036, …": a street follows a postal code.
        self._is_after_code = False

    def read(self) -> list[Item]:
        while self._position < len(self._tokens):
            word = self._tokens[self._position][0]
            if not word[0].isalnum():
                self._read_mark(word)
                continue
            length, place = self._longest_name()
            if place is not None:
                self._read_name(length, place)
            else:
                self._position += 1
                self._read_word(word)
        self._close_part()
        return self._items

    def _read_mark(self, mark: str) -> None:
        spaced = self._tokens[self._position][1]
        self._position += 1
        next_spaced = self._position == len(self._tokens) or self._tokens[self._position][1]
        sep = _SEPARATORS.get(mark)
        if sep == "-" and not (spaced or next_spaced or mark == ":"):
            self._close_unknown()  # "US-Remote": the hyphen joins
            self._separate(" ")
        elif sep is not None:
            self._is_excluding = self._is_excluding and sep not in ");"
            self._close_part()
            self._separate(sep)

    def _read_name(self, length: int, place: Place) -> None:
        tokens = self._tokens[self._position : self._position + length]
        self._position += length
        direction = self._direction
        if self._unknown:
            self._close_unknown()
        following = self._word_at(self._position).casefold()
        if following in CLOCK:
            return
        self._is_excluding = self._is_excluding or self._excludes(self._position - length)
        if self._is_excluding:
            return
        text = " ".join(word for word, _ in tokens if word[0].isalnum())
        item = Item(text, place, self._sep, after_remote=self._after_remote, direction=direction)
        item.is_county = following == "county"
        self._part.append(item)
        self._sep, self._after_remote, self._direction = " ", False, ""

    def _excludes(self, at: int) -> bool:
        """Return whether the words before the name that starts at ``at`` exclude it; "NO - Oslo" is in Norway."""
        before = at - 1
        while before >= 0 and self._tokens[before][0].casefold() in {"in", "the"}:
            before -= 1
        word = self._tokens[before][0] if before >= 0 else ""
        if word == "-":
            return before > 0 and self._tokens[before - 1][0].casefold() == "non"
        return word != "NO" and word.casefold().rstrip(".") in EXCLUDING

    def _read_word(self, word: str) -> None:
        lowered = word.casefold().rstrip(".")
        if lowered.startswith(("http", "www")) or _BARE_DOMAIN.search(lowered) or lowered in STRONG_WORDS:
            self._close_part()
            self._separate(";")
        elif lowered in PREPOSITIONS and not (lowered == "on" and self._says_site()):
            self._close_part()
            self._separate("in")
        elif lowered in REMOTE:
            self._close_unknown()
            self._part.append(Item(word, None, self._sep, is_remote=True))
            self._sep, self._after_remote = " ", True
            if self._word_at(self._position).casefold() == "ok":
                self._position += 1  # "Remote OK" is not Oklahoma
        elif lowered in NOISE or word[0].isdigit():
            self._read_noise(word, lowered)
        else:
            if self._direction and not self._unknown:
                self._unknown.append(self._direction)
                self._direction = ""
            self._unknown.append(word)

    def _read_noise(self, word: str, lowered: str) -> None:
        if word[0].isdigit():
            if not (word.isdigit() and 4 <= len(word) <= 6):
                self._is_numbered = True
            elif any(item.place is not None for item in self._items):
                self._is_after_code = True
        if self._unknown and (word[0].isupper() or word[0].isdigit()):
            self._unknown.append(word)
        elif lowered in DIRECTIONS and word[0].isupper():
            self._direction = word

    def _says_site(self) -> bool:
        following = self._tokens[self._position : self._position + 2]
        return any(word.casefold() == "site" for word, _ in following)

    def _close_unknown(self) -> None:
        if self._unknown:
            self._part.append(Item(" ".join(self._unknown), None, self._sep, after_remote=self._after_remote))
            self._unknown.clear()
            self._sep, self._after_remote = " ", False
        self._direction = ""

    def _close_part(self) -> None:
        self._close_unknown()
        part = self._part
        has_unknown = any(item.place is None and not item.is_remote for item in part)
        if self._is_numbered or self._is_after_code or (len(part) > 1 and has_unknown):
            for item in part:
                item.is_weak = True
        if any(item.is_remote for item in part):
            for item in part:
                item.with_remote = True
        self._items.extend(part)
        part.clear()
        self._is_numbered = False

    def _separate(self, sep: str) -> None:
        if sep == ";":
            self._is_after_code = self._after_remote = False
        # Brackets around nothing but noise: "NYC (HQ), London".
        if (sep == ")" and self._sep == "(") or _STRENGTH[sep] > _STRENGTH[self._sep]:
            self._sep = sep

    def _longest_name(self) -> tuple[int, Place | None]:
        """Return the longest known name that starts here: its number of tokens and what it may mean."""
        first = self._tokens[self._position][0]
        head = fold_name(first)
        if not head:
            return 0, None
        length, place = 0, None
        is_written_small = not (
            first[0].isupper() or self._is_lower or not first[0].isalpha() or first in _SMALL_ARTICLES
        )
        if not is_written_small or not (self._part or self._unknown):
            n_words = min(self._names.longest_from(head.split(" ", 1)[0]), _LONGEST_NAME)
            for n_tokens, words in self._runs(n_words):
                if len(words) == 1 and not self._may_be_name(first):
                    continue
                known = self._names.named(fold_name(" ".join(words)))
                if known is not None and not (is_written_small and not self._is_before_code(n_tokens)):
                    length, place = n_tokens, known
        if length <= 1 and first != "AND" and not (first == "OR" and self._joins_names()):
            code = self._names.coded(self._as_code(first))
            if code is not None:
                return 1, code
        return length, place

    def _is_before_code(self, n_tokens: int) -> bool:
        """Return whether a comma and a code follow these tokens ("seattle, WA"): the writer is careless of capitals."""
        at = self._position + n_tokens
        code = self._as_code(self._word_at(at + 1))
        return self._word_at(at) == "," and bool(code) and self._names.coded(code) is not None

    def _joins_names(self) -> bool:
        """Return whether "OR" is the word ("NYC OR Berlin", "Austin OR remote"), not Oregon ("USA OR Portland")."""
        before = self._part[-1].place if self._part else None
        word = self._word_at(self._position + 1)
        after = self._names.named(fold_name(word)) or self._names.coded(self._as_code(word))
        is_name = word.casefold() in REMOTE or (after is not None and after.country is None)
        return is_name and not (before is not None and before.country)

    def _word_at(self, position: int) -> str:
        return self._tokens[position][0] if position < len(self._tokens) else ""

    def _runs(self, n_words: int) -> Iterator[tuple[int, list[str]]]:
        """Yield the words from here on, one more each time, with their token count; hyphens may join them."""
        tokens = self._tokens
        words: list[str] = []
        at = self._position
        while at < len(tokens) and len(words) < n_words:
            word, spaced = tokens[at]
            at += 1
            if word[0].isalnum() or word == "&":
                words.append(word)
                yield at - self._position, words
            elif not (word in "-'’" and not spaced and at < len(tokens) and not tokens[at][1]):
                return

    @staticmethod
    def _may_be_name(word: str) -> bool:
        lowered = word.casefold()
        return lowered not in NOISE and lowered not in STRONG_WORDS and lowered not in REMOTE

    def _as_code(self, word: str) -> str:
        plain = word.replace(".", "")
        if len(plain) > 3:
            return ""
        if self._is_lower and plain in CODES_WRITTEN_SMALL:
            return plain.upper()
        return plain if plain.isupper() else ""
