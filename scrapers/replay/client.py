"""Starts the replay server in a separate process and returns its address."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from jobmarket.stages import StageError


class ReplayServer:
    """A replay server that is starting or running."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def address(self) -> str:
        """Return the server's ``host:port``, waiting until it has one.

        Raises:
            StageError: If the server ended instead.
        """
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        line = self._process.stdout.readline()
        if not line:
            raise StageError("The replay server did not start. The crawl's log shows its error.")
        return f"127.0.0.1:{json.loads(line)['port']}"


@contextmanager
def replay_server(boards: str) -> Iterator[ReplayServer]:
    """Serve ``sample`` or a folder of recorded responses while the block runs."""
    command = [sys.executable, "-m", "scrapers.replay", boards]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield ReplayServer(process)
        finally:
            assert process.stdin is not None  # noqa: S101 - for the type checker
            process.stdin.close()
