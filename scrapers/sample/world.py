"""The sample world: the employers, postings and HTTP responses of a small labour market, all from one seed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

import orjson

from scrapers.sample.firms import Employer, Firm, build_firms
from scrapers.sample.listings import Listing, build_listings
from scrapers.sample.outages import SHORT_LIST_SHARE, plan_outages
from scrapers.sample.response import Response
from scrapers.sample.shape_ashby import ONLY_WITH_COMPENSATION, ashby_job
from scrapers.sample.shape_greenhouse import LIST_ONLY_WITH_CONTENT, greenhouse_job, greenhouse_updated_at
from scrapers.sample.shape_lever import lever_posting
from scrapers.sample.text import compose

HOSTS: dict[str, str] = {
    "boards-api.greenhouse.io": "greenhouse",
    "api.lever.co": "lever",
    "api.ashbyhq.com": "ashby",
}
CRAWL_HOUR = time(6, tzinfo=UTC)

_JSON = "application/json; charset=utf-8"
_NOT_FOUND = {
    # Lever's body is recorded. The other two systems document the status but not the body.
    "greenhouse": Response(404, _JSON, b'{"status":404,"error":"Job not found"}'),
    "lever": Response(404, _JSON, b'{"ok":false,"error":"Document not found"}'),
    "ashby": Response(404, "text/plain; charset=utf-8", b"Not Found"),
}
_SERVER_ERROR = Response(
    500, "text/html; charset=utf-8", b"<html><body><h1>500 Internal Server Error</h1></body></html>"
)


class SampleWorld:
    """The boards of the sample market, which answer requests as of any moment.

    Args:
        seed: Determines everything. Another seed gives another market.
        employers: Number of employers. A larger number keeps the employers of a smaller one.
        weeks: Number of weekly crawls.
        first_week: The Monday of the first crawl, which takes place at 06:00 UTC.

    Raises:
        ValueError: If ``first_week`` is not a Monday, or if there is no employer or fewer than two weeks.
    """

    def __init__(
        self, seed: int = 2026, employers: int = 180, weeks: int = 26, first_week: date = date(2026, 2, 23)
    ) -> None:
        if first_week.weekday() != 0:
            raise ValueError(f"first_week must be a Monday, but {first_week} is not")
        if employers < 1 or weeks < 2:
            raise ValueError(f"needs at least one employer and two weeks, got {employers} and {weeks}")
        self.seed = seed
        self.weeks = weeks
        self.epoch = datetime.combine(first_week, time(0, tzinfo=UTC))
        first = datetime.combine(first_week, CRAWL_HOUR)
        self.observation_dates: tuple[datetime, ...] = tuple(first + timedelta(weeks=week) for week in range(weeks))
        self.firms: tuple[Firm, ...] = build_firms(seed, employers, weeks, first)
        self.companies: tuple[Employer, ...] = tuple(account for firm in self.firms for account in firm.accounts)
        self.outages: dict[tuple[str, str, int], str] = plan_outages(seed, self.companies, weeks)
        self._by_address = {(company.board, company.slug): company for company in self.companies}
        self._fragments: dict[tuple[str, str, int, str], bytes] = {}

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """All postings that some weekly crawl can see, employer by employer."""
        first = self.observation_dates[0]
        return tuple(
            listing for firm in self.firms for listing in build_listings(self.seed, firm, self.weeks, self.epoch, first)
        )

    @cached_property
    def _by_board(self) -> dict[tuple[str, str], list[Listing]]:
        boards: dict[tuple[str, str], list[Listing]] = {address: [] for address in self._by_address}
        for listing in self.listings:
            boards[listing.account.board, listing.account.slug].append(listing)
        return boards

    def companies_at(self, as_of: datetime) -> tuple[Employer, ...]:
        """Return the boards that exist at ``as_of``."""
        return tuple(company for company in self.companies if company.exists_at(as_of))

    def week_of(self, as_of: datetime) -> int:
        """Return the crawl week that contains ``as_of``: 0 from the first crawl on, negative before it."""
        return (as_of - self.observation_dates[0]) // timedelta(weeks=1)

    def outage_at(self, board: str, slug: str, as_of: datetime) -> str | None:
        """Return the kind of failure planned for a board in the week of ``as_of``, or None."""
        return self.outages.get((board, slug, self.week_of(as_of)))

    def shown_at(self, board: str, slug: str, as_of: datetime) -> list[Listing]:
        """Return the listings that the board shows at ``as_of`` if it does not fail."""
        return [listing for listing in self._by_board[board, slug] if listing.visible_at(as_of)]

    def response(self, as_of: datetime, host: str, path_and_query: str) -> Response | None:
        """Answer a GET request for ``path_and_query`` on ``host`` at ``as_of``.

        Returns:
            The response, or None for a host or path that the sample boards do not have.

        Raises:
            ValueError: If ``as_of`` has no time zone.
        """
        if as_of.tzinfo is None:
            raise ValueError("as_of has no time zone: add one, e.g. 2026-03-02T06:00:00+00:00")
        board = HOSTS.get(host.split(":")[0])
        url = urlsplit(path_and_query)
        parts = [unquote(part) for part in url.path.strip("/").split("/")]
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if board == "greenhouse" and len(parts) in (4, 5) and parts[:2] == ["v1", "boards"] and parts[3] == "jobs":
            slug, native_id = parts[2], (parts[4] if len(parts) == 5 else None)
        elif board == "lever" and len(parts) in (3, 4) and parts[:2] == ["v0", "postings"]:
            slug, native_id = parts[2], (parts[3] if len(parts) == 4 else None)
        elif board == "ashby" and len(parts) == 3 and parts[:2] == ["posting-api", "job-board"]:
            slug, native_id = parts[2], None
        else:
            return None
        company = self._by_address.get((board, slug))
        if company is None or not company.exists_at(as_of):
            return _NOT_FOUND[board]
        outage = self.outage_at(board, slug, as_of)
        if outage == "error":
            return _SERVER_ERROR
        if outage == "missing":
            return _NOT_FOUND[board]
        shown = self.shown_at(board, slug, as_of)
        # A board that is broken behind its API presents what it has as complete: its totals match the short list.
        if outage in ("empty", "short"):
            shown = shown[: int(len(shown) * SHORT_LIST_SHARE)] if outage == "short" else []
        if native_id is not None:
            return self._detail(as_of, board, native_id, shown)
        if board == "greenhouse":
            return self._greenhouse(as_of, shown, with_content=query.get("content") == "true")
        if board == "lever":
            return self._lever(as_of, shown, query)
        return self._ashby(as_of, shown, with_compensation=query.get("includeCompensation") == "true")

    def _fragment(self, as_of: datetime, listing: Listing) -> bytes:
        """Return the JSON of one posting. Each version is rendered only once."""
        board, version = listing.account.board, listing.version_at(as_of)
        updated_at = greenhouse_updated_at(self.seed, listing, as_of) if board == "greenhouse" else listing.posted_at
        key = (board, listing.native_id, version, updated_at.isoformat())
        if key not in self._fragments:
            document = compose(self.seed, listing, version)
            if board == "greenhouse":
                rendered = greenhouse_job(self.seed, listing, document, updated_at)
            elif board == "lever":
                rendered = lever_posting(self.seed, listing, document, version)
            else:
                rendered = ashby_job(self.seed, listing, document, version)
            self._fragments[key] = orjson.dumps(rendered)
        return self._fragments[key]

    def _detail(self, as_of: datetime, board: str, native_id: str, shown: list[Listing]) -> Response:
        for listing in shown:
            if listing.native_id == native_id:
                return Response(200, _JSON, self._fragment(as_of, listing))
        return _NOT_FOUND[board]

    def _greenhouse(self, as_of: datetime, shown: list[Listing], *, with_content: bool) -> Response:
        jobs = [self._fragment(as_of, listing) for listing in shown]
        if not with_content:
            jobs = [_without(job, LIST_ONLY_WITH_CONTENT) for job in jobs]
        return Response(200, _JSON, b'{"jobs":[%s],"meta":{"total":%d}}' % (b",".join(jobs), len(jobs)))

    def _lever(self, as_of: datetime, shown: list[Listing], query: dict[str, str]) -> Response:
        if query.get("mode") != "json":
            # Without this parameter, the real API answers with an HTML page.
            return Response(200, "text/html; charset=utf-8", b"<!DOCTYPE html><html><body>Jobs</body></html>")
        skip, limit = query.get("skip", "0"), query.get("limit", "")
        start = int(skip) if skip.isdigit() else 0
        window = shown[start : start + int(limit)] if limit.isdigit() else shown[start:]
        return Response(200, _JSON, b"[%s]" % b",".join(self._fragment(as_of, listing) for listing in window))

    def _ashby(self, as_of: datetime, shown: list[Listing], *, with_compensation: bool) -> Response:
        jobs = [self._fragment(as_of, listing) for listing in shown]
        if not with_compensation:
            jobs = [_without(job, ONLY_WITH_COMPENSATION) for job in jobs]
        return Response(200, _JSON, b'{"jobs":[%s],"apiVersion":"1"}' % b",".join(jobs))


def _without(fragment: bytes, keys: tuple[str, ...]) -> bytes:
    return orjson.dumps({key: value for key, value in orjson.loads(fragment).items() if key not in keys})
