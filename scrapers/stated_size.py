"""What a list says it has, held against what its pages show."""

from __future__ import annotations

from collections.abc import Iterator

# Lists count some postings that they do not show, and change while they are read: one that shows less than this is cut
# short.
_SHOWN_AT_LEAST = 0.9
# In minutes of reading a list of thousands loses some at every crawl, and were such a crawl partial, nothing would ever
# be closed. The few passed over are closed a crawl too early, and opened again by the next. Of a list under 200, which
# is read in seconds, none may be lost.
_MAY_BE_LOST = 0.005


def parts_lack(whole: int, parts: int) -> str | None:
    """What is wrong with the parts that a list was read in, if they have fewer postings than the list said; else None.

    They may overlap; but for what was taken off meanwhile, nothing of the list may be in none of them.
    """
    if parts < (1 - _MAY_BE_LOST) * whole:
        return f"the list has {whole:,} postings, its parts by date {parts:,}"
    return None


class StatedSize:
    """Decides whether a list was shown whole: one list, page after page; one answer is a list of one page.

    Args:
        most_shown: The rows that the interface shows of any list, however long; None if there is no such limit.
    """

    def __init__(self, most_shown: int | None = None) -> None:
        self._most_shown = most_shown
        self.begin()

    def begin(self) -> None:
        """Another list begins."""
        self._stated: int | None = None
        self._longest = self._lost = 0
        self._shown = self._on_page = self._largest_page = 0

    def page(self, stated: int | None, shown: int) -> None:
        """A page says how many the list has, and shows some.

        Where one is taken off before the page that is read, all behind it move up, and the first of the next page is
        passed over: nobody knows which.
        """
        self._shown += shown
        self._on_page, self._largest_page = shown, max(shown, self._largest_page)
        if stated is not None:
            self._lost += max((self._stated or 0) - stated, 0)
            self._longest = max(stated, self._longest)
            self._stated = stated

    @property
    def says_more(self) -> bool:
        """Whether the list has more than it has shown, as it says."""
        return self._stated is not None and self._shown < self._stated

    def end(self, *, goes_on: bool = False) -> Iterator[str]:
        """The list is over; tells what is wrong.

        Args:
            goes_on: Whether its last page says that another follows.
        """
        if self._stated is None:
            if goes_on and not self._on_page:
                yield "a page of the list is empty and says that more follows"
            return
        if self._lost > _MAY_BE_LOST * self._longest:
            yield f"the list went from {self._longest:,} postings to {self._longest - self._lost:,} while it was read"
        missing = self._stated - self._shown
        if self._most_shown is not None and self._stated > self._most_shown and missing > 0:
            yield f"the list has {self._stated:,} postings, of which {self._most_shown:,} at most are shown"
        elif self._shown < _SHOWN_AT_LEAST * self._stated or (not self._on_page and missing >= self._largest_page):
            yield f"the list shows {self._shown:,} of {self._stated:,} postings that it says it has"
