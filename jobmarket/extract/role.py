"""Determine the role family: the kind of work, from the title and, where the title leaves it open, from the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from jobmarket.extract import anchors, role_evidence
from jobmarket.extract.document import Document
from jobmarket.extract.forum_post import (
    FORUM_POST,
    is_forum_line,
    names_several_roles,
    role_titles,
    roles_in_column,
    roles_in_forum_text,
)
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.inclusive import in_masculine
from jobmarket.extract.passages import opening, topics
from jobmarket.extract.role_research import is_of_another_science
from jobmarket.extract.role_title import family_of_title, head_of, names_a_trade
from jobmarket.extract.role_untold import family_of_duties
from jobmarket.extract.role_words import STACK
from jobmarket.extract.translated_titles import in_english

_APPLIED_RESEARCH = re.compile(
    r"applied ai research|(?:ml|ai|machine learning) scientist (?:&|and|/) (?:\w+ )?engineer"
)
_STACK = re.compile(STACK)
# Reliability of AI systems is the work of site reliability engineers.
_RELIABILITY = re.compile(r"\b(?:site|ai|ml) reliability\b")
# "Senior Backend Engineer, AI Team": the trade comes first, the team's subject after it.
_STACK_FIRST = re.compile(
    r"(?:senior |sr\.? |staff |lead |principal |founding |junior )*(?:site[- ]reliability|sre|back-?[ ]?end|front-?[ "
    r"]?end|"
    r"full-?[ ]?stack|mobile|ios|android|devops|qa|me[ar]n(?: |-)?stack)(?: software)? (?:engineer|"
    r"developer)\b(?! with)"
)
# "Lead Java and Agentic AI Engineer", "Staff Engineer DevOps, Agentic AI"
_STACK_BESIDE = re.compile(r"\b(?:java|c\+\+|ui|ux|devops)\b[\w +/&-]{0,24}\bengineer|\bengineer,? (?:devops|ui|ux)\b")
# In pre-sales this is a consultant, in a delivery team an engineer who builds with AI.
_AI_SOLUTIONS = re.compile(r"\bai\b.*\bsolutions? (?:engineer|developer|architect)\b")
_PRE_SALES = re.compile(r"\bpre-?sales|\bsales (?:team|cycle|engineer|process)|\baccount executive|\bprospects?\b")
_STACK_OF_AI = re.compile(r"full-?[ ]?stack (?:gen)?[- ]?ai (?:engineer|developer)|(?<!/)\bai full-?[ ]?stack")
# How many distinct words of a group the text must have (:func:`jobmarket.extract.passages.topics`).
_MUCH_AI, _SOME_AI = 6, 4
_MUCH_TRAINING, _SOME_TRAINING = 5, 4
_MUCH_PLATFORM = 6
# They build with what the employer sells: with AI if the text says much about it.
_FORWARD_DEPLOYED = re.compile(r"forward[- ]deployed|deployment engineer|\bfde\b")
# Topics from which a "data scientist" works on language models and agents, if they are twice those of training.
_ALL_AI = 8
# A "Director of Analytics" who leads data scientists belongs to their family.
_LEADS = re.compile(r"\b(?:head|director|vp|vice president|manager)\b")
_SCIENTISTS_LED = re.compile(r"\b(?:team|leader|lead|manag|mentor|coach|hir)\w*(?: [\w'&,/-]+){0,7} data scientists\b")
# "Member of Technical Staff, Search" names a subject but no trade; laboratories also use the title for researchers.
_STAFF = re.compile(r"\b(?:member of technical staff|mts)\b(?!.*(?:engineer|developer|scientist|designer|\bml[eo]))")
_RESEARCH = re.compile(r"\b(?:research|publi(?:sh|cation)|neurips|icml|iclr|ph\.?d|state-of-the-art|novel|experiment)")
_MUCH_RESEARCH = 4
# An analyst of any kind ("CRM Analyst") analyses data if the text has this many distinct words of that trade.
_ANALYTICS = re.compile(
    r"\bsql\b|dashboard|tableau|looker|power bi|a/b test|\bkpis?\b|data visuali[sz]ation|"
    r"ad[- ]hoc (?:analys|data|report)|reporting|metabase|data[- ]driven|\bpython\b|\bstatistic"
)
_MUCH_ANALYTICS = 6
_AI_AS_TOPIC = re.compile(
    r"software (?:engineer|developer|development)\W{1,4}ai\W*$|"
    r"engineer,? (?:[-–(] ?)?ai engineering|\bai (?:\w+ )?team\b|ai (?:tooling|enablement|developer (?:tools|"
    r"experience|productivity))|"
    r"\+ ?ai\b|-[- ]ai native|\bai [x×] "
)

# "AI Engineer - Reinforcement Learning" trains models, unless the text is mostly about language models.
_FIELD_OF_ML = re.compile(
    r"reinforcement learning|computer vision|deep learning|perception|speech|recommend|ranking|robot learning|forecast"
)
_LANGUAGE_MODELS = re.compile(r"\bllms?\b|\bgen[- ]?ai\b|generative|\bagent")
# "Senior Engineer, Sensor - Cloud & AI Runtime": only the text can show that the work is AI.
_AI_BEHIND = re.compile(r"engineer\b[^|]*[,–—(-][^|]*(?<!gen )(?<!generative )\bai\b(?! (?:engineer|agent))")

# "Senior Software / AI Engineer" is one role.
_EITHER_NAME = frozenset(("software_engineer", "ai_engineer"))
_ONE_OR_THE_OTHER = re.compile(r"^[^,&+;|]* / [^,&+;|]*engineer\b(?!s)[^,&+;|]*$")

# "Help train large language models: compare and rank code snippets": whatever the title, this is judging the answers of
# models rather than building.
_TEACHES = Guarded(
    r"\bhelp (?:us )?(?:train|teach|improve) (?:[\w()-]+ ){0,5}(?:models?|ai|llms?|chatbots?)\b|"
    r"\b(?:help|improve how)(?:ing)? (?:[\w()-]+ ){0,5}(?:models?|llms?) (?:\(llms?\) )?"
    r"(?:to )?(?:write|learn|become|reason|code)\b|"
    r"\bai train(?:er|ing data)s?\b|\bki-trainingsdaten\b|"
    r"\b(?:(?:ki|sprach|ki-sprach)-?modellen?|chatbots) (?:\w+ )?zu (?:trainieren|verbessern)\b|"
    r"\bentraîner (?:[\w'’]+ ){0,4}(?:modèles?|ia|llms?)\b"
)
_JUDGES = re.compile(
    r"\b(?:compar|rank|rat|evaluat|review|grad|assess)\w{0,4} (?:[\w&-]+ ){0,6}"
    r"(?:code snippets|responses|completions|ai[- ]generated|model[- ]generated|chatbot|(?:ai|model) outputs)\b|"
    r"\b(?:évaluer|comparer|classer|noter|réviser) (?:[\w&'’-]+ ){0,4}(?:générée?s? par|réponses d[eu'’])|"
    r"\b(?:bewert|prüf|beurteil)\w* (?:[\w&-]+ ){0,6}(?:ki-generiert\w*|(?:ki|modell)-?antworten|ki-ausgaben)\b"
)
_BUILDERS = frozenset(("ai_engineer", "ml_engineer", "software_engineer"))

# Titles that are used for several kinds of work.
_WEIGHED = frozenset(("ai_engineer", "ml_engineer"))

# Characters: where a posting names its role, and the longest title that is not a sentence.
_OPENING = 600
_SENTENCE = 60
_SEVERAL_ROLES = re.compile(
    r"\b(?:multiple|several|various|\d+\+) (?:\w+ ){0,2}(?:roles|positions|openings|engineers)\b|\ball roles\b"
)
# "Role: Data Engineer" on a line of its own
_NAMED = re.compile(r"^\W*(?:role|position|job title|title|stelle|poste)\s?:\s*(?P<role>[^\n]{3,120})$", re.MULTILINE)


def role_family(document: Document) -> str:
    """Return the posting's role family; ``multiple`` if it advertises several different roles."""
    family = ruled_family(document)
    if family in _BUILDERS and _judges_answers(opening(document, FORUM_POST)):
        return "other"
    if family in role_evidence.FAMILIES:
        title, reading = reading_of(document)
        if title:
            return role_evidence.weighed(title, reading, document, family)
    return family


