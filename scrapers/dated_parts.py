"""Splits a search that has more results than its board shows into parts, by date of publication."""

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
# In days. Older postings are rarer, so older parts are longer: each should have about as many results.
_AGES = (1, 3, 7, 14, 30, 60, 120, 240, 480, 960)
# A board may read a moment in its own time zone; the newest posting must still be in the last part.
_AHEAD = timedelta(days=1)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_SHORTEST = timedelta(hours=1)
# A part with nearly all results of the search shows that the board ignores the dates: smaller parts would have as many.
_NEARLY_ALL = 0.9


class _State(NamedTuple):
    """How far a search has been read in parts."""

    whole: int
    """Postings that the undivided search stated."""
    stated: int
    """Postings that the parts read so far stated, together."""
    left: tuple[str, ...]
    """URLs of the parts still to be read after this one."""


@dataclass(frozen=True, slots=True)
class DatedParts:
    """How an interface filters a search by date.

    Args:
        begins_at: The parameter for the offset at which a page begins: ``0``, or ``0-149``, on the first page.
        after: The parameter for the earliest moment of publication.
        before: The parameter for the latest moment of publication.
        written: How both moments are written (``strftime``).
        most_shown: How many results of a search the interface shows.
    """

    begins_at: str
    after: str
    before: str
    written: str
    most_shown: int

    def addresses(self, response: Response, run: BoardRun, total: int | None) -> tuple[str, ...]:
        """Return the URLs of the parts of a search, the newest first; none if it is not divided.

        Neighbouring parts share the moment between them, so that no posting falls between two parts. A replay divides
        nothing, because the parts were not recorded.

        Args:
            response: A page of the search; only the first page is divided.
            run: The run, with its moment and origin.
            total: Postings that the page states for the search.
        """
        place = url_query_parameter(response.url, self.begins_at) or "0"
        is_first = place.partition("-")[0] == "0"
        if not is_first or total is None or total <= self.most_shown or run.origin == "recorded":
            return ()
        if (state := _state_of(response)) is not None and total > _NEARLY_ALL * state.whole:
            return ()
        begin = self._bound(response, self.after) or _BEGINNING
        end = self._bound(response, self.before) or run.as_of + _AHEAD
        moments = [f"{moment:{self.written}}" for moment in _divided(begin, end, run.as_of)]
        bounds = ({self.after: earlier, self.before: later} for later, earlier in pairwise(moments))
        return tuple(add_or_replace_parameters(response.url, each) for each in bounds)

    def _bound(self, response: Response, parameter: str) -> datetime | None:
        value = url_query_parameter(response.url, parameter)
        return datetime.strptime(value, self.written).replace(tzinfo=UTC) if value else None


def following(
    response: Response, page: Request | None, total: int | None, addresses: tuple[str, ...]
) -> Request | None:
    """Return the request for what follows a page: its first part, the next page, or the next part.

    Args:
        response: The page.
        page: The request for the next page, if the search is not divided.
        total: Postings that the page states for its search or part.
        addresses: URLs of the parts into which the search is divided.

    Raises:
        UnexpectedShape: If all parts together state fewer postings than the undivided search.
    """
    state = _state_of(response)
    if addresses:
        whole, stated, left = state or (total or 0, 0, ())
        return _next_part(response.request, _State(whole, stated, (*addresses, *left)))
    if state is None:
        return page
    if page is not None:
        return page.replace(meta={_STATE: state})
    state = state._replace(stated=state.stated + (total or 0))
    if state.left:
        return _next_part(response.request, state)
    if lacking := parts_lack(state.whole, state.stated, "date"):
        raise UnexpectedShape(lacking)
    return None


def after_lost(request: Request | None) -> Request | None:
    """Return the request for the part after one that could not be read to its end; None if it was the last.

    The size of the lost part is unknown, so the parts are no longer compared with the undivided search.
    """
    state: _State | None = request.meta.get(_STATE) if request is not None else None
    return _next_part(request, state._replace(stated=state.whole)) if state is not None and state.left else None


def _state_of(response: Response) -> _State | None:
    state: _State | None = noted(response, _STATE)
    return state


def _next_part(request: Request | None, state: _State) -> Request:
    """Return the request for the first of the remaining parts."""
    assert request is not None  # noqa: S101 - for the type checker: every page read here was requested
    return request.replace(url=state.left[0], meta={_STATE: state._replace(left=state.left[1:]), LEADS_TO_LIST: True})


def _divided(begin: datetime, end: datetime, now: datetime) -> list[datetime]:
    """Return the bounds of a period's parts, the latest first; none if the period is too short to be divided."""
    inside = [moment for age in _AGES if begin < (moment := now - timedelta(days=age)) < end]
    if not inside and end - begin >= 2 * _SHORTEST:
        inside = [begin + (end - begin) / 2]
    return [end, *inside, begin] if inside else []
