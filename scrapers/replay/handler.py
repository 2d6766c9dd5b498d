"""Sends every request to the replay server, where Scrapy would open a connection to the board.

It takes the place of Scrapy's download handler, so nothing above it knows of the replay: spiders, robots.txt,
retries, redirects and the delay per host all see the boards' real addresses, and nothing leaves the machine.
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


class NotRecorded(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request that the folder of recorded responses has no answer to."""


class ReplayDownloadHandler(HTTP11DownloadHandler):
    """Asks the server at the setting ``REPLAY_ADDRESS``; the real host and the run's moment go in headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._address: str = crawler.settings["REPLAY_ADDRESS"]

    async def download_request(self, request: Request) -> Response:
        """The replay server's answer, under the address that was asked for.

        Raises:
            NotRecorded: if there is none.
        """
        run: BoardRun = self._crawler.spider.run  # type: ignore[union-attr]  # every spider here is a board's
        real = urlparse_cached(request)
        headers = request.headers.copy()
        headers[HOST_HEADER] = real.netloc
        headers[AS_OF_HEADER] = run.as_of.isoformat()
        url = real._replace(scheme="http", netloc=self._address).geturl()
        response = await super().download_request(request.replace(url=url, headers=headers))
        if NOT_RECORDED_HEADER in response.headers:
            raise NotRecorded(f"not recorded: {request.method} {request.url}")
        # replace() would ask for the encoding, for which the whole body is decoded
        return type(response)(
            request.url, response.status, headers=response.headers, body=response.body, flags=response.flags
        )
