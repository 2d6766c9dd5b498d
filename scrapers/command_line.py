"""What ``scrapy crawl <board> -a company=… -a as_of=…`` crawls: a live run into the installation's home folder."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from jobmarket.settings import Home, Settings
from scrapers.moments import default_as_of
from scrapers.planning import BoardRun, Company, next_run
from scrapers.registry import companies_on


def run_for(board: str, companies: str, as_of: str) -> BoardRun:
    """The run that command-line arguments ask for.

    Args:
        board: The spider's name.
        companies: Names on the board, separated by commas, also such as companies.csv does not have; empty: all of it.
        as_of: ISO 8601; without a zone, UTC; empty: now.

    Raises:
        UsageError: if ``as_of`` is no time, or everything asked for is landed already.
    """
    try:
        moment = datetime.fromisoformat(as_of) if as_of else default_as_of("live")
    except ValueError:
        raise UsageError(f"as_of={as_of!r} is no time: write it as 2026-11-22 or 2026-11-22T06:00:00Z") from None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    known = {row.slug: Company(slug=row.slug, name=row.company) for row in companies_on(board)}
    asked = [slug.strip() for slug in companies.split(",") if slug.strip()]
    chosen = [known.get(slug) or Company(slug=slug) for slug in asked] if asked else list(known.values())
    run = next_run(Home(Settings().home), board, "live", moment, chosen)
    if run is None:
        raise UsageError(f"nothing to crawl: {board} is landed already as of {moment:%Y-%m-%dT%H:%M:%SZ}")
    return run
