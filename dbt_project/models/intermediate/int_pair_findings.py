"""What the judge finds of each pair of contents that may be one job, judged once and again only by a newer judge."""

import uuid
from itertools import groupby

import pyarrow as pa

from jobmarket.duplicates.findings import Candidates, Content, find_all, judge_version
from jobmarket.extract.facts import Location
from jobmarket.settings import Settings

SCHEMA = pa.schema(
    [
        ("first_content", pa.uuid()),
        ("second_content", pa.uuid()),
        ("one_job", pa.string()),
        ("has_one_title", pa.bool_()),
        ("place", pa.string()),
        ("text_class", pa.string()),
        ("score", pa.float64()),
        ("judge_version", pa.string()),
    ]
)
# Contents read into memory together: some 50 MB of text.
CONTENTS_AT_ONCE = 5_000

PENDING = """
    select distinct
        candidates.company_key,
        candidates.first_content::varchar as first_content, candidates.second_content::varchar as second_content,
        candidates.same_text
    from candidates
    {condition}
    order by all
"""
NOT_FOUND = """
    where not exists (
        from {findings} as findings
        where findings.first_content = candidates.first_content
            and findings.second_content = candidates.second_content and findings.judge_version = '{judge_version}')
"""
# One row per content, those of an employer side by side on the disk: a batch is then read without the rest.
WORDS = """
    create or replace temp table pair_words as
    with needed as (
        select company_key, content_hash::uuid as content_hash, bool_or(not same_text) as with_text
        from (
            select company_key, first_content as content_hash, same_text from pending
            union all
            select company_key, second_content as content_hash, same_text from pending)
        group by all)
    select
        needed.company_key, needed.content_hash::varchar as content_hash, postings.board, postings.company_name,
        postings.title, postings.stated_place, postings.locations, board_systems.kind = 'employer' as is_own_board,
        case when needed.with_text then coalesce(versions.description_html, versions.description_text) end as text
    from needed
    join postings on needed.content_hash = postings.content_hash
    join versions on needed.content_hash = versions.content_hash
    left join board_systems on postings.board = board_systems.board
    order by needed.company_key
"""


def batches(session, pairs):
    """The pending pairs with the words of both sides, whole employers together."""
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
    """One batch: these pairs, and the contents that they name."""
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
        tuple((pair["first_content"], pair["second_content"], pair["same_text"]) for pair in pairs),
    )


def model(dbt, session):
    """Judge the pairs that have no finding of the current judge.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        A table of SCHEMA, one row per newly judged pair of contents.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key=["first_content", "second_content"],
    )
    # what the queries name
    candidates = dbt.ref("int_pair_candidates")
    postings = dbt.ref("int_postings")
    versions = dbt.ref("stg_postings")
    board_systems = dbt.ref("board_systems")

    version = judge_version()
    condition = NOT_FOUND.format(findings=dbt.this, judge_version=version) if dbt.is_incremental else ""
    pending = candidates.query("candidates", PENDING.format(condition=condition)).to_arrow_table()
    for name, relation in (("postings", postings), ("versions", versions), ("board_systems", board_systems)):
        relation.create_view(name, replace=True)
    found = []
    if pending.num_rows:  # else all contents would be read to find none of them
        session.register("pending", pending)
        session.execute(WORDS)
        found = list(find_all(batches(session, pending.to_pylist()), pending.num_rows, Settings().threads))
    return pa.table(
        [
            uuids([pair.first_content for pair in found]),
            uuids([pair.second_content for pair in found]),
            pa.array([pair.one_job for pair in found], pa.string()),
            pa.array([pair.has_one_title for pair in found], pa.bool_()),
            pa.array([pair.place for pair in found], pa.string()),
            pa.array([pair.text_class for pair in found], pa.string()),
            pa.array([pair.score for pair in found], pa.float64()),
            pa.array([version] * len(found), pa.string()),
        ],
        schema=SCHEMA,
    )


def uuids(texts):
    """A column of UUIDs from their texts."""
    return pa.ExtensionArray.from_storage(pa.uuid(), pa.array([uuid.UUID(text).bytes for text in texts], pa.binary(16)))
