"""Keeps live crawls on the public network: no link or redirect can lead them into the network they run in."""

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

# IPv6 addresses that lead to the IPv4 address in them, which may be private: IPv4-compatible, NAT64, Teredo and 6to4.
# No board has one.
_LEAD_TO_IPV4 = tuple(
    ipaddress.IPv6Network(each) for each in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)


def is_numeric(host: str) -> bool:
    """Return whether a host is a numeric address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Return whether a numeric address belongs to the public network."""
    number = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or number
    return mapped.is_global and not mapped.is_multicast and not any(mapped in network for network in _LEAD_TO_IPV4)


class PrivateAddress(IgnoreRequest):
    """A request to a numeric address of a private network, this machine included."""


class PrivateAddressesMiddleware:
    """Refuses private numeric addresses. Names are checked as they are resolved, by :class:`PublicResolver`."""

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            PrivateAddress: If it leads into a private network.
        """
        host = urlparse_cached(request).hostname or ""
        if is_numeric(host) and not is_public(host):
            raise PrivateAddress(f"{host} is not a public address: not requested")


class PublicResolver(CachingThreadedResolver):
    """Resolves names only to public addresses.

    The address checked is the one that Scrapy connects to, so a name cannot evade the check by changing its address in
    between. A proxy may have any address, because the operator chose it.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._proxies = {urlsplit(url).hostname for url in getproxies().values()}

    def getHostByName(self, name: str, timeout: object = ()) -> defer.Deferred[str]:  # noqa: N802 - Twisted's name
        """Resolve a name; the deferred fails with ``DNSLookupError`` if the address is not public."""
        address = super().getHostByName(name)
        is_exempt = name in self._proxies or is_numeric(name)  # the operator's, or checked by the middleware
        return address if is_exempt else address.addCallback(self._public, name)

    @staticmethod
    def _public(address: str, name: str) -> str:
        if not is_public(address):
            raise DNSLookupError(f"{name} resolves to {address}, which is not a public address")
        return address
