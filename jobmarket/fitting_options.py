"""Refuses options that a command would ignore, so that nobody takes its answer for a narrower one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import click


def given_options(cell: Any) -> list[str]:
    """Return the options that chose the cell, a dataclass of dimensions: those that do not have their default."""
    return [option_of(field.name) for field in fields(cell) if getattr(cell, field.name) != field.default]


def option_of(column: str) -> str:
    """Return the option that chooses a value of a column."""
    return "--role" if column == "role_family" else f"--{column}"


def require_fitting(subject: str, takes: Sequence[str], given: Collection[str], hint: str = "") -> None:
    """Refuse the options that do not apply.

    Args:
        subject: The start of the message.
        takes: The options that apply.
        given: The options that were given.
        hint: The end of the message.

    Raises:
        UsageError: If some do not apply. The message names them.
    """
    if wrong := [option for option in given if option not in takes]:
        accepted = f"takes only {_listed(takes)}" if takes else "takes none of these options"
        raise click.UsageError(f"{subject} {accepted}: leave out {_listed(wrong)}.{hint}")


def _listed(options: Sequence[str]) -> str:
    *most, last = options
    return f"{', '.join(most)} and {last}" if most else last
