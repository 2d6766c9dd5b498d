"""Bounds that several marts share, under one name each."""

from __future__ import annotations

# What publication takes out of texts is what the gate looks for.
from jobmarket.publishing.private_columns import MAIL_ADDRESS, PHONE_NUMBER

__all__ = [
    "COMPANIES_FLOOR",
    "COUNTRY",
    "COUNTRY_OR_ALL",
    "MAIL_ADDRESS",
    "MAX_FALSE_CHANGES",
    "MEASURES",
    "ODD_ROWS_TOLERATED",
    "ODD_SHARE_TOLERATED",
    "PAY_LEAST",
    "PAY_MOST",
    "PHONE_NUMBER",
    "POSTINGS_FLOOR",
    "REBUILD",
    "REPORTED_FAMILIES",
    "STATUSES",
    "TRACE",
    "WEB_ADDRESS",
    "address_start",
    "days_ahead",
    "days_since_2000",
    "matches",
    "odd_share",
]

# The families whose weekly figures are published, and 'all' for them together.
REPORTED_FAMILIES = ("all", "ml_engineer", "mlops_engineer", "ai_engineer", "ml_researcher", "data_scientist")
MEASURES = ("flow", "stock")
STATUSES = ("final", "provisional", "suppressed", "coverage_break")

# A figure is shown from this many postings and companies on; the dbt project suppresses by the same vars.
POSTINGS_FLOOR = 30
COMPANIES_FLOOR = 5
# And a change is flagged below this q-value.
MAX_FALSE_CHANGES = 0.05

# What a year's pay can be, in USD: below is another period's amount, above another unit.
PAY_LEAST = 5_000
PAY_MOST = 3_000_000

WEB_ADDRESS = r"(?i)^https?://[^\s/]+"
COUNTRY = r"^[A-Z]{2}$"
COUNTRY_OR_ALL = r"^(?:all|[A-Z]{2})$"

# An oddity in one posting is a matter of that posting; in this many, and in more than this share, the reading is wrong.
ODD_ROWS_TOLERATED = 5
ODD_SHARE_TOLERATED = 0.01

REBUILD = "Find the model with the failing rows' keys, mend it, run `jobmarket build` and `jobmarket gate marts` again."
TRACE = "Follow the rows' posting_key to raw.posting_versions; mend extraction if it misread the text, then rebuild."


def days_since_2000(column: str) -> str:
    """SQL: days from 2000-01-01; whole numbers are checked much faster than moments."""
    return f"date_diff('day', date '2000-01-01', {column})"


def days_ahead(column: str) -> str:
    """SQL: days by which a moment lies after the one the gate stands for."""
    return f"date_diff('second', $as_of::timestamp, {column}::timestamp) / 86400.0"


def odd_share(condition: str) -> str:
    """SQL, over all rows: the share that is odd; null while only a few rows are."""
    n_odd = f"count(*) filter (where {condition})"
    return f"case when {n_odd} > {ODD_ROWS_TOLERATED} then {n_odd} / count(*) end"


def address_start(column: str) -> str:
    """SQL: of a web address no more than shows that it is one, so that rows which are alike can be read once."""
    is_address = f"regexp_matches({column}, '^https?://[^\\s/]', 'i')"
    return f"left({column}, case when {is_address} then 9 else 200 end)"


def matches(column: str, regex: str) -> str:
    """SQL: whether a text holds what a pattern describes."""
    return f"regexp_matches({column}, '{regex}')"
