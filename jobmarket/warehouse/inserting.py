"""Inserts landed runs into ``raw`` unedited, several in one transaction: all of them or none."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from jobmarket.duckdb_file import transaction
from jobmarket.landing import DATA_FILES, RUN_FILE, RunRecord, Withdrawal, damage, read_withdrawal, run_id_of
from jobmarket.stages import without_zone
from jobmarket.warehouse.qualifying import qualify
from jobmarket.warehouse.schema import IDENTITY, OUTCOME_COLUMNS, POSTING_COLUMNS, attempt_of, column_list

# Run and board of a landed file. Both are matched at the end of its path, because the path of the home may be anything.
_RUN_ID = r"regexp_extract(filename, '[/\\]run=([^/\\]+)[/\\][^/\\]+$', 1)"
_BOARD = r"regexp_extract(filename, '[/\\]board=([^/\\]+)([/\\][^/\\]+){3}$', 1)"

# Largest size of a landed object, in bytes. Postings with descriptions of 5 MB exist.
_LARGEST_LINE = 128 * 1024 * 1024


# Table → the file of a run that goes into it.
_FILES = dict(zip(("posting_versions", "sightings", "rejected_postings"), DATA_FILES, strict=True))

_REJECTED_COLUMNS = {
    "company_slug": "VARCHAR", "reason": "VARCHAR", "payload": "JSON", "posting_key": "UUID", "object_hash": "VARCHAR",
}  # fmt: skip


class LostLinesError(Exception):
    """Files of some runs contain fewer lines than their records say.

    Attributes:
        damaged: The folder of each such run, with what is wrong with it.
    """

    def __init__(self, damaged: dict[Path, str]) -> None:
        super().__init__(next(iter(damaged.values())))
        self.damaged = damaged


def insert_runs(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]]) -> None:
    """Load some runs in one transaction: all of them or none.

    Raises:
        LostLinesError: If some files are cut off. DuckDB reads a truncated file without an error.
    """
    withdrawn = {folder: withdrawal for folder, _ in batch if (withdrawal := read_withdrawal(folder))}

    def files(name: str, *, also_of_withdrawn: bool = False) -> list[str]:
        return [
            str(folder / name)
            for folder, record in batch
            if record.files[name].lines and (also_of_withdrawn or folder not in withdrawn)
        ]

    with transaction(connection):
        before = row_counts(connection)
        # A content is landed once, so other runs may have sighted what a withdrawn run landed.
        if paths := files("postings.jsonl.gz", also_of_withdrawn=True):
            _insert_versions(connection, paths)
        if paths := files("sightings.jsonl.gz"):
            connection.execute(
                f"""insert into raw.sightings
                select {_RUN_ID}, posting_key, content_hash
                from {_lines(IDENTITY | {"company_slug": "VARCHAR"})}""",
                [paths],
            )
        if paths := files("rejected.jsonl.gz"):
            connection.execute(
                f"""insert into raw.rejected_postings
                select {_RUN_ID}, {_BOARD},
                    company_slug, reason, payload, posting_key, object_hash
                from {_lines(_REJECTED_COLUMNS)}""",
                [paths],
            )
        if paths := [str(folder / RUN_FILE) for folder, _ in batch if folder not in withdrawn]:
            _insert_crawl_runs(connection, paths)
        _require_all_lines(batch, withdrawn, before, row_counts(connection))
        for _, record in batch:
            _note_attribution(connection, record)
        for folder, withdrawal in withdrawn.items():
            note_withdrawal(connection, run_id_of(folder), withdrawal)
        qualify(connection)


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of rows of each table that runs are loaded into."""
    counts = " union all ".join(f"select '{name}', count(*) from raw.{name}" for name in ("crawl_runs", *_FILES))
    return dict(connection.execute(counts).fetchall())


