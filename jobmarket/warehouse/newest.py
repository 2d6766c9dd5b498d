"""Looks up the newest crawl in the warehouse."""

from __future__ import annotations

from datetime import UTC, datetime

from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, as_of_text, without_zone
from jobmarket.warehouse.connection import connect


def newest_crawl(home: Home, settings: Settings, until: datetime | None = None) -> datetime:
    """Return the moment of the newest crawl in the warehouse, UTC. If it contains only history, return the end of that.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        until: Crawls after this moment do not count.

    Raises:
        StageError: If the warehouse contains no crawl, or another process has locked it.
    """
    with connect(home, settings, read_only=True) as connection:
        newest = connection.execute(
            "select coalesce(max(as_of) filter (where origin <> 'backfill'), max(as_of)) from raw.crawl_runs "
            "where as_of <= coalesce($until, as_of)",
            {"until": without_zone(until) if until else None},
        ).fetchone()
    if newest is None or newest[0] is None:
        when = f" up to {as_of_text(until)}" if until else " yet"
        raise PermanentError(
            f"The warehouse in {home.root} contains no crawl{when}. Run `jobmarket crawl`, then `jobmarket load`."
        )
    moment: datetime = newest[0].replace(tzinfo=UTC)
    return moment
