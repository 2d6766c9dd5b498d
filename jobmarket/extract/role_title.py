"""Determine the role family of a title alone, and find the titles in a forum post's first line."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.guarded import FirstGuarded, Guarded
from jobmarket.extract.role_words import FAMILIES, OTHER_TRADES, SOFTWARE

_WORDS = re.compile(
    r"engineer|scientist|developer|analyst|researcher|architect|manager|lead\b|swe\b|sre\b|devops|programmer|"
    r"designer|ing[ée]nieur|entwickler|développeu|wissenschaftler|informatiker|chercheu|doctorant|doktorand|architekt|"
    r"statistician|biostatistician|econometrician|analyste?|data |director|head of|intern|founder|tutor|fellow|eng\b|"
    r"machine learning|\bml\b|\bai\b|specialist|technician|marketer|recruiter|sales|faculty|"
    r"professor|strategist|writer|"
    r"administrator|consultant|(?<![.\w])devs?\b|member of technical staff|chief technology|programmier|"
    r"\bcto\b|\bceo\b|\bvp\b"
)
_NOT_A_ROLE = re.compile(
    r"https?:|www\.|full[- ]?time|part[- ]?time|\bremote\b|\bonsite\b|\bon-site\b|\bhybrid\b|[$€£]\s?\d|\bvisa\b|"
    r"citizenship"
)
_ROLE_NOUN = re.compile(
    r"(?:engineer|scientist|developer|analyst|researcher|manager|designer|marketer|swe|lead|architect)s\b|'s\b"
)

# A column with one of these is a role even with a company's name or pay in it.
_SURE_TRADE = re.compile(r"engineer|scientist|developer|analyst|\b(?:swe|sre)\b|member of technical staff")

# Characters. No board's title is longer; a forum post without columns starts with its first paragraph.
_LONGEST_TITLE = 180


def names_a_trade(title: str) -> bool:
    """Return whether a lower-case title names any trade, inside or outside the families."""
    return _WORDS.search(title) is not None


def names_several_roles(titles: str) -> bool:
    """Return whether lower-case titles are in the plural: "ML engineers", "SWE's"."""
    return _ROLE_NOUN.search(titles) is not None


def is_forum_line(title: str) -> bool:
    """Return whether a title is a forum post's first line, with columns for company, roles, place and terms."""
    return title.count("|") >= 2 or "\n" in title or len(title) > _LONGEST_TITLE


def role_titles(title: str) -> list[str]:
    """Return the role titles inside a title, in lower case.

    A board's title is one role. A forum post's first line (``Company | Role | Place | …``) is split at its bars, and
    only columns that look like a role are kept; the result is empty if it names none.
    """
    lowered = title.lower()
    if not is_forum_line(title):
        return [lowered]
    columns = [column.strip() for column in re.split(r"[|\n]", lowered)]
    return [
        column
        for place, column in enumerate(columns)
        if _WORDS.search(column)
        and len(column) <= 200
        and not (place == 0 and len(columns) > 2 and not _SURE_TRADE.search(column))
        and not (_NOT_A_ROLE.search(column) and not _SURE_TRADE.search(column))
    ]


_RULES = FirstGuarded(FAMILIES)
_OTHER_FIRST = Guarded(OTHER_TRADES)
_SOFTWARE = Guarded(SOFTWARE)
_OTHER_ENGINEER = re.compile(r"engineer|ing[ée]nieur|developer|entwickler|développeur|programmer|architect|\bswe\b")
# How the work is done rather than its subject: "AI-first Golang developer"
_AI_AS_STYLE = re.compile(
    r"\bai[- ](?:first|native|augmented|assisted|driven|accelerated|forward(?! deploy)|enabled|capabilities)\b|"
    r"\bwith (?:gen)?ai(?:/ml)?(?: expertise| capabilities| skills)?\b"
)
# An employer's name: "Founding Engineer - Baton AI", "Baton AI - Founding Engineer", "Acme.ai - Engineer"
_NAME_WITH_AI = re.compile(
    r"(?: [-–—] |^)(?!(?:the|gen|predictive|causal|trustworthy|responsible|explainable|applied|ambient|generative|"
    r"conversational|agentic|voice|enterprise|core|physical|embodied|senior|sr|staff|lead|principal|junior|founding|"
    r"edge|clinical|medical|video|data|product|backend|and|&|full-stack|frontend) )"
    r"[a-z0-9]+ ai(?:$| [-–—] (?=.*(?:engineer|developer|scientist)))|"
    r"\b\w+\.ai\b|"
    r"\bfor (?:an? )?ai startup"
)

