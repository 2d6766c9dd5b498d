"""Crawls as the crawl process does, with the test's own settings and server.

``python driver.py '{"address": "127.0.0.1:1", "spiders": "invented", "settings": {…}}'``: ``address`` replaces the
replay server, ``spiders`` is ``invented`` for the boards of ``tests/scrapers/invented``, ``settings`` override those of
a replay, and ``origin`` overrides that of the boards. With ``rounds``, every board system's first company is crawled as
of that many days, one after the other, whatever the folder contains. ``read_with`` declares a file to be one that
spiders read with, and ``extractor`` is the version of what judges titles. The spec comes from standard input; events go
to the output.

``python driver.py many`` imports Scrapy and the boards once for many crawls and carries out each in a fork. For each it
reads a line of JSON, ``{"choice", "spec", "folder", "environ"}``, leaves ``output`` and ``errors`` in the folder, and
answers with the exit code. Without a choice, the real crawl process does the crawl.
"""

from __future__ import annotations

import io
import json
import logging
import os
import resource
import signal
import sys
import traceback
from collections import deque
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from scrapy.utils.misc import walk_modules_iter

from scrapers import crawling, made_by, process, settings
from scrapers import sources as register
from scrapers.boards.base import BoardSpider
from scrapers.planning import Company, CrawlSpec
from scrapers.process import tell
from scrapers.registry import companies, companies_on
from scrapers.replay.client import replay_server
from scrapers.sources import Source
from scrapers.targets import Targets

INVENTED = Source.model_validate(
    {
        "licence": "invented",
        "terms": "none",
        "robots": {"verdict": "allowed", "checked_on": "2026-11-20", "basis": "invented"},
        "attribution": None,
        "requests_per_minute": 60,
        "personal_data": "Jane Doe, dropped",
    }
)


class _Elsewhere:
    """A server that is already running."""

    def __init__(self, address: str) -> None:
        self._address = address

    def address(self) -> str:
        return self._address


def _every_board(spec: CrawlSpec, spiders: dict[str, type[BoardSpider]], rounds: int) -> Targets:
    boards: dict[str, list[Company]] = {}
    for name, spider in spiders.items():
        invented = "acme" if "slug" in spider.url_pattern.groupindex else spider.feed_slug
        slug = next((row.slug for row in companies_on(name)), invented)
        if not spec.board_names or name in spec.board_names:
            boards[name] = [Company(slug=slug)]
    return Targets("recorded", [(spec.as_of + timedelta(days=day), dict(boards)) for day in range(rounds)])


def peak_mebibytes() -> int:
    """Return this program's peak memory. ``ru_maxrss`` would include that of the process that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        (peak,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(choice: dict[str, object], spec: CrawlSpec) -> None:
    sys.stdout = sys.stderr
    if choice.get("spiders") == "invented":
        sys.path.insert(0, str(Path(__file__).parent))
        settings.SPIDER_MODULES = ["invented"]
        register.sources = lambda: dict.fromkeys(("almanac", "forms", "ledger"), INVENTED)  # type: ignore[assignment]
    if read_with := choice.get("read_with"):
        made_by._READ_WITH.append(str(read_with))
    if extractor := choice.get("extractor"):
        made_by.extractor_version = lambda: str(extractor)
    if rounds := choice.get("rounds"):
        crawling.targets = lambda spec, spiders: _every_board(spec, spiders, int(str(rounds)))
    if origin := choice.get("origin"):
        as_chosen = crawling.targets
        crawling.targets = lambda spec, spiders: replace(as_chosen(spec, spiders), origin=origin)  # type: ignore[arg-type]
    relaxed = crawling.replay_settings
    crawling.replay_settings = lambda address: relaxed(address) | dict(choice.get("settings", {}))  # type: ignore[call-overload]
    if address := choice.get("address"):
        report = crawling.Crawl(spec, _Elsewhere(str(address)), tell).run()  # type: ignore[arg-type]
    else:
        with replay_server(spec.boards) as server:
            report = crawling.Crawl(spec, server, tell).run()
    tell("peak", mb=peak_mebibytes())
    tell("finished", **report.model_dump())


def many() -> None:
    """Do one crawl after the other until the input ends."""
    for package in ("scrapers.boards", "scrapers.middlewares", "scrapers.pipelines", "scrapers.extensions",
                    "scrapy.downloadermiddlewares"):  # fmt: skip
        deque(walk_modules_iter(package), maxlen=0)
    register.sources()
    companies()
    assert "twisted.internet.reactor" not in sys.modules, "each crawl needs one of its own"
    for line in sys.stdin.buffer:
        wanted = json.loads(line)
        child = os.fork()
        if not child:
            try:
                _crawl(wanted)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            # Everything is written. A normal exit would take longer than the crawl, to tear down all imports.
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - the answer


def _crawl(wanted: dict[str, Any]) -> None:
    _become(Path(wanted["folder"]), wanted["environ"])
    if wanted["choice"] is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(wanted["spec"].encode()))
        process.main()
    else:
        main(wanted["choice"], CrawlSpec.model_validate_json(wanted["spec"]))
    logging.shutdown()


def _become(folder: Path, environ: dict[str, str]) -> None:
    """Make a fork like a newly started process; one that hangs ends after five minutes."""
    signal.alarm(300)
    os.environ.clear()
    os.environ.update(environ)
    for number, (name, flags) in enumerate(
        (
            (os.devnull, os.O_RDONLY),
            (folder / "output", os.O_WRONLY | os.O_CREAT),
            (folder / "errors", os.O_WRONLY | os.O_CREAT),
        )
    ):
        os.dup2(os.open(name, flags), number)


if __name__ == "__main__":
    if sys.argv[1] == "many":
        many()
    else:
        main(json.loads(sys.argv[1]), CrawlSpec.model_validate_json(sys.stdin.buffer.read()))
