"""Let dbt parse the project once per test run.

Parsing takes a third of a small build. Each home reads the result, and dbt parses again only the files that a test has
changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

FOLDER = "TESTS_PARSED"  # an environment variable, set for all workers in tests/conftest.py


def parsed_once(connected: object, parse: Callable[[Path], object]) -> dict[str, str]:
    """Return the environment variables with which dbt reads the parsed project.

    Args:
        connected: The variables and settings of the run. To dbt, other ones are another project.
        parse: Parses the project into a folder. Only the first worker calls it, while the others wait.
    """
    folder = Path(os.environ[FOLDER], hashlib.sha256(repr(connected).encode()).hexdigest())
    folder.mkdir(exist_ok=True)
    parsed = folder / "partial_parse.msgpack"
    with FileLock(folder / "lock"):
        if not parsed.exists():
            parse(folder)
    return {"DBT_PARTIAL_PARSE_FILE_PATH": str(parsed)}
