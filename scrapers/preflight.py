"""Checks before a live crawl that there is a network at all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection, Iterable
from itertools import islice
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import getproxies

from jobmarket.stages import StageError

_PATIENCE_SECONDS = 8.0
_SLUG = "{slug}"
# Some employers may have left, and a system's own domain need not lead anywhere, so several hosts are tried.
_MOST_HOSTS = 20
_NAMED = 5


def hosts_of(list_url: str, slugs: Iterable[str]) -> set[str]:
    """Return hosts of which a crawl needs at least one.

    Args:
        list_url: A board's ``list_url``. If it has one host per employer (``{slug}.boards.example``, or ``{slug}`` with
            no common domain), the hosts are those of the first employers and the common domain.
        slugs: The employers.
    """
    host = urlsplit(list_url).hostname or ""
    if _SLUG not in host:
        return {host}
    own = (urlsplit(list_url.replace(_SLUG, slug)).hostname for slug in islice(slugs, _MOST_HOSTS))
    return set(filter(None, (host.removeprefix(_SLUG).removeprefix("."), *own)))


def require_network(hosts: Collection[str]) -> None:
    """Check that at least one host, or the proxy, can be resolved.

    Raises:
        StageError: If none can, within eight seconds.
    """
    proxy = urlsplit(getproxies().get("https", "")).hostname
    names = sorted({proxy} if proxy else hosts)
    found = threading.Event()

    def resolve(host: str) -> None:
        try:
            socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        except OSError:
            return
        found.set()

    # Threads wait for a name server that does not answer, so that the time limit holds.
    threads = [threading.Thread(target=resolve, args=(host,), daemon=True) for host in names]
    for thread in threads:
        thread.start()
    deadline = monotonic() + _PATIENCE_SECONDS
    while any(thread.is_alive() for thread in threads) and monotonic() < deadline:
        if found.wait(0.05):
            return
    if not found.is_set():
        named = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        raise StageError(f"No network: none of {named} could be resolved. Nothing was requested.")
