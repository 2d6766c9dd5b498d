"""A live crawl asks the public network alone: neither a link nor a redirect leads it into the network it runs in."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet import defer
from twisted.internet.base import ReactorBase
from twisted.internet.error import DNSLookupError


def is_numeric(host: str) -> bool:
    """Say whether a host is an address and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Say whether a numeric address belongs to the public network."""
    number = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or number
    return bool(mapped.is_global) and not mapped.is_multicast


class PrivateAddress(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request to a numeric address of a private network, this machine included."""


class PrivateAddressesMiddleware:
    """Refuses numeric addresses; names are looked at as they are resolved, by :class:`PublicResolver`."""

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            PrivateAddress: if it leads into a private network.
        """
        host = urlparse_cached(request).hostname or ""
        if is_numeric(host) and not is_public(host):
            raise PrivateAddress(f"{host} is no public address: not asked")


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses alone.

    The address that is looked at is the one that is connected to, so that a name which changes its address between
    two questions gains nothing. A proxy may be anywhere: it is the operator's.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._proxies = {urlsplit(url).hostname for url in getproxies().values()}

    def getHostByName(self, name: str, timeout: object = ()) -> defer.Deferred[str]:  # noqa: N802 - Twisted's name
        """The name's address; the deferred fails with ``DNSLookupError`` if it is not public."""
        found = super().getHostByName(name)
        checked = name in self._proxies or is_numeric(name)  # the operator's, or looked at by the middleware
        return found if checked else found.addCallback(self._public, name)

    @staticmethod
    def _public(address: str, name: str) -> str:
        if not is_public(address):
            raise DNSLookupError(f"{name} leads to {address}, which is no public address")
        return address
