"""Before a live crawl: is there a network at all?"""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import getproxies

from jobmarket.stages import StageError

_PATIENCE_SECONDS = 8.0


def require_network(hosts: Collection[str]) -> None:
    """Return if at least one of the boards' hosts, or the proxy that leads to them, has an address.

    Raises:
        StageError: if none has, within seconds.
    """
    proxy = urlsplit(getproxies().get("https", "")).hostname
    # a board system that gives each employer a host (`{slug}.…`) is known by the domain of all
    domains = {host.rpartition("}.")[2] for host in hosts}
    asked = sorted({proxy} if proxy else {domain for domain in domains if "{" not in domain} or domains)
    found = threading.Event()

    def resolve(host: str) -> None:
        try:
            socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        except OSError:
            return
        found.set()

    # A name server that does not answer is waited for in threads of their own, so that the limit holds.
    threads = [threading.Thread(target=resolve, args=(host,), daemon=True) for host in asked]
    for thread in threads:
        thread.start()
    deadline = monotonic() + _PATIENCE_SECONDS
    while any(thread.is_alive() for thread in threads) and monotonic() < deadline:
        if found.wait(0.05):
            return
    if not found.is_set():
        raise StageError(
            f"No network: none of {', '.join(asked)} could be resolved. "
            "Nothing was crawled, the published database is untouched."
        )
