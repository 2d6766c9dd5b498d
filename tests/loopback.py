"""Servers on the loopback interface, for tests of what talks to them."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiosmtpd.controller import Controller

# Below the ports that the system assigns by itself, so that no other process takes the port before it is used.
_FIRST, _NUMBER = 20_000, 10_000


def free_port() -> int:
    """Return a free port.

    Each process starts its search at a different port, so that parallel workers do not find the same one.
    """
    for number in range(_NUMBER):
        port = _FIRST + (os.getpid() * 31 + number) % _NUMBER
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def wait_for(address: str, seconds: float) -> None:
    """Wait until an HTTP server answers.

    Raises:
        AssertionError: If it does not answer in time.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - loopback
                return
        except OSError:
            assert time.monotonic() < deadline, f"{address} does not answer"
            time.sleep(0.3)


@contextmanager
def mail_server(handler: object) -> Iterator[Controller]:
    """Run an SMTP server. It passes mail to ``handler``, as aiosmtpd defines it."""
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
