"""Which postings' own pages are read again although their list shows nothing new: lists do not tell of edited texts."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from scrapy.settings import BaseSettings

from jobmarket.landed_index import Shown
from scrapers.steps import Found, Seen


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

    def is_due(self, shown: Shown) -> bool:
        """Whether a posting's own page was read long ago."""
        return not shown.read_at or datetime.fromisoformat(shown.read_at) <= self._read_before

    def waits(self, found: Found, seen: Seen) -> bool:
        """Take a posting that its list shows unchanged, if it may be read again; the others are only counted."""
        self._unchanged += 1
        if seen.shown is None or not self.is_due(seen.shown):
            return False
        self._waiting.append((seen.shown.read_at or "", found.key or "", found, seen))
        return True

    def chosen(self, room: int) -> tuple[list[tuple[Found, Seen]], list[Seen]]:
        """What is to be read again, at most ``room``; and what is not, this time. Both are forgotten here."""
        most = max(0, min(room, math.ceil(self._share * self._unchanged)))
        waiting, self._waiting = sorted(self._waiting, key=lambda each: each[:2]), []
        return [(found, seen) for _, _, found, seen in waiting[:most]], [seen for *_, seen in waiting[most:]]