_SURELY_TECHNICAL = re.compile(
    r"(?:software|machine learning|\bml|\bai|data) engineers?\b|data scientist|engineering manager|software develop"
)


# The area of the work follows the role: "NLP Engineer - Clinical Data", "Applied Scientist, Content"
_AREA = re.compile(r", | [-–—|] | ?\(")
_TECHNICAL_HEAD = re.compile(
    r"\b(?:ml|mlops|ai|nlp|llm|machine learning|deep learning|computer vision|speech|perception|data|software|applied|"
    r"research|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|platform|infrastructure|analytics|inference|test|qa|"
    r"security|"
    r"devops|cloud|mobile|ios|android|python|java|golang|rust|systems)\b.*\b(?:engineer|scientist|developer|"
    r"researcher)|"
    r"\b(?:data|marketing) analyst|\banalytics (?:manager|lead)\b|^tech(?:nical)? lead|\bdirector of engineering$"
)

# Families that stay the same in any area.
_DATA = frozenset(("data_scientist", "data_engineer", "data_analyst"))
_AREA_OF_AN_ENGINEER = frozenset(
    (("ai_engineer", "ml_engineer"), ("ml_researcher", "ml_engineer"), ("ml_researcher", "ai_engineer"))
)

# German compounds: "Computer-Vision-Ingenieur", "Data-Science-Manager"
_COMPOUND = re.compile(
    r"(?<=\w)-(?=(?:\w+-)*(?:engineer|ingenieur|entwickler|developer|scientist|analyst|architekt|manager|expert))"
)


# Research and development includes building.
_RESEARCH_AND_DEVELOPMENT = re.compile(r"\bresearch (?:&|and) development\b")


@lru_cache(maxsize=4096)
def family_of_title(title: str) -> str | None:
    """Return the family of one lower-case role title; ``other`` for other trades, None if it names no trade."""
    title = title.replace("artificial intelligence", "ai")
    if "development" in title:
        title = _RESEARCH_AND_DEVELOPMENT.sub("r&d", title)
    if "-" in title:
        title = _COMPOUND.sub(" ", title)
    if "ai" in title:
        title = _NAME_WITH_AI.sub(" ", _AI_AS_STYLE.sub(" ", title))
    if not _SURELY_TECHNICAL.search(title) and _OTHER_FIRST.search(title):
        parts = _AREA.split(title)
        head = next((part for part in parts if _WORDS.search(part)), title)
        if _OTHER_FIRST.search(head) or not _TECHNICAL_HEAD.search(head):
            return "other"
    family = _RULES.first(title)
    if family is not None:
        of_head = _RULES.first(_AREA.split(title, maxsplit=1)[0])
        if of_head in _DATA or (family, of_head) in _AREA_OF_AN_ENGINEER:
            # "Data Engineer, ML Platform", "ML Engineer - LLM fine-tuning", "ML Engineer, Applied Science"
            family = of_head
    if (
        family == "ai_engineer"
        and not _OTHER_ENGINEER.search(title)
        and not re.search(
            r"lead|intern|builder|specialist|applied ai|prompt|automation|llm|"
            r"head|director|vp|vice president|leiter|responsable|chief|architecte",
            title,
        )
    ):
        return "other"
    if family == "data_analyst" and _OTHER_ENGINEER.search(title) and not _ANALYTICS_TRADE.search(title):
        return "software_engineer"  # "Backend Engineer (Analytics)"
    if family is not None:
        return family
    if _SOFTWARE.search(title):
        return "software_engineer"
    return None


_TRADE = re.compile(
    r"engineer(?!ing)|developer|scientist|researcher|analyst|architect|designer|manager|lead\b|\bswe|\bsre\b"
)
# Titles that are about analysis in themselves: "BI Developer".
_ANALYTICS_TRADE = re.compile(
    r"business intelligence|\bbi\b|analytics developer|data analyst|tableau|looker|visuali[sz]ation"
)
_ONE_HEAD = re.compile(r"^(?:head|director|vp|vice president) (?:of )?[\w ]+(?:&|and) \w+$")


def roles_in_column(title: str) -> list[str]:
    """Split a lower-case column of a forum post's first line into its roles.

    A part that names no trade belongs to the role before it: "Head of AI & engineering" and "senior engineer,
    generative AI" are one role each.
    """
    if _ONE_HEAD.search(title):
        return [title]
    roles: list[str] = []
    for part in re.split(r"(,| \+ | & | and |;|\s/\s)(?![^()]*\))", title)[::2]:
        if roles and part.strip() and not _TRADE.search(part) and _TRADE.search(roles[-1]):
            roles[-1] += "," + part
        elif part.strip():
            roles.append(part)
    return roles
