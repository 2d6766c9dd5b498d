"""Facts read from each posting's text: one row per content, read again only when the reader or a taxonomy changes."""

import hashlib
import uuid

import pyarrow as pa

from jobmarket.extract.batch import FACTS_SCHEMA, extract_table
from jobmarket.extract.posting_facts import EXTRACTOR_VERSION
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.settings import Settings

VERSIONS = ("extractor_version", "taxonomy_version")
# the key as the warehouse has it: a UUID, not its text
SCHEMA = pa.schema(
    [pa.field("content_hash", pa.uuid()), *list(FACTS_SCHEMA)[1:], *(pa.field(name, pa.string()) for name in VERSIONS)]
)

# Some 100 MB of text: memory stays flat however many postings are new.
ROWS_AT_ONCE = 10_000

PENDING = """
    select
        postings.content_hash::varchar as content_hash, postings.title, postings.location_text, postings.job_locations,
        postings.description_html, postings.description_text, postings.workplace_text, postings.is_remote,
        postings.employment_type_text, postings.base_salary, postings.pay_text, postings.language,
        postings.company_name
    from postings
    {condition}
"""
NOT_EXTRACTED = """
    where not exists (
        from {facts} as facts
        where facts.content_hash = postings.content_hash
            and facts.extractor_version = '{extractor_version}' and facts.taxonomy_version = '{taxonomy_version}')
"""


def digest_of(*tables):
    """Eight hexadecimal digits that change with any row of the tables."""
    digest = hashlib.blake2b(digest_size=4)
    for table in tables:
        for row in sorted(repr(sorted(row.items())) for row in table.to_pylist()):
            digest.update(row.encode())
    return digest.hexdigest()


def model(dbt, session):
    """Extract what has no row of the current versions; a new taxonomy is thereby applied to all history.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        A reader of SCHEMA, one row per newly read content; it extracts while the warehouse writes.
    """
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="content_hash",
        # a fact that the extractor learns is a new column: dbt then asks for --full-refresh instead of dropping it
        on_schema_change="fail",
    )

    postings = dbt.ref("stg_postings")
    taxonomy = Taxonomy.from_tables(
        dbt.ref("skills").to_arrow_table(),
        dbt.ref("skill_aliases").to_arrow_table(),
        dbt.ref("skill_rules").to_arrow_table(),
    )
    # the extractor reads these two by itself; a new row in them must be applied to all history as well
    word_lists = digest_of(dbt.ref("place_aliases").to_arrow_table(), dbt.ref("board_tokens").to_arrow_table())
    extractor_version = f"{EXTRACTOR_VERSION}+{word_lists}"

    condition = ""
    if dbt.is_incremental:
        condition = NOT_EXTRACTED.format(
            facts=dbt.this, extractor_version=extractor_version, taxonomy_version=taxonomy.version
        )
    pending = postings.query("postings", PENDING.format(condition=condition)).to_arrow_reader(ROWS_AT_ONCE)
    versions = (extractor_version, taxonomy.version)
    processes = Settings().threads

    def facts():
        for batch in pending:
            table = extract_table(pa.Table.from_batches([batch]), taxonomy, processes=processes)
            keys = pa.array([uuid.UUID(key).bytes for key in table["content_hash"].to_pylist()], pa.binary(16))
            columns = [pa.ExtensionArray.from_storage(pa.uuid(), keys), *table.columns[1:]]
            columns += [pa.array([version] * table.num_rows, pa.string()) for version in versions]
            yield from pa.table(columns, schema=SCHEMA).to_batches()

    return pa.RecordBatchReader.from_batches(SCHEMA, facts())
