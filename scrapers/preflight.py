"""Checks before a live crawl that there is a network at all."""

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
    """Check that at least one of the boards' hosts, or the proxy, can be resolved.

    Raises:
        StageError: If none can, within eight seconds.
    """
    proxy = urlsplit(getproxies().get("https", "")).hostname
    # of a board system with one host per employer (`{slug}.…`), the common domain is resolved
    domains = {host.rpartition("}.")[2] for host in hosts}
    names = sorted({proxy} if proxy else {domain for domain in domains if "{" not in domain} or domains)
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
        raise StageError(f"No network: none of {', '.join(names)} could be resolved. Nothing was requested.")
