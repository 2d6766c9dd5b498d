"""Facts read from each posting's text: one row per content, read again only when the reader or a taxonomy changes."""

import logging
import uuid

import pyarrow as pa

from jobmarket.extract.batch import COLUMNS, FACTS_SCHEMA, Extraction
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.extract.version import extractor_version
from jobmarket.settings import Settings

LOG = logging.getLogger("jobmarket.facts")
VERSIONS = ("extractor_version", "taxonomy_version")
# the key as the warehouse has it: a UUID, not its text
SCHEMA = pa.schema(
    [pa.field("content_hash", pa.uuid()), *list(FACTS_SCHEMA)[1:], *(pa.field(name, pa.string()) for name in VERSIONS)]
)

# Some 100 MB of text: memory stays flat however many postings are new.
ROWS_AT_ONCE = 10_000

# Without a word of their texts: of a day's contents among years of them, only the texts that are new are then read.
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
            and facts.extractor_version = '{extractor_version}' and facts.taxonomy_version = '{taxonomy_version}')
"""
# How much there is to read, and how much of it was read before with other versions.
COUNTS = "select count(*), count(*) filter (is_known) from pending_contents"
# So many employers at once that their texts are some hundred MB, each employer's in a row: a paragraph that it repeats
# is then remembered, and little else is. They are fetched before anything is written: a query by a stream that the
# warehouse was just reading from waited for ever at 1.1 million postings. What a run landed lies together: asked for by
# its run as well, a day's texts are found without a look at all others.
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
    """Tables of the pending contents, part after part of the employers, read as they are asked for."""
    columns = ", ".join(f"postings.{name}" for name in COLUMNS[1:])
    n_parts = total // CONTENTS_AT_ONCE + 1
    for part in range(n_parts if total else 0):
        query = TEXTS.format(columns=columns, n_parts=n_parts, part=part)
        contents = session.sql(query).to_arrow_table()
        for start in range(0, contents.num_rows, ROWS_AT_ONCE):
            yield contents.slice(start, ROWS_AT_ONCE)


def model(dbt, session):
    """Extract what has no row of the current versions; a new taxonomy is thereby applied to all history.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        A temporary table of SCHEMA, one row per newly read content.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="content_hash",
        # a fact that the extractor learns is a new column; its new version reads every row again, which fills it
        on_schema_change="append_new_columns",
    )

    crawled, told = dbt.ref("stg_postings"), dbt.ref("stg_backfill_postings")
    taxonomy = Taxonomy.from_tables(
        dbt.ref("skills").to_arrow_table(),
        dbt.ref("skill_aliases").to_arrow_table(),
        dbt.ref("skill_rules").to_arrow_table(),
    )
    # the extractor reads these by itself, and a new row in one is another version of it; named for the lineage
    dbt.ref("place_aliases")
    dbt.ref("board_tokens")
    dbt.ref("specialisations")
    dbt.ref("sector_words")
    dbt.ref("rejected_terms")
    versions = (extractor_version(), taxonomy.version)

    condition, known = "", "false"
    if dbt.is_incremental:
        known = f"exists (from {dbt.this} as facts where facts.content_hash = postings.content_hash)"
        condition = NOT_EXTRACTED.format(facts=dbt.this, **dict(zip(VERSIONS, versions, strict=True)))
    crawled.union(told.project(", ".join(crawled.columns))).create_view("postings", replace=True)
    session.execute(PENDING.format(condition=condition, known=known))
    total, again = session.execute(COUNTS).fetchone()

    session.register("no_facts", SCHEMA.empty_table())
    session.execute("create or replace temp table new_facts as from no_facts")
    done = 0
    # one pool of processes for all batches: each start builds the matcher and the gazetteer anew
    with Extraction(taxonomy, Settings().threads) as extraction:
        for table in extraction.tables(texts(session, total)):
            session.register("read_now", as_stored(table, versions))
            session.execute("insert into new_facts from read_now")
            done += table.num_rows
            LOG.info(
                "facts: %s of %s texts read with taxonomy %s%s",
                f"{done:,}", f"{total:,}", taxonomy.version, f", {again:,} of them anew" if again else "",
            )  # fmt: skip
    return session.table("new_facts")


def as_stored(facts, versions):
    """Facts as SCHEMA has them: the key as a UUID, and the versions."""
    keys = pa.array([uuid.UUID(key).bytes for key in facts["content_hash"].to_pylist()], pa.binary(16))
    columns = [pa.ExtensionArray.from_storage(pa.uuid(), keys), *facts.columns[1:]]
    columns += [pa.array([version] * facts.num_rows, pa.string()) for version in versions]
    return pa.table(columns, schema=SCHEMA)
