"""Run one stage as a schedule's task does, in a process that tests can interrupt.

``python one_stage.py STAGE AS_OF [SIGNAL AT]`` sends itself SIGNAL just before the AT-th call that changes a file, runs
a DuckDB statement or reads a message from a child process. Without SIGNAL, it prints the number of such calls.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import duckdb
import orjson

from jobmarket import pipeline
from jobmarket.report import written_report
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageError

CHANGES_OF_FILES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"}


class Disturbance:
    """Counts the calls, and sends the signal at one of them."""

    def __init__(self, number: int | None, at: int) -> None:
        self.count, self._number, self._at = 0, number, at

    def __call__(self) -> None:
        self.count += 1
        if self._number is not None and self.count == self._at:
            os.kill(os.getpid(), self._number)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count the events that change a file. For :func:`sys.addaudithook`."""
        is_written = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if is_written or event in CHANGES_OF_FILES:
            self()

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts each call, then calls ``function``."""

        def counted(*arguments: Any, **more: Any) -> Any:
            self()
            return function(*arguments, **more)

        return counted


class Counted:
    """A DuckDB connection whose statements are counted."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, disturbance: Disturbance) -> None:
        self._connection = connection
        self.execute = disturbance.before(connection.execute)
        self.executemany = disturbance.before(connection.executemany)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *problem: object) -> None:
        self._connection.close()


def main(stage: str, as_of: str, number: str = "", at: str = "0") -> None:
    """Run the stage. A failure prints one line, as in a task's log, and exits with code 1."""
    settings = Settings()
    home = Home(settings.home)
    spec = written_report(home) if stage == "send" else None
    moment = None if stage in ("report", "send") else datetime.fromisoformat(as_of)
    job = pipeline.Job(home, settings, settings.boards, moment, Silence(), report=spec)
    disturbance = Disturbance(signal.Signals[number] if number else None, int(at))
    connect = duckdb.connect
    duckdb.connect = lambda *arguments, **more: Counted(connect(*arguments, **more), disturbance)  # type: ignore[assignment]
    orjson.loads = disturbance.before(orjson.loads)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a process in the background of a shell ignores it
    sys.addaudithook(disturbance.audit)
    try:
        result = pipeline.run_stage(job, stage)
    except StageError as error:
        sys.exit(f"{stage}: {error}")
    print(json.dumps({"calls": disturbance.count, "summary": result.summary, "counts": result.counts}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
