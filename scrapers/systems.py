"""Which board systems there are, for those who ask without crawling."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scrapy.settings import Settings

from jobmarket.counted import counted
from jobmarket.stages import StageError
from scrapers.boards.base import BoardSpider
from scrapers.catalogue import board_spiders
from scrapers.moments import default_as_of
from scrapers.planning import Order
from scrapers.registry import companies
from scrapers.targets import targets


def board_systems(boards: str) -> list[str]:
    """Names of the board systems that a crawl of ``boards`` visits.

    Raises:
        StageError: if nothing is there to be crawled.
    """
    nowhere = Path()
    order = Order(home=nowhere, boards=boards, as_of=default_as_of(boards), log_file=nowhere)
    found = targets(order, board_spiders(_settings()))
    return sorted({board for _, moment_boards in found.moments for board in moment_boards})


def overview() -> list[str]:
    """A line for each board system: name, registered companies, its interface's documentation."""
    registered = Counter(row.board for row in companies())
    return [
        f"{name:<14}{counted(registered[name], 'company', 'companies'):>15}   {spider.documentation}"
        for name, spider in board_spiders(_settings()).items()
    ]


def spiders_by_name() -> dict[str, type[BoardSpider]]:
    """Board name → spider class, in alphabetical order."""
    return board_spiders(_settings())


def spider_of(board: str) -> type[BoardSpider]:
    """The spider of a board system.

    Raises:
        StageError: if there is none.
    """
    spiders = spiders_by_name()
    if board not in spiders:
        raise StageError(f"No board is called {board}. There are: {', '.join(spiders)}.")
    return spiders[board]


def _settings() -> Settings:
    settings = Settings()
    settings.setmodule("scrapers.settings")
    return settings
