"""A test's own server, which replaces the replay server: it answers by URL and remembers its requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scrapers.replay.server import HOST_HEADER


@dataclass(frozen=True)
class Reply:
    """An answer: HTTP status, body, headers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class BoardServer:
    """Answers ``answers[url]``, calling it with the request if it is a function; any other URL is not found."""

    address: str = ""
    answers: dict[str, Reply | Callable[[BaseHTTPRequestHandler], Reply | None]] = field(default_factory=dict)
    requested: list[str] = field(default_factory=list)
    """URLs in the order requested, without robots.txt and the like."""

    def take_requested(self) -> list[str]:
        """Return and forget the URLs requested since the last call."""
        requested, self.requested = self.requested, []
        return requested


@contextmanager
def board_server() -> Iterator[BoardServer]:
    """Serve while the block runs."""
    boards = BoardServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            url = f"https://{self.headers[HOST_HEADER]}{self.path}"
            if not url.endswith(("/robots.txt", "/.well-known/tdmrep.json")):
                boards.requested.append(url)
            found = boards.answers.get(url, Reply(404))
            reply = found if isinstance(found, Reply) else found(self)
            if reply is None:  # the function has already answered
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *args: object) -> None:
            """Print nothing: a test's server may hang up, and the crawl's log says why."""

    with Server(("127.0.0.1", 0), Handler) as server:
        boards.address = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield boards
        server.shutdown()
