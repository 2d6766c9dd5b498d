"""Where in a text a word stands, found cheaply: a plain search for the word, then a pattern on its sentence only.

A pattern with many alternatives over a whole posting costs more than all the rest of the reading together.
Looking for two or three plain words first keeps a posting without them free of charge.
"""

from __future__ import annotations

from collections.abc import Iterator

_BREAKS = (". ", "! ", "? ", "; ", " • ")


def around(text: str, words: tuple[str, ...], reach: int = 160) -> Iterator[tuple[int, int]]:
    """Yield the sentence (start, end) around each place where one of ``words`` stands, in order, once each.

    A sentence ends at a line end, at a full stop or after ``reach`` characters, whichever comes first; so the
    work stays linear in the text however long its lines are.

    Args:
        text: the text, in the case that ``words`` are given in.
        words: plain strings to look for.
        reach: how far a sentence may go to either side of the word, in characters.
    """
    spots: list[int] = []
    for word in words:
        spot = text.find(word)
        while spot >= 0:
            spots.append(spot)
            spot = text.find(word, spot + len(word))
    spots.sort()
    last_end = -1
    for spot in spots:
        if spot < last_end:
            continue
        start = max(text.rfind("\n", max(0, spot - reach), spot) + 1, spot - reach, 0)
        end = text.find("\n", spot, spot + reach)
        if end < 0:
            end = min(len(text), spot + reach)
        for mark in _BREAKS:
            stop = text.rfind(mark, start, spot)
            if stop >= 0:
                start = stop + len(mark)
            stop = text.find(mark, spot, end)
            if stop >= 0:
                end = stop
        last_end = end
        yield start, end
