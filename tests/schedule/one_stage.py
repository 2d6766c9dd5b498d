"""Run one stage as a schedule's task does, and stop in the middle: a process of its own for tests to kill.

``python one_stage.py STAGE AS_OF [SIGNAL AT]``. The AT-th time that it changes a file, runs a statement in DuckDB or
takes word of a process of its own, SIGNAL comes, just before. Without them it prints how many times there are.
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
from jobmarket.report import written_order
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageError

CHANGES_OF_FILES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"}


class Disturbance:
    """Counts the times, and sends the signal at one of them."""

    def __init__(self, number: int | None, at: int) -> None:
        self.count, self._number, self._at = 0, number, at

    def __call__(self) -> None:
        self.count += 1
        if self._number is not None and self.count == self._at:
            os.kill(os.getpid(), self._number)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """What :func:`sys.addaudithook` calls."""
        is_written = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if is_written or event in CHANGES_OF_FILES:
            self()

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted."""

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
    """Run the stage; a failure is said in one line, as a task's log says it, and ends with 1."""
    settings = Settings()
    home = Home(settings.home)
    choices: dict[str, Any] = json.loads(os.environ.get("ONE_STAGE_CHOICES", "{}"))
    order = written_order(home) if stage == "send" else None
    moment = None if stage in ("report", "send") else datetime.fromisoformat(as_of)
    job = pipeline.Job(home, settings, settings.boards, moment, Silence(), order=order, **choices)
    disturbance = Disturbance(signal.Signals[number] if number else None, int(at))
    connect = duckdb.connect
    duckdb.connect = lambda *arguments, **more: Counted(connect(*arguments, **more), disturbance)  # type: ignore[assignment]
    orjson.loads = disturbance.before(orjson.loads)
    sys.addaudithook(disturbance.audit)
    try:
        result = pipeline.run_stage(job, stage)
    except StageError as error:
        sys.exit(f"{stage}: {error}")
    print(json.dumps({"calls": disturbance.count, "summary": result.summary, "counts": result.counts}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
