"""Find where the sentence around a position of a line begins and ends."""

from __future__ import annotations

import re
from typing import Final

# Characters. Longer sentences are cut, which keeps the work linear in any text.
REACH: Final = 300
# Not after abbreviations: "e.g. ", "z. B. ", "u. a. ", "d. h. ", "ggf. "
_END: Final = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<![ (][zudv])(?<![ (][zudv]\.[abh])(?<![ (][zudv]\. [abh])(?<! bzw)(?<! ggf)(?<! inkl)[.;!?] "
)


def sentence_start(line: str, position: int) -> int:
    """Return the start of the sentence before ``position`` of a lower-case line."""
    start = max(0, position - REACH)
    for end in _END.finditer(line, start, position):
        start = end.end()
    return start


def sentence_end(line: str, position: int) -> int:
    """Return the end of the sentence after ``position`` of a lower-case line, without its sign."""
    reach = min(len(line), position + REACH)
    found = _END.search(line, position, reach)
    return found.start() if found else reach
