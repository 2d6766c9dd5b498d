"""Thresholds that the report states or applies; the marts use the same ones, as vars of the dbt project."""

from __future__ import annotations

# Below this share of expected employers a week is a coverage break.
COVERAGE_FLOOR = 0.8
# Weeks for which an employer that is no longer crawled stays expected, and its open postings stay open.
WEEKS_EXPECTED = 8
