"""The private warehouse: one DuckDB file, one writer. Landing goes in here, once, unedited.

The tables of schema ``raw`` derive from the contracts in :mod:`jobmarket.posting` and
:mod:`jobmarket.landing`; ``ops`` keeps what the stages say about themselves. All TIMESTAMP values are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from jobmarket.exchange_rates import load_exchange_rates, newest_file
from jobmarket.landing import (
    RUN_FILE,
    LandingError,
    RunRecord,
    Withdrawal,
    read_run,
    read_withdrawal,
    sealed_runs,
    verify_run,
    write_withdrawal,
)
from jobmarket.settings import Home, Settings
from jobmarket.stages import Progress, Silence, StageError, StageResult

_PLACE = 'STRUCT("text" VARCHAR, address_locality VARCHAR, address_region VARCHAR, address_country VARCHAR)'
_PAY = 'STRUCT(min_value DOUBLE, max_value DOUBLE, currency VARCHAR, unit_text VARCHAR, "name" VARCHAR)'

# Column → DuckDB type, in the order of jobmarket.posting.Posting; tests/conventions compares the two.
POSTING_COLUMNS: dict[str, str] = {
    "board": "VARCHAR",
    "company_slug": "VARCHAR",
    "native_id": "VARCHAR",
    "url": "VARCHAR",
    "apply_url": "VARCHAR",
    "title": "VARCHAR",
    "company_name": "VARCHAR",
    "department": "VARCHAR",
    "team": "VARCHAR",
    "location_text": "VARCHAR",
    "job_locations": f"{_PLACE}[]",
    "workplace_text": "VARCHAR",
    "is_remote": "BOOLEAN",
    "employment_type_text": "VARCHAR",
    "base_salary": f"{_PAY}[]",
    "pay_text": "VARCHAR",
    "description_html": "VARCHAR",
    "description_text": "VARCHAR",
    "language": "VARCHAR",
    "requisition_id": "VARCHAR",
    "date_posted": "TIMESTAMP",
    "valid_through": "TIMESTAMP",
    "payload": "JSON",
}
_IDENTITY = {"posting_key": "UUID", "content_hash": "UUID"}

_OUTCOME_COLUMNS: dict[str, str] = {
    "company_slug": "VARCHAR",
    "company_name": "VARCHAR",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "requests": "INTEGER",
    "http_codes": "MAP(VARCHAR, INTEGER)",
    "response_bytes": "BIGINT",
    "errors": "INTEGER",
    "postings": "INTEGER",
    "duplicates": "INTEGER",
    "rejected": "INTEGER",
    "missing": "MAP(VARCHAR, INTEGER)",
    "started_at": "TIMESTAMP",
    "finished_at": "TIMESTAMP",
}

# Run and board of a landed file, from the end of its path: the home's own path may hold anything.
_RUN_ID = r"regexp_extract(filename, '[/\\]run=([^/\\]+)[/\\][^/\\]+$', 1)"
_BOARD = r"regexp_extract(filename, '[/\\]board=([^/\\]+)([/\\][^/\\]+){3}$', 1)"

# How a new file is written: since 1.2 long texts are compressed (zstd), to a ninth of what 1.0 takes. Later versions'
# dictionaries take four times as much for them, and longer. A file of an older version stays what it is.
_FILE_VERSION = "v1.2.0"
# One landed object may be this large; a posting with a 5 MB description is real input.
_LARGEST_LINE = 128 * 1024 * 1024
# Runs loaded in one transaction: large enough for speed, small enough to keep progress on a crash.
_RUNS_PER_TRANSACTION = 50


def _columns(columns: dict[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


_SCHEMA = f"""
create schema if not exists raw;
create schema if not exists ops;
create table if not exists raw.posting_versions ({_columns(_IDENTITY | POSTING_COLUMNS)}, landed_run_id VARCHAR);
create table if not exists raw.sightings (run_id VARCHAR, posting_key UUID, content_hash UUID);
create table if not exists raw.crawl_runs (
    run_id VARCHAR, board VARCHAR, origin VARCHAR, as_of TIMESTAMP, {_columns(_OUTCOME_COLUMNS)},
    versions MAP(VARCHAR, VARCHAR), trailing_median DOUBLE, qualifies BOOLEAN, qualifies_reason VARCHAR);
create table if not exists raw.rejected_postings (
    run_id VARCHAR, board VARCHAR, company_slug VARCHAR, reason VARCHAR, payload JSON);
