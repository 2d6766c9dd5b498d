"""Bounds that several suites share."""

from __future__ import annotations

# The gate looks for the same patterns that extraction removes from titles, and publication from other texts.
from jobmarket.contact_forms import MAIL_ADDRESS, PHONE_NUMBER
from jobmarket.publishing.variables import project_variables
from jobmarket.settings import Settings

__all__ = [
    "COMPANIES_FLOOR",
    "COUNTRY",
    "COUNTRY_OR_ALL",
    "COVERAGE_FLOOR",
    "MAIL_ADDRESS",
    "MAX_FALSE_CHANGES",
    "MEASURES",
    "ODD_ROWS_TOLERATED",
    "ODD_SHARE_TOLERATED",
    "PAY_LEAST",
    "PAY_MOST",
    "POSTINGS_FLOOR",
    "REBUILD",
    "REPORTED_FAMILIES",
    "STATUSES",
    "TRACE",
    "WEB_ADDRESS",
    "address_start",
    "days_ahead",
    "has_no_contact",
    "matches",
    "odd_share",
]

_VARIABLES = project_variables(Settings().dbt_project)
# Role families whose weekly figures are published, and 'all' of them together.
REPORTED_FAMILIES = ("all", *_VARIABLES["ml_role_families"])
MEASURES = ("flow", "stock")
STATUSES = ("final", "provisional", "suppressed", "coverage_break")

# Fewest postings and companies of a figure that is shown.
POSTINGS_FLOOR = _VARIABLES["min_postings"]
COMPANIES_FLOOR = _VARIABLES["min_companies"]
# Below this share of what is expected, a week is a break in coverage.
COVERAGE_FLOOR = _VARIABLES["min_coverage_ratio"]
# A change is flagged below this q-value.
MAX_FALSE_CHANGES = _VARIABLES["max_false_changes"]

# Plausible pay per year, in USD. Less is an amount of another period, more an amount in another unit.
PAY_LEAST = 5_000
PAY_MOST = 3_000_000

WEB_ADDRESS = r"(?i)^https?://[^\s/]+"
COUNTRY = r"^[A-Z]{2}$"
COUNTRY_OR_ALL = r"^(?:all|[A-Z]{2})$"

# A few odd postings are the employers' mistakes. More than this number and share of them are ours.
ODD_ROWS_TOLERATED = 5
ODD_SHARE_TOLERATED = 0.01

REBUILD = "Find the model by the failing rows' keys, fix it, then run `jobmarket build` and `jobmarket gate marts`."
TRACE = "Follow the rows' posting_key to raw.posting_versions. If extraction misread the text, fix it, then rebuild."


def days_ahead(column: str) -> str:
    """SQL: days by which a timestamp is later than the gate's as_of."""
    return f"date_diff('second', $as_of::timestamp, {column}::timestamp) / 86400.0"


def odd_share(condition: str) -> str:
    """SQL over all rows: the share that is odd; null if only a few rows are."""
    n_odd = f"count(*) filter (where {condition})"
    return f"case when {n_odd} > {ODD_ROWS_TOLERATED} then {n_odd} / count(*) end"


def address_start(column: str) -> str:
    """SQL: the start of a web address, just enough to recognise one, so that equal rows can be read once."""
    is_address = f"regexp_matches({column}, '^https?://[^\\s/]', 'i')"
    return f"left({column}, case when {is_address} then 9 else 200 end)"


def matches(column: str, regex: str) -> str:
    """SQL: whether a text contains a match of a pattern."""
    return f"regexp_matches({column}, '{regex}')"


def has_no_contact(column: str) -> str:
    """SQL: whether a text contains neither a mail address nor a phone number."""
    address = f"contains({column}, '@') and {matches(column, MAIL_ADDRESS)}"
    return f"not ({address}) and not {matches(column, PHONE_NUMBER)}"
