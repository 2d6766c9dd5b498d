"""Determine the role family that a title names by itself."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.guarded import FirstGuarded, Guarded
from jobmarket.extract.role_words import FAMILIES, FRONT, OTHER_TRADES, SOFTWARE, STACK

_WORDS = re.compile(
    r"engineer|scientist|developer|analyst|researcher|architect|manager|lead\b|swe\b|sre\b|devops|programmer|"
    r"designer|ing[ée]nieur|entwickler|développeu|wissenschaftler|informatiker|chercheu|doctorant|doktorand|"
    r"programmeur|testeur|architekt|wissenschaftliche[rn]? (?:mitarbeit|angestellt|assisten)|freelancer|linguist|"
    r"statistician|biostatistician|econometrician|analyste?|data |director|head of|intern|founder|tutor|fellow|eng\b|"
    r"machine learning|\bml\b|\bai\b|specialist|technician|marketer|recruiter|sales|faculty|"
    r"professor|strategist|writer|"
    r"administrator|consultant|(?<![.\w])devs?\b|member of technical staff|chief technology|programmier|"
    r"\bcto\b|\bceo\b|\bvp\b|\bengineering (?:talent|opportunit)|application\W+engineering"
)


def names_a_trade(title: str) -> bool:
    """Return whether a lower-case title names any trade, inside or outside the families."""
    return _WORDS.search(title) is not None


_FAMILIES = FirstGuarded(FAMILIES)
_OTHER_TRADES = Guarded(OTHER_TRADES)
_SOFTWARE = Guarded(SOFTWARE)
_ENGINEER = re.compile(r"engineer|ing[ée]nieur|developer|entwickler|développeu|programmer|architect|architekt|\bswe\b")
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
    r"(?:software|machine learning|\bml|\bai|data) engineers?\b|data scientist|data analyst\b|engineering manager|"
    r"software develop|(?<!formateur )développeur (?:java|php|python|web|logiciel|full|front|back|mobile|\.net|c\+\+|"
    r"c#)"
)
# The area of the work follows the role: "NLP Engineer - Clinical Data", "Applied Scientist, Content"
_AREA = re.compile(r", | [-–—|] |: | ?\(")
_TECHNICAL_HEAD = re.compile(
    r"\b(?:ml|mlops|ai|nlp|llm|machine learning|deep learning|computer vision|speech|perception|data|software|applied|"
    r"research|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|platform|infrastructure|analytics|inference|test|qa|"
    r"security|"
    r"devops|cloud|mobile|ios|android|python|java|golang|rust|systems)\b.*\b(?:engineer|scientist|developer|"
    r"researcher)|"
    r"\b(?:data|marketing) analyst|\banalytics (?:manager|lead)\b|^tech(?:nical)? lead|\bdirector of engineering$"
)
# "Systems Engineer, Payload Integration": engineers of systems build machines as well as software.
_SYSTEMS = re.compile(r"\bsystems? engineer")
_MACHINES = re.compile(
    r"satellite|spacecraft|payload|propulsion|avionic|thermal|flight dynamics|\brf\b|mechanical|electrical|"
    r"power electronics|optical|antenna"
)
# "Technical Lead - Facilities", "Technical Lead, Hardware": other technical leads are taken for software's.
_TECHNICAL_LEAD = re.compile(r"\btech(?:nical)? lead")
_NO_SOFTWARE = re.compile(
    rf"{_MACHINES.pattern}|facilit|hardware|civil\b|structural|construction|manufactur|\bmin(?:e|ing)\b|hvac|piping|"
    r"chemical|geotech|metallurg|\basic\b|fpga|vlsi|silicon|\bpcb\b|semiconductor|mechatronic|packaging|environmental|"
    r"drill|petroleum|nuclear|\bbuildings?\b|laborator|\bwater\b|utilities"
)
_SOFTWARE_BESIDE = re.compile(
    r"software|firmware|embedded|cloud|platform|\bdata\b|\bml\b|\bai\b|machine learning|back-?[ ]?end|front-?[ ]?end|"
    r"full-?[ ]?stack|devops|infrastructure|developer|\bapps?\b|\bapi"
)

# Families that stay the same in any area.
_DATA = frozenset(("data_scientist", "data_engineer", "data_analyst"))
# Family of the whole title and family of its head, where the area after the head changes nothing.
_AREA_OF_AN_ENGINEER = frozenset(
    (("ai_engineer", "ml_engineer"), ("ml_researcher", "ml_engineer"), ("ml_researcher", "ai_engineer"))
)

# German compounds: "Computer-Vision-Ingenieur", "Data-Science-Manager"
_COMPOUND = re.compile(
    r"(?<=\w)-(?=(?:\w+-)*(?:engineer|ingenieur|entwickler|developer|scientist|analyst|architekt|manager|expert|"
    r"consultant|berater|spezialist|administrator))"
)
_GERMAN_AI = re.compile(r"\bkünstliche[rn]? intelligenz\b")
# Research and development includes building.
_RESEARCH_AND_DEVELOPMENT = re.compile(r"\bresearch (?:&|and) development\b")
# Titles that are about analysis in themselves: "BI Developer".
_ANALYTICS_TRADE = re.compile(
    r"business intelligence|bi\b|décisionnel|analytics developer|data analyst|tableau|looker|qlik|visuali[sz]ation"
)
# "Engineering Manager, Analytics"; a platform or product of that name is built by engineers.
_MANAGER_OF_ANALYSTS = re.compile(
    r"engineering manager(?=\W+(?:of )?(?:(?:data|business|marketing|growth)(?: & | and | ))?analytics\W*$)"
)
# "Site Reliability Engineer - AI Research": engineers whose work is the same in any team.
_FRONT = re.compile(FRONT)
_STACK = re.compile(STACK)
_AREAS_OF_A_STACK = frozenset(("ml_researcher", "data_scientist"))
# "Technical Deployment, Applied AI": the team, behind what the person does. A rank or a grade names no trade.
_BEFORE_TEAM = re.compile(
    r"^(?!(?:(?:senior|sr\.?|staff|global|group|regional|technical|engineering) )*"
    r"(?:manager|head|director|lead|vp|intern|fellow|specialist)?,)[^,|(]+(?=, applied ai\W*$)"
)
# Titles about AI that name a trade without being an engineer's.
_AI_TRADE = re.compile(
    r"lead|intern|builder|specialist|expert|applied ai|prompt|automation|llm|"
    r"head|director|vp|vice president|leiter|responsable|chief|architecte|praktik|werkstud|\w{4}arbeit\b"
)


def head_of(title: str) -> str:
    """Return the first part of a lower-case title that names a trade: "ml engineer" of "ml engineer - mobile"."""
    return next((part for part in _AREA.split(title) if names_a_trade(part)), title)


@lru_cache(maxsize=4096)
def family_of_title(title: str) -> str | None:
    """Return the family of one lower-case role title; ``other`` for other trades, None if it names no trade."""
    title = _normalised(title)
    if _is_another_trade(title):
        return "other"
    family = _family_of_words(title)
    if family == "ai_engineer" and not (_ENGINEER.search(title) or _AI_TRADE.search(title)):
        return "other"
    if family == "ai_engineer" and (work := _BEFORE_TEAM.match(title)) and family_of_title(work[0]) in (None, "other"):
        return "other"
    if family == "data_analyst" and _is_an_engineers(title):
        return "software_engineer"
    if family is None and _SOFTWARE.search(title):
        return "software_engineer"
    return family


def _normalised(title: str) -> str:
    """Return a title with German compounds split, and without AI in names or as a way of working."""
    title = title.replace("artificial intelligence", "ai").replace("_", " ")
    if "intelligenz" in title:
        title = _GERMAN_AI.sub("ki", title)
    if "development" in title:
        title = _RESEARCH_AND_DEVELOPMENT.sub("r&d", title)
    if "-" in title:
        title = _COMPOUND.sub(" ", title)
    return _NAME_WITH_AI.sub(" ", _AI_AS_STYLE.sub(" ", title)) if "ai" in title else title


def _is_another_trade(title: str) -> bool:
    """Return whether a title's trade is outside the families, however technical the area it works in."""
    if _SURELY_TECHNICAL.search(title):
        return False
    if _TECHNICAL_LEAD.search(title) and _NO_SOFTWARE.search(title) and not _SOFTWARE_BESIDE.search(title):
        return True
    if not _OTHER_TRADES.search(title):
        return False
    head = head_of(title)
    if _SYSTEMS.search(head) and _MACHINES.search(title):
        return True
    return _OTHER_TRADES.search(head) is not None or not _TECHNICAL_HEAD.search(head)


def _is_an_engineers(title: str) -> bool:
    """Return whether a title about analytics is an engineer's: "Backend Engineer (Analytics)".

    Neither the manager of a team of analysts nor an analyst in a team of engineers is one.
    """
    head = head_of(title)
    named = _MANAGER_OF_ANALYSTS.sub(" ", head if _FAMILIES.first(head) == "data_analyst" else title)
    return _ENGINEER.search(named) is not None and not _ANALYTICS_TRADE.search(title)


def _family_of_words(title: str) -> str | None:
    family = _FAMILIES.first(title)
    if family is None:
        return None
    head = head_of(title)
    if family in _AREAS_OF_A_STACK and _STACK.search(head) and _FAMILIES.first(head) in (None, "software_engineer"):
        return "software_engineer"
    if family == "mlops_engineer" and _FRONT.search(head) and not _FAMILIES.first(head):
        return "software_engineer"
    of_head = _FAMILIES.first(head)
    # "Data Engineer, ML Platform", "ML Engineer - LLM fine-tuning", "ML Engineer, Applied Science"
    return of_head if of_head in _DATA or (family, of_head) in _AREA_OF_AN_ENGINEER else family
