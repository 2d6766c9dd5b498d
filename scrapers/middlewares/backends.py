"""Hosts of one backend are spared as one: ``acme.bamboohr.com`` and ``oak.bamboohr.com`` are the same servers."""

from __future__ import annotations

from functools import lru_cache

import tldextract
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

SLOT = "download_slot"
# By the public suffixes that the library has with it; no server is asked.
_split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=8_192)
def backend_of(host: str) -> str:
    """The registered domain of a host; the host itself where there is none (an address, a name without a dot)."""
    return _split(host).top_domain_under_public_suffix or host


def backend_asked(request: Request) -> str:
    """The backend of a request's host."""
    return backend_of(urlparse_cached(request).hostname or "")


class BackendsMiddleware:
    """Puts every request, robots.txt included, into the download slot of its backend.

    A slot is what Scrapy's delay and throttle are counted by; by default it is a host, and a system that gives each
    employer a host of its own would be asked without any delay between two employers. An employer's own domain
    (``careers.acme.com``) is a slot of its own: whose servers are behind it is not known.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackendsMiddleware:
        """Build the middleware for a crawl.

        Raises:
            NotConfigured: if there is no delay, as in a replay.
        """
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Name the slot, also of a request that was redirected to another host."""
        request.meta[SLOT] = backend_asked(request)
