"""``sources.yml``: on what terms each board system is read. A board without an entry is not crawled.

One entry a board, under its name::

    greenhouse:
      licence: of the texts, in words; `unknown` where nobody says
      terms: a link to the terms, or `unknown`
      robots: {verdict: allowed, checked_on: 2026-11-22, basis: who read it where}
      attribution: the text that the source asks to be shown; null where it asks for none
      requests_per_minute: 60
      personal_data: what the answers say of people, and how it is dropped; `none` where they say nothing

``verdict``: ``allowed`` · ``partly`` (with a ``note`` that says what not) · ``forbidden`` (never crawled live), each
with its ``basis``; ``unknown`` where nothing that was read by ``checked_on`` tells what the file says. Whatever it is,
each host's robots.txt is asked again by every crawl. ``requests_per_minute`` slows a
live crawl down to it, and never makes one faster than the delay in the settings.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from jobmarket.stages import StageError
from jobmarket.yaml_file import read_yaml

PATH = Path(__file__).with_name("sources.yml")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Robots(_Entry):
    """What the hosts' robots.txt said of the addresses that are asked for, who says so, and when somebody looked."""

    verdict: Literal["allowed", "partly", "forbidden", "unknown"]
    checked_on: date
    basis: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Robots:
        if self.verdict != "unknown" and self.basis is None:
            raise ValueError(f"the verdict {self.verdict} needs its basis: who read the robots.txt, and where")
        if self.verdict == "partly" and self.note is None:
            raise ValueError("the verdict partly needs a note that says what is not allowed")
        return self


class Source(_Entry):
    """An entry of ``sources.yml``."""

    licence: str
    terms: str
    robots: Robots
    attribution: str | None
    requests_per_minute: int = Field(gt=0, le=120)
    personal_data: str


@cache
def sources(path: Path = PATH) -> dict[str, Source]:
    """All entries, by the board's name.

    Raises:
        StageError: naming the first entry that is not in order.
    """
    try:
        entries = read_yaml(path.read_text(encoding="utf-8")) or {}
        return TypeAdapter(dict[str, Source]).validate_python(entries)
    except yaml.YAMLError as error:
        raise StageError(f"{path.name} is no YAML: {error}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise StageError(f"{path.name}, {where}: {detail['msg']}") from None


def objection(board: str, *, live: bool) -> str | None:
    """Why a board may not be crawled; None if it may."""
    source = sources().get(board)
    if source is None:
        return f"{board}: left out, {PATH.name} has no entry that says on what terms it is read"
    if live and source.robots.verdict == "forbidden":
        return f"{board}: left out, its robots.txt forbids it (as of {source.robots.checked_on}, {PATH.name})"
    return None
