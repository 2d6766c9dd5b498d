"""Read what lines say by themselves, one pass per kind of reading over all of them."""

from __future__ import annotations

from collections.abc import Iterable

from jobmarket.extract.amounts import read_numbers
from jobmarket.extract.anchors import read_words
from jobmarket.extract.folding import together
from jobmarket.extract.line import UNREAD, Line
from jobmarket.extract.sector_words import read_sector_words


def read_lines(lines: Iterable[Line]) -> None:
    """Read the lines that are not read yet: trigger words, numbers, sector words."""
    unread = list(dict.fromkeys([line for line in lines if line.cues == UNREAD]))
    if unread:
        texts = together(tuple([line.text for line in unread]))
        read_words(unread, texts)
        read_numbers(unread, texts)
        read_sector_words(unread, texts)
