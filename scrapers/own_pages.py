"""A posting that is listed and whose own page is gone: whether it was closed, or its address has changed.

Lists lag behind, so that a page that is gone (404, 410) closes its posting at once, whatever the list says. When a
board system gives its pages another address, though, every page is gone, and every list goes on showing its postings.
A crawl reads few pages of an employer, so that both are asked: the employer's pages, and all employers of the run.
A page that an earlier crawl found gone is asked for each time and counts for neither: lists that lag are no move.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# So many are closed between two looks at a list; more are doubted where they are most of those asked for.
FEW = 3


class OwnPages(NamedTuple):
    """How many of the own pages that were asked for are there, and how many are gone since the last time."""

    read: int
    gone: int

    @property
    def are_mostly_gone(self) -> bool:
        """Whether fewer are there than gone."""
        return self.gone > self.read

    @property
    def have_moved(self) -> bool:
        """Whether one employer's pages tell that their address has changed."""
        return self.gone >= FEW and self.are_mostly_gone

    @property
    def tell_nothing(self) -> bool:
        """Whether some are gone, and no other page tells if the address is still the right one."""
        return not self.read and 0 < self.gone < FEW


class AllOwnPages:
    """Those of all employers of a run on one board system; each employer counts once, however many it has."""

    def __init__(self, employers: Iterable[OwnPages]) -> None:
        asked = [each for each in employers if each.read or each.gone]
        self.employers = len(asked)
        self.mostly_gone = sum(each.are_mostly_gone for each in asked)
        self._gone = sum(each.gone for each in asked)

    @property
    def have_moved(self) -> bool:
        """Whether the pages are gone at most employers: no page of the run that is gone closes its posting then."""
        return self._gone >= FEW and self.mostly_gone > self.employers - self.mostly_gone
