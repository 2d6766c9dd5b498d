"""Judgements on pairs of contents that may be one job, once for each version of the judge and name of the employer."""

from itertools import groupby

import pyarrow as pa

from jobmarket.duplicates.findings import Candidates, Content, find_all, judge_version
from jobmarket.extract.facts import Location
from jobmarket.settings import Settings
from jobmarket.uuid_column import uuid_column
from jobmarket.warehouse.joins import joins_as_written
from jobmarket.warehouse.naming import has_columns, name_relation

SCHEMA = pa.schema(
    [
        ("first_content", pa.uuid()),
        ("second_content", pa.uuid()),
        ("one_job", pa.string()),
        ("has_one_title", pa.bool_()),
        ("place", pa.string()),
        ("text_class", pa.string()),
        ("score", pa.float64()),
        ("company_names", pa.list_(pa.string())),
        ("judge_version", pa.string()),
    ]
)
# Contents read into memory at a time: about 50 MB of text.
CONTENTS_AT_ONCE = 5_000

PENDING = """
    select distinct
        candidates.company_key,
        candidates.first_content::varchar as first_content, candidates.second_content::varchar as second_content,
        candidates.company_names
    from candidates
    {condition}
    order by all
"""
# A name comes from the registry or another crawl too, so it may change although no content does.
NOT_JUDGED = """
    where not exists (
        from {findings} as findings
        where findings.first_content = candidates.first_content
            and findings.second_content = candidates.second_content and findings.judge_version = '{judge_version}'
            and findings.company_names is not distinct from candidates.company_names)
"""
# One row per content, ordered by employer, so that a batch is read without scanning the rest.
WORDS = """
    create or replace temp table pair_words as
    with needed as (
        select company_key, first_content::uuid as content_hash from pending
        union
        select company_key, second_content::uuid as content_hash from pending)
    select
        needed.company_key, needed.content_hash::varchar as content_hash, postings.board, postings.company_name,
        postings.title, postings.stated_place, postings.locations, board_systems.kind = 'employer' as is_own_board,
        coalesce(versions.description_html, versions.description_text) as text
    from versions
    join needed on versions.content_hash = needed.content_hash
    join postings on versions.content_hash = postings.content_hash
    left join board_systems on postings.board = board_systems.board
    order by needed.company_key
"""


def batches(session, pairs):
    """Yield the pending pairs in batches with their contents; an employer's pairs stay in one batch."""
    waiting, size = [], 0
    for _, group in groupby(pairs, key=lambda pair: pair["company_key"]):
        company = list(group)
        waiting += company
        size += len({pair[side] for pair in company for side in ("first_content", "second_content")})
        if size >= CONTENTS_AT_ONCE:
            yield with_words(session, waiting)
            waiting, size = [], 0
    if waiting:
        yield with_words(session, waiting)


def with_words(session, pairs):
    """Return one batch: the pairs and the contents that they refer to."""
    names = (pairs[0]["company_key"], pairs[-1]["company_key"])
    rows = session.execute("select * from pair_words where company_key between ? and ?", names).to_arrow_table()
    contents = {
        row["content_hash"]: Content(
            content_hash=row["content_hash"],
            board=row["board"],
            company=row["company_name"],
            title=row["title"],
            location=row["stated_place"],
            locations=tuple(Location(**place) for place in row["locations"]),
            text=row["text"],
            is_own_board=bool(row["is_own_board"]),
        )
        for row in rows.to_pylist()
    }
    return Candidates(
        tuple(contents.values()),
        tuple((pair["first_content"], pair["second_content"]) for pair in pairs),
    )


def model(dbt, session):
    """Judge the pairs without a finding by the current judge under the employer's current names.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with one row per newly judged pair of contents.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key=["first_content", "second_content"],
        # the judge's new version judges every candidate again, which fills a new column
        on_schema_change="append_new_columns",
    )
    # the relations that the queries name
    candidates = dbt.ref("int_pair_candidates")
    postings = dbt.ref("int_postings")
    versions = dbt.ref("stg_postings")
    board_systems = dbt.ref("board_systems")

    settings = Settings()
    version = judge_version(settings.dbt_project)
    condition = ""
    if dbt.is_incremental and has_columns(session, dbt.this, SCHEMA.names):
        condition = NOT_JUDGED.format(findings=dbt.this, judge_version=version)
    pending = candidates.query("candidates", PENDING.format(condition=condition)).to_arrow_table()
    for name, relation in (("postings", postings), ("versions", versions), ("board_systems", board_systems)):
        name_relation(session, relation, name)
    findings = []
    if pending.num_rows:  # otherwise the query would read all contents for nothing
        session.register("pending", pending)
        with joins_as_written(session):
            session.execute(WORDS)
        findings = list(find_all(batches(session, pending.to_pylist()), pending.num_rows, settings.threads))
    return pa.table(
        [
            uuid_column([pair.first_content for pair in findings]),
            uuid_column([pair.second_content for pair in findings]),
            pa.array([pair.one_job for pair in findings], pa.string()),
            pa.array([pair.has_one_title for pair in findings], pa.bool_()),
            pa.array([pair.place for pair in findings], pa.string()),
            pa.array([pair.text_class for pair in findings], pa.string()),
            pa.array([pair.score for pair in findings], pa.float64()),
            pending["company_names"],  # findings are in the order of the pairs
            pa.array([version] * len(findings), pa.string()),
        ],
        schema=SCHEMA,
    )
