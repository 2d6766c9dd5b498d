"""Respects what a host reserves from text and data mining (TDM Reservation Protocol, W3C community report)."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from scrapers.decoding import UnexpectedShape, read_html, read_json

logger = logging.getLogger(__name__)

_NAME, _RESERVED = "tdm-reservation", "1"
_PATIENCE_SECONDS = 10
# Every URL is compared with all locations, so their number is limited. A host that names more counts as fully reserved.
_MOST_LOCATIONS = 1_000
OF_HOST = "/.well-known/tdmrep.json"


class MiningReserved(IgnoreRequest):
    """An address whose owner reserves text and data mining: it is not requested, or its answer is not read."""


class ReservationsMiddleware:
    """Requests ``/.well-known/tdmrep.json`` of each host once per run, and checks each answer's ``tdm-reservation``.

    A missing or unreadable file reserves nothing; the header of an answer still may, and so may a page in its head.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._of_hosts: dict[str, asyncio.Future[list[Location]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReservationsMiddleware:
        """Build the middleware for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            MiningReserved: If the host reserves the address.
        """
        url = urlparse_cached(request)
        if "company" not in request.meta:  # robots.txt, and the file itself
            return
        if url.netloc not in self._of_hosts:
            lookup = self._reserved_by(f"{url.scheme}://{url.netloc}{OF_HOST}")
            self._of_hosts[url.netloc] = asyncio.ensure_future(lookup)
        if any(location.covers(url.path) for location in await self._of_hosts[url.netloc]):
            raise MiningReserved(f"{url.netloc} reserves text and data mining of {url.path}")

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer.

        Raises:
            MiningReserved: If its header, or a page's ``<meta>``, reserves text and data mining. Not for robots.txt and
                the file itself: they are rules to obey.
        """
        header = (response.headers.get(_NAME) or b"").decode("latin-1").strip()
        if "company" in request.meta and (header == _RESERVED or _is_reserved_page(response.body)):
            raise MiningReserved(f"{urlparse_cached(request).netloc} reserves text and data mining of its answer")
        return response

    async def _reserved_by(self, address: str) -> list[Location]:
        """Return the locations that a host reserves."""
        request = Request(
            address,
            meta={"dont_retry": True, "download_timeout": _PATIENCE_SECONDS},
            priority=1000,
            callback=NO_CALLBACK,
        )
        try:
            assert self._crawler.engine is not None  # noqa: S101 - for the type checker
            response = await self._crawler.engine.download_async(request)
            rules = read_json(response.body) if response.status == 200 else []
        except (UnexpectedShape, IgnoreRequest):
            return []
        except Exception as error:
            logger.info(f"{address} could not be requested: {error}")
            return []
        reserved = [rule["location"] for rule in rules if _reserves(rule)] if isinstance(rules, list) else []
        if len(reserved) > _MOST_LOCATIONS:
            logger.warning(f"{address} names {len(reserved):,} locations: the complete host counts as reserved")
            return [Location.of("/")]
        return [Location.of(words) for words in reserved]


def _reserves(rule: Any) -> bool:
    return isinstance(rule, dict) and str(rule.get(_NAME)) == _RESERVED and isinstance(rule.get("location"), str)


def _is_reserved_page(body: bytes) -> bool:
    """Return whether an answer is a page that reserves itself: ``<meta name="tdm-reservation" content="1">``."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or _NAME.encode() not in body.lower():
        return False
    try:
        named = [each for each in read_html(body).iter("meta") if (each.get("name") or "").strip().lower() == _NAME]
    except UnexpectedShape:
        return False
    return any((each.get("content") or "").strip() == _RESERVED for each in named)


@dataclass(frozen=True, slots=True)
class Location:
    """A location as in robots.txt: the beginning of a path, ``*`` for anything within it, ``$`` for its end.

    Hosts write these, so matching must be cheap whatever they write: each part is searched once, at its first position
    after the part before.
    """

    parts: tuple[str, ...]
    to_the_end: bool

    @classmethod
    def of(cls, words: str) -> Location:
        """Parse a location as the host wrote it."""
        return cls(tuple(words.removesuffix("$").split("*")), words.endswith("$"))

    def covers(self, path: str) -> bool:
        """Return whether a path is in the location."""
        first, *between = self.parts
        last = between.pop() if between else None
        if not path.startswith(first):
            return False
        if last is None:
            return path == first or not self.to_the_end
        at = len(first)
        for part in between:
            if (found := path.find(part, at)) < 0:
                return False
            at = found + len(part)
        return path.endswith(last, at) if self.to_the_end else path.find(last, at) >= 0
