"""The board systems: the spiders that Scrapy finds in ``scrapers.boards``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import cast

from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import SpiderLoader

from jobmarket.counted import counted
from scrapers.boards.base import BoardSpider
from scrapers.moments import default_as_of
from scrapers.planning import CrawlSpec
from scrapers.registry import companies
from scrapers.targets import no_board, targets


def board_spiders(settings: BaseSettings) -> dict[str, type[BoardSpider]]:
    """Map each board's name to its spider class, in alphabetical order."""
    loader = SpiderLoader.from_settings(settings)
    return {name: cast(type[BoardSpider], loader.load(name)) for name in sorted(loader.list())}


def spiders_by_name() -> dict[str, type[BoardSpider]]:
    """Return the same with the project's settings."""
    settings = Settings()
    settings.setmodule("scrapers.settings")
    return board_spiders(settings)


def board_systems(boards: str) -> list[str]:
    """Return the names of the board systems that a crawl of ``boards`` visits.

    Raises:
        StageError: If there is nothing to crawl.
    """
    nowhere = Path()
    spec = CrawlSpec(home=nowhere, boards=boards, as_of=default_as_of(boards), log_file=nowhere)
    chosen = targets(spec, spiders_by_name())
    return sorted({board for _, moment_boards in chosen.moments for board in moment_boards})


def overview() -> list[str]:
    """Return one line per board system: name, registered companies, documentation of the interface."""
    registered = Counter(row.board for row in companies())
    return [
        f"{name:<15}{counted(registered[name], 'company', 'companies'):>15}   {spider.documentation}"
        for name, spider in spiders_by_name().items()
    ]


def spider_of(board: str) -> type[BoardSpider]:
    """Return the spider of a board system.

    Raises:
        StageError: If there is none.
    """
    spiders = spiders_by_name()
    if board not in spiders:
        raise no_board([board], spiders)
    return spiders[board]
