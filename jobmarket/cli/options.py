"""Options and argument types that the commands share: moments, weeks, countries, the home, the boards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from jobmarket.settings import boards_named, require_usable

Command = TypeVar("Command", bound=Callable[..., Any])


class MomentParam(click.ParamType[datetime]):
    """A date or an ISO 8601 time. Without a zone it is UTC; a date means its midnight."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parse the value."""
        if isinstance(value, datetime):
            return value
        try:
            if "W" in value:  # a week is not a moment: its Monday would precede everything crawled in it
                raise ValueError(value)
            moment = datetime.fromisoformat(f"{value}-01" if re.fullmatch(r"\d{4}-\d\d", value) else value)
        except ValueError:
            self.fail(f"'{value}' is not a date: write 2026-08-20, 2026-08-20T06:00:00Z or 2026-08", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class WeekParam(click.ParamType[date]):
    """A week as ``2026-W34``, or any of its days."""

    name = "WEEK"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the value."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)  # also accepts 2026-W34-1
        except ValueError:
            pass
        try:
            return date.fromisoformat(f"{value}-1")
        except ValueError:
            self.fail(f"'{value}' is not a week: write 2026-W34, or a day in it", param, ctx)


class CountryParam(click.ParamType[str]):
    """A country by its ISO 3166-1 code or its name in English, French or German, in any case; or ``all``."""

    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the two-letter code, or an unknown value as it is: the figures then list the countries they have."""
        if str(value).lower() == "all":
            return "all"
        from jobmarket.extract.location import country_code  # reads the gazetteer, which few commands need

        return country_code(str(value)) or str(value)


# Which part of the market is meant. Names of role families and levels may be in any case.
ROLE: dict[str, Any] = {"type": str.lower, "metavar": "FAMILY", "default": "all"}
LEVEL: dict[str, Any] = {"type": str.lower, "metavar": "LEVEL", "default": "all"}
COUNTRY: dict[str, Any] = {"type": CountryParam(), "default": "all"}


class BoardsParam(click.ParamType[str]):
    """``sample``, ``live`` or a folder of recorded responses. An empty text counts as not set: it is the default."""

    name = "BOARDS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or the folder's full path."""
        value = value or (param.default if param else None)
        try:
            return boards_named(value) if value else ""
        except ValueError as error:
            self.fail(f"'{value}' is {error}", param, ctx)


class HomeFolder(click.Path):
    """The home. An empty text counts as not set, as an empty variable does: Path("") would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse the value."""
        try:
            return require_usable(Path(value)) if value else None
        except ValueError as error:
            self.fail(str(error), param, ctx)


class OutputPath(click.Path):
    """A path to write to. A hyphen is refused: elsewhere it means standard output, and a file of that name is none."""

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse the value."""
        if value == "-":
            self.fail("standard output is not supported: name a file (./- for one of that name)", param, ctx)
        return super().convert(value, param, ctx)


def home_option(command: Command) -> Command:
    """Add ``--home`` to a command."""
    return click.option(
        "--home", type=HomeFolder(file_okay=False), default=None,
        help="Folder of everything collected and published  [default: JOBMARKET_HOME, or ./data]",
    )(command)  # fmt: skip


def stage_options(command: Command) -> Command:
    """Add ``--home`` and ``--as-of`` to a command that runs a stage."""
    return _of_stage(command, "that of the newest crawl")


def marts_options(command: Command) -> Command:
    """Add ``--home`` and ``--as-of`` to a command that takes the marts as built."""
    return _of_stage(command, "that of the last build; for gate raw, of the newest crawl")


def _of_stage(command: Command, default: str) -> Command:
    return _with_moment(
        command, f"Moment that the stage stands for, UTC; a date is its start, 00:00  [default: {default}]"
    )


def looking_options(command: Command) -> Command:
    """Add ``--home`` and ``--as-of`` to a command that reads the published database."""
    return _with_moment(
        command, "Use the last vintage up to that moment, UTC; a date is its start, 00:00  [default: the current one]"
    )


def status_options(command: Command) -> Command:
    """Add ``--home`` and ``--as-of`` to ``status``."""
    meaning = (
        "Show crawls and coverage as of that moment, UTC (a date is its start, 00:00); all else is as of today  "
        "[default: now]"
    )
    return _with_moment(command, meaning)


def boards_options(command: Command) -> Command:
    """Add ``--home`` and ``--as-of`` to ``boards``."""
    return _with_moment(
        command, "Show the last crawls up to that moment, UTC; a date is its start, 00:00  [default: now]"
    )


def _with_moment(command: Command, meaning: str) -> Command:
    return home_option(click.option("--as-of", type=MomentParam(), default=None, help=meaning)(command))


def crawl_options(command: Command) -> Command:
    """Add the options that choose boards and companies, and those of a stage."""
    for option in (
        click.option("--retry-failed", is_flag=True, help="Crawl again the companies that did not complete."),
        click.option("--company", "companies", multiple=True, help="Crawl only this company slug; may be repeated."),
        click.option("--board", "board_names", multiple=True, help="Crawl only this board system; may be repeated."),
        click.option(
            "--boards",
            type=BoardsParam(),
            default=None,
            help="sample, live, or a folder of recorded responses  [default: JOBMARKET_BOARDS, or sample]",
        ),
    ):
        command = option(command)
    meaning = (
        "Moment of the crawl, UTC; a date is its start, 00:00  [default: now; for sample boards, their last moment]"
    )
    return _with_moment(command, meaning)