create table if not exists raw.exchange_rates (rate_date DATE, currency VARCHAR, per_eur DOUBLE, source VARCHAR);
create table if not exists raw.attributions (board VARCHAR primary key, attribution VARCHAR, as_of TIMESTAMP);
create table if not exists ops.withdrawn_runs (run_id VARCHAR, reason VARCHAR, withdrawn_at TIMESTAMP);
create table if not exists ops.stage_runs (
    stage VARCHAR, as_of TIMESTAMP, started_at TIMESTAMP, finished_at TIMESTAMP, outcome VARCHAR, summary VARCHAR);
create table if not exists ops.model_runs (
    started_at TIMESTAMP, as_of TIMESTAMP, node VARCHAR, kind VARCHAR, status VARCHAR, seconds DOUBLE, n_rows BIGINT,
    message VARCHAR);
create table if not exists ops.published_figures (
    vintage_id VARCHAR, as_of TIMESTAMP, published_at TIMESTAMP, figure VARCHAR, week_start DATE, n_postings INTEGER,
    n_companies INTEGER, value DOUBLE, value_low DOUBLE, value_high DOUBLE, status VARCHAR, coverage_ratio DOUBLE,
    previous_vintage_id VARCHAR, previous_week_start DATE, previous_value DOUBLE, change DOUBLE, new_data_effect DOUBLE,
    late_data_effect DOUBLE, taxonomy_effect DOUBLE, parser_effect DOUBLE, taxonomy_or_parser_effect DOUBLE,
    method_effect DOUBLE, extractor_version VARCHAR, taxonomy_version VARCHAR, method_version VARCHAR,
    data_version VARCHAR);
create table if not exists ops.published_figure_postings (
    vintage_id VARCHAR, figure VARCHAR, posting_key UUID, content_hash UUID, value DOUBLE);
"""

# Which runs may close a posting or count as coverage (DESIGN §4). Derived from the facts beside it, for all
# runs of a company anew, because a run that is loaded late changes the median of those after it. Where all answers
# were read, an object that a board shows broken (no title, no id) does not spoil the rest: one, or up to 5 %.
_QUALIFY = """
with clean as (
    select
        *,
        status = 'complete' and errors = 0
        or status = 'partial' and errors = rejected and rejected <= greatest(1, 0.05 * (postings + rejected))
            as is_clean
    from raw.crawl_runs
    where origin <> 'backfill' -- an archive tells what was advertised, and nothing of what was not
),
windowed as (
    select
        run_id, board, company_slug, status, reason, postings, is_clean,
        median(postings) filter (where is_clean) over before_it as trailing_median,
        coalesce(max(postings) filter (where is_clean) over ever_before, 0) > 0 as had_postings,
        sum((is_clean and postings = 0)::int) over up_to_it as empty_in_a_row
    from clean
    window
        before_it as (partition by board, company_slug order by as_of, run_id rows between 8 preceding and 1 preceding),
        ever_before as (
            partition by board, company_slug order by as_of, run_id rows between unbounded preceding and 1 preceding
        ),
        up_to_it as (partition by board, company_slug order by as_of, run_id rows between 2 preceding and current row)
),
judged as (
    select
        *,
        case
            when not is_clean then coalesce(reason, 'errors during the crawl')
            when postings = 0 and had_postings and empty_in_a_row < 3
                then 'empty answer; counts when repeated three times'
            when postings > 0 and postings < 0.25 * trailing_median
                then 'fewer than a quarter of the usual postings'
        end as objection
    from windowed
)
update raw.crawl_runs as runs
set trailing_median = judged.trailing_median,
    qualifies = judged.objection is null,
    qualifies_reason = judged.objection
from judged
where runs.run_id = judged.run_id and runs.board = judged.board and runs.company_slug = judged.company_slug
  and (runs.trailing_median is distinct from judged.trailing_median
       or runs.qualifies is distinct from (judged.objection is null)
       or runs.qualifies_reason is distinct from judged.objection)
"""


@contextmanager
def connect(home: Home, settings: Settings, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse, with its schemas in place.

    Raises:
        StageError: if another process holds the file, or it does not exist and only reading was asked for.
    """
    if read_only and not home.warehouse.exists():
        raise StageError(f"There is no warehouse in {home.root} yet. `jobmarket run --home {home.root}` makes one.")
    home.root.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(
            str(home.warehouse), read_only=read_only, config={"storage_compatibility_version": _FILE_VERSION}
        )
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise StageError(f"{home.warehouse} cannot be opened: {error}") from error
        raise StageError(
            f"{home.warehouse} is held by another process ({_holder(str(error))}). "
            "Wait until it is done, or close that session; analysts read the published file instead."
        ) from error
    try:
        connection.execute(f"set memory_limit = '{settings.memory_limit}'; set threads = {settings.threads}")
        connection.execute("set timezone = 'UTC'")
        if not read_only:
            connection.execute(_SCHEMA)
        yield connection
    finally:
        connection.close()


