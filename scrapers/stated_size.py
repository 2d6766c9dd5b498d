"""Compares the number of postings that a list states with the number that its pages show."""

from __future__ import annotations

from collections.abc import Iterator

from jobmarket import gap_words
from jobmarket.counted import counted

# Lists count some postings that they do not show, and change while they are read. A list that shows less than this is
# cut short.
_SHOWN_AT_LEAST = 0.9
# A list of thousands takes minutes to read and loses some postings during every crawl. If each such crawl were partial,
# nothing would ever be closed. The few postings skipped are closed one crawl too early, and reopened by the next. A
# list under 200 is read in seconds, so none may be lost.
_MAY_BE_LOST = 0.005


def parts_lack(whole: int, parts: int, divided_by: str) -> str | None:
    """Return a fault if the parts of a list together have fewer postings than the list stated; else None.

    Parts may overlap, so they may have more. They may lack only the postings removed in the meantime.
    """
    if parts < (1 - _MAY_BE_LOST) * whole:
        return gap_words.PARTS_LACK.format(f"{whole:,}", divided_by, f"{parts:,}")
    return None


class StatedSize:
    """Decides whether the pages of a list showed all of it. A list in one answer has one page.

    Args:
        most_shown: How many rows of a list the interface shows at most; None if it has no such limit.
        cut_off_at: The total that the interface may state for any longer list too; None if its totals are right.
    """

    def __init__(self, most_shown: int | None = None, cut_off_at: int | None = None) -> None:
        self._most_shown, self._cut_off_at = most_shown, cut_off_at
        self.begin()

    def begin(self) -> None:
        """Begin another list."""
        self._stated: int | None = None
        self._longest = self._lost = self._added = 0
        self._shown = self._repeated = self._on_page = self._largest_page = 0

    def page(self, stated: int | None, shown: int, repeated: int = 0) -> None:
        """Count a page.

        If a posting on an earlier page is removed, all later ones move up and the first of the next page is skipped.
        So a stated total that falls shows how many postings may have been skipped, but not which.

        If one is added, all later ones move down and the last of the page is shown again on the next. Any further
        repeated posting stands in the place of one that no page shows: the order changes while the list is read.

        Args:
            stated: How many postings the page states for the list; None if it states none.
            shown: How many it shows.
            repeated: How many of these an earlier row of the list showed.
        """
        self._shown += shown - repeated
        self._repeated += repeated
        self._on_page, self._largest_page = shown, max(shown, self._largest_page)
        if stated is not None:
            self._lost += max((self._stated or 0) - stated, 0)
            self._added += max(stated - self._stated, 0) if self._stated is not None else 0
            self._longest = max(stated, self._longest)
            self._stated = stated

    @property
    def says_more(self) -> bool:
        """Whether the list states more postings than its pages have shown."""
        return self._stated is not None and self._shown < self._stated

    def end(self, *, goes_on: bool = False) -> Iterator[str]:
        """End the list and yield its faults.

        Args:
            goes_on: Whether its last page says that another follows.
        """
        if self._stated is None:
            if goes_on and not self._on_page:
                yield gap_words.EMPTY_PAGE
            return
        if self._lost > _MAY_BE_LOST * self._longest:
            yield gap_words.SHRANK.format(f"{self._longest:,}", f"{self._longest - self._lost:,}")
        skipped = self._repeated - self._added
        missing = self._stated - self._shown
        if missing > 0 and skipped > _MAY_BE_LOST * self._longest:
            yield gap_words.ORDER_CHANGED.format(counted(self._repeated, "posting"))
            return
        if self._most_shown is not None and self._stated > self._most_shown and missing > 0:
            yield gap_words.SHOWS_AT_MOST.format(f"{self._stated:,}", f"{self._most_shown:,}")
        elif self._shown < _SHOWN_AT_LEAST * self._stated or (not self._on_page and missing >= self._largest_page):
            yield gap_words.SHOWS_FEWER.format(f"{self._shown:,}", f"{self._stated:,}")
        elif self._stated == self._cut_off_at:
            yield gap_words.COUNTS_NO_MORE.format(f"{self._stated:,}")
