"""What leaves the warehouse: the marts, in a read-only DuckDB file with Parquet and a manifest beside it.

Layout below ``home.published``::

    vintages/<vintage_id>/jobmarket.duckdb, parquet/<table>.parquet, manifest.json
    current          -> vintages/<vintage_id>   replaced in one atomic step
    jobmarket.duckdb -> current/jobmarket.duckdb
    parquet          -> current/parquet
    manifest.json    -> current/manifest.json

A vintage never changes once it is there, so whoever has one open keeps reading it.
"""

from jobmarket.publishing.reader import (
    open_published,
    require_one_of,
    sample_world,
    skill_named,
    with_break_reason,
)
from jobmarket.publishing.stage import publish

__all__ = ["open_published", "publish", "require_one_of", "sample_world", "skill_named", "with_break_reason"]