def _judges_answers(text: str) -> bool:
    return (
        any(word in text for word in ("train", "entraîn", "generated"))
        and _TEACHES.search(text) is not None
        and _JUDGES.search(text) is not None
    )


def reading_of(document: Document) -> tuple[str, str]:
    """Return the lower-case title whose "AI" or "ML" leaves the work open, and the family it suggests.

    Both are empty if the posting has no such title, or if the title also names the trade or field ("Backend Engineer,
    AI Team", "AI Engineer - Speech").
    """
    titles = role_titles(document.title)
    if len(titles) != 1 or (family := family_of_title(titles[0])) not in _WEIGHED:
        return "", ""
    named = _names_trade_beside(titles[0]) or _names_field_beside(titles[0])
    return ("", "") if named else (_told_by(titles[0]), family or "")


def _told_by(title: str) -> str:
    """Return the part of a title that names the work: its head if that says "AI" or "ML" itself, else all of it.

    The team behind it says little: "ML Engineer - Developer Platform", "AI Engineer, Mobile".
    """
    head = head_of(title)
    return head if family_of_title(head) in _WEIGHED else title


def ruled_family(document: Document) -> str:
    """Return the family that the rules derive from title and text, before the evidence is weighed."""
    titles = role_titles(document.title)
    if is_forum_line(document.title):
        family = _of_forum_line(titles)
        if family == "ai_engineer" and len(titles) == 1 and _is_rather_software(titles[0], document):
            family = "software_engineer"
        if family == "ml_researcher" and len(titles) == 1 and is_of_another_science(titles[0], document):
            family = "other"
        return family or _of_forum_text(document)
    family = family_of_title(titles[0]) if titles else None
    if family == "other" and _AI_SOLUTIONS.search(titles[0]) and not _PRE_SALES.search(opening(document, FORUM_POST)):
        return "ai_engineer"
    if family is None:
        if _is_first_line_of_the_text(document):
            return _of_forum_text(document)
        if titles and (of_duties := family_of_duties(titles[0], document)):
            return of_duties
        if titles and names_a_trade(titles[0]):
            return _of_another_trade(titles[0], document)
        # A board's title that names no trade ("Business Operations") is outside the families, whatever its text says
        # about colleagues, unless the text names the role itself.
        return (_of_named_role(document) or "other") if document.title else _of_forum_text(document)
    return _refined(family, titles[0], document)


