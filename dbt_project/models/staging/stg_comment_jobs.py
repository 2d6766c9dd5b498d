"""Jobs that comments of "Who is hiring?" threads name. Comments are landed whole and split here."""

from dataclasses import asdict, fields

import pyarrow as pa

from jobmarket.hacker_news.jobs import Job, read_comment, reader_version
from jobmarket.identity import object_hash, posting_key
from jobmarket.settings import Settings
from jobmarket.uuid_column import uuid_column
from jobmarket.warehouse.naming import name_relation

BOARD = "hn"
KEYS = ("comment_key", "comment_hash", "posting_key", "content_hash")
TEXTS = (*(field.name for field in fields(Job)), "rejected_because", "reader_version")
SCHEMA = pa.schema([*((name, pa.uuid()) for name in KEYS), *((name, pa.string()) for name in TEXTS)])

# Until 2026-11-28 a comment was landed once for each of its jobs, numbered in the payload; all copies have its text.
COMMENTS = """
    select
        posting_key::varchar as comment_key, content_hash::varchar as comment_hash, company_slug,
        payload ->> 'id' as comment_id,
        coalesce(try_cast(payload ->> 'job' as integer), 1) > 1 as is_copy, description_html, url,
        date_posted::varchar as date_posted
    from posting_versions
    where board = '{board}' {condition}
"""
NOT_READ = """
    and not exists (
        from {jobs} as jobs
        where jobs.comment_hash = posting_versions.content_hash and jobs.reader_version = '{version}')
"""
ROWS_AT_ONCE = 10_000


def model(dbt, session):
    """Read the comments without rows of the current version.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with the rows of the newly read comments.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="comment_hash",
        # a new field of a job is a new column; the reader's new version reads every comment again, which fills it
        on_schema_change="append_new_columns",
    )
    name_relation(session, dbt.source("raw", "posting_versions"), "posting_versions")
    version, condition = reader_version(Settings().dbt_project), ""
    if dbt.is_incremental:
        condition = NOT_READ.format(jobs=dbt.this, version=version)
    comments = session.sql(COMMENTS.format(board=BOARD, condition=condition)).to_arrow_table()
    batches = comments.to_batches(max_chunksize=ROWS_AT_ONCE)
    return pa.concat_tables([SCHEMA.empty_table(), *(rows_of(batch.to_pylist(), version) for batch in batches)])


def rows_of(comments, version):
    """Return a table of SCHEMA with the jobs of some comments, and a row for each comment without any."""
    rows = []
    for comment in comments:
        jobs, because = (), "copy"
        if not comment["is_copy"]:
            reading = read_comment(comment["comment_id"], comment["description_html"] or "")
            jobs, because = reading.jobs, reading.rejected_because
        landed = {name: comment[name] for name in KEYS[:2]} | {"reader_version": version}
        rows += [landed | asdict(job) | keys_of(job, comment) for job in jobs]
        rows += [landed | {"rejected_because": because}] * (not jobs)
    columns = [uuid_column([row.get(name) for row in rows]) for name in KEYS]
    columns += [pa.array([row.get(name) for row in rows], pa.string()) for name in TEXTS]
    return pa.table(columns, schema=SCHEMA)


def keys_of(job, comment):
    """Return the key of a job, and the hash of all that is shown of it, so that another reading is a new content."""
    key = posting_key(BOARD, comment["company_slug"], job.native_id)
    shown = {"key": key} | asdict(job) | {name: comment[name] for name in ("description_html", "url", "date_posted")}
    return {"posting_key": key, "content_hash": object_hash(shown)}
