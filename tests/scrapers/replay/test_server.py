from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from scrapers.replay.client import replay_server


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[str]:
    with replay_server(str(root / "tests" / "recordings" / "boards")) as running:
        yield running.address()


def ask(server: str, host: str, path: str, method: str = "GET") -> tuple[int, str | None, bytes]:
    connection = HTTPConnection(server, timeout=20)
    headers = {"X-Replay-Host": host, "X-Replay-As-Of": "2026-11-20T00:00:00+00:00"}
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.getheader("Content-Type"), body


def test_the_recorded_status_type_and_bytes_are_served(server: str, recordings: Path) -> None:
    path = "/v0/postings/gonefishing?mode=json"
    assert ask(server, "api.lever.co", path) == (
        404,
        "application/json; charset=utf-8",
        (recordings / "lever" / "gonefishing_404.json").read_bytes(),
    )


@pytest.mark.parametrize(
    ("host", "path", "method"),
    [
        ("api.lever.co", "/v0/postings/tidewater", "GET"),
        ("api.lever.co", "/v0/postings/tidewater?mode=json", "POST"),
        ("api.eu.lever.co", "/v0/postings/tidewater?mode=json", "GET"),
        ("api.lever.co", "/../../../../etc/hosts", "GET"),
        ("api.lever.co", "/lever/tidewater.json", "GET"),
    ],
)
def test_any_other_request_is_not_found(server: str, host: str, path: str, method: str) -> None:
    assert ask(server, host, path, method)[0] == 404


def test_the_server_ends_with_the_process_that_started_it(recordings: Path) -> None:
    with replay_server(str(recordings)) as running:
        address = running.address()
        assert ask(address, "api.lever.co", "/v0/postings/quietharbour?mode=json")[2] == b"[]\n"
    with pytest.raises(ConnectionRefusedError):
        ask(address, "api.lever.co", "/v0/postings/quietharbour?mode=json")
