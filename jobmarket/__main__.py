"""The program: ``jobmarket``, or ``python -m jobmarket``.

It imports the commands last, because that takes a second, and Python would answer Ctrl-C meanwhile with a traceback.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Run the command line. Until a command handles Ctrl-C itself, Ctrl-C ends the process without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell's background process ignores it
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    _open_closed_streams()
    from jobmarket.cli import main as run_command

    run_command()


def _open_closed_streams() -> None:
    """Connect closed standard streams to nothing: otherwise the next file opened, such as the database, becomes one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            # The lowest free number is the stream's own, as those before it are open.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


if __name__ == "__main__":
    main()
