"""Let dbt parse the project once, and again when it has changed.

Parsing takes a third of a small build. Each home reads the result, and dbt parses again only the files that a test has
changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]

_DAY = 86_400  # seconds
_PARSED = {".sql", ".py", ".yml", ".csv", ".md"}
FOLDER = "TESTS_PARSED"  # an environment variable, set for all workers in tests/conftest.py


def folder_of_the_project(parent: Path) -> Path:
    """Make the folder for what dbt parses of the project as it is now, and remove those unused for a day."""
    project = ROOT / "dbt_project"
    files = [path for path in sorted(project.rglob("*")) if path.is_file() and path.suffix in _PARSED]
    assert len(files) > 200, "too few files of the project were found"
    digest = hashlib.sha256(f"{ROOT} {sys.prefix} {version('dbt-core')} {version('dbt-duckdb')}".encode())
    for path in files:
        digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes() + b"\0")
    folder = parent / digest.hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    for other in parent.iterdir():
        if other.stat().st_mtime < time.time() - _DAY:  # a newer one may be in use by another test run
            shutil.rmtree(other, ignore_errors=True)
    return folder


def parsed_once(connected: object, parse: Callable[[Path], object]) -> dict[str, str]:
    """Return the environment variables with which dbt reads the parsed project.

    Args:
        connected: The variables and settings of the run. To dbt, other ones are another project.
        parse: Parses the project into a folder. Only the first worker calls it, while the others wait.
    """
    folder = Path(os.environ[FOLDER], hashlib.sha256(repr(connected).encode()).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    parsed = folder / "partial_parse.msgpack"
    with FileLock(folder / "lock"):
        if not parsed.exists():
            parsing = folder / "parsing"
            parsing.mkdir(exist_ok=True)
            parse(parsing)
            (parsing / parsed.name).replace(parsed)  # in one step: a test run may be stopped at any time
    return {"DBT_PARTIAL_PARSE_FILE_PATH": str(parsed)}
