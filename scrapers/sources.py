"""``sources.yml``: the terms on which each board system is read. A board without an entry is not crawled.

One entry per board, under its name::

    greenhouse:
      licence: the licence of the texts, in words; `unknown` if nobody states it
      terms: a link to the terms, or `unknown`
      robots: {verdict: allowed, checked_on: 2026-11-22, basis: who read the file, and where}
      attribution: the text that the source requires to be shown; null if it requires none
      requests_per_minute: 60
      minutes_between_crawls: 360    # only if the source asks for it
      personal_data: which personal data the answers contain, and how it is removed; `none` if they contain none

``verdict`` is ``allowed``, ``partly`` (a ``note`` says what is not allowed) or ``forbidden`` (never crawled live), each
with its ``basis``; or ``unknown``, if no source read by ``checked_on`` says what the file contains. In every case, each
crawl requests every host's robots.txt and obeys it. ``requests_per_minute`` limits a live crawl, and never makes it
faster than the delay in the settings allows. A live crawl within ``minutes_between_crawls`` of the last landed answer
is put off (:mod:`scrapers.spacing`).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from jobmarket.stages import PermanentError
from jobmarket.yaml_file import read_yaml

PATH = Path(__file__).with_name("sources.yml")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class Robots(_Entry):
    """What the hosts' robots.txt allows for the requested addresses, on what basis, and when that was checked."""

    verdict: Literal["allowed", "partly", "forbidden", "unknown"]
    checked_on: date
    basis: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Robots:
        if self.verdict != "unknown" and self.basis is None:
            raise ValueError(f"the verdict {self.verdict} needs a basis: who read the robots.txt, and where")
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
    minutes_between_crawls: int | None = Field(None, gt=0, le=1440)
    personal_data: str


@cache
def sources(path: Path = PATH) -> dict[str, Source]:
    """Read all entries, by the board's name.

    Raises:
        StageError: names the first invalid entry.
    """
    try:
        entries = read_yaml(path.read_text(encoding="utf-8")) or {}
        return TypeAdapter(dict[str, Source]).validate_python(entries)
    except yaml.YAMLError as error:
        raise PermanentError(f"{path.name} is not valid YAML: {error}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise PermanentError(f"{path.name}, {where}: {detail['msg']}") from None


def objection(board: str, *, live: bool) -> str | None:
    """Say why a board may not be crawled; None if it may."""
    source = sources().get(board)
    if source is None:
        return f"{board} skipped: {PATH.name} has no entry with its terms"
    if live and source.robots.verdict == "forbidden":
        return f"{board} skipped: its robots.txt forbids it (as of {source.robots.checked_on}, {PATH.name})"
    return None
