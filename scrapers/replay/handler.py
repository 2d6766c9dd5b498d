"""Sends every request to the replay server instead of the board.

It replaces Scrapy's download handler, so nothing above it knows of the replay: spiders, robots.txt, retries, redirects
and the delay per host all see the boards' real addresses, and nothing leaves the machine.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scrapers.planning import BoardRun
from scrapers.replay.server import AS_OF_HEADER, HOST_HEADER, NOT_RECORDED_HEADER


class NotRecorded(IgnoreRequest):
    """A request for which the folder of recorded responses has no answer."""


class ReplayDownloadHandler(HTTP11DownloadHandler):
    """Requests from the server at ``REPLAY_ADDRESS``, with the real host and the run's moment in headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._address: str = crawler.settings["REPLAY_ADDRESS"]

    async def download_request(self, request: Request) -> Response:
        """Return the replay server's answer, under the requested address.

        Raises:
            NotRecorded: If there is none.
        """
        run: BoardRun = self._crawler.spider.run  # type: ignore[union-attr]  # every spider here is a BoardSpider
        real = urlparse_cached(request)
        headers = request.headers.copy()
        headers[HOST_HEADER] = real.netloc
        headers[AS_OF_HEADER] = run.as_of.isoformat()
        url = real._replace(scheme="http", netloc=self._address).geturl()
        response = await super().download_request(request.replace(url=url, headers=headers))
        if NOT_RECORDED_HEADER in response.headers:
            raise NotRecorded(f"not recorded: {request.method} {request.url}")
        # replace() would determine the encoding, and decode the complete body for that
        return type(response)(
            request.url, response.status, headers=response.headers, body=response.body, flags=response.flags
        )
