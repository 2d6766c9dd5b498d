"""Postings that ask for each skill, and their matched share, by cell and week; estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.settings import Settings
from jobmarket.statistics.mentions import Mentions
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.share_tables import mention_series, schema
from jobmarket.statistics.sources import Tables


def model(dbt, session):
    """Count the postings, and chain the shares over employers known in both weeks of each comparison.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table with one row per week, cell and skill.
    """
    dbt.config(materialized="table")
    tables = Tables(
        samples=dbt.ref("int_posting_weeks"),
        # company boilerplate (context) is not demand
        having=dbt.ref("int_version_skills")
        .filter("level != 'context'")
        .project("posting_key, version_no, skill_id as name, level"),
        company_weeks=dbt.ref("int_company_weeks"),
        weeks=dbt.ref("int_weeks"),
    )
    cell = ("role_family", "country", "seniority", "workplace")
    mentions = Mentions(session, tables, dbt.ref("int_posting_segments"), cell, levels=("required", "preferred"))
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    max_false = float(dbt.config.meta_get("max_false_changes"))
    batches = list(mention_series(mentions, "skill_id", floors, max_false, Settings().threads))
    return pa.Table.from_batches(batches, schema(mentions, "skill_id"))
