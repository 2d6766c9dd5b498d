"""The private warehouse: one DuckDB file with one writer, into which the landing is loaded once, unedited.

The tables of schema ``raw`` derive from the contracts in :mod:`jobmarket.posting` and :mod:`jobmarket.landing`. Schema
``ops`` contains the records of the stages. All TIMESTAMP values are UTC.
"""

from jobmarket.warehouse.connection import HeldError, attach, connect, must_exist
from jobmarket.warehouse.loading import known_runs, load, require_landing
from jobmarket.warehouse.newest import newest_crawl, newest_in, nothing_crawled
from jobmarket.warehouse.schema import POSTING_COLUMNS
from jobmarket.warehouse.withdrawing import withdraw

__all__ = [
    "POSTING_COLUMNS",
    "HeldError",
    "attach",
    "connect",
    "known_runs",
    "load",
    "must_exist",
    "newest_crawl",
    "newest_in",
    "nothing_crawled",
    "require_landing",
    "withdraw",
]