def _of_another_trade(title: str, document: Document) -> str:
    """Judge a title outside the families that may be an analyst's: "CRM Analyst"."""
    if not title.endswith("analyst"):
        return "other"
    words = set(_ANALYTICS.findall(opening(document, FORUM_POST)))
    return "data_analyst" if len(words) >= _MUCH_ANALYTICS else "other"


def _is_first_line_of_the_text(document: Document) -> bool:
    """Return whether a title is a forum post's first line: "We at Acme are hiring in Austin.", "Acme | Austin"."""
    title = document.title
    is_longer = len(title) > _SENTENCE or title.endswith((".", "!", ":")) or "|" in title
    return is_longer and document.text.startswith(title)


def _of_forum_line(titles: list[str]) -> str | None:
    """Judge the roles in a forum post's first line; None if it names none."""
    parts = [part for title in titles for part in roles_in_column(title)]
    families = {family for part in parts if (family := family_of_title(part)) is not None}
    if len(families) > 1 and len(titles) > 1:
        families.discard("other")
    if families == _EITHER_NAME and len(titles) == 1 and _ONE_OR_THE_OTHER.search(titles[0]):
        return "ai_engineer"
    if len(families) > 1:
        return "multiple"
    if not families:
        return None
    family = families.pop()
    several = names_several_roles(" ".join(titles)) and family not in ("software_engineer", "ml_researcher", "other")
    return "multiple" if several else family


def _refined(family: str, title: str, document: Document) -> str:
    """Consult the text for titles that are used for several kinds of work."""
    refine = _REFINEMENTS.get(family)
    return refine(title, document) if refine else family


def _of_data_scientist(_title: str, document: Document) -> str:
    applying = topics(document, anchors.APPLYING)
    is_all_ai = applying >= _ALL_AI and applying >= 2 * topics(document, anchors.TRAINING)
    return "ai_engineer" if is_all_ai else "data_scientist"


def _of_data_analyst(title: str, document: Document) -> str:
    leads = _LEADS.search(title) is not None and _SCIENTISTS_LED.search(opening(document, FORUM_POST)) is not None
    return "data_scientist" if leads else "data_analyst"