def _require_all_lines(
    batch: list[tuple[Path, RunRecord]], withdrawn: Collection[Path], before: dict[str, int], after: dict[str, int]
) -> None:
    """Check that every line became a row. If rows are missing, check the files: a content landed twice is one row."""
    if all(
        after[table] - before[table]
        == sum(record.files[name].lines for folder, record in batch if name == DATA_FILES[0] or folder not in withdrawn)
        for table, name in _FILES.items()
    ):
        return
    if damaged := {folder: why for folder, record in batch if (why := damage(folder, record)) is not None}:
        raise LostLinesError(damaged)


def _insert_versions(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Add the contents that the warehouse does not contain. Of a content that several runs landed, keep the first.

    Contents are rarely landed twice, so all are added as they are read, and copies are deleted afterwards. Copies are
    recognised by their keys, because comparing or sorting the landed lines would need all their texts in memory.
    """
    before = connection.execute("select coalesce(max(rowid), -1) from raw.posting_versions").fetchall()[0]
    connection.execute(
        f"""insert into raw.posting_versions
        select * exclude (filename), {_RUN_ID} as landed_run_id
        from {_lines(IDENTITY | POSTING_COLUMNS)}""",
        [paths],
    )
    connection.execute(
        f"""with added as (
            select
                rowid as place, posting_key, content_hash,
                regexp_replace(landed_run_id, '[0-9]+$', '') as board_and_moment,
                {attempt_of("landed_run_id")} as attempt
            from raw.posting_versions
            where rowid > $last_before
        ),
        copies as (
            select place
            from added
            qualify row_number() over (
                partition by posting_key, content_hash order by board_and_moment, attempt, place
            ) > 1
            union all
            select place
            from added
            semi join (select posting_key, content_hash from raw.posting_versions where rowid <= $last_before) as known
                using (posting_key, content_hash)
        )
        delete from raw.posting_versions where rowid in (select place from copies)""",
        {"last_before": before[0]},
    )


def _insert_crawl_runs(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Add a row for every company of the runs."""
    record_columns = {
        "run_id": "VARCHAR",
        "board": "VARCHAR",
        "origin": "VARCHAR",
        "as_of": "TIMESTAMP",
        "companies": f"STRUCT({column_list(OUTCOME_COLUMNS)})[]",
        "versions": "MAP(VARCHAR, VARCHAR)",
    }
    outcome = ", ".join(f"outcome.{name}" for name in OUTCOME_COLUMNS)
    connection.execute(
        f"""insert into raw.crawl_runs by name
        select run_id, board, origin, as_of, {outcome}, versions, {attempt_of("run_id")} as attempt
        from (
            select * exclude (companies), unnest(companies) as outcome
            from read_json(?, columns = {_struct(record_columns)}, format = 'auto', hive_partitioning = false)
        )""",
        [paths],
    )


def _note_attribution(connection: duckdb.DuckDBPyConnection, record: RunRecord) -> None:
    """Record the attribution that a source requires, as stated by its newest run."""
    connection.execute(
        """insert into raw.attributions values (?, ?, ?)
        on conflict (board) do update set attribution = excluded.attribution, as_of = excluded.as_of
        where excluded.as_of >= as_of""",
        [record.board, record.attribution, without_zone(record.as_of)],
    )


def note_withdrawal(connection: duckdb.DuckDBPyConnection, run_id: str, withdrawal: Withdrawal) -> None:
    """Record why a run was withdrawn."""
    moment = without_zone(withdrawal.withdrawn_at)
    connection.execute("insert into ops.withdrawn_runs values (?, ?, ?)", [run_id, withdrawal.reason, moment])


def _lines(columns: dict[str, str]) -> str:
    return (
        f"read_json(?, columns = {_struct(columns)}, format = 'newline_delimited', filename = true, "
        f"maximum_object_size = {_LARGEST_LINE}, hive_partitioning = false)"
    )


def _struct(columns: dict[str, str]) -> str:
    return "{" + ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items()) + "}"
