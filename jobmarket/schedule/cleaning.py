"""Cleans Airflow's metadata database, its logs and those of the home."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from airflow.sdk import Connection
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException, AirflowSkipException

from jobmarket.schedule.tasks import home

log = logging.getLogger("jobmarket.schedule")


def clean_metadata(before: datetime) -> None:
    """Delete records older than a moment from Airflow's database, with ``airflow db clean``.

    Tasks have no access to that database except through the connection ``airflow_metadata``, whose extra
    ``sql_alchemy_conn`` is the database's address.

    Raises:
        AirflowSkipException: If there is no such connection.
        AirflowFailException: If the command fails. The message has the end of its output.
    """
    try:
        address = Connection.get("airflow_metadata").extra_dejson["sql_alchemy_conn"]
    except (AirflowNotFoundException, KeyError) as error:
        raise AirflowSkipException(
            f"not cleaned: no connection airflow_metadata with sql_alchemy_conn ({error})"
        ) from error
    command = ["db", "clean", "--clean-before-timestamp", before.isoformat(), "--skip-archive", "--yes"]
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *command, "--error-on-cleanup-failure"],
        env=os.environ | {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": address},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    log.info("%s", done.stdout[-4000:])
    if done.returncode:
        raise AirflowFailException(f"airflow db clean failed with exit code {done.returncode}: {done.stderr[-1000:]}")


def clean_logs(before: datetime) -> int:
    """Remove the logs of Airflow and of the home that were last written before a moment, and folders left empty.

    Returns:
        The number of removed files.
    """
    return sum(_clean(folder, before) for folder in (Path(conf.get("logging", "base_log_folder")), home().logs))


def _clean(folder: Path, before: datetime) -> int:
    old = [path for path in folder.rglob("*.log*") if path.is_file() and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    # Only folders that were just emptied, the deepest first: a running task may be writing into the others.
    for path in sorted({parent for each in old for parent in each.parents if folder in parent.parents}, reverse=True):
        with suppress(OSError):  # not empty
            path.rmdir()
    log.info("%s: %s files last written before %s removed", folder, len(old), before.isoformat())
    return len(old)
