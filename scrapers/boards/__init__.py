"""One spider per board system; :class:`scrapers.boards.base.BoardSpider` is the manual."""
