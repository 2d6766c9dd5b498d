"""Find the role titles in a forum post (Hacker News), in its first line and below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobmarket.extract.document import Document
from jobmarket.extract.inclusive import in_masculine
from jobmarket.extract.passages import opening
from jobmarket.extract.role_title import names_a_trade
from jobmarket.extract.translated_titles import in_english

# Characters. No board's title is longer; a forum post without columns starts with its first paragraph.
_LONGEST_TITLE = 180
# Characters of a forum post that are read, its longest line that can be a role's name, and such a column of its first.
FORUM_POST = 6_000
_ROLE_LINE = 90
_ROLE_COLUMN = 200
_NOT_A_ROLE = re.compile(
    r"https?:|www\.|full[- ]?time|part[- ]?time|\bremote\b|\bonsite\b|\bon-site\b|\bhybrid\b|[$€£]\s?\d|\bvisa\b|"
    r"citizenship"
)
# A web address in a title: its words are the employer's, not the role's.
_ADDRESS = re.compile(r"\bhttps?://\S+|\bwww\.\S+")
_ROLE_NOUN = re.compile(
    r"(?:engineer|scientist|developer|analyst|researcher|manager|designer|marketer|swe|lead|architect)s\b|'s\b"
)
# A column with one of these is a role even with a company's name or pay in it.
_SURE_TRADE = re.compile(r"engineer|scientist|developer|analyst|\b(?:swe|sre)\b|member of technical staff")
# A part of a column with one of these is a role.
_TRADE_OF_ROLE = re.compile(
    r"engineer(?!ing)|developer|scientist|researcher|analyst|architect|designer|manager|lead\b|\bswe|\bsre\b"
)
_ONE_HEAD = re.compile(r"^(?:head|director|vp|vice president) (?:of )?[\w ]+(?:&|and) \w+$")
# A line below the first one with one of these names a role.
_TRADE_IN_LINE = re.compile(
    r"\b(?:engineer|developer|scientist|researcher|programmer|analyst|architect|swe|sre|designer|manager|marketer|"
    r"recruiter|interns?|entwickler|ingénieur)s?\b"
)
# "we are hiring a software engineering intern", "new role open on my team: Staff Engineer – GenAI."
_ROLE_SOUGHT = re.compile(
    r"\b(?:hiring|looking for|seeking|searching for|in need of|(?:role|position|opening)s?(?: open)?(?: on my team)?:|"
    r"join us as)\s+(?:for\s+)?(?:(?:an?|our|the|some|several|talented|strong|exceptional|experienced|great|more|"
    r"another|"
    r"\d+)\s+){0,3}"
    r"(?P<role>[\w/+#.,&' -]{0,70}?\b(?:engineer|developer|scientist|researcher|programmer|analyst|designer|swe|"
    r"marketer|"
    r"engineering intern)s?\b(?: [-–—] [\w/&+]{2,20}(?: [\w/&+]{2,20})?)?)"
)
# "Senior Software Engineer (Python): Build and operate …", "Staff Engineer ($200–250K) — for those who …",
# "ML Engineer, Cloud Platform — Design and scale …"
_ROLE_FIRST = re.compile(
    r"\W*(?!(?:we|our|you|i|as|if|my|the) )"
    r"(?P<role>[\w/+#.& -]{0,50}\b(?:engineer|developer|scientist|researcher|analyst|"
    r"designer)s?(?: \([^)]{1,24}\))?(?:, [\w/& -]{2,24}){0,2}?)(?::| [-–—]) "
)
# "to fill a number of software engineering roles"
_ROLES_OF_A_TRADE = re.compile(
    r"\b(?P<role>(?:software|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|data|ml|machine learning|platform) "
    r"engineering) (?:role|position|opening)s?\b"
)


def is_forum_line(title: str) -> bool:
    """Return whether a title is a forum post's first line, with columns for company, roles, place and terms."""
    return title.count("|") >= 2 or "\n" in title or len(title) > _LONGEST_TITLE


def role_titles(title: str) -> list[str]:
    """Return the role titles inside a title, in lower case.

    French ones are in the masculine, those that :mod:`jobmarket.extract.translated_titles` knows in English.
    A board's title is one role. A forum post's first line (``Company | Role | Place | …``) is split at its bars, and
    only columns that look like a role are kept; the result is empty if it names none.
    """
    lowered = in_english(in_masculine(title.lower()))
    if not is_forum_line(title):
        return [_ADDRESS.sub(" ", lowered)]
    columns = [column.strip() for column in re.split(r"[|\n]", lowered)]
    return [
        column
        for place, column in enumerate(columns)
        if names_a_trade(column)
        and len(column) <= _ROLE_COLUMN
        and not (place == 0 and len(columns) > 2 and not _SURE_TRADE.search(column))
        and not (_NOT_A_ROLE.search(column) and not _SURE_TRADE.search(column))
    ]


def names_several_roles(titles: str) -> bool:
    """Return whether lower-case titles are in the plural: "ML engineers", "SWE's"."""
    return _ROLE_NOUN.search(titles) is not None


def roles_in_column(title: str) -> list[str]:
    """Split a lower-case column of a forum post's first line into its roles.

    A part that names no trade belongs to the role before it: "Head of AI & engineering" and "senior engineer,
    generative AI" are one role each.
    """
    if _ONE_HEAD.search(title):
        return [title]
    roles: list[str] = []
    for part in re.split(r"(,| \+ | & | and |;|\s/\s)(?![^()]*\))", title)[::2]:
        if roles and part.strip() and not _TRADE_OF_ROLE.search(part) and _TRADE_OF_ROLE.search(roles[-1]):
            roles[-1] += "," + part
        elif part.strip():
            roles.append(part)
    return roles


def roles_in_forum_text(document: Document) -> list[str]:
    """Return the roles that a forum post names below its first line, in lower case and text order."""
    names: list[str] = []
    for paragraph in opening(document, FORUM_POST).split("\n"):
        head, *columns = paragraph.split(" http", 1)[0].split("|")
        line = head if columns or _TRADE_IN_LINE.search(head) else paragraph
        if len(line) > _ROLE_LINE:
            names += [match.group("role") for match in _roles_in_sentences(line)]
        else:
            names += [column for column in (line, *columns) if _TRADE_IN_LINE.search(column)]
    return names


def _roles_in_sentences(line: str) -> Iterator[re.Match[str]]:
    if first := _ROLE_FIRST.match(line):
        yield first
    yield from _ROLE_SOUGHT.finditer(line)
    yield from _ROLES_OF_A_TRADE.finditer(line)
