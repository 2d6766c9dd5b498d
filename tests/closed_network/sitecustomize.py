"""No test talks to the outside: what is tried with anything but this machine fails at once, in every Python process.

Python imports it at each start from the folder that ``tests/conftest.py`` puts on ``PYTHONPATH``.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _only_here(ask: Callable[..., Any]) -> Callable[..., Any]:
    def asked(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            raise OSError(f"a test tried to reach {address[0]}: the outside network is closed in tests")
        return ask(self, *arguments)

    return asked


for _name in ("connect", "connect_ex", "sendto"):  # Twisted asks by connect_ex
    setattr(socket.socket, _name, _only_here(getattr(socket.socket, _name)))
