"""The command line: commands that run the stages, and commands that show their results.

Exit codes: 0 done · 1 a stage could not do its work · 2 wrong usage, or a name of something that is not there · 3 a
gate is closed and nothing was published · 4 done, with gaps that a retry or a fix could fill · 130 interrupted by
Ctrl-C, 143 by SIGTERM, 129 by the end of its terminal.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from typing import Any

import click
from pydantic import ValidationError

from jobmarket.cli.files import extract, pairs
from jobmarket.cli.interrupts import Interrupts, raised
from jobmarket.cli.looking import boards, explain_, explore, profile_, sql, status, verify
from jobmarket.cli.running import leave, worded
from jobmarket.cli.stages import (
    FIRST_QUERIES,
    backfill,
    build,
    crawl,
    gate,
    load,
    maintain,
    publish,
    rates,
    report,
    run,
)
from jobmarket.foreign_text import harmless
from jobmarket.pipeline import is_interrupt
from jobmarket.settings import Settings, require_readable, unknown_settings, wrong_settings

__all__ = ["FIRST_QUERIES", "main"]


class _Commands(click.Group):
    """The commands, listed in the order of the work. Invalid settings are reported as wrong usage."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line. Report a file that cannot be used, and output to a full disk, in one line."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.filename is not None:
                leave(worded(error), 1)
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            # What is left in the buffer goes nowhere. Otherwise Python would try to write it at exit, and fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            leave(f"The output cannot be written: {error.strerror}.", 1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments. Refuse one that is not UTF-8, which neither DuckDB nor the crawl process could read."""
        for argument in args:
            _require_utf8(argument)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command. Warn of unknown settings. Report an invalid one, and Ctrl-C, in one line."""
        try:
            require_readable()
        except ValueError as error:
            raise click.UsageError(f"{harmless(error)}.") from error
        for name, nearest in unknown_settings().items():
            hint = f" Did you mean {nearest}?" if nearest else ""
            click.echo(
                f"Warning: {harmless(name)} (environment or .env) is not a setting and is ignored.{hint}", err=True
            )
        with raised():
            try:
                return super().invoke(ctx)
            except ValidationError as error:
                if error.title != Settings.__name__:
                    raise
                raise click.UsageError(f"{harmless(wrong_settings(error))} (environment or .env).") from error
            except (KeyboardInterrupt, RuntimeError) as error:
                if not is_interrupt(error):
                    raise
                leave("Interrupted.", Interrupts().exit_code)


def _require_utf8(argument: str) -> None:
    try:
        argument.encode()
    except UnicodeEncodeError:
        # Python decodes other bytes of the command line as lone surrogates.
        shown = argument.encode(errors="surrogateescape").decode(errors="backslashreplace")
        raise click.UsageError(f"The argument '{shown}' is not UTF-8. Type it in UTF-8, or rename the file.") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jobmarket")
def main() -> None:
    """Measure the labour market of machine-learning engineers from the postings that employers publish."""
    atexit.register(gc.freeze)  # saves a search for garbage at exit in everything that the stages imported
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows a replacement


for command in (
    run, crawl, backfill, load, rates, gate, build, publish, report, maintain,
    explore, status, verify, sql, explain_, profile_, boards,
    extract, pairs,
):  # fmt: skip
    main.add_command(command)
