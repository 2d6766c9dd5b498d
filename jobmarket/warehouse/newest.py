"""Which moment the warehouse has got to."""

from __future__ import annotations

from datetime import UTC, datetime

from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, as_of_text, without_zone
from jobmarket.warehouse.connection import connect


def newest_crawl(home: Home, settings: Settings, until: datetime | None = None) -> datetime:
    """The moment of the newest crawl in the warehouse, UTC; of a warehouse that holds history alone, where that ends.

    Args:
        home: Where the warehouse is.
        settings: The installation's settings.
        until: Crawls after this moment do not count.

    Raises:
        StageError: if the warehouse holds none, or another process holds it.
    """
    with connect(home, settings, read_only=True) as connection:
        newest = connection.execute(
            "select coalesce(max(as_of) filter (where origin <> 'backfill'), max(as_of)) from raw.crawl_runs "
            "where as_of <= coalesce($until, as_of)",
            {"until": without_zone(until) if until else None},
        ).fetchone()
    if newest is None or newest[0] is None:
        said = f" up to {as_of_text(until)}" if until else " yet"
        raise StageError(
            f"The warehouse in {home.root} holds no crawl{said}: `jobmarket crawl`, then `jobmarket load`."
        )
    moment: datetime = newest[0].replace(tzinfo=UTC)
    return moment
