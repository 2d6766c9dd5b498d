"""The dbt process ends cleanly, and at the latest with the process that started it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import orjson

# dbt itself takes seconds to import and is not needed here.
_WITHOUT_DBT = """
import sys, time, types

class Outcome:
    exception, result, success = None, [], True

class Runner:
    def __init__(self, callbacks):
        pass

    def invoke(self, arguments):
        time.sleep(float(arguments[0]))
        if len(arguments) > 1:
            Outcome.exception, Outcome.result, Outcome.success = KeyboardInterrupt(), None, False
        return Outcome

sys.modules["dbt"] = sys.modules["dbt.cli"] = sys.modules["dbt.events"] = types.ModuleType("dbt")
events = types.SimpleNamespace(fire_event=None)
sys.modules["dbt.events.logging"] = types.SimpleNamespace(EventLevel=None, get_event_manager=lambda: events)
sys.modules["dbt.cli.main"] = types.SimpleNamespace(dbtRunner=Runner)
from jobmarket.dbt_process import main
main()
"""

_EVENTS = """
from dbt.events.types import NodeFinished, NodeStart
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager_client import add_callback_to_manager, cleanup_event_logger
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Note
from jobmarket.dbt_process import fire_only_what_is_read
cleanup_event_logger()  # writes to standard output
fire_only_what_is_read()
add_callback_to_manager(lambda event: print(event.info.name + ":" + event.info.level))
fire_event(Note(msg="a message"))
fire_event(Note(msg="a detail"), level=EventLevel.DEBUG)
fire_event(NodeStart())
fire_event(NodeFinished())
"""


def started(*arguments: str) -> subprocess.Popen[bytes]:
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "-c", _WITHOUT_DBT, *arguments], **pipes)


def test_it_ends_silently_while_the_parent_still_keeps_its_input_open() -> None:
    with started("0.2") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        event = orjson.loads(process.stdout.read())
        assert (process.wait(20), process.stderr.read()) == (0, b"")
    assert event == {"event": "finished", "success": True, "message": None, "results": []}


def test_an_interruption_without_a_text_is_named() -> None:
    with started("0", "interrupt") as process:
        assert process.stdout is not None
        event = orjson.loads(process.stdout.read())
    assert event == {"event": "finished", "success": False, "message": "KeyboardInterrupt", "results": []}


def test_it_ends_when_the_parent_closes_its_input() -> None:
    with started("30") as process:
        assert process.stdin is not None
        process.stdin.write(b"nothing that it reads ends it, nor what is left in the pipe")
        process.stdin.close()
        assert process.wait(20) == 1


def test_of_debug_events_only_the_end_of_a_node_is_fired() -> None:
    found = subprocess.run([sys.executable, "-c", _EVENTS], capture_output=True, text=True, check=True).stdout
    assert found.split() == ["Note:info", "NodeFinished:debug"]
