"""dbt parses the project once for a whole test run: each home reads what was made of it (a third of a small build), and
parses again what a test has changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

FOLDER = "JOBMARKET_TESTS_PARSED"  # made for all workers in tests/conftest.py


def parsed_once(connected: object, parse: Callable[[Path], object]) -> dict[str, str]:
    """The environment in which dbt finds what was parsed before.

    Args:
        connected: The variables and settings of the run: to dbt, others are another project.
        parse: Parses the project into a folder; only the first worker to ask does so, the others wait for it.
    """
    folder = Path(os.environ[FOLDER], hashlib.sha256(repr(connected).encode()).hexdigest())
    folder.mkdir(exist_ok=True)
    kept = folder / "partial_parse.msgpack"
    with FileLock(folder / "lock"):
        if not kept.exists():
            parse(folder)
    return {"DBT_PARTIAL_PARSE_FILE_PATH": str(kept)}
