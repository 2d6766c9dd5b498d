"""Live crawls stay on the public network, whatever a link, a redirect or a name leads to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError

from scrapers.middlewares import private_addresses
from scrapers.middlewares.private_addresses import PrivateAddress, PrivateAddressesMiddleware, PublicResolver, is_public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::a00:1]", "[64:ff9b:1::a00:1]",
     "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]"],
)  # fmt: skip
def test_private_addresses_are_not_requested(host: str) -> None:
    with pytest.raises(PrivateAddress, match="is not a public address: not requested"):
        PrivateAddressesMiddleware().process_request(Request(f"https://{host}/jobs"))


def test_public_addresses_and_names_are_requested() -> None:
    for host in ("93.184.216.34", "[2606:4700::1111]", "localhost", "boards.example"):
        PrivateAddressesMiddleware().process_request(Request(f"https://{host}/jobs"))
    assert is_public("93.184.216.34")


@pytest.mark.parametrize(
    ("address", "refused"),
    [("93.184.216.34", False), ("127.0.0.1", True), ("10.0.0.7", True), ("169.254.169.254", True)],
)
def test_a_name_of_a_private_address_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str, refused: bool
) -> None:
    def resolve(self: object, name: str, timeout: object = ()) -> Deferred[str]:
        return succeed(address) if name != "nowhere.example" else fail(DNSLookupError())

    monkeypatch.setattr(private_addresses.CachingThreadedResolver, "getHostByName", resolve)
    monkeypatch.setattr(private_addresses, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    resolver = PublicResolver(cast(Any, SimpleNamespace()), 0, 1.0)
    outcome: list[Any] = []
    resolver.getHostByName("rebound.example").addBoth(outcome.append)
    if refused:
        assert "rebound.example resolves to" in str(outcome[0].value)
        assert outcome[0].check(DNSLookupError)
    else:
        assert outcome == [address]
    resolver.getHostByName("proxy.example").addBoth(outcome.append)
    assert outcome[1] == address  # the operator's proxy may be anywhere


PRIVATE = ["127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]


class _Board(BaseHTTPRequestHandler):
    """Answers ``/ok``, and redirects ``/<n>`` to the nth private host."""

    def do_GET(self) -> None:
        is_ok = self.path == "/ok"
        self.send_response(200 if is_ok else 302)
        if not is_ok:
            self.send_header("Location", f"http://{PRIVATE[int(self.path[1:])]}:{self.server.server_address[1]}/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


# The host is let through as a proxy that the operator chose, and its address is known, so no name server is asked.
_CRAWL = """
import sys, warnings
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import ScrapyDeprecationWarning
from scrapy.resolver import dnscache
from scrapy.settings import Settings

warnings.simplefilter("error", ScrapyDeprecationWarning)

class Spy(Spider):
    name = "spy"

    async def start(self):
        for url in sys.argv[1:]:
            yield Request(url, callback=self.answered, errback=self.failed, dont_filter=True)

    def answered(self, response):
        print(response.request.url, response.status, flush=True)

    def failed(self, failure):
        meta = failure.request.meta
        print(meta.get("redirect_urls", [failure.request.url])[0], failure.value, flush=True)

settings = Settings()
settings.setmodule("scrapers.settings", priority="project")
guard = {name: number for name, number in settings["DOWNLOADER_MIDDLEWARES"].items() if "private_addresses" in name}
parts = {"DOWNLOADER_MIDDLEWARES": guard, "EXTENSIONS": {}, "ITEM_PIPELINES": {}}
off = dict.fromkeys(("AUTOTHROTTLE_ENABLED", "ROBOTSTXT_OBEY", "RETRY_ENABLED", "HTTPPROXY_ENABLED"), False)
settings.setdict({**parts, **off, "DOWNLOAD_DELAY": 0}, priority="cmdline")
dnscache["board.example"] = "127.0.0.1"
process = AsyncCrawlerProcess(settings)
process.crawl(Spy)
process.start()
"""


def test_neither_a_name_nor_a_redirect_leads_to_this_machine() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Board) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        there = f"http://board.example:{port}/ok"
        refused = [f"http://board.example:{port}/{n}" for n in range(len(PRIVATE))]
        refused += [f"http://{host}:{port}/ok" for host in PRIVATE]
        ended = subprocess.run(
            [sys.executable, "-c", _CRAWL, there, *refused], env=os.environ | {"ftp_proxy": "http://board.example"},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        server.shutdown()
    found = dict(line.split(" ", 1) for line in ended.stdout.splitlines())
    assert found.pop(there, None) == "200", ended.stderr
    assert set(found) == set(refused), ended.stderr
    assert [why for why in found.items() if not re.search(r"is not a public address|no results for", why[1])] == []
