"""Text from outside (titles, names, reasons that a board gave) where it may do more than be read.

Escaping is each rendering's work; this is about what escaping does not mend.
"""

from __future__ import annotations

import unicodedata

# What a spreadsheet takes for the beginning of a formula.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Control and direction-changing characters, and those that are none: ESC alone lets a title write to the clipboard of
# whoever has it printed on a terminal.
_HARMFUL = ("Cc", "Cf", "Co", "Cs", "Cn")


def harmless(text: object) -> str:
    """The text without characters that do something to a terminal or a layout; of its white space, line ends stay."""
    written = str(text)
    if written.isprintable():
        return written
    return "".join(" " if char.isspace() and char != "\n" else char for char in written if _stays(char))


def for_spreadsheets(text: str) -> str:
    """The text as a spreadsheet shows it: what it would run as a formula is preceded by an apostrophe."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _stays(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _HARMFUL
