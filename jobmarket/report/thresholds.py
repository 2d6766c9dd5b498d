"""Bounds that the report names or keeps to. The marts are built by the same ones: vars of the dbt project."""

from __future__ import annotations

# Below this share of expected employers a week is a coverage break.
COVERAGE_FLOOR = 0.8
# Weeks that an employer which is not crawled any more stays expected, and its open postings stay open.
WEEKS_EXPECTED = 8
