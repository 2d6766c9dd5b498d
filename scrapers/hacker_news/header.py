"""The header of a "Who is hiring?" comment: ``Company | Role | Place | REMOTE | Full-time | $150k-200k | url``.

The thread asks for that order and nobody keeps to it. What stands where is therefore read from the words: the
company comes first unless that segment is a job and the next one is not; every other segment is taken for what it
names. Other separators than the bar count where the line then reads like a header; a few comments label their lines
("Company: …", "Location: …") or open with a sentence ("Acme is hiring a …").

Pure: text in, :class:`Header` out; nothing is looked up but place names (the extractor's gazetteer).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from scrapers.hacker_news import openings, roles
from scrapers.hacker_news.comment import paragraphs
from scrapers.hacker_news.segments import (
    TERMS,
    WORKPLACES,
    bracketed,
    names_pay,
    names_place,
    names_role,
    says_that_there_are_several,
    terms,
    without_links,
    workplaces,
)

_BARS = re.compile(r"\s*\|+\s*|\s*[│┃¦‖｜]\s*")
_DASHES = re.compile(r"\s+[–—]\s+|\s+--?\s+|\s*—\s*")
_OTHERS = (
    _DASHES,
    re.compile(r"\s*[•·∙●]\s*"),
    re.compile(r"\s+/{2,}\s+|\s+::\s+|\s*;\s+"),
    re.compile(r"\s*/\s+|\s+/\s*"),
    re.compile(r",\s+"),
)
_PROSE = re.compile(
    r"(?<=[\w).!?])\s+(?=(?:We|We['’](?:re|ve)|Our|I['’]m|Join us|At [A-Z]\w+|Looking for|Hi HN|About us|Help us|You|"
    r"You['’]ll|This is|Build)\b)|(?<=[a-z]{3}[.!?])\s+(?=[A-Z])"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*|\s*[(\[][^)\]]*$|\s*,?\s*\bYC[ -]?[SWFX]\d\d\b\s*")
# Segments longer than this may run into prose; header lines have none longer than the second.
_MAY_BE_PROSE = 70
_LONGEST_SEGMENT = 140
_LONGEST_LINE = 300
_LONGEST_COMPANY = 80
_LINES_LOOKED_AT = 3
_LABELS_LOOKED_FOR = 12


@dataclass(frozen=True)
class Header:
    """What a comment's header says, in its own words; null and empty where it says nothing.

    Attributes:
        line: The header as one line; of a comment without one, its first line.
        company: The employer, without address and round of funding.
        roles: The jobs, in order; from the lines below where the header names none.
        place: The segments that name a place, joined by ``; ``.
        workplaces: ``REMOTE``, ``HYBRID``, ``ONSITE``, those that are named.
        terms: ``Full-time``, ``Part-time``, ``Contract``, ``Internship``, those that are named.
        pay: The segments that name an amount, joined by ``; ``.
        is_offer: Whether the comment offers work; others are questions, replies and people who look for work.
    """

    line: str
    company: str | None = None
    roles: tuple[str, ...] = ()
    place: str | None = None
    workplaces: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    pay: str | None = None
    is_offer: bool = True


@lru_cache(maxsize=16)  # the listing and the mapping of a comment read it one after the other
def read_header(comment: str) -> Header | None:
    """The header of a comment's HTML; null for a comment without words."""
    lines = [line for paragraph in paragraphs(comment) for line in paragraph]
    if not lines:
        return None
    if openings.seeks_work(lines):
        return Header(line=lines[0], is_offer=False)
    if header := _labelled(lines) or _barred(lines):
        return header
    if header := _in_other_shape(lines):
        is_offer = len("".join(lines)) >= openings.SHORTEST_OFFER or bool(re.search(r"href=|@", comment))
        return replace(header, is_offer=is_offer)
    return _prose(lines)


def _labelled(lines: list[str]) -> Header | None:
    """``Company: …`` and ``Role: …`` on lines of their own."""
    found: dict[str, str] = {}
    for label in filter(None, map(openings.LABEL.match, lines[:_LABELS_LOOKED_FOR])):
        found.setdefault(label["label"].lower(), label["value"].strip())
    if len(found) < 2:
        return None
    company = next((found.pop(name) for name in openings.COMPANY_LABELS if name in found), "")
    if found.get("remote", "").lower().startswith("yes"):
        found["remote"] = "REMOTE"
    return _of_segments([*(_segments(_BARS, company) or [""]), *found.values()], lines[1:])


def _barred(lines: list[str]) -> Header | None:
    """A line with bars among the first; a job's title may stand on a line of its own above it."""
    for number, line in enumerate(lines[:_LINES_LOOKED_AT]):
        following = lines[number + 1 : number + 2] if line.endswith("|") else []
        segments = _segments(_BARS, " ".join([line, *following]))
        if len(segments) < 2 or (number and not _is_header(segments)):
            continue
        above = [each for each in lines[number - 1 : number] if len(each) <= _LONGEST_COMPANY]
        return _of_segments([*above, *segments], lines[number + 1 :])
    return None


