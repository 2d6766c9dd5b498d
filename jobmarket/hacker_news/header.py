"""Parse the header of a "Who is hiring?" comment: ``Company | Role | Place | REMOTE | Full-time | $150k-200k | url``.

The thread asks for this order, but posters rarely follow it, so each segment is classified by its words. The first
segment is the company, unless it names a job and the second one does not. A separator other than the bar counts if the
line then reads like a header. A few comments label their lines ("Company: …", "Location: …") or open with a sentence
("Acme is hiring a …").

The module is pure: text in, :class:`Header` out. Its only reference data is the extractor's gazetteer of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jobmarket.hacker_news import openings, roles
from jobmarket.hacker_news.comment import paragraphs
from jobmarket.hacker_news.segments import (
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
# A segment longer than this may run into prose.
_MAY_BE_PROSE = 70
# A line with a segment longer than this is not a header.
_LONGEST_SEGMENT = 140
_LONGEST_LINE = 300
_LONGEST_COMPANY = 80
_LINES_LOOKED_AT = 3
_LABELS_LOOKED_FOR = 12


@dataclass(frozen=True)
class Header:
    """The fields of a comment's header, in the poster's words. A field that the header does not state is None or empty.

    Attributes:
        line: The header on one line, or the first line of a comment without a header.
        company: The employer's name, without its web address and funding round.
        roles: The jobs, in order. If the header names none, they come from the lines below it.
        place: The segments that name a place, joined by ``; ``.
        workplaces: Those of ``REMOTE``, ``HYBRID`` and ``ONSITE`` that are named.
        terms: Those of ``Full-time``, ``Part-time``, ``Contract`` and ``Internship`` that are named.
        pay: The segments that state pay, joined by ``; ``.
        no_offer_because: Why the comment offers no work; None if it does. ``seeks_work``: it is by somebody who seeks
            a job. ``short``: it is a short line without a link or a mail address, as questions and replies are.
            ``no_offer``: it is a text that does not mention both a job and hiring.
    """

    line: str
    company: str | None = None
    roles: tuple[str, ...] = ()
    place: str | None = None
    workplaces: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    pay: str | None = None
    no_offer_because: str | None = None


def read_header(comment: str) -> Header | None:
    """Parse the header of a comment.

    Args:
        comment: The comment's HTML.

    Returns:
        The header, or None if the comment has no text.
    """
    lines = [line for paragraph in paragraphs(comment) for line in paragraph]
    if not lines:
        return None
    if openings.seeks_work(lines):
        return Header(line=lines[0], no_offer_because="seeks_work")
    if header := _labelled(lines) or _barred(lines):
        return header
    if header := _in_other_shape(lines):
        is_offer = len("".join(lines)) >= openings.SHORTEST_OFFER or bool(re.search(r"href=|@", comment))
        return header if is_offer else replace(header, no_offer_because="short")
    return _prose(lines)


def _labelled(lines: list[str]) -> Header | None:
    """Read a header written as labelled lines: ``Company: …``, ``Role: …``."""
    values: dict[str, str] = {}
    for label in filter(None, map(openings.LABEL.match, lines[:_LABELS_LOOKED_FOR])):
        values.setdefault(label["label"].lower(), label["value"].strip())
    if len(values) < 2:
        return None
    company = next((values.pop(name) for name in openings.COMPANY_LABELS if name in values), "")
    if values.get("remote", "").lower().startswith("yes"):
        values["remote"] = "REMOTE"
    return _of_segments([*(_segments(_BARS, company) or [""]), *values.values()], lines[1:])


def _barred(lines: list[str]) -> Header | None:
    """Read a header separated by bars from the first few lines. The line above it may be the job's title."""
    for number, line in enumerate(lines[:_LINES_LOOKED_AT]):
        following = lines[number + 1 : number + 2] if line.endswith("|") else []
        segments = _segments(_BARS, " ".join([line, *following]))
        if len(segments) < 2 or (number and not _is_header(segments)):
            continue
        above = [each for each in lines[number - 1 : number] if len(each) <= _LONGEST_COMPANY]
        return _of_segments([*above, *segments], lines[number + 1 :])
    return None


