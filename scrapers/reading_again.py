"""Which postings' own pages are read again although their list shows nothing new: lists do not tell of edited texts."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from scrapy.settings import BaseSettings

from jobmarket.landed_index import Shown
from scrapers.steps import Found, Seen

# Known postings whose pages tell, if need be, whether others are gone or all have moved.
_KEPT_TO_COMPARE = 2


class ReadingAgain:
    """Of one company: a share of what its list shows unchanged, those first whose pages were read longest ago.

    A page is due ``OWN_PAGES_READ_AGAIN_AFTER`` days after it was read; a crawl reads at most
    ``OWN_PAGES_READ_AGAIN_SHARE`` of the company's. Daily crawls come to each page in a week, weekly ones in a month.
    Which are read follows from the landing and from ``as_of`` alone.
    """

    def __init__(self, settings: BaseSettings, as_of: datetime) -> None:
        self._read_before = as_of - timedelta(days=settings.getint("OWN_PAGES_READ_AGAIN_AFTER"))
        self._share = settings.getfloat("OWN_PAGES_READ_AGAIN_SHARE")
        self._unchanged = 0
        self._waiting: list[tuple[str, str, Found, Seen]] = []
        self._to_compare: list[tuple[Found, Seen]] = []

    def is_due(self, shown: Shown) -> bool:
        """Whether a posting's own page was read long ago."""
        return not shown.read_at or datetime.fromisoformat(shown.read_at) <= self._read_before

    def waits(self, found: Found, seen: Seen) -> bool:
        """Take a posting that its list shows unchanged, if it may be read again; the others are only counted."""
        self._unchanged += 1
        if seen.shown is None:
            return False
        if not self.is_due(seen.shown):
            return self._is_kept(found, seen)
        self._waiting.append((seen.shown.read_at or "", found.key or "", found, seen))
        return True

    def chosen(self, room: int) -> tuple[list[tuple[Found, Seen]], list[Seen]]:
        """What is to be read again, at most ``room``; and what is not, this time. Both are forgotten here."""
        most = max(0, min(room, math.ceil(self._share * self._unchanged)))
        waiting, self._waiting = sorted(self._waiting, key=lambda each: each[:2]), []
        others = [seen for *_, found, seen in waiting[most:] if not self._is_kept(found, seen)]
        return [(found, seen) for _, _, found, seen in waiting[:most]], others

    def one_to_compare(self) -> tuple[Found, Seen] | None:
        """A known posting that was not read this time."""
        return self._to_compare.pop() if self._to_compare else None

    def kept(self) -> list[Seen]:
        """Those that were not asked for in the end."""
        kept, self._to_compare = [seen for _, seen in self._to_compare], []
        return kept

    def _is_kept(self, found: Found, seen: Seen) -> bool:
        if len(self._to_compare) == _KEPT_TO_COMPARE:
            return False
        self._to_compare.append((found, seen))
        return True
