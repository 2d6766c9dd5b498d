"""Looks up the newest crawl in the warehouse."""

from __future__ import annotations

from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, as_of_text, without_zone
from jobmarket.warehouse.connection import connect

_LAST_WITHDRAWN = "select run_id, reason from ops.withdrawn_runs order by withdrawn_at desc, run_id desc limit 1"


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
        return newest_in(connection, home, until)


def newest_in(connection: DuckDBPyConnection, home: Home, until: datetime | None = None) -> datetime:
    """Return the same from a warehouse that is open.

    Raises:
        StageError: If it contains no crawl.
    """
    newest = connection.execute(
        "select coalesce(max(as_of) filter (where origin <> 'backfill'), max(as_of)) from raw.crawl_runs "
        "where as_of <= coalesce($until, as_of)",
        {"until": without_zone(until) if until else None},
    ).fetchone()
    if newest is None or newest[0] is None:
        raise nothing_crawled(connection, home, until)
    moment: datetime = newest[0].replace(tzinfo=UTC)
    return moment


def nothing_crawled(connection: DuckDBPyConnection, home: Home, until: datetime | None = None) -> PermanentError:
    """Return the error for a warehouse that contains no crawl up to a moment, or none at all: why, and what to do."""
    withdrawn = connection.execute(_LAST_WITHDRAWN).fetchone()
    if withdrawn and until is None:
        return PermanentError(
            f"All runs in {home.warehouse} are withdrawn, at last {withdrawn[0]} ({withdrawn[1]}). Run "
            "`jobmarket crawl`, then `jobmarket load`. Readers keep what is published: to take it away from them until "
            f"then, move {home.published} away. docs/runbook.md says how to undo a mistaken withdrawal."
        )
    when = f" up to {as_of_text(until)}" if until else " yet"
    return PermanentError(
        f"The warehouse in {home.root} contains no crawl{when}. Run `jobmarket crawl`, then `jobmarket load`."
    )
