"""Serves the page to this machine only."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import click

from jobmarket.publishing import open_published
from jobmarket.settings import Home
from jobmarket.stages import StageError

# No other machine can reach the page, no usage data is sent, and nothing is fetched from the network.
_OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "browser.serverAddress": "127.0.0.1",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.primaryColor": "#0f6a68",
}


def command(home: Home, port: int) -> list[str]:
    """Return the command that serves the page."""
    options = [f"--{name}={value}" for name, value in {**_OPTIONS, "server.port": str(port)}.items()]
    script = Path(__file__).with_name("app.py")
    return [sys.executable, "-m", "streamlit", "run", str(script), *options, "--", str(home.root)]


def serve(home: Home, port: int) -> int:
    """Serve the page until interrupted, and return the server's exit code.

    Raises:
        StageError: If nothing is published, or the port is in use.
    """
    open_published(home).close()
    _require_free(port)
    click.echo(f"The page will be at http://127.0.0.1:{port} in a few seconds. Press Ctrl-C to end it.")
    try:
        return subprocess.run(command(home, port), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _require_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise StageError(f"Port {port} is not free. Choose another one with --port.") from error
