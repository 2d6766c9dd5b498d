"""Makes text from outside (titles, names, reasons given by a board) safe for terminals and spreadsheets.

Each renderer does its own escaping. This module handles what escaping does not cover.
"""

from __future__ import annotations

import unicodedata

# Prefixes that a spreadsheet reads as the beginning of a formula.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Unicode categories of control, format, private-use, surrogate and unassigned characters. A single ESC in a title can
# write to the clipboard of whoever prints it on a terminal.
_HARMFUL = ("Cc", "Cf", "Co", "Cs", "Cn")


def harmless(text: object) -> str:
    """Return the text without characters that act on a terminal or a layout. Keep line ends."""
    written = str(text)
    if written.isprintable():
        return written
    return "".join(" " if char.isspace() and char != "\n" else char for char in written if _stays(char))


def for_spreadsheets(text: str) -> str:
    """Return the text for a spreadsheet, with an apostrophe before anything that it would run as a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _stays(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _HARMFUL
