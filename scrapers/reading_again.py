"""Chooses the postings' own pages to read again although their list has not changed: lists do not show edited texts."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from scrapy.settings import BaseSettings

from jobmarket.landed_index import Shown
from scrapers.steps import Found, Seen

# Known postings kept for comparison: their pages show whether other pages are gone or all have moved.
_KEPT_TO_COMPARE = 2


class ReadingAgain:
    """Chooses a share of one company's unchanged postings, starting with the pages that were read longest ago.

    A page is due ``OWN_PAGES_READ_AGAIN_AFTER`` days after it was read. A crawl reads at most
    ``OWN_PAGES_READ_AGAIN_SHARE`` of the company's pages, so daily crawls reach each page in a week and weekly crawls
    in a month. The choice depends only on the landing and ``as_of``.
    """

    def __init__(self, settings: BaseSettings, as_of: datetime) -> None:
        self._read_before = as_of - timedelta(days=settings.getint("OWN_PAGES_READ_AGAIN_AFTER"))
        self._share = settings.getfloat("OWN_PAGES_READ_AGAIN_SHARE")
        self._unchanged = 0
        self._waiting: list[tuple[str, str, Found, Seen]] = []
        self._to_compare: list[tuple[Found, Seen]] = []

    def is_due(self, shown: Shown) -> bool:
        """Return whether a posting's own page is due to be read again."""
        return not shown.read_at or datetime.fromisoformat(shown.read_at) <= self._read_before

    def waits(self, found: Found, seen: Seen) -> bool:
        """Count an unchanged posting and take it if its page may be read again; return whether it was taken."""
        self._unchanged += 1
        if seen.shown is None:
            return False
        if not self.is_due(seen.shown):
            return self._is_kept(found, seen)
        self._waiting.append((seen.shown.read_at or "", found.key or "", found, seen))
        return True

    def chosen(self, room: int) -> tuple[list[tuple[Found, Seen]], list[Seen]]:
        """Return the postings to read again, at most ``room``, and those that are not read this time.

        Both are removed from here.
        """
        most = max(0, min(room, math.ceil(self._share * self._unchanged)))
        waiting, self._waiting = sorted(self._waiting, key=lambda each: each[:2]), []
        others = [seen for *_, found, seen in waiting[most:] if not self._is_kept(found, seen)]
        return [(found, seen) for _, _, found, seen in waiting[:most]], others

    def one_to_compare(self) -> tuple[Found, Seen] | None:
        """Remove and return a known posting that is not read this time; None if there is none."""
        return self._to_compare.pop() if self._to_compare else None

    def kept(self) -> list[Seen]:
        """Remove and return the postings that were not needed for comparison."""
        kept, self._to_compare = [seen for _, seen in self._to_compare], []
        return kept

    def _is_kept(self, found: Found, seen: Seen) -> bool:
        if len(self._to_compare) == _KEPT_TO_COMPARE:
            return False
        self._to_compare.append((found, seen))
        return True
