"""Keeps the boards' keys out of the log and of reasons: some boards want the key in the URL, and errors quote URLs."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from urllib.parse import quote, quote_plus

_FORMATTER = logging.Formatter()


class HiddenKeys(logging.Filter):
    """Replaces keys with ``***``, as they are and URL-encoded."""

    def __init__(self, keys: Collection[str]) -> None:
        super().__init__()
        spellings = {spelt for key in keys for spelt in (key, quote(key, safe=""), quote_plus(key))}
        longest_first = sorted(filter(None, spellings), key=len, reverse=True)
        self._keys = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def out_of(self, words: str) -> str:
        """Return a text without the keys."""
        return self._keys.sub("***", words) if self._keys else words

    def filter(self, record: logging.LogRecord) -> bool:
        """Remove the keys from a record and its traceback; every record passes."""
        message = record.getMessage()
        if (without := self.out_of(message)) != message:
            record.msg, record.args = without, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)  # formatters reuse this text
        if record.exc_text:
            record.exc_text = self.out_of(record.exc_text)
        if record.stack_info:
            record.stack_info = self.out_of(record.stack_info)
        return True


def hide(keys: Collection[str]) -> HiddenKeys:
    """Keep keys out of everything that is logged from now on; use the returned filter for other texts."""
    hidden = HiddenKeys(keys)
    if keys:
        for handler in logging.getLogger().handlers:
            handler.addFilter(hidden)
    return hidden