def _in_other_shape(lines: list[str]) -> Header | None:
    """Separated by dashes, dots, slashes or commas, or a sentence that says who is hiring."""
    first = lines[0]
    hiring = openings.IS_HIRING.match(first)
    if hiring and not openings.is_no_name(hiring["company"]):
        named = roles.from_sentence(hiring["rest"])
        return _of_segments([hiring["company"], *named, *bracketed(hiring["rest"])], lines[1:])
    for separator in _OTHERS:
        segments = _segments(separator, first)
        if len(segments) >= 3 and len(first) <= _LONGEST_LINE and _is_header(segments):
            return _of_segments(segments, lines[1:])
    named_at = openings.ROLE_AT.match(first)
    if named_at and names_role(named_at["role"]) and not openings.is_no_name(named_at["company"]):
        return _of_segments([named_at["company"], named_at["role"], *bracketed(named_at["rest"])], lines[1:])
    segments = _segments(_DASHES, first)
    if len(segments) == 2 and len(first) <= _LONGEST_SEGMENT and any(map(names_role, segments)):
        return _of_segments(segments, lines[1:])
    return None


def _prose(lines: list[str]) -> Header:
    """No header at all: whether work is offered, and the name that the first sentence begins with."""
    if not openings.offers_work("\n".join(lines)):
        return Header(line=lines[0], is_offer=False)
    return Header(
        line=lines[0],
        company=openings.name_at_start(lines[0]),
        roles=tuple(dict.fromkeys(roles.listed_below(lines[1:]))),
    )


def _segments(separator: re.Pattern[str], line: str) -> list[str]:
    """The line's segments; a long one ends where its prose begins."""
    pieces = filter(None, (piece.strip() for piece in separator.split(line)))
    return [_PROSE.split(piece, maxsplit=1)[0].strip() if len(piece) > _MAY_BE_PROSE else piece for piece in pieces]


def _is_header(segments: list[str]) -> bool:
    """Whether the segments are short and speak of two things that headers speak of, one of them not the job or pay."""
    if max(map(len, segments)) > _LONGEST_SEGMENT:
        return False
    told = (workplaces, terms, names_place, names_role, names_pay)
    kinds = {about for segment in segments for about in told if about(segment)}
    return len(kinds) >= 2 and bool(kinds & {workplaces, terms, names_place})


def _of_segments(segments: list[str], below: list[str]) -> Header:
    company, rest = _company(segments)
    named = [each for each in rest if _is_role(each)]
    titles = [title for each in named if not says_that_there_are_several(each) for title in roles.titles(each)]
    titles = list(filter(roles.has_noun, titles)) or titles  # "Lead Engineer | … | Engineering" is one job
    asides = [aside for each in segments if each not in rest or each in named for aside in bracketed(each)]
    places = [each for each in rest if each not in named and not names_pay(each) and names_place(without_links(each))]
    places += [aside for aside in asides if names_place(aside)]
    spoken = [each for each in rest if each not in named] + asides
    if not any(map(workplaces, spoken)):
        spoken += named
    return Header(
        line=" | ".join(filter(None, segments)),
        company=company,
        roles=tuple(dict.fromkeys(titles or roles.listed_below(below))),
        place=_joined(map(without_links, places)),
        workplaces=tuple(token for token in WORKPLACES if any(token in workplaces(each) for each in spoken)),
        terms=tuple(token for token in TERMS if any(token in terms(each) for each in rest)),
        # pay beside each of several jobs is none of all of them
        pay=_joined(without_links(each) for each in rest if names_pay(each) and (len(titles) < 2 or each not in named)),
    )


def _company(segments: list[str]) -> tuple[str | None, list[str]]:
    """The employer, and the segments that are left."""
    first, *others = segments
    name = without_links(_ASIDE.sub(" ", first))
    if not first or (re.search(r"[,/;]", name) and names_place(name)):
        return None, [each for each in segments if each]
    if _is_role(first) and roles.ends_with_noun(first) and all(map(_is_taken, others)):
        return None, segments
    second_is_free = bool(others) and not _is_taken(others[0]) and not _is_role(others[0])
    if second_is_free and (_is_role(first) or not without_links(first)):
        return _company_name(others[0]), [first, *others[1:]]
    return _company_name(first), others


def _company_name(segment: str) -> str | None:
    """The name alone; of a segment that is nothing but an address, the address."""
    hiring = openings.IS_HIRING.match(segment)
    words = _ASIDE.sub(" ", without_links(hiring["company"] if hiring else segment))
    words = re.sub(r"\s+", " ", words).strip(" ,;:-–—/*\"'“”.") or _ASIDE.sub(" ", segment).strip(" ,;:-–—/*<>()")
    return words if words and len(words) <= _LONGEST_COMPANY and not openings.NEVER_A_NAME.match(words) else None


def _is_role(segment: str) -> bool:
    """A job, and not mainly a place ("Remote, New York Lead") or the employment alone ("Internship")."""
    words = without_links(segment)
    return names_role(segment) and not roles.is_terms_only(words) and (roles.has_noun(words) or not names_place(words))


def _is_taken(segment: str) -> bool:
    """Whether the segment is about something else than a company or a job."""
    words = without_links(segment)
    return not words or bool(workplaces(words) or terms(words)) or names_pay(words) or names_place(words)


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, values))) or None
