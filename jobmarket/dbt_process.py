"""The process that dbt runs in: ``python -m jobmarket.dbt_process ARGUMENT…``, started by :mod:`jobmarket.transform`.

dbt keeps its DuckDB file open for as long as its process lives; in a process of its own the next stage finds
the warehouse free. What happens is told as JSON lines on standard output:

- ``{"event": "node", "name"}``: a seed, model or test is done
- ``{"event": "note", "name", "text"}``: a model tells how far it is
- ``{"event": "finished", "message", "results": [{"id", "kind", "status", "message", "seconds", "relation"}, …]}``: the
  end; ``message`` says why dbt could not start, if it could not; ``relation`` is the table or view of a model or seed

The process ends with its standard input: a parent that was killed leaves no dbt behind that holds the warehouse.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from typing import Any

import orjson
from dbt.cli.main import dbtRunner


def main() -> None:
    """Run dbt with the given arguments."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # dbt's graph of the project lives as long as the process: to search it for garbage every few hundred objects is a
    # tenth of a small build, and to do it seldom costs 20 MB.
    gc.set_threshold(200_000, 50, 1000)
    # What dbt itself prints must not stand between the events: it goes to the log of errors.
    events = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(event: str, **fields: object) -> None:
        events.write(orjson.dumps({"event": event, **fields}, option=orjson.OPT_APPEND_NEWLINE))
        events.flush()

    def on_event(event: Any) -> None:
        if event.info.name == "NodeFinished":
            tell("node", name=event.data.node_info.node_name)

    class Notes(logging.Handler):
        """What our own models log."""

        def emit(self, record: logging.LogRecord) -> None:
            tell("note", name=record.name, text=record.getMessage())

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
    tell("finished", message=str(outcome.exception) if outcome.exception else None, results=results)
    # The end of a process searches all that was imported for garbage, which takes half a second of it.
    gc.freeze()


def _end_with_parent() -> None:
    # Of the descriptor itself: a thread that reads `sys.stdin` holds its lock, and an interpreter that shuts down
    # without it aborts.
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
