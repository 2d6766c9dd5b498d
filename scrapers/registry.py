"""``companies.csv``: the employers that are crawled. To add one, add a row.

Columns: ``board`` (a spider's name), ``slug`` (the employer's identifier on that board), ``company`` (its name),
``sector``, ``size_band``, ``hq_country`` (ISO 3166-1 alpha-2), ``basis`` (the source of the four before it, or
``unsourced`` if whoever entered them cited none; analysts see it) and ``checked_on`` (ISO date). The last six may be
empty: unknown is better than guessed.

If a system gives each employer a host, the slug is the host's first label, or the full host if the employer uses its
own domain (``careers.acme.com``). A Workday slug is ``host/tenant/site``; that of a Lever site in the European region
is ``api.eu.lever.co/site``. The slug of a career site (``jsonld``) is the address of its sitemap and, after ``#``, a
text that the addresses of its jobs contain: ``acme.com/sitemap.xml#/jobs/``.

A vendor's own board for tests or demonstrations (``examplecorpsandbox``) has no row: its openings are invented.

A feed of many employers has one row (or one per country, if it is requested by country). Its ``company`` names the
employer of postings for which the feed states none.

``sector``, the employer's main business:
    ``ai`` (AI models, tools and products) · ``software`` (other software and cloud) · ``internet``
    (consumer web, marketplaces, media, travel) · ``fintech`` · ``crypto`` · ``finance`` (trading, funds, banks,
    insurers) · ``health`` · ``biotech`` · ``mobility`` (cars, drones, logistics) · ``robotics`` · ``defence`` ·
    ``space`` · ``semiconductors`` · ``hardware`` · ``energy`` · ``climate`` · ``retail`` · ``education`` · ``gaming`` ·
    ``telecoms`` · ``services`` (consulting, staffing, outsourcing) · ``public`` (government, charities, universities)

``size_band``, employees worldwide: ``1-50`` · ``51-200`` · ``201-1000`` · ``1001-5000`` · ``5001+``
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from jobmarket.csv_file import CsvError, read_rows
from jobmarket.stages import PermanentError
from scrapers.sources import sources

PATH = Path(__file__).with_name("companies.csv")

Sector = Literal[
    "ai", "software", "internet", "fintech", "crypto", "finance", "health", "biotech", "mobility", "robotics",
    "defence", "space", "semiconductors", "hardware", "energy", "climate", "retail", "education", "gaming",
    "telecoms", "services", "public",
]  # fmt: skip
SizeBand = Literal["1-50", "51-200", "201-1000", "1001-5000", "5001+"]

_blank_is_unknown = BeforeValidator(lambda value: value or None)


def _known_board(board: str) -> str:
    if board not in sources():
        raise ValueError(f"{board} is not among the boards in sources.yml: {', '.join(sources())}")
    return board


def _part_of_address(slug: str) -> str:
    if {".", ".."} & set(slug.split("/")):
        raise ValueError(f"{slug} contains a part '.' or '..', which would lead to another address")
    return slug


def _country_code(code: str | None) -> str | None:
    if code and not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(f"'{code}' is not an ISO 3166 code of two capitals, such as US or GB")
    return code


class RegisteredCompany(BaseModel):
    """A row of ``companies.csv``."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    board: Annotated[str, Field(min_length=1), AfterValidator(_known_board)]
    slug: Annotated[str, Field(min_length=1), AfterValidator(_part_of_address)]
    company: Annotated[str | None, _blank_is_unknown] = None
    sector: Annotated[Sector | None, _blank_is_unknown] = None
    size_band: Annotated[SizeBand | None, _blank_is_unknown] = None
    hq_country: Annotated[str | None, _blank_is_unknown, AfterValidator(_country_code)] = None
    basis: Annotated[str | None, _blank_is_unknown] = None
    checked_on: Annotated[date | None, _blank_is_unknown] = None


@cache
def companies(path: Path = PATH) -> tuple[RegisteredCompany, ...]:
    """Read all rows, in the order of the file.

    Raises:
        StageError: names the first row that is invalid or repeats another, or the file if it cannot be read or lists no
            employer.
    """
    rows: dict[tuple[str, str], tuple[int, RegisteredCompany]] = {}
    try:
        for line, row in read_rows(path, tuple(RegisteredCompany.model_fields)):
            company = _read(path, line, row)
            first, _ = rows.setdefault((company.board, company.slug), (line, company))
            if first != line:
                raise PermanentError(f"{path.name}, line {line}: {company.board}, {company.slug} repeats line {first}.")
    except CsvError as error:
        raise PermanentError(str(error)) from error
    except OSError as error:
        raise PermanentError(f"{path}, which lists the employers, cannot be read: {error.strerror}.") from error
    if not rows:
        raise PermanentError(f"{path} lists no employer: restore it, or add a row for each employer to crawl.")
    return tuple(company for _, company in rows.values())


def companies_on(board: str) -> list[RegisteredCompany]:
    """Return the rows of one board system."""
    return [row for row in companies() if row.board == board]


def _read(path: Path, line: int, row: dict[str, str]) -> RegisteredCompany:
    try:
        return RegisteredCompany.model_validate(row)
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        fault = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "literal_error":
            fault = f"'{detail['input']}' is not one of {detail['ctx']['expected'].replace(chr(39), '')}"
        elif where == "checked_on":
            fault = f"'{detail['input']}' is not a date: write it as 2026-11-22"
        raise PermanentError(f"{path.name}, line {line}, {where}: {fault}") from None
