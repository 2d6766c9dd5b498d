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
    short, long = (_seconds(read, piece * (times * characters // len(piece))) for times in (1, 4))
    assert long < _AT_MOST_TIMES * short + _SLACK_SECONDS, f"{piece!r}: {short:.3f} s, then {long:.3f} s"


def _seconds(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of the faster of two readings."""
    times = []
    for _ in range(2):
        began = process_time()
        read(text)
        times.append(process_time() - began)
    return min(times)
