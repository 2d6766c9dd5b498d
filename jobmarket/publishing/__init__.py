"""Publishes the marts as a read-only DuckDB file, with Parquet files and a manifest beside it.

Layout below ``home.published``::

    vintages/<vintage_id>/jobmarket.duckdb, parquet/<table>.parquet, manifest.json
    vintages/<vintage_id>.withdrawn_runs        only if runs of it were withdrawn since; stays without the vintage
    vintages/<vintage_id>.withdrawn             only if the vintage was withdrawn
    current          -> vintages/<vintage_id>   replaced atomically
    jobmarket.duckdb -> current/jobmarket.duckdb
    parquet          -> current/parquet
    manifest.json    -> current/manifest.json

A published vintage never changes, so open readers keep reading theirs.
"""

from jobmarket.publishing.reader import (
    open_published,
    open_vintage,
    published_vintage,
    require_one_of,
    sample_world,
    skill_named,
    vintage_of,
    warnings,
)
from jobmarket.publishing.stage import publish
from jobmarket.publishing.vintages import steps_for
from jobmarket.publishing.withdrawing import note_in_vintages, withdraw
from jobmarket.publishing.withdrawn_runs import vintages_with_withdrawn

__all__ = [
    "note_in_vintages",
    "open_published",
    "open_vintage",
    "publish",
    "published_vintage",
    "require_one_of",
    "sample_world",
    "skill_named",
    "steps_for",
    "vintage_of",
    "vintages_with_withdrawn",
    "warnings",
    "withdraw",
]
