"""dbt parses the project once for a whole test run: each further home reads what it made of it (a third of a small
build), and parses again what a test has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "JOBMARKET_TESTS_PARSED"  # made for all workers in tests/conftest.py


@contextmanager
def parsed_once(home: Path, *, connected: object = None) -> Iterator[dict[str, str]]:
    """The environment in which dbt finds what was parsed before; what it parses itself is kept for the next.

    Args:
        home: Where dbt runs, and keeps what it has parsed.
        connected: The variables and settings of the run: to dbt, others are another project.
    """
    key = hashlib.sha256(repr(connected).encode()).hexdigest()
    kept = Path(os.environ[FOLDER], f"{key}.msgpack")
    yield {"DBT_PARTIAL_PARSE_FILE_PATH": str(kept)} if kept.exists() else {}
    parsed = home / "dbt_target" / "partial_parse.msgpack"
    if not kept.exists() and parsed.exists():
        mine = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(parsed, mine)
        mine.replace(kept)  # whole or not at all: other workers look for it
