"""Postings with each attribute value and their matched share, by cell and week; see jobmarket.statistics."""

import pyarrow as pa

from jobmarket.settings import Settings
from jobmarket.statistics.mentions import Mentions
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.share_tables import mention_series, schema
from jobmarket.statistics.sources import Tables
from jobmarket.warehouse.naming import name_relation

# Stored, because the names are numbered first.
_HAVING = """
create or replace temp table having_attributes as
    select posting_key, version_no, attribute_kind || '/' || attribute as name, null::varchar as level, question,
        is_answer
    from posting_attributes
"""


def model(dbt, session):
    """Count the postings, and chain the shares over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table with one row per week, cell and attribute; an attribute is written ``kind/value``.
    """
    dbt.config(materialized="table")
    name_relation(session, dbt.ref("int_posting_attributes"), "posting_attributes")
    session.execute(_HAVING)
    tables = Tables(
        samples=dbt.ref("int_posting_weeks"),
        having=session.table("having_attributes"),
        company_weeks=dbt.ref("int_company_weeks"),
        weeks=dbt.ref("int_weeks"),
    )
    segments = dbt.ref("int_posting_segments").filter("seniority = 'all' and workplace = 'all'")
    mentions = Mentions(session, tables, segments, cell=("role_family", "country"), answers=True)
    session.execute("drop table having_attributes")
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    # q-values are corrected within a kind: themes are compared with themes, not with degrees
    series = mention_series(
        mentions,
        "attribute",
        floors,
        float(dbt.config.meta_get("max_false_changes")),
        Settings().threads,
        kind_of=lambda attribute: attribute.partition("/")[0],
    )
    batches = list(series)
    # the number of employers with the attribute is published of skills only
    return pa.Table.from_batches(batches, schema(mentions, "attribute")).drop_columns("n_companies_with")
