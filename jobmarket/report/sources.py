"""Sources of the data, and a description of the vintage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jobmarket.report import formats, names
from jobmarket.report.boards import board_name, board_page
from jobmarket.report.language import mark, say

_ECB = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html"
_FACTS = {
    "vintage_id": mark("Vintage"),
    "as_of": mark("Data as of"),
    "origin": mark("Origin of the postings"),
    "n_postings": mark("Postings seen to date, all roles"),
    "n_companies": mark("Employers seen to date"),
    "first_week": mark("First week"),
}


@dataclass(frozen=True)
class Link:
    """A name with a link."""

    text: str
    href: str


def attributions(about: dict[str, str]) -> tuple[tuple[str | Link, ...], ...]:
    """Return one paragraph per kind of source."""
    paragraphs: list[tuple[str | Link, ...]] = []
    boards = [board for board in about.get("boards", "").split(", ") if board]
    if boards:
        systems: list[str | Link] = []
        for board in boards:
            shown, page = board_name(board), board_page(board)
            systems += [", "] if systems else []
            systems.append(Link(shown, page) if page else shown)
        stand_ins = say("In this sample world, simulated boards answer in the same format.")
        paragraphs.append(
            (
                say("Postings as published by employers through:"), " ", *systems, ". ",
                *((stand_ins, " ") if about.get("sample_world") == "true" else ()),
                say("Postings belong to their employers; only facts drawn from them are published here."),
            )
        )  # fmt: skip
    bank = Link(say("European Central Bank"), _ECB)
    paragraphs.append((say("Exchange rates: euro foreign exchange reference rates,"), " ", bank, "."))
    return tuple(paragraphs)


def facts(about: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the available facts about the vintage."""
    return tuple((say(label), _fact(key, about[key])) for key, label in _FACTS.items() if key in about)


def _fact(key: str, value: str) -> str:
    """A fact in the report's language; origins by their names."""
    if key == "as_of":
        return formats.moment(datetime.fromisoformat(value))
    if key == "first_week":
        return formats.day(date.fromisoformat(value))
    if key == "origin":
        return ", ".join(names.known_name(origin) or formats.foreign(origin) for origin in value.split(", "))
    return formats.count(int(value)) if key.startswith("n_") else formats.foreign(value)
