"""A search that finds more than it shows is asked for again in parts, by dates of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scrapy import Request
from scrapy.http import Response
from w3lib.url import add_or_replace_parameters, url_query_parameter

from scrapers.decoding import UnexpectedShape
from scrapers.paging import LEADS_TO_LIST, noted
from scrapers.stated_size import parts_lack

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider

_PARTS = "dated_parts"
# In days: as postings get older they get fewer, and each part should find about as many as another.
_AGES = (1, 3, 7, 14, 30, 60, 120, 240, 480, 960)
# An interface may read a moment in a zone of its own, and the newest posting must not lie after the last part.
_AHEAD = timedelta(days=1)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_SHORTEST = timedelta(hours=1)
# A part that finds nearly all of the whole was not asked for by its dates: smaller ones would find as many.
_NEARLY_ALL = 0.9


class _Parts(NamedTuple):
    """Where a search is that is read in parts."""

    whole: int
    """Postings that it said it has when it was not divided."""
    told: int
    """Postings that the parts say they have which are read."""
    left: tuple[str, ...]
    """Addresses of the parts that are to be read after this one."""


@dataclass(frozen=True, slots=True)
class DatedParts:
    """How an interface divides a search.

    Args:
        after: The parameter for the moment from which postings are published on.
        before: The parameter for the moment up to which they are.
        written: How both are written (``strftime``).
        most_shown: Rows that are shown of a search.
    """

    after: str
    before: str
    written: str
    most_shown: int

    def of(self, response: Response, spider: BoardSpider, total: int | None) -> tuple[str, ...]:
        """The addresses of the parts that a search falls into, the newest first; none where it is not divided.

        Two parts have the moment between them in common, so that none is between them. A replay divides nothing: there
        is only what was recorded.

        Args:
            response: The first page of the search.
            spider: Who crawls, and as of when.
            total: Postings that the page says the search has.
        """
        if total is None or total <= self.most_shown or spider.run.origin == "recorded":
            return ()
        if (parts := _parts(response)) is not None and total > _NEARLY_ALL * parts.whole:
            return ()
        begin = self._asked(response, self.after) or _BEGINNING
        end = self._asked(response, self.before) or spider.run.as_of + _AHEAD
        moments = [f"{moment:{self.written}}" for moment in _divided(begin, end, spider.run.as_of)]
        bounds = ({self.after: earlier, self.before: later} for later, earlier in pairwise(moments))
        return tuple(add_or_replace_parameters(response.url, each) for each in bounds)

    def following(
        self, response: Response, page: Request | None, total: int | None, parts: tuple[str, ...]
    ) -> Request | None:
        """The request for what follows a page: the first of its parts, the page after it, or the next part.

        Args:
            response: The page.
            page: The request for the page after it, if it is not divided.
            total: Postings that the page says its search or part has.
            parts: What it is divided into.

        Raises:
            UnexpectedShape: if all parts together have fewer postings than the whole said.
        """
        state = _parts(response)
        if parts:
            whole, told, left = state or (total or 0, 0, ())
            return _next_part(response, _Parts(whole, told, (*parts, *left)))
        if state is None:
            return page
        if page is not None:
            return page.replace(meta={_PARTS: state})
        state = state._replace(told=state.told + (total or 0))
        if state.left:
            return _next_part(response, state)
        if lacking := parts_lack(state.whole, state.told):
            raise UnexpectedShape(lacking)
        return None

    def _asked(self, response: Response, parameter: str) -> datetime | None:
        value = url_query_parameter(response.url, parameter)
        return datetime.strptime(value, self.written).replace(tzinfo=UTC) if value else None


def _parts(response: Response) -> _Parts | None:
    state: _Parts | None = noted(response, _PARTS)
    return state


def _next_part(response: Response, state: _Parts) -> Request:
    """The request for the first of the parts that are left."""
    assert response.request is not None  # noqa: S101 - for the type checker: a page that leads on was asked for
    meta = {_PARTS: state._replace(left=state.left[1:]), LEADS_TO_LIST: True}
    return response.request.replace(url=state.left[0], meta=meta)


def _divided(begin: datetime, end: datetime, now: datetime) -> list[datetime]:
    """The bounds of the parts of a time, the latest first; none where it is too short to be divided."""
    inside = [moment for age in _AGES if begin < (moment := now - timedelta(days=age)) < end]
    if not inside and end - begin >= 2 * _SHORTEST:
        inside = [begin + (end - begin) / 2]
    return [end, *inside, begin] if inside else []
