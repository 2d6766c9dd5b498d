"""Facts from each posting's text: one row per content, read again when extractor, taxonomy or staging change."""

import logging

import pyarrow as pa

from jobmarket.extract.batch import COLUMNS, FACTS_SCHEMA, Extraction
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.extract.version import extractor_version
from jobmarket.seeds import require_loaded_word_lists
from jobmarket.settings import Settings
from jobmarket.staged import staging_version
from jobmarket.uuid_column import uuid_column
from jobmarket.warehouse.joins import joins_as_written
from jobmarket.warehouse.naming import has_columns, name_relation

LOG = logging.getLogger("jobmarket.facts")
VERSIONS = ("extractor_version", "taxonomy_version", "staging_version")
# the key has the warehouse's type, UUID, instead of the extractor's string
SCHEMA = pa.schema(
    [pa.field("content_hash", pa.uuid()), *list(FACTS_SCHEMA)[1:], *(pa.field(name, pa.string()) for name in VERSIONS)]
)

# About 100 MB of text, so that memory stays flat however many postings are new.
ROWS_AT_ONCE = 10_000

# Finds the pending contents without reading any text, so that a daily build reads the new texts only.
PENDING = """
    create or replace temp table pending_contents as
    select postings.content_hash, postings.landed_run_id, postings.company_name, {known} as is_known
    from postings
    {condition}
"""
NOT_EXTRACTED = """
    where not exists (
        from {facts} as facts
        where facts.content_hash = postings.content_hash
            and facts.extractor_version = '{extractor_version}' and facts.taxonomy_version = '{taxonomy_version}'
            and facts.staging_version = '{staging_version}')
"""
# Pending contents, and how many of them were extracted before by other versions.
COUNTS = "select count(*), count(*) filter (is_known) from pending_contents"
# Contents fetched at a time, in parts that keep each employer's contents together, because the extractor remembers the
# paragraphs that an employer repeats. A part is fetched completely before anything is written: reading from a stream
# while writing to the warehouse deadlocked at 1.1 million postings. The warehouse stores the contents of a run
# together, so the condition on the run lets it skip all others.
CONTENTS_AT_ONCE = 200_000
TEXTS = """
    select postings.content_hash::varchar as content_hash, {columns}
    from postings
    where (postings.landed_run_id, postings.content_hash) in (
        select landed_run_id, content_hash
        from pending_contents
        where hash(company_name) % {n_parts} = {part})
    order by postings.company_name
"""


def texts(session, total):
    """Yield tables of the pending contents, each employer's in a row; each part is read when it is needed."""
    columns = ", ".join(f"postings.{name}" for name in COLUMNS[1:])
    n_parts = total // CONTENTS_AT_ONCE + 1
    for part in range(n_parts if total else 0):
        query = TEXTS.format(columns=columns, n_parts=n_parts, part=part)
        with joins_as_written(session):
            contents = session.sql(query).to_arrow_table()
        for start in range(0, contents.num_rows, ROWS_AT_ONCE):
            yield contents.slice(start, ROWS_AT_ONCE)


def model(dbt, session):
    """Extract the contents without a row of the current versions, which applies a new taxonomy to all history.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A temporary table of SCHEMA with one row per newly extracted content.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="content_hash",
        # a new fact is a new column; the extractor's new version extracts every row again, which fills the column
        on_schema_change="append_new_columns",
    )

    crawled, archived = dbt.ref("stg_postings"), dbt.ref("stg_backfill_postings")
    taxonomy = Taxonomy.from_tables(
        dbt.ref("skills").to_arrow_table(),
        dbt.ref("skill_aliases").to_arrow_table(),
        dbt.ref("skill_rules").to_arrow_table(),
    )
    # the extractor reads these seeds itself, and a change in one changes its version
    require_loaded_word_lists(
        {
            "place_aliases": dbt.ref("place_aliases").to_arrow_table(),
            "board_tokens": dbt.ref("board_tokens").to_arrow_table(),
            "specialisations": dbt.ref("specialisations").to_arrow_table(),
            "sector_words": dbt.ref("sector_words").to_arrow_table(),
            "rejected_terms": dbt.ref("rejected_terms").to_arrow_table(),
        }
    )
    settings = Settings()
    versions = (extractor_version(), taxonomy.version, staging_version(settings.dbt_project))

    condition, known = "", "false"
    if dbt.is_incremental:
        known = f"exists (from {dbt.this} as facts where facts.content_hash = postings.content_hash)"
        if has_columns(session, dbt.this, VERSIONS):
            condition = NOT_EXTRACTED.format(facts=dbt.this, **dict(zip(VERSIONS, versions, strict=True)))
    name_relation(session, crawled.union(archived.project(", ".join(crawled.columns))), "postings")
    session.execute(PENDING.format(condition=condition, known=known))
    total, again = session.execute(COUNTS).fetchone()

    session.register("no_facts", SCHEMA.empty_table())
    session.execute("create or replace temp table new_facts as from no_facts")
    done = 0
    # one pool of processes for all batches, because starting one builds the matcher and the gazetteer
    with Extraction(taxonomy, settings.threads) as extraction:
        for table in extraction.tables(texts(session, total)):
            session.register("batch", as_stored(table, versions))
            session.execute("insert into new_facts from batch")
            done += table.num_rows
            LOG.info(
                "facts: %s of %s texts read with taxonomy %s%s",
                f"{done:,}", f"{total:,}", taxonomy.version, f", {again:,} of them again" if again else "",
            )  # fmt: skip
    return session.table("new_facts")


def as_stored(facts, versions):
    """Return the facts as a table of SCHEMA, with the key as a UUID and the versions."""
    columns = [uuid_column(facts["content_hash"].to_pylist()), *facts.columns[1:]]
    columns += [pa.array([version] * facts.num_rows, pa.string()) for version in versions]
    return pa.table(columns, schema=SCHEMA)
