"""How everybody after publication reads: the published file, read-only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import duckdb

from jobmarket.duckdb_file import opened
from jobmarket.publishing.database import DATABASE
from jobmarket.publishing.vintages import current_vintage, kept_vintages, vintage_as_of
from jobmarket.settings import Home
from jobmarket.stages import StageError


def open_published(home: Home, as_of: datetime | None = None, needs: Collection[str] = ()) -> duckdb.DuckDBPyConnection:
    """Open the current vintage, or the newest that stands for no later than a moment, read-only.

    It stays the same vintage as long as the connection is open.

    Args:
        home: Whose published database.
        as_of: Moment, UTC; null for the current vintage.
        needs: Tables and views that the caller asks of it; a vintage of an earlier version may lack one.

    Raises:
        StageError: if nothing is published yet, no kept vintage is that old, it lacks what is needed, the file cannot
            be opened, or the folder was copied without its links.
    """
    vintage = current_vintage(home.published)
    if vintage is not None and as_of is not None:
        vintage = vintage_as_of(home.published, as_of)
        if vintage is None:
            raise StageError(
                f"No vintage in {home.published} is of {as_of:%Y-%m-%d %H:%M} UTC or before; the first that is kept is "
                f"{kept_vintages(home.published)[0].name}."
            )
    if vintage is None:
        raise StageError(f"Nothing is published in {home.published} yet. `jobmarket run --home {home.root}` does it.")
    # The resolved path: DuckDB shares an open database by its path, and `current` may lead elsewhere meanwhile.
    connection = open_vintage(vintage)
    if needs:
        there = connection.execute("select table_name from information_schema.tables").fetchall()
        if missing := sorted(set(needs) - {name for (name,) in there}):
            connection.close()
            raise StageError(
                f"Vintage {vintage.name} was published by an earlier version and has no {', '.join(missing)}: "
                "`jobmarket build`, `gate marts` and `publish` make one that has. `jobmarket sql` reads it as it is."
            )
    return connection


def sample_world(published: duckdb.DuckDBPyConnection) -> str | None:
    """What whoever reads figures of the sample world is told first; null if it is none."""
    if published.execute("select value from about where key = 'sample_world'").fetchone() != ("true",):
        return None
    return "This is a sample world: employers, postings and pay are invented."


def open_vintage(vintage: Path) -> duckdb.DuckDBPyConnection:
    """Open one vintage, read-only.

    Raises:
        StageError: if the file is not there or cannot be opened.
    """
    file = vintage / DATABASE
    try:
        connection = opened(file)
    except duckdb.Error as error:
        raise StageError(
            f"{file} cannot be opened: {error}. If another session opened it for writing, close that session "
            "(`duckdb -readonly`); if it is damaged, `jobmarket publish` writes it anew."
        ) from error
    return connection


def with_break_reason(table: str) -> str:
    """SQL of a weekly table with its ``break_reason``: null throughout where an earlier version published none."""
    return f"(select null::varchar as break_reason where false union all by name from {table}) as {table}"


def skill_named(published: duckdb.DuckDBPyConnection, skill: str) -> tuple[str, str] | None:
    """Id and name of the skill that is meant by an id, a name or another of its spellings; null if none is."""
    try:
        found = published.execute(
            "select skill_id, skill_name from dim_skills where skill_id = (from skill_named(?))", [skill]
        ).fetchone()
    except duckdb.InvalidInputException:
        return None
    return (str(found[0]), str(found[1])) if found else None


def require_one_of(
    published: duckdb.DuckDBPyConnection, column: str, value: str, table: str = "rpt_skill_demand_weekly"
) -> None:
    """Refuse a country, role family, level or measure that the weekly figures do not have.

    Args:
        published: The opened vintage.
        column: Of ``table``.
        value: What was asked for.
        table: Which figures; those of pay know every level, those of skills the levels that have some.

    Raises:
        StageError: if there is none of this name; it names those there are.
    """
    query = f"select distinct {column} from {table} order by all"  # noqa: S608  # our callers' constants
    known = [name for (name,) in published.execute(query).fetchall()]
    if value not in known:
        raise StageError(f"The weekly figures have no {column} '{value}'; there are {', '.join(known)}.")
