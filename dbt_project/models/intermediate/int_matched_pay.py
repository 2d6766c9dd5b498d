"""Matched median pay and composition-controlled changes, by cell and week, estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.settings import Settings
from jobmarket.statistics.openings import Openings
from jobmarket.statistics.panel import Floors
from jobmarket.statistics.pay_series import AMOUNTS, KIND, SCHEMA, matched_pay
from jobmarket.statistics.sources import Tables

PAID = """
    posting_key, version_no, role_family, country, seniority, ln(usd_annual) as log_usd, ln(local_annual) as log_local,
    dense_rank() over (order by job_kind) as kind
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
    paid = dbt.ref("int_pay_cells").filter("usd_annual is not null").project(PAID)
    openings = Openings(session, tables, paid, ("role_family", "country", "seniority"), (*AMOUNTS, KIND))
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
        coverage=float(dbt.config.meta_get("min_coverage_ratio")),
    )
    return pa.Table.from_batches(list(matched_pay(openings, floors, Settings().threads)), SCHEMA)