def _holder(message: str) -> str:
    """The part of DuckDB's message that names who holds the lock."""
    start = message.find("PID")
    return message[start:].split(")")[0].rstrip(". ") if start >= 0 else "unknown"


def load(
    home: Home, settings: Settings, as_of: datetime | None = None, progress: Progress | None = None
) -> StageResult:
    """Load every sealed run, up to a moment, that is not in the warehouse yet. Loading a run twice changes nothing.

    A run that is damaged is left out and named in the result's gaps; the others go on.

    Raises:
        StageError: if another process holds the warehouse.
    """
    progress = progress or Silence()
    gaps: list[str] = []
    loaded = 0
    with connect(home, settings) as connection:
        before = _counts(connection)
        pending = _pending(connection, home, as_of, gaps)
        for start in range(0, len(pending), _RUNS_PER_TRANSACTION):
            batch = pending[start : start + _RUNS_PER_TRANSACTION]
            loaded += _load_batch(connection, batch, gaps)
            progress.update("load", f"{start + len(batch)} of {len(pending)} runs", start + len(batch), len(pending))
        load_exchange_rates(connection, newest_file(home.exchange_rates))
        after = _counts(connection)
    added = {name: after[name] - before[name] for name in after}
    summary = (
        f"{added['crawl_runs']:,} company crawls, {added['posting_versions']:,} posting versions, "
        f"{added['sightings']:,} sightings added"
        if loaded
        else "nothing new in the landing"
    )
    return StageResult("load", summary, gaps=tuple(gaps), counts={"runs": loaded, **added})


def _pending(
    connection: duckdb.DuckDBPyConnection, home: Home, as_of: datetime | None, gaps: list[str]
) -> list[tuple[Path, RunRecord]]:
    """The sealed runs that are still to be loaded; those that are damaged go to the gaps."""
    known = "select distinct run_id from raw.crawl_runs union select run_id from ops.withdrawn_runs"
    done = {run_id for (run_id,) in connection.execute(known).fetchall()}
    pending: list[tuple[Path, RunRecord]] = []
    for folder in _sealed(home):
        if folder.name.removeprefix("run=") in done:
            continue
        try:
            record = read_run(folder)
            if as_of is None or record.as_of <= as_of:
                verify_run(folder, record)
                pending.append((folder, record))
        except LandingError as error:
            gaps.append(str(error))
    return pending


def _sealed(home: Home) -> list[Path]:
    """The landing's sealed runs.

    Raises:
        StageError: if a part of it is not there.
    """
    try:
        return list(sealed_runs(home))
    except LandingError as error:
        raise StageError(str(error)) from error


def _load_batch(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]], gaps: list[str]) -> int:
    """Load some runs; if one of them cannot be read, the others one by one. Number of runs loaded."""
    try:
        _load_runs(connection, batch)
    except duckdb.Error as error:
        if len(batch) == 1:
            gaps.append(f"{batch[0][0]} cannot be loaded: {error}. Restore it, or move the run's folder away.")
            return 0
        return sum(_load_batch(connection, [one], gaps) for one in batch)
    return len(batch)


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    tables = ("crawl_runs", "posting_versions", "sightings", "rejected_postings")
    counts = " union all ".join(f"select '{name}', count(*) from raw.{name}" for name in tables)
    return dict(connection.execute(counts).fetchall())


