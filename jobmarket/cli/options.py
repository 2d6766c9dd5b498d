"""What the commands' options and arguments have in common: moments, weeks, the home, which boards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A date or an ISO 8601 time; without a zone it is UTC, a date alone is its midnight."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read what was typed."""
        if isinstance(value, datetime):
            return value
        try:
            if "W" in value:  # a week is no moment: its Monday would be before all that was crawled in it
                raise ValueError(value)
            moment = datetime.fromisoformat(f"{value}-01" if re.fullmatch(r"\d{4}-\d\d", value) else value)
        except ValueError:
            self.fail(f"'{value}' is no date: write 2026-08-20, 2026-08-20T06:00:00Z or 2026-08", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Week(click.ParamType[date]):
    """A week as ``2026-W34``, or any of its days."""

    name = "WEEK"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read what was typed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)  # knows 2026-W34-1 too
        except ValueError:
            pass
        try:
            return date.fromisoformat(f"{value}-1")
        except ValueError:
            self.fail(f"'{value}' is no week: write 2026-W34, or a day of it", param, ctx)


class Country(click.ParamType[str]):
    """A country by its two letters, ISO 3166-1, in either case, or ``UK`` for ``GB``; or ``all``."""

    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read what was typed."""
        code = str(value).upper()
        return {"ALL": "all", "UK": "GB"}.get(code, code)


def home_option(command: Command) -> Command:
    """Give a command ``--home``."""
    return click.option(
        "--home", type=click.Path(path_type=Path, file_okay=False), default=None,
        help="Folder of everything collected and published  [default: ./data, or JOBMARKET_HOME]",
    )(command)  # fmt: skip


def stage_options(command: Command) -> Command:
    """Give a command that makes something ``--home`` and ``--as-of``."""
    return _with_moment(command, "The moment that it stands for, UTC  [default: of the newest crawl]")


def looking_options(command: Command) -> Command:
    """Give a command that reads what is published ``--home`` and ``--as-of``."""
    return _with_moment(command, "As it stood at that moment, UTC: the last vintage up to it  [default: current]")


def status_options(command: Command) -> Command:
    """Give ``status`` its ``--home`` and ``--as-of``."""
    told = "Crawls and coverage as of that moment, UTC; vintage, gates and stages are today's  [default: now]"
    return _with_moment(command, told)


def boards_options(command: Command) -> Command:
    """Give ``boards`` its ``--home`` and ``--as-of``."""
    return _with_moment(command, "The last crawls up to that moment, UTC  [default: now]")


def _with_moment(command: Command, told: str) -> Command:
    return home_option(click.option("--as-of", type=Moment(), default=None, help=told)(command))


def crawl_options(command: Command) -> Command:
    """Give a command what chooses boards and companies, and the options of a stage."""
    for option in (
        click.option("--retry-failed", is_flag=True, help="Crawl again what did not complete at this moment."),
        click.option("--company", "companies", multiple=True, help="Crawl this company slug only; may be repeated."),
        click.option("--board", "board_names", multiple=True, help="Crawl this board system only; may be repeated."),
        click.option(
            "--boards",
            default=None,
            help="sample, live, or a folder of recorded responses  [default: sample, or JOBMARKET_BOARDS]",
        ),
    ):
        command = option(command)
    return _with_moment(command, "The moment that it stands for, UTC  [default: now; of the sample world, its last]")
