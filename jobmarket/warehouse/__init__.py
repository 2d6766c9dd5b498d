"""The private warehouse: one DuckDB file, one writer. Landing goes in here, once, unedited.

The tables of schema ``raw`` derive from the contracts in :mod:`jobmarket.posting` and
:mod:`jobmarket.landing`; ``ops`` keeps what the stages say about themselves. All TIMESTAMP values are UTC.
"""

from jobmarket.warehouse.connection import attach, connect, must_exist
from jobmarket.warehouse.loading import load
from jobmarket.warehouse.newest import newest_crawl
from jobmarket.warehouse.schema import POSTING_COLUMNS
from jobmarket.warehouse.withdrawing import withdraw

__all__ = ["POSTING_COLUMNS", "attach", "connect", "load", "must_exist", "newest_crawl", "withdraw"]
