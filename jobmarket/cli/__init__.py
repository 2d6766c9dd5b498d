"""The command line: the stages one by one or all together, and a look at what they made.

Exit codes: 0 done · 1 a stage could not do its work · 2 wrong usage · 3 a gate is closed, nothing was
published · 4 done, but something is missing that a retry or a fix could bring · 130 interrupted, 143 ended by
SIGTERM (129: its terminal was closed), in the same order.
"""

from __future__ import annotations

import atexit
import gc
import io
import sys
from typing import Any

import click
from pydantic import ValidationError

from jobmarket.cli.files import extract, pairs
from jobmarket.cli.looking import boards, explain_, explore, profile_, sql, status
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
from jobmarket.settings import Settings, wrong_settings

__all__ = ["FIRST_QUERIES", "main"]


class _Commands(click.Group):
    """The commands, in the order of the work; each may find a setting that is none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name them as they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for; a wrong setting is wrong usage, told in a line."""
        try:
            return super().invoke(ctx)
        except ValidationError as error:
            if error.title != Settings.__name__:
                raise
            raise click.UsageError(f"{harmless(wrong_settings(error))} (environment or .env).") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jobmarket")
def main() -> None:
    """The labour market of machine-learning engineers, measured from the postings that employers publish."""
    atexit.register(gc.freeze)  # the end of a run need not search all that its stages imported for garbage
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows another one, and goes on


for command in (
    run, crawl, backfill, load, rates, gate, build, publish, report, maintain,
    explore, status, sql, explain_, profile_, boards,
    extract, pairs,
):  # fmt: skip
    main.add_command(command)