def _of_software_engineer(title: str, document: Document) -> str:
    if _STAFF.search(title):
        words = set(_RESEARCH.findall(opening(document, FORUM_POST)))
        return "ml_researcher" if len(words) >= _MUCH_RESEARCH else "software_engineer"
    is_of_ai = _FORWARD_DEPLOYED.search(title) is not None and topics(document, anchors.APPLYING) >= _MUCH_AI
    return "ai_engineer" if is_of_ai else "software_engineer"


def _of_researcher(title: str, document: Document) -> str:
    if is_of_another_science(title, document):
        return "other"
    if not _APPLIED_RESEARCH.search(title):
        return "ml_researcher"
    # "applied AI research engineer", "scientist & engineer": builders by title
    is_of_ai = topics(document, anchors.APPLYING) >= 2 * max(topics(document, anchors.TRAINING), 1)
    return "ai_engineer" if is_of_ai and "applied ai" in title else "ml_engineer"


def _of_ml_engineer(title: str, document: Document) -> str:
    training, applying = topics(document, anchors.TRAINING), topics(document, anchors.APPLYING)
    if _STACK.search(_told_by(title)) and training < _SOME_TRAINING:
        return "software_engineer"
    if not training and applying >= _SOME_AI:
        return "ai_engineer"
    platform = topics(document, anchors.PLATFORM)
    return "mlops_engineer" if platform >= _MUCH_PLATFORM and platform > 2 * (training + applying) else "ml_engineer"


def _of_ai_engineer(title: str, document: Document) -> str:
    training, applying = topics(document, anchors.TRAINING), topics(document, anchors.APPLYING)
    if training and training + 2 >= applying and _names_field_beside(title):
        return "ml_engineer"
    is_silent = not training and not applying and len(document.text) >= role_evidence.LEAST_TEXT
    if is_silent and _AI_BEHIND.search(title):
        return "software_engineer"
    if training >= _MUCH_TRAINING and training > 2 * applying:
        return "ml_engineer"
    if "applied ai" in title and applying >= _SOME_AI:
        return "ai_engineer"
    if _is_rather_software(title, document):
        return "software_engineer"
    is_of_stack = _STACK.search(_told_by(title)) and not _STACK_OF_AI.search(title)
    return "software_engineer" if is_of_stack and applying < _MUCH_AI else "ai_engineer"


_REFINEMENTS: dict[str, Callable[[str, Document], str]] = {
    "data_scientist": _of_data_scientist,
    "data_analyst": _of_data_analyst,
    "software_engineer": _of_software_engineer,
    "ml_researcher": _of_researcher,
    "ml_engineer": _of_ml_engineer,
    "ai_engineer": _of_ai_engineer,
}


def _names_trade_beside(title: str) -> bool:
    if _RELIABILITY.search(title) or _STACK_BESIDE.search(title):
        return True
    return _STACK_FIRST.match(title) is not None and not _STACK_OF_AI.search(title)


def _names_field_beside(title: str) -> bool:
    return _FIELD_OF_ML.search(title) is not None and not _LANGUAGE_MODELS.search(title)


def _is_rather_software(title: str, document: Document) -> bool:
    """Return whether the title's trade is another and AI is its team's subject, or hardly mentioned in the text."""
    if _names_trade_beside(title):
        return True
    return _AI_AS_TOPIC.search(title) is not None and topics(document, anchors.APPLYING) < _SOME_AI


def _of_named_role(document: Document) -> str | None:
    """Judge a posting by a line "Role: …" in its text; None without one."""
    named = _NAMED.search(opening(document, _OPENING))
    return (family_of_title(in_english(in_masculine(named.group("role")))) or "other") if named else None


def _of_forum_text(document: Document) -> str:
    """Judge a forum post whose first line names no role by the roles in its text.

    A role stands on a short line of its own, or in a sentence after words such as "hiring" or "looking for".
    """
    if _SEVERAL_ROLES.search(document.title.lower()):
        return "multiple"
    if (named := _of_named_role(document)) is not None:
        return named
    families = {
        family for name in roles_in_forum_text(document) if (family := family_of_title(name)) not in (None, "other")
    }
    if len(families) > 1:
        return "multiple"
    return families.pop() or "other" if families else "other"
