"""Carries out an order as the crawl process does, with settings and a server of the test's own.

``python driver.py '{"address": "127.0.0.1:1", "spiders": "invented", "settings": {…}}'``: ``address`` takes the place
of the replay server, ``spiders`` is ``invented`` for the boards of ``tests/scrapers/invented``, ``settings`` are laid
over those of a replay. The order comes on the input, what happens goes to the output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scrapers import crawling, settings
from scrapers import sources as register
from scrapers.planning import Order
from scrapers.process import tell
from scrapers.replay.client import replay_server
from scrapers.sources import Source

INVENTED = Source.model_validate(
    {
        "licence": "invented",
        "terms": "none",
        "robots": {"verdict": "allowed", "checked_on": "2026-11-20"},
        "attribution": None,
        "requests_per_minute": 60,
        "personal_data": "Jane Doe, dropped",
    }
)


class _Elsewhere:
    """A server that runs already."""

    def __init__(self, address: str) -> None:
        self._address = address

    def address(self) -> str:
        return self._address


def main(choice: dict[str, object]) -> None:
    sys.stdout = sys.stderr
    order = Order.model_validate_json(sys.stdin.buffer.read())
    if choice.get("spiders") == "invented":
        sys.path.insert(0, str(Path(__file__).parent))
        settings.SPIDER_MODULES = ["invented"]
        register.sources = lambda: dict.fromkeys(("forms", "ledger"), INVENTED)  # type: ignore[assignment]
    relaxed = crawling.replay_settings
    crawling.replay_settings = lambda address: relaxed(address) | dict(choice.get("settings", {}))  # type: ignore[call-overload]
    if address := choice.get("address"):
        report = crawling.Crawl(order, _Elsewhere(str(address)), tell).run()  # type: ignore[arg-type]
    else:
        with replay_server(order.boards) as server:
            report = crawling.Crawl(order, server, tell).run()
    tell("finished", **report.model_dump())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
