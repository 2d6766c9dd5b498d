"""What publications told, as files beside the warehouse: the one thing in it that the landing cannot give again.

``published_figures/`` in the home holds of each vintage ``<vintage_id>.figures.parquet``, and of the latest
``<vintage_id>.postings.parquet``: its rows of ``ops.published_figures`` and ``ops.published_figure_postings``. Without
them the first vintage of a warehouse that was made again would know of none before it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from jobmarket.duckdb_file import quoted
from jobmarket.durable import flush
from jobmarket.settings import Home

_FIGURES = ("ops.published_figures", ".figures.parquet")
_POSTINGS = ("ops.published_figure_postings", ".postings.parquet")


def figures_folder(home: Home) -> Path:
    """Where the files are."""
    return home.root / "published_figures"


def write_figures(warehouse: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Write the files of the vintages that have none, and take away those of postings that are kept no more.

    Args:
        warehouse: The warehouse, with its tables in place.
        home: Where it is.

    Raises:
        OSError, duckdb.Error: if the folder takes nothing.
    """
    folder = figures_folder(home)
    folder.mkdir(exist_ok=True)
    # Figures last: where they are, their postings are.
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
    """Put into the warehouse what the files tell of vintages that it does not know; none of one is read by half.

    Args:
        warehouse: The warehouse, for writing.
        home: Where it is.

    Returns:
        Ids of the vintages that were put back, and a line for each that could not be read.
    """
    known = _vintages(warehouse, _FIGURES[0])
    put_back, damaged = [], []
    for file in sorted(figures_folder(home).glob(f"[!.]*{_FIGURES[1]}")):
        vintage_id = file.name.removesuffix(_FIGURES[1])
        if vintage_id in known:
            continue
        part = file
        warehouse.begin()
        try:
            for table, ending in (_FIGURES, _POSTINGS):
                part = file.with_name(f"{vintage_id}{ending}")
                if part.exists():
                    warehouse.execute(f"insert into {table} by name from read_parquet(?)", [str(part)])  # noqa: S608  # ours
            warehouse.commit()
            put_back.append(vintage_id)
        except duckdb.Error as error:
            warehouse.rollback()
            damaged.append(_unread(file, part, " ".join(str(error).split())))
    if (latest := _without_postings(warehouse)) in put_back:
        warehouse.execute(f"delete from {_FIGURES[0]} where vintage_id = ?", [latest])  # noqa: S608  # ours
        put_back.remove(latest)
        file, part = (figures_folder(home) / f"{latest}{ending}" for _, ending in (_FIGURES, _POSTINGS))
        damaged.append(_unread(file, part, "its postings are not there"))
    return put_back, damaged


def _without_postings(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    """The latest vintage, where its figures are of postings that are not there.

    The next one would be compared with nothing. Earlier ones are compared with no more, and may lack theirs.
    """
    row = warehouse.execute(
        f"""select vintage_id, count(value) > 0 from {_FIGURES[0]} group by vintage_id
        order by max(as_of) desc, max(published_at) desc, vintage_id desc limit 1"""  # noqa: S608  # ours
    ).fetchone()
    latest, has_figures = row or (None, False)
    return latest if has_figures and latest not in _vintages(warehouse, _POSTINGS[0]) else None


def _unread(file: Path, part: Path, why: str) -> str:
    """What to do about a vintage of which a file cannot be read."""
    vintage_id = file.name.removesuffix(_FIGURES[1])
    return (
        f"figures of vintage {vintage_id}: {why}. Restore {part}, or move {file} away: no later vintage is compared "
        "with it then"
    )


def _vintages(warehouse: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    found = warehouse.execute(f"select distinct vintage_id from {table}").fetchall()  # noqa: S608  # ours
    return {vintage_id for (vintage_id,) in found}


def _write(warehouse: duckdb.DuckDBPyConnection, table: str, vintage_id: str, file: Path) -> None:
    """Write one vintage's rows, whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    rows = f"from {table} where vintage_id = {quoted(vintage_id)}"
    warehouse.execute(f"copy ({rows}) to {quoted(part)} (format parquet, compression zstd)")
    flush(part)
    part.replace(file)
