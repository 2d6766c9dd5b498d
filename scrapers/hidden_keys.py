"""Keeps boards' keys out of the log: some boards want theirs in the address, and addresses are logged."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from urllib.parse import quote, quote_plus


class HiddenKeys(logging.Filter):
    """Writes ``***`` where a key would stand, as it is or as an address spells it."""

    def __init__(self, keys: Collection[str]) -> None:
        super().__init__()
        spellings = {spelt for key in keys for spelt in (key, quote(key, safe=""), quote_plus(key))}
        self._keys = re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where it names a key; every record is let through."""
        message = record.getMessage()
        if self._keys.search(message):
            record.msg, record.args = self._keys.sub("***", message), ()
        return True


def hide(keys: Collection[str]) -> None:
    """Keep some keys out of everything that is logged from now on."""
    if keys:
        for handler in logging.getLogger().handlers:
            handler.addFilter(HiddenKeys(keys))
