"""Refuse connections to other machines in tests.

``tests/conftest.py`` puts this folder on ``PYTHONPATH``, so every Python process imports the module when it starts.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _local_only(method: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(str(address[0])):
            raise OSError(f"a test tried to reach {address[0]}: the outside network is closed in tests")
        return method(self, *arguments)

    return checked


for _name in ("connect", "connect_ex", "sendto"):  # Twisted uses connect_ex
    setattr(socket.socket, _name, _local_only(getattr(socket.socket, _name)))