def _in_other_shape(lines: list[str]) -> Header | None:
    """Read a header separated by dashes, dots, slashes or commas, or a first sentence that names the employer."""
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
    """Read a comment without a header: decide whether it offers work, and take the name that opens its first line."""
    if not openings.offers_work("\n".join(lines)):
        return Header(line=lines[0], no_offer_because="no_offer")
    return Header(
        line=lines[0],
        company=openings.name_at_start(lines[0]),
        roles=tuple(dict.fromkeys(roles.listed_below(lines[1:]))),
    )


def _segments(separator: re.Pattern[str], line: str) -> list[str]:
    """Split the line into segments. A long segment ends where prose begins."""
    pieces = filter(None, (piece.strip() for piece in separator.split(line)))
    return [_PROSE.split(piece, maxsplit=1)[0].strip() if len(piece) > _MAY_BE_PROSE else piece for piece in pieces]


def _is_header(segments: list[str]) -> bool:
    """Whether the segments are short and cover two topics of a header, at least one of them other than job and pay."""
    if max(map(len, segments)) > _LONGEST_SEGMENT:
        return False
    topics = (workplaces, terms, names_place, names_role, names_pay)
    kinds = {is_about for segment in segments for is_about in topics if is_about(segment)}
    return len(kinds) >= 2 and bool(kinds & {workplaces, terms, names_place})


def _of_segments(segments: list[str], below: list[str]) -> Header:
    company, rest = _company(segments)
    named = [each for each in rest if _is_role(each)]
    titles = [title for each in named if not says_that_there_are_several(each) for title in roles.titles(each)]
    titles = list(filter(roles.has_noun, titles)) or titles  # "Lead Engineer | … | Engineering" is one job
    asides = [aside for each in segments if each not in rest or each in named for aside in bracketed(each)]
    places = [each for each in rest if each not in named and not names_pay(each) and names_place(without_links(each))]
    places += [aside for aside in asides if names_place(aside)]
    on_workplace = [each for each in rest if each not in named] + asides
    if not any(map(workplaces, on_workplace)):
        on_workplace += named
    return Header(
        line=" | ".join(filter(None, segments)),
        company=company,
        roles=tuple(dict.fromkeys(titles or roles.listed_below(below))),
        place=_joined(map(without_links, places)),
        workplaces=tuple(token for token in WORKPLACES if any(token in workplaces(each) for each in on_workplace)),
        terms=tuple(token for token in TERMS if any(token in terms(each) for each in rest)),
        # If several jobs each state their own pay, no amount applies to all of them.
        pay=_joined(without_links(each) for each in rest if names_pay(each) and (len(titles) < 2 or each not in named)),
    )


def _company(segments: list[str]) -> tuple[str | None, list[str]]:
    """Return the employer and the remaining segments."""
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
    """Return the name in the segment, or the address if the segment contains nothing else."""
    hiring = openings.IS_HIRING.match(segment)
    words = _ASIDE.sub(" ", without_links(hiring["company"] if hiring else segment))
    words = re.sub(r"\s+", " ", words).strip(" ,;:-–—/*\"'“”.") or _ASIDE.sub(" ", segment).strip(" ,;:-–—/*<>()")
    return words if words and len(words) <= _LONGEST_COMPANY and not openings.NEVER_A_NAME.match(words) else None


def _is_role(segment: str) -> bool:
    """Whether the segment names a job, rather than mainly a place ("Remote, New York Lead") or terms ("Internship")."""
    words = without_links(segment)
    return names_role(segment) and not roles.is_terms_only(words) and (roles.has_noun(words) or not names_place(words))


def _is_taken(segment: str) -> bool:
    """Whether the segment is about something other than a company or a job."""
    words = without_links(segment)
    return not words or bool(workplaces(words) or terms(words)) or names_pay(words) or names_place(words)


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, values))) or None
