"""Finds quadratic patterns by how the time grows with the text."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

# Four times the text takes about four times as long, or sixteen times if the time is quadratic.
_AT_MOST_TIMES = 9
# Below this, the clock and the first call decide.
_SLACK_SECONDS = 0.05


def assert_linear(read: Callable[[str], object], piece: str, characters: int) -> None:
    """Check that reading a piece, repeated up to a number of characters, takes linear time."""
    short_text, long_text = (piece * (times * characters // len(piece)) for times in (1, 4))
    short = min(_seconds(read, short_text), _seconds(read, short_text))
    most = _AT_MOST_TIMES * short + _SLACK_SECONDS
    # A reading that was disturbed is repeated.
    long = _seconds(read, long_text)
    assert long < most or _seconds(read, long_text) < most, f"{piece!r}: {short:.3f} s, then {long:.3f} s"


def _seconds(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of a reading."""
    began = process_time()
    read(text)
    return process_time() - began
