"""Read the employer's number of employees where the posting states it."""

from __future__ import annotations

import re

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.passages import answers

# The European Union's size classes with "large" split in two, each with its upper limit of employees.
BANDS = (("micro", 9), ("small", 49), ("medium", 249), ("large", 4_999), ("very_large", None))
# No employer has more people.
_MOST = 3_000_000
# Numbers that are more likely a calendar year.
_YEARS = range(1_990, 2_036)
_ABOUT = (
    r"(?:(?:a|an|the|now|currently|just|only|about|around|approximately|roughly|nearly|almost|over|more than|some|"
    r"well over|of|with|our|total|global|growing|talented|small|close to|plus de|environ|rund|über|"
    r"mehr als|knapp|mit|de|~|>)[ ]?){0,4}"
)
_PEOPLE = (
    r"(?:employees|associates|colleagues|team ?members|team-mates|teammates|people|staff|professionals|experts|"
    r"engineers,|"
    r"mitarbeite\w+|kolleg\w+|collaborateurs|collaboratrices|salariés|employés|personnes)"
)
# The figure of each of three wordings: "we have 200 employees", "a 200-person company", "headcount: 200".
_FIGURES = ("staff", "team", "headcount")


def _figure(group: str) -> str:
    return rf"(?P<{group}>\d{{1,3}}(?:[.,' ]\d{{3}})+|\d+)(?P<{group}_thousands>k)?\s?\+?"


_STATED = re.compile(
    rf"\b(?:we|we're|we are|company|startup|firm|team|group|organi[sz]ation|workforce|headcount|employ(?:s|ing)?|have|"
    rf"has|"
    rf"with|size|family|wir|nous|équipe|unternehmen|sommes|sind)\b[:\s]*{_ABOUT}{_figure('staff')}\s?"
    rf"(?:\w+ ){{0,2}}?{_PEOPLE}\b|"
    rf"\b{_figure('team')}[- ](?:person|people|member) "
    rf"(?:team|company|startup|start-up|organi[sz]ation)|"
    rf"\bheadcount\s?:?\s?[~≈]?\s?{_figure('headcount')}"
)
# A team inside the company, other companies, or the people it serves.
_OTHER = re.compile(
    r"\b(?:customers?|clients?|users?|companies|employers|businesses|organi[sz]ations|enterprises|agencies|firms) "
    r"(?:with|of|from|between)\b|"
    r"\b(?:you(?:'ll| will)? (?:lead|manage|join)|leading|manag\w+|lead|mentor|supervis\w+|report\w*|squad|"
    r"engineering team|data team|"
    r"product team|sales team|team of (?:\d+ )?(?:engineers|developers|data|designers|scientists))\b|"
    r"\b(?:help\w*|serv\w+|support\w*|trusted by|used by|reach\w*|million|billion|lives|patients|interview\w*|hire\w*|"
    r"recruit\w*|"
    r"impact\w*|experience (?:in|with|at|working)|office has|discord|waitlist|vetted|network of|startup that|meet "
    r"your team|"
    r"environment with|eclectic|culture changes)\b|\bover the (?:past|last|next)\b|\b(?:years|months|"
    r"hours)\b[^.\n]{0,12}$"
)


def company_employees(document: Document) -> int | None:
    """Return how many people the employer says it has, the largest if it gives several; None if it gives none."""
    return max((number for _, number in answers(document, anchors.SIZE, _of_sentence, reach=110)), default=None)


def company_size(employees: int | None) -> str:
    """Return the size class of a number of employees; ``unspecified`` for None."""
    if employees is None:
        return "unspecified"
    return next(band for band, most in BANDS if most is None or employees <= most)


def _of_sentence(sentence: str) -> int | None:
    numbers = []
    for match in _STATED.finditer(sentence):
        around = sentence[max(0, match.start() - 48) : match.end() + 24]
        if _OTHER.search(around):
            continue
        group = next(group for group in _FIGURES if match[group])
        number = int(re.sub(r"\D", "", match[group])) * (1_000 if match[f"{group}_thousands"] else 1)
        if 2 <= number <= _MOST and number not in _YEARS:
            numbers.append(number)
    return max(numbers, default=None)
