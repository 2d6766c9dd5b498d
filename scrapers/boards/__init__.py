"""The spiders, one per board system. To add one, read :class:`scrapers.boards.base.BoardSpider`."""
