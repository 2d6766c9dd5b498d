"""Opens the published file, read-only, for everything that comes after publication."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shlex import quote

import duckdb

from jobmarket.did_you_mean import did_you_mean
from jobmarket.duckdb_file import is_held, opened
from jobmarket.publishing.database import DATABASE
from jobmarket.publishing.provenance import SCHEMA
from jobmarket.publishing.vintages import current_vintage, kept_vintages, vintage_as_of
from jobmarket.publishing.withdrawn_runs import withdrawn_runs_warning
from jobmarket.settings import Home
from jobmarket.stages import PermanentError, StageError, WrongUsageError

# A vintage's folder, where DuckDB would put its temporary files, is changed by nothing.
_IN_MEMORY = "set temp_directory = ''"
# Without external access, DuckDB still lets `copy … to` write the files beside an open database (its .wal).
_ALONE = f"{_IN_MEMORY}; set enable_external_access = false; set disabled_filesystems = 'LocalFileSystem'"


def published_vintage(home: Home, as_of: datetime | None = None) -> Path:
    """Return the folder of the current vintage, or of the newest up to a moment.

    Args:
        home: The installation's folders.
        as_of: A moment, UTC; None for the current vintage.

    Raises:
        StageError: If nothing is published yet, no kept vintage is old enough, or the folder was copied without its
            links.
    """
    vintage = current_vintage(home.published)
    if vintage is not None and as_of is not None:
        vintage = vintage_as_of(home.published, as_of)
        if vintage is None:
            raise WrongUsageError(
                f"{home.published} has no vintage up to {as_of:%Y-%m-%d %H:%M} UTC. The oldest kept one is "
                f"{kept_vintages(home.published)[0].name}."
            )
    if vintage is None:
        option = f"--home {quote(str(home.root))}"
        advice = f"`jobmarket run {option}`"
        if home.warehouse.exists():
            advice = f"`jobmarket publish {option}` if the warehouse is built, otherwise {advice}"
        raise PermanentError(
            f"Nothing is published in {home.published}. If a run is under way, wait for its end, else run {advice}."
        )
    return vintage


class OtherVersionError(PermanentError):
    """Another version made the vintage, with other tables, columns or macros than this one reads."""


def open_published(
    home: Home, as_of: datetime | None = None, *, any_version: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open the vintage of `published_vintage` as `open_vintage` does.

    Raises:
        StageError: As these two.
    """
    return open_vintage(published_vintage(home, as_of), any_version=any_version)


def sample_world(published: duckdb.DuckDBPyConnection) -> str | None:
    """Return the notice to print before figures of the sample world; None for other origins."""
    if published.execute("select value from about where key = 'sample_world'").fetchone() != ("true",):
        return None
    return "This is a sample world: employers, postings and pay are invented."


def warnings(published: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what to print before any figures of an opened vintage."""
    notices = (sample_world(published), withdrawn_runs_warning(vintage_of(published)))
    return [line for line in notices if line is not None]


def vintage_of(published: duckdb.DuckDBPyConnection) -> Path:
    """Return the folder of an opened vintage."""
    ((file,),) = published.sql(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    return Path(file).parent


def open_vintage(vintage: Path, *, alone: bool = False, any_version: bool = False) -> duckdb.DuckDBPyConnection:
    """Open one vintage, read-only, for queries that must do with the memory. It stays the same one while it is open.

    Args:
        vintage: Its folder.
        alone: Whether queries can read no other file, reach no network and change no setting.
        any_version: Whether to open a vintage that another version made, whose tables may be others.

    Raises:
        OtherVersionError: If another version made it.
        StageError: If the file is missing or cannot be opened.
    """
    file = vintage / DATABASE
    try:
        # last, the lock: no option can change afterwards
        connection = opened(file, options=f"{_ALONE}; set lock_configuration = true" if alone else _IN_MEMORY)
    except duckdb.Error as error:
        advice = (
            "Another session opened it for writing: close that session and use `duckdb -readonly`."
            if is_held(error)
            else "It is missing or damaged: run `jobmarket publish` to write it again."
        )
        raise StageError(f"{file} cannot be opened: {error}. {advice}") from error
    if not (any_version or _is_of_this_version(connection)):
        connection.close()
        raise OtherVersionError(
            f"Vintage {vintage.name} was made by another version of jobmarket. Run `jobmarket build`, `gate marts` and "
            "`publish` again for a new one. `jobmarket sql` can read this one."
        )
    return connection


def _is_of_this_version(published: duckdb.DuckDBPyConnection) -> bool:
    row = published.execute("select value from about where key = 'schema_version'").fetchone()
    return row is not None and str(row[0]).partition(".")[0] == SCHEMA


# In the error of the macro skill_named.
_OF_SEVERAL = "is a spelling of several skills"


def skill_named(published: duckdb.DuckDBPyConnection, skill: str) -> tuple[str, str] | None:
    """Return the id and name of a skill given by id, name or another spelling; None if there is no such skill.

    Raises:
        StageError: If several skills have this spelling. The message lists their ids.
    """
    try:
        row = published.execute(
            "select skill_id, skill_name from dim_skills where skill_id = (from skill_named(?))", [skill]
        ).fetchone()
    except duckdb.InvalidInputException as error:
        if _OF_SEVERAL in str(error):
            raise WrongUsageError(str(error).removeprefix("Invalid Input Error: ")) from error
        return None
    return (str(row[0]), str(row[1])) if row else None


def require_one_of(
    published: duckdb.DuckDBPyConnection, column: str, value: str, table: str = "rpt_skill_demand_weekly"
) -> None:
    """Refuse a country, role family, level or measure that the weekly figures do not have.

    Args:
        published: The opened vintage.
        column: The column of ``table``.
        value: The requested value.
        table: The weekly table. Tables of pay have every level; tables of skills only levels with figures.

    Raises:
        StageError: If the table does not have the value. The message lists the existing ones.
    """
    query = f"select distinct {column} from {table} order by all"
    known = [name for (name,) in published.execute(query).fetchall()]
    if value not in known:
        names = _country_names(published, known) if column == "country" else []
        raise WrongUsageError(
            f"The weekly figures have no {column} '{value}'; there are {', '.join(known)}."
            f"{did_you_mean(value, [*known, *names])}"
        )


def _country_names(published: duckdb.DuckDBPyConnection, codes: list[str]) -> list[str]:
    query = "select distinct country_name from dim_locations where list_contains(?, country)"
    return [name for (name,) in published.execute(query, [codes]).fetchall() if name is not None]
