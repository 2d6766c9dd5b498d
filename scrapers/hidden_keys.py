"""Keeps boards' keys out of the log and of reasons: some want theirs in the address, and errors name addresses."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from urllib.parse import quote, quote_plus

_FORMATTER = logging.Formatter()


class HiddenKeys(logging.Filter):
    """Writes ``***`` where a key would stand, as it is or as an address spells it."""

    def __init__(self, keys: Collection[str]) -> None:
        super().__init__()
        spellings = {spelt for key in keys for spelt in (key, quote(key, safe=""), quote_plus(key))}
        longest_first = sorted(filter(None, spellings), key=len, reverse=True)
        self._keys = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def out_of(self, words: str) -> str:
        """Words without the keys."""
        return self._keys.sub("***", words) if self._keys else words

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where it names a key, its traceback too; every record is let through."""
        message = record.getMessage()
        if (without := self.out_of(message)) != message:
            record.msg, record.args = without, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)  # formatters take it as it stands
        if record.exc_text:
            record.exc_text = self.out_of(record.exc_text)
        if record.stack_info:
            record.stack_info = self.out_of(record.stack_info)
        return True


def hide(keys: Collection[str]) -> HiddenKeys:
    """Keep some keys out of everything that is logged from now on; what is returned keeps them out of other words."""
    hidden = HiddenKeys(keys)
    if keys:
        for handler in logging.getLogger().handlers:
            handler.addFilter(hidden)
    return hidden
