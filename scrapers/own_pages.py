"""Decides whether a listed posting whose own page is gone was closed, or has moved to another address.

Lists lag, so a page that is gone (404, 410) closes its posting at once, even if the list still shows it. But if a board
system moves its pages to other addresses, every page is gone while every list still shows its postings. A crawl reads
few pages per employer, so the decision looks both at the employer's pages and at all employers of the run. A page that
was already gone in an earlier crawl is requested each time but does not count: it shows that the list lags, not that
pages have moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# Fewer gone pages than this are credible closings between two crawls. From this number on they are doubted if they are
# the majority.
FEW = 3


class OwnPages(NamedTuple):
    """How many of the requested own pages were read, and how many are gone since the last crawl."""

    read: int
    gone: int

    @property
    def are_mostly_gone(self) -> bool:
        """Whether more pages are gone than were read."""
        return self.gone > self.read

    @property
    def have_moved(self) -> bool:
        """Whether this employer's pages alone show that their address has changed."""
        return self.gone >= FEW and self.are_mostly_gone

    @property
    def are_inconclusive(self) -> bool:
        """Whether pages are gone and no page that was read shows that the address is still right."""
        return not self.read and 0 < self.gone < FEW


class AllOwnPages:
    """The own pages of all employers of a run; each employer counts once, however many pages it has."""

    def __init__(self, employers: Iterable[OwnPages]) -> None:
        with_pages = [each for each in employers if each.read or each.gone]
        self.employers = len(with_pages)
        self.mostly_gone = sum(each.are_mostly_gone for each in with_pages)
        self._gone = sum(each.gone for each in with_pages)

    @property
    def have_moved(self) -> bool:
        """Whether the pages are gone at most employers. If so, no gone page of the run closes its posting."""
        return self._gone >= FEW and self.mostly_gone > self.employers - self.mostly_gone
