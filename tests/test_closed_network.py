"""The outside network is closed in tests, for every kind of connection and in every process."""

import socket
import subprocess
import sys

import pytest

# An address for documentation, which no host has (RFC 5737).
OUTSIDE = ("192.0.2.1", 80)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_connections_to_other_machines_are_refused(method: str) -> None:
    with socket.socket() as client, pytest.raises(OSError, match="the outside network is closed in tests"):
        getattr(client, method)(OUTSIDE)


def test_datagrams_to_other_machines_are_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(OSError, match="closed in tests"):
        client.sendto(b"?", OUTSIDE)


def test_connections_of_child_processes_are_refused() -> None:
    code = f"import socket; socket.socket().connect_ex({OUTSIDE})"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60)
    assert "the outside network is closed in tests" in done.stderr
    assert done.returncode == 1


def test_connections_to_this_machine_are_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
