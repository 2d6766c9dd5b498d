"""The outside network is closed in tests, whoever asks and in whatever process."""

import socket
import subprocess
import sys

import pytest

# An address that is nobody's (RFC 5737).
OUTSIDE = ("192.0.2.1", 80)


@pytest.mark.parametrize("ask", ["connect", "connect_ex"])
def test_nobody_outside_is_reached(ask: str) -> None:
    with socket.socket() as asking, pytest.raises(OSError, match="the outside network is closed in tests"):
        getattr(asking, ask)(OUTSIDE)


def test_nor_without_a_connection() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as asking, pytest.raises(OSError, match="closed in tests"):
        asking.sendto(b"?", OUTSIDE)


def test_nor_by_a_process_that_a_test_starts() -> None:
    code = f"import socket; socket.socket().connect_ex({OUTSIDE})"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60)
    assert "the outside network is closed in tests" in done.stderr
    assert done.returncode == 1


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
