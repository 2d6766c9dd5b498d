"""Bounds that several marts share, under one name each."""

from __future__ import annotations

# The families whose weekly figures are published, and 'all' for them together.
REPORTED_FAMILIES = ("all", "ml_engineer", "mlops_engineer", "ai_engineer", "ml_researcher", "data_scientist")
MEASURES = ("flow", "stock")
STATUSES = ("final", "provisional", "suppressed", "coverage_break")

# A figure is shown from this many postings and companies on; the dbt project suppresses by the same vars.
POSTINGS_FLOOR = 30
COMPANIES_FLOOR = 5

# What a year's pay can be, in USD: below is another period's amount, above another unit.
PAY_LEAST = 5_000
PAY_MOST = 3_000_000

COUNTRY = r"^[A-Z]{2}$"
COUNTRY_OR_ALL = r"^(?:all|[A-Z]{2})$"
MAIL_ADDRESS = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
# International form, or North American groups: '2025-2026' and requisition numbers are no phone numbers.
PHONE_NUMBER = r"\+\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"

REBUILD = "Find the model with the failing rows' keys, mend it, run `jobmarket build` and `jobmarket gate marts` again."
TRACE = "Follow the rows' posting_key to raw.posting_versions; mend extraction if it misread the text, then rebuild."


def days_since_2000(column: str) -> str:
    """SQL: days from 2000-01-01; whole numbers are checked much faster than moments."""
    return f"date_diff('day', date '2000-01-01', {column})"


def days_ahead(column: str) -> str:
    """SQL: days by which a moment lies after the one the gate stands for."""
    return f"date_diff('second', $as_of::timestamp, {column}::timestamp) / 86400.0"
