"""The sample world: employers, postings and HTTP answers of a small labour market, all from one seed."""

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
    # Lever's is recorded; the other two systems' bodies are not documented, their status is.
    "greenhouse": Response(404, _JSON, b'{"status":404,"error":"Job not found"}'),
    "lever": Response(404, _JSON, b'{"ok":false,"error":"Document not found"}'),
    "ashby": Response(404, "text/plain; charset=utf-8", b"Not Found"),
}
_SERVER_ERROR = Response(
    500, "text/html; charset=utf-8", b"<html><body><h1>500 Internal Server Error</h1></body></html>"
)


class SampleWorld:
    """Answers what the boards of the sample market would answer at a moment.

    Args:
        seed: everything follows from it; another seed is another market.
        employers: how many employers; the first ones stay the same when there are more.
        weeks: how many weekly crawls.
        first_week: the Monday of the first crawl, 06:00 UTC.

    Raises:
        ValueError: for a first day that is no Monday, or fewer than one employer or two weeks.
    """

    def __init__(
        self, seed: int = 2026, employers: int = 180, weeks: int = 26, first_week: date = date(2026, 2, 23)
    ) -> None:
        if first_week.weekday() != 0:
            raise ValueError(f"first_week must be a Monday, {first_week} is not")
        if employers < 1 or weeks < 2:
            raise ValueError(f"at least one employer and two weeks, not {employers} and {weeks}")
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
        """Every posting that some weekly crawl can see, employer by employer."""
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
        """The registry as of a moment: boards that are in the crawl then."""
        return tuple(company for company in self.companies if company.exists_at(as_of))

    def week_of(self, as_of: datetime) -> int:
        """The crawl week that ``as_of`` belongs to: 0 from the first crawl on, negative before it."""
        return (as_of - self.observation_dates[0]) // timedelta(weeks=1)

    def outage_at(self, board: str, slug: str, as_of: datetime) -> str | None:
        """The planned failure of a board in the week of ``as_of``, or null."""
        return self.outages.get((board, slug, self.week_of(as_of)))

    def shown_at(self, board: str, slug: str, as_of: datetime) -> list[Listing]:
        """What an undisturbed answer of the board lists at ``as_of``."""
        return [listing for listing in self._by_board[board, slug] if listing.visible_at(as_of)]

    def response(self, as_of: datetime, host: str, path_and_query: str) -> Response | None:
        """The answer of ``host`` to a GET of ``path_and_query`` at ``as_of``.

        Returns:
            The answer, or null for a host or path that the sample boards do not have.

        Raises:
            ValueError: if ``as_of`` has no time zone.
        """
        if as_of.tzinfo is None:
            raise ValueError("as_of has no time zone: say which moment is meant, e.g. 2026-03-02T06:00:00+00:00")
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
        # a board that is broken behind its interface says that what it shows is all
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
        """The JSON of one posting, rendered once for each of its versions."""
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
            # Without it the real interface answers with a page for people.
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