def _load_runs(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]]) -> None:
    """Load some runs in one transaction: all of them or nothing."""
    withdrawn = {folder: found for folder, _ in batch if (found := read_withdrawal(folder))}

    def files(name: str, *, also_of_withdrawn: bool = False) -> list[str]:
        return [
            str(folder / name)
            for folder, record in batch
            if record.files[name].lines and (also_of_withdrawn or folder not in withdrawn)
        ]

    connection.execute("begin")
    try:
        # A content is landed once: what a withdrawn run landed may have been sighted by others.
        if paths := files("postings.jsonl.gz", also_of_withdrawn=True):
            _insert_versions(connection, paths)
        if paths := files("sightings.jsonl.gz"):
            connection.execute(
                f"""insert into raw.sightings
                select {_RUN_ID}, posting_key, content_hash
                from {_lines(_IDENTITY | {"company_slug": "VARCHAR"})}""",
                [paths],
            )
        if paths := files("rejected.jsonl.gz"):
            connection.execute(
                f"""insert into raw.rejected_postings
                select {_RUN_ID}, {_BOARD},
                    company_slug, reason, payload
                from {_lines({"company_slug": "VARCHAR", "reason": "VARCHAR", "payload": "JSON"})}""",
                [paths],
            )
        if paths := [str(folder / RUN_FILE) for folder, _ in batch if folder not in withdrawn]:
            _insert_crawl_runs(connection, paths)
        for _, record in batch:
            _note_attribution(connection, record)
        for folder, withdrawal in withdrawn.items():
            _note_withdrawal(connection, folder.name.removeprefix("run="), withdrawal)
        connection.execute(_QUALIFY)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _insert_versions(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Add the contents that are new; the same content landed by two runs is kept once."""
    connection.execute(
        f"""insert into raw.posting_versions
        select * exclude (filename), {_RUN_ID} as landed_run_id
        from {_lines(_IDENTITY | POSTING_COLUMNS)} as landed
        where not exists (
            from raw.posting_versions as known
            where known.posting_key = landed.posting_key and known.content_hash = landed.content_hash)
        qualify row_number() over (partition by posting_key, content_hash order by filename) = 1""",
        [paths],
    )


def _insert_crawl_runs(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Add a row for every company of some runs."""
    record_columns = {
        "run_id": "VARCHAR",
        "board": "VARCHAR",
        "origin": "VARCHAR",
        "as_of": "TIMESTAMP",
        "companies": f"STRUCT({_columns(_OUTCOME_COLUMNS)})[]",
        "versions": "MAP(VARCHAR, VARCHAR)",
    }
    outcome = ", ".join(f"outcome.{name}" for name in _OUTCOME_COLUMNS)
    connection.execute(
        f"""insert into raw.crawl_runs by name
        select run_id, board, origin, as_of, {outcome}, versions
        from (
            select * exclude (companies), unnest(companies) as outcome
            from read_json(?, columns = {_struct(record_columns)}, format = 'auto', hive_partitioning = false)
        )""",
        [paths],
    )


def _note_attribution(connection: duckdb.DuckDBPyConnection, record: RunRecord) -> None:
    """Keep what a source asks to be shown, as its newest run says it."""
    connection.execute(
        """insert into raw.attributions values (?, ?, ?)
        on conflict (board) do update set attribution = excluded.attribution, as_of = excluded.as_of
        where excluded.as_of >= as_of""",
        [record.board, record.attribution, record.as_of.replace(tzinfo=None)],
    )


def _note_withdrawal(connection: duckdb.DuckDBPyConnection, run_id: str, withdrawal: Withdrawal) -> None:
    moment = withdrawal.withdrawn_at.replace(tzinfo=None)
    connection.execute("insert into ops.withdrawn_runs values (?, ?, ?)", [run_id, withdrawal.reason, moment])


def _lines(columns: dict[str, str]) -> str:
    return (
        f"read_json(?, columns = {_struct(columns)}, format = 'newline_delimited', filename = true, "
        f"maximum_object_size = {_LARGEST_LINE}, hive_partitioning = false)"
    )


def _struct(columns: dict[str, str]) -> str:
    return "{" + ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items()) + "}"


def withdraw(home: Home, settings: Settings, run_id: str, reason: str, now: datetime) -> StageResult:
    """Take a run out of the warehouse for good. The way out when gate 1 closes on it.

    The landing keeps the run and is told, so that a warehouse made anew leaves it out too. Versions that the run
    landed stay, because another run may have sighted them; a version that nobody sighted reaches no mart.

    Raises:
        StageError: if the warehouse does not hold the run.
    """
    withdrawal = Withdrawal(reason=reason, withdrawn_at=now)
    with connect(home, settings) as connection:
        if not connection.execute("select 1 from raw.crawl_runs where run_id = ?", [run_id]).fetchone():
            raise StageError(f"No run {run_id} in {home.warehouse}. `jobmarket status` lists the last runs.")
        for folder in _sealed(home):
            if folder.name == f"run={run_id}":
                write_withdrawal(folder, withdrawal)
        connection.execute("begin")
        for table in ("sightings", "crawl_runs", "rejected_postings"):
            connection.execute(f"delete from raw.{table} where run_id = ?", [run_id])
        _note_withdrawal(connection, run_id, withdrawal)
        connection.execute(_QUALIFY)
        connection.execute("commit")
    return StageResult("load", f"run {run_id} withdrawn: {reason}")
