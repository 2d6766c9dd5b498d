"""The loopback server that replaces the boards: one process, real HTTP, and only recorded or generated answers.

Run it as ``python -m scrapers.replay BOARDS``, where BOARDS is ``sample`` or a folder of recorded responses. It writes
``{"port": n}`` to its output, and ends when its input is closed, so it never outlives the process that started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scrapers.replay.recordings import address, read_manifest

HOST_HEADER = "X-Replay-Host"
AS_OF_HEADER = "X-Replay-As-Of"
# In answers: no response is recorded for this request.
NOT_RECORDED_HEADER = "X-Replay-Not-Recorded"


@dataclass(frozen=True)
class Answer:
    """An answer of the server."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


_UNKNOWN = Answer(404, "application/json", b'{"error":"not found"}')
_NOT_RECORDED = Answer(404, "application/json", b'{"error":"not recorded"}', ((NOT_RECORDED_HEADER, "1"),))


class AnswerSource(ABC):
    """A source of answers."""

    @abstractmethod
    def answer(self, as_of: datetime, method: str, host: str, path_and_query: str) -> Answer | None:
        """Return the answer to a request; None for 404."""


class RecordedSource(AnswerSource):
    """A folder of recorded responses."""

    def __init__(self, folder: Path) -> None:
        self._recordings = {recording.address: recording for recording in read_manifest(folder)[0]}

    def answer(self, as_of: datetime, method: str, host: str, path_and_query: str) -> Answer:
        """Return the recorded answer to exactly this request, or a 404 that says that none is recorded."""
        recording = self._recordings.get(address(method, host, path_and_query))
        if recording is None:
            return _NOT_RECORDED
        body = recording.body_file.read_bytes() if recording.body_file else b""
        return Answer(recording.status, recording.content_type, body)


class SampleSource(AnswerSource):
    """The sample world, as of each request's moment."""

    def __init__(self) -> None:
        from scrapers.sample.world import SampleWorld  # imported late: building the world takes a while

        self._world = SampleWorld()

    def answer(self, as_of: datetime, method: str, host: str, path_and_query: str) -> Answer | None:
        """Return the sample board's answer."""
        made = self._world.response(as_of, host, path_and_query) if method == "GET" else None
        return Answer(made.status, made.content_type, made.body) if made else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open
    wbufsize = 1 << 16  # sends head and body together
    disable_nagle_algorithm = True
    source: Callable[[], AnswerSource]

    def do_GET(self) -> None:
        """Answer a GET request."""
        self._respond()

    def do_POST(self) -> None:
        """Answer a POST request, ignoring its body."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._respond()

    def _respond(self) -> None:
        as_of = datetime.fromisoformat(self.headers[AS_OF_HEADER])
        answer = type(self).source().answer(as_of, self.command, self.headers[HOST_HEADER], self.path) or _UNKNOWN
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: the crawl has its own log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def serve(boards: str) -> None:
    """Serve until standard input is closed."""
    ready = threading.Event()
    source: list[AnswerSource] = []

    def wait_for_source() -> AnswerSource:
        ready.wait()
        return source[0]

    handler = type("Handler", (_Handler,), {"source": staticmethod(wait_for_source)})
    server = _Server(("127.0.0.1", 0), handler)
    sys.stdout.write(json.dumps({"port": server.server_address[1]}) + "\n")
    sys.stdout.flush()
    threading.Thread(target=_end_with_input, daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The port is announced first and requests wait, so that the caller gets ready while the source is loaded.
    source.append(SampleSource() if boards == "sample" else RecordedSource(Path(boards)))
    ready.set()
    threading.Event().wait()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)
