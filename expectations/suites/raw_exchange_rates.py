"""Checks of ``raw.exchange_rates``: the age of the newest rate."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check

SUITE = TableSuite(
    gate="raw",
    table="raw.exchange_rates",
    batches=(
        Batch(
            name="newest",
            unit="tables of rates",
            relation="(select max(rate_date) as newest from raw.exchange_rates where rate_date <= $as_of::date)",
            # Without any rate, count from the introduction of the euro.
            columns={"days_old": "date_diff('day', coalesce(newest, date '1999-01-01'), $as_of::date)"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "fresh",
                    "whose newest rate is more than 14 days older than as_of",
                    column="days_old",
                    max_value=14,
                    severity="warning",
                    reason="2026-11: the central bank publishes rates every working day. The longest gap over holidays "
                    "is five days, and major currencies move by about one per cent in two weeks.",
                    remedy="Run `jobmarket rates`, then `jobmarket load`.",
                ),
            ),
        ),
    ),
)
