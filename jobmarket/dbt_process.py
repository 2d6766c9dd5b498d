"""Runs dbt in a separate process: ``python -m jobmarket.dbt_process ARGUMENT…``.

:mod:`jobmarket.transform` starts it. dbt keeps its DuckDB file open for as long as its process lives, so a separate
process leaves the warehouse free for the next stage. It reports events as JSON lines on standard output:

- ``{"event": "node", "name"}``: a seed, model or test is done.
- ``{"event": "note", "name", "text"}``: a model reports its progress.
- ``{"event": "finished", "success", "message", "results": [{"id", "kind", "status", "message", "seconds", "relation"},
  …]}``: dbt has ended. ``success``: whether everything ran and passed. ``message`` says why dbt did not start or broke
  off; null if it ran to its end. ``relation`` is the table or view of a model or seed.

The process ends when its standard input closes, so that a killed parent leaves no dbt behind that locks the warehouse.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from typing import Any

import orjson


def main() -> None:
    """Run dbt with the given arguments."""
    # Not above: each worker process of a model imports this module, and importing dbt takes two seconds.
    from dbt.cli.main import dbtRunner

    threading.Thread(target=_end_with_parent, daemon=True).start()
    # dbt's graph of the project lives as long as the process. Searching it for garbage every few hundred objects takes
    # a tenth of a small build; collecting rarely costs 20 MB.
    gc.set_threshold(200_000, 50, 1000)
    # Anything that dbt prints goes to standard error, so that it cannot mix with the events.
    events = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def send(event: str, **fields: object) -> None:
        events.write(orjson.dumps({"event": event, **fields}, option=orjson.OPT_APPEND_NEWLINE))
        events.flush()

    def on_event(event: Any) -> None:
        if event.info.name == "NodeFinished":
            send("node", name=event.data.node_info.node_name)

    class Notes(logging.Handler):
        """Sends what our Python models log."""

        def emit(self, record: logging.LogRecord) -> None:
            send("note", name=record.name, text=record.getMessage())

    fire_only_what_is_read()
    notes = logging.getLogger("jobmarket")
    notes.setLevel(logging.INFO)
    notes.addHandler(Notes())

    outcome = dbtRunner(callbacks=[on_event]).invoke(sys.argv[1:])
    results = [
        {
            "id": result.node.unique_id,
            "kind": str(result.node.resource_type),
            "status": str(result.status),
            "message": " ".join(str(result.message or "").split()),
            "seconds": result.execution_time,
            "relation": result.node.relation_name,
        }
        for result in getattr(outcome.result, "results", [])
    ]
    send("finished", success=outcome.success, message=_message(outcome.exception), results=results)
    # At exit, Python searches everything imported for garbage, which takes half a second.
    gc.freeze()


def fire_only_what_is_read() -> None:
    """Drop dbt's debug events, except that a node is done: no log shows them, but dbt would format each."""
    from dbt.events.logging import EventLevel, get_event_manager

    manager = get_event_manager()
    fire = manager.fire_event

    def fire_event(e: Any, level: Any = None, *arguments: Any, **options: Any) -> None:
        if (level or e.level_tag()) != EventLevel.DEBUG or type(e).__name__ == "NodeFinished":
            fire(e, level, *arguments, **options)

    manager.fire_event = fire_event


def _message(exception: BaseException | None) -> str | None:
    """Describe an exception; some, such as KeyboardInterrupt, have no text."""
    return None if exception is None else str(exception) or type(exception).__name__


def _end_with_parent() -> None:
    # Read from the descriptor: a thread that reads `sys.stdin` takes its lock, and an interpreter that cannot get that
    # lock at shutdown aborts.
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
