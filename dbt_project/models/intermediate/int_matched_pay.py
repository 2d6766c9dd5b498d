"""Matched median pay and composition-controlled changes, by cell and week; the estimators are jobmarket.statistics'."""

import pyarrow as pa

from jobmarket.statistics.panel import Floors
from jobmarket.statistics.pay_series import SCHEMA, matched_pay
from jobmarket.statistics.sources import Tables


def model(dbt, session):
    """Compare pay of like jobs, at employers known in both weeks.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        Rows, one per week and cell.
    """
    dbt.config(materialized="table")
    paid = dbt.ref("int_pay_entries").filter("usd_annual is not null")
    # the pay of a posting is a value, not a count: there is nothing that has an attribute
    tables = Tables(samples=paid, having=paid, company_weeks=dbt.ref("int_company_weeks"), weeks=dbt.ref("int_weeks"))
    floors = Floors(int(dbt.config.meta_get("min_postings")), int(dbt.config.meta_get("min_companies")))
    return pa.Table.from_batches(list(matched_pay(tables, floors)), SCHEMA)
