"""Keeps the published figures as files beside the warehouse, because the landing cannot restore them.

``published_figures/`` in the home contains ``<vintage_id>.figures.parquet`` for each vintage, and
``<vintage_id>.postings.parquet`` for the latest: its rows of ``ops.published_figures`` and
``ops.published_figure_postings``. Without these files, the first vintage of a rebuilt warehouse could not be compared
with earlier ones.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from jobmarket.duckdb_file import quoted, transaction
from jobmarket.durable import flush
from jobmarket.settings import Home

_FIGURES = ("ops.published_figures", ".figures.parquet")
_POSTINGS = ("ops.published_figure_postings", ".postings.parquet")


def figures_folder(home: Home) -> Path:
    """Return the folder of the files."""
    return home.root / "published_figures"


def write_figures(warehouse: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Write the files of vintages that have none, and remove the postings' files of vintages that are no longer kept.

    Args:
        warehouse: The warehouse, with its tables in place.
        home: The installation's folders.

    Raises:
        OSError, duckdb.Error: If the folder cannot be written.
    """
    folder = figures_folder(home)
    folder.mkdir(exist_ok=True)
    # Figures last, so that wherever they exist, their postings exist too.
    for table, ending in (_POSTINGS, _FIGURES):
        for vintage_id in _vintages(warehouse, table):
            file = folder / f"{vintage_id}{ending}"
            if not file.exists():
                _write(warehouse, table, vintage_id, file)
    _, ending = _POSTINGS
    for vintage_id in _vintages(warehouse, _FIGURES[0]) - _vintages(warehouse, _POSTINGS[0]):
        (folder / f"{vintage_id}{ending}").unlink(missing_ok=True)
    flush(folder)


def read_figures_back(warehouse: duckdb.DuckDBPyConnection, home: Home) -> tuple[list[str], list[str]]:
    """Load the files of vintages that the warehouse does not know. Each vintage is loaded completely or not at all.

    Args:
        warehouse: The warehouse, open for writing.
        home: The installation's folders.

    Returns:
        The ids of the restored vintages, and a message for each that could not be read.
    """
    known = _vintages(warehouse, _FIGURES[0])
    put_back, damaged = [], []
    for file in sorted(figures_folder(home).glob(f"[!.]*{_FIGURES[1]}")):
        vintage_id = file.name.removesuffix(_FIGURES[1])
        if vintage_id in known:
            continue
        part = file
        try:
            with transaction(warehouse):
                for table, ending in (_FIGURES, _POSTINGS):
                    part = file.with_name(f"{vintage_id}{ending}")
                    if part.exists():
                        warehouse.execute(f"insert into {table} by name from read_parquet(?)", [str(part)])
            put_back.append(vintage_id)
        except duckdb.Error as error:
            damaged.append(_unread(file, part, " ".join(str(error).split())))
    if (latest := _without_postings(warehouse)) in put_back:
        warehouse.execute(f"delete from {_FIGURES[0]} where vintage_id = ?", [latest])  # noqa: S608  # only constants
        put_back.remove(latest)
        file, part = (figures_folder(home) / f"{latest}{ending}" for _, ending in (_FIGURES, _POSTINGS))
        damaged.append(_unread(file, part, "its postings are missing"))
    return put_back, damaged


def forget_figures(warehouse: duckdb.DuckDBPyConnection, home: Home, vintage_id: str) -> None:
    """Remove the figures of a withdrawn vintage, from the files and the warehouse.

    Args:
        warehouse: The warehouse, open for writing.
        home: The installation's folders.
        vintage_id: The id of the vintage.
    """
    for table, ending in (_FIGURES, _POSTINGS):
        (figures_folder(home) / f"{vintage_id}{ending}").unlink(missing_ok=True)
        warehouse.execute(f"delete from {table} where vintage_id = ?", [vintage_id])  # noqa: S608  # only constants


def _without_postings(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    """Return the latest vintage if its postings are missing, else None.

    The next vintage would have nothing to be compared with. Earlier vintages are no longer compared and may lack
    theirs.
    """
    row = warehouse.execute(
        f"""select vintage_id, count(value) > 0 from {_FIGURES[0]} group by vintage_id
        order by max(as_of) desc, max(published_at) desc, vintage_id desc limit 1"""  # noqa: S608  # only constants
    ).fetchone()
    latest, has_figures = row or (None, False)
    return latest if has_figures and latest not in _vintages(warehouse, _POSTINGS[0]) else None


def _unread(file: Path, part: Path, why: str) -> str:
    """Say what to do about a vintage with an unreadable file."""
    vintage_id = file.name.removesuffix(_FIGURES[1])
    return (
        f"figures of vintage {vintage_id}: {why}. Restore {part}, or move {file} away: later vintages are then not "
        "compared with it"
    )


def _vintages(warehouse: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    found = warehouse.execute(f"select distinct vintage_id from {table}").fetchall()  # noqa: S608  # only constants
    return {vintage_id for (vintage_id,) in found}


def _write(warehouse: duckdb.DuckDBPyConnection, table: str, vintage_id: str, file: Path) -> None:
    """Write one vintage's rows, all of them or none."""
    part = file.with_name(f".{file.name}.part")
    rows = f"from {table} where vintage_id = {quoted(vintage_id)}"
    warehouse.execute(f"copy ({rows}) to {quoted(part)} (format parquet, compression zstd)")
    flush(part)
    part.replace(file)
