"""A search that finds more than it shows is asked for again in parts, by dates of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from scrapy import Request
from scrapy.http import Response
from w3lib.url import add_or_replace_parameters, url_query_parameter

from scrapers.decoding import UnexpectedShape
from scrapers.paging import LEADS_TO_LIST, noted
from scrapers.planning import BoardRun
from scrapers.stated_size import parts_lack

_STATE = "dated_parts"
# In days: as postings get older they get fewer, and each part should find about as many as another.
_AGES = (1, 3, 7, 14, 30, 60, 120, 240, 480, 960)
# An interface may read a moment in a zone of its own, and the newest posting must not lie after the last part.
_AHEAD = timedelta(days=1)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_SHORTEST = timedelta(hours=1)
# A part that finds nearly all of the whole was not asked for by its dates: smaller ones would find as many.
_NEARLY_ALL = 0.9


class _State(NamedTuple):
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
        begins_at: The parameter for the place in the search at which a page begins: ``0``, or ``0-149``, on the first.
        after: The parameter for the moment from which postings are published on.
        before: The parameter for the moment up to which they are.
        written: How both moments are written (``strftime``).
        most_shown: Rows that are shown of a search.
    """

    begins_at: str
    after: str
    before: str
    written: str
    most_shown: int

    def addresses(self, response: Response, run: BoardRun, total: int | None) -> tuple[str, ...]:
        """The addresses of the parts that a search falls into, the newest first; none where it is not divided.

        Two parts have the moment between them in common, so that none is between them. A replay divides nothing: there
        is only what was recorded.

        Args:
            response: A page of the search; it is the first that is divided.
            run: As of when it is crawled, and whether it is a replay.
            total: Postings that the page says the search has.
        """
        place = url_query_parameter(response.url, self.begins_at) or "0"
        is_first = place.partition("-")[0] == "0"
        if not is_first or total is None or total <= self.most_shown or run.origin == "recorded":
            return ()
        if (state := _state_of(response)) is not None and total > _NEARLY_ALL * state.whole:
            return ()
        begin = self._asked(response, self.after) or _BEGINNING
        end = self._asked(response, self.before) or run.as_of + _AHEAD
        moments = [f"{moment:{self.written}}" for moment in _divided(begin, end, run.as_of)]
        bounds = ({self.after: earlier, self.before: later} for later, earlier in pairwise(moments))
        return tuple(add_or_replace_parameters(response.url, each) for each in bounds)

    def _asked(self, response: Response, parameter: str) -> datetime | None:
        value = url_query_parameter(response.url, parameter)
        return datetime.strptime(value, self.written).replace(tzinfo=UTC) if value else None


def following(
    response: Response, page: Request | None, total: int | None, addresses: tuple[str, ...]
) -> Request | None:
    """The request for what follows a page: the first of its parts, the page after it, or the next part.

    Args:
        response: The page.
        page: The request for the page after it, if it is not divided.
        total: Postings that the page says its search or part has.
        addresses: Those of the parts that it is divided into.

    Raises:
        UnexpectedShape: if all parts together have fewer postings than the whole said.
    """
    state = _state_of(response)
    if addresses:
        whole, told, left = state or (total or 0, 0, ())
        return _next_part(response.request, _State(whole, told, (*addresses, *left)))
    if state is None:
        return page
    if page is not None:
        return page.replace(meta={_STATE: state})
    state = state._replace(told=state.told + (total or 0))
    if state.left:
        return _next_part(response.request, state)
    if lacking := parts_lack(state.whole, state.told):
        raise UnexpectedShape(lacking)
    return None


def after_lost(request: Request | None) -> Request | None:
    """The request for the part after one that was not read to its end; None where there is none.

    What the lost one has is not known, so that the parts are not held against the whole any more.
    """
    state: _State | None = request.meta.get(_STATE) if request is not None else None
    return _next_part(request, state._replace(told=state.whole)) if state is not None and state.left else None


def _state_of(response: Response) -> _State | None:
    state: _State | None = noted(response, _STATE)
    return state


def _next_part(request: Request | None, state: _State) -> Request:
    """The request for the first of the parts that are left."""
    assert request is not None  # noqa: S101 - for the type checker: a page that leads on was asked for
    return request.replace(url=state.left[0], meta={_STATE: state._replace(left=state.left[1:]), LEADS_TO_LIST: True})


def _divided(begin: datetime, end: datetime, now: datetime) -> list[datetime]:
    """The bounds of the parts of a time, the latest first; none where it is too short to be divided."""
    inside = [moment for age in _AGES if begin < (moment := now - timedelta(days=age)) < end]
    if not inside and end - begin >= 2 * _SHORTEST:
        inside = [begin + (end - begin) / 2]
    return [end, *inside, begin] if inside else []
