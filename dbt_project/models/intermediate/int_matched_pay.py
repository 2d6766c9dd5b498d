"""Matched median pay and composition-controlled changes, by cell and week, estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.settings import Settings
from jobmarket.statistics.cell_reader import CellReader
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.pay_series import AMOUNTS, KIND, SCHEMA, matched_pay
from jobmarket.statistics.sources import Tables
from jobmarket.warehouse.naming import name_relation

# Stored, because the kinds of job are numbered first, in a fixed order: floating-point sums depend on it.
_PAID = """
create or replace temp table paid as
    select posting_key, version_no, role_family, country, seniority, usd_annual, compared_annual, job_kind
    from pay_cells where usd_annual is not null
"""
_NUMBERED = """
with kinds as (
    select job_kind, row_number() over (order by job_kind) as kind from (select distinct job_kind from paid))
select paid.* exclude (job_kind, usd_annual, compared_annual), kinds.kind,
    ln(paid.usd_annual) as log_usd, ln(paid.compared_annual) as log_own
from paid join kinds using (job_kind)
"""


def model(dbt, session):
    """Compare the pay of like jobs at employers known in both weeks.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table with one row per week and cell.
    """
    dbt.config(materialized="table")
    # pay needs no attributes; Tables takes the postings in their place
    posting_weeks = dbt.ref("int_posting_weeks")
    tables = Tables(posting_weeks, posting_weeks, dbt.ref("int_company_weeks"), dbt.ref("int_weeks"))
    name_relation(session, dbt.ref("int_pay_cells"), "pay_cells")
    session.execute(_PAID)
    reader = CellReader(
        session, tables, session.sql(_NUMBERED), ("role_family", "country", "seniority"), (*AMOUNTS, KIND)
    )
    session.execute("drop table paid")
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    return pa.Table.from_batches(list(matched_pay(reader, floors, Settings().threads)), SCHEMA)
