"""The bench with which a board's tests read its invented recordings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider
from scrapers.planning import BoardRun, Company
from scrapers.replay.recordings import Recording, read_manifest
from tests.scrapers.conftest import AS_OF


@dataclass(frozen=True)
class Bench:
    """A board's spider and its invented recordings: ``page``, ``last_page``, ``empty``, ``odd_pay`` …

    A recording has the name of its file below ``tests/recordings/boards/<board>/``, without the extension. Its row in
    ``manifest.csv`` says which request it answers.
    """

    spider: BoardSpider
    recordings: dict[str, Recording]

    def recording(self, name: str) -> Recording:
        return self.recordings[name]

    def company(self, name: str) -> Company:
        """Return the employer whose list is recorded."""
        slug = self.spider.slug_of(self.recording(name).url)
        assert slug, f"{self.recording(name).url} is no list of {self.spider.name}"
        return Company(slug=slug, name=slug.title())

    def response(self, name: str) -> Response:
        """Return the recorded answer with its request."""
        recorded = self.recording(name)
        request = Request(recorded.url, method=recorded.method)
        if self.spider.slug_of(recorded.url):
            own = {(each.method, each.url): each for each in self.spider.requests_for(self.company(name))}
            request = own.get((recorded.method, recorded.url), request)
        kind = HtmlResponse if "html" in recorded.content_type else TextResponse
        body = recorded.body_file.read_bytes() if recorded.body_file else b""
        headers = {"Content-Type": recorded.content_type}
        return kind(recorded.url, status=recorded.status, headers=headers, body=body, request=request)

    def payloads(self, name: str) -> list[Any]:
        """Return the board's objects on a recorded page."""
        return list(self.spider.postings(self.response(name)))

    def items(self, name: str) -> list[Posting]:
        """Return the mapped postings of a recorded page."""
        return [self.spider.to_posting(payload, self.company(name)) for payload in self.payloads(name)]

    def next_page(self, name: str) -> Request | None:
        """Return the request after a recorded page."""
        return self.spider.next_page(self.response(name), self.company(name))

    def with_detail(self, name: str, detail: str, index: int = 0) -> Posting:
        """Return a posting of a recorded page with its own page, which is recorded as ``detail``."""
        company, payload = self.company(name), self.payloads(name)[index]
        request = self.spider.detail_for(payload, company)
        assert request is not None
        assert (request.method, request.url) == (self.recording(detail).method, self.recording(detail).url)
        return self.spider.to_posting(self.spider.with_detail(payload, self.response(detail)), company)


@pytest.fixture(scope="session")
def bench(recordings: Path) -> Callable[[type[BoardSpider]], Bench]:
    """Set up a board's spider with its recordings."""

    def set_up(spider: type[BoardSpider]) -> Bench:
        folder = recordings / spider.name
        rows, rejected = read_manifest(recordings)
        assert not rejected, rejected
        own = {row.body_file.stem: row for row in rows if row.body_file and row.body_file.is_relative_to(folder)}
        assert own, f"no recordings in {folder}"
        reads = spider()
        reads.run = BoardRun(
            board=spider.name, run_id="bench", origin="live", as_of=AS_OF, home=recordings, companies=()
        )
        return Bench(reads, own)

    return set_up
