"""The board systems: the spiders that Scrapy finds in ``scrapers.boards``."""

from __future__ import annotations

from typing import cast

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from scrapers.boards.base import BoardSpider


def board_spiders(settings: BaseSettings) -> dict[str, type[BoardSpider]]:
    """Map each board's name to its spider class, in alphabetical order."""
    loader = SpiderLoader.from_settings(settings)
    return {name: cast(type[BoardSpider], loader.load(name)) for name in sorted(loader.list())}
