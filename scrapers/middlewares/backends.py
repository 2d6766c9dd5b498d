"""Applies delays per backend: ``acme.bamboohr.com`` and ``oak.bamboohr.com`` are the same servers."""

from __future__ import annotations

from functools import lru_cache

import tldextract
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

SLOT = "download_slot"
# Uses the list of public suffixes that comes with the library, without a request.
_split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=8_192)
def backend_of(host: str) -> str:
    """Return the registered domain of a host; the host itself if it has none (an address, a name without a dot)."""
    return _split(host).top_domain_under_public_suffix or host


def backend_of_request(request: Request) -> str:
    """Return the backend of a request's host."""
    return backend_of(urlparse_cached(request).hostname or "")


class BackendsMiddleware:
    """Puts every request, robots.txt included, into the download slot of its backend.

    Scrapy counts its delay and throttle per slot. By default a slot is a host, so a system that gives each employer its
    own host would get requests without any delay between two employers. An employer's own domain (``careers.acme.com``)
    is a separate slot, because it does not show whose servers are behind it.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackendsMiddleware:
        """Build the middleware for a crawl.

        Raises:
            NotConfigured: If there is no delay, as in a replay.
        """
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Set the slot, also for a request that was redirected to another host."""
        request.meta[SLOT] = backend_of_request(request)
