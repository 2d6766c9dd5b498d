"""Classify one segment of a header line: a link, pay, a workplace, terms, a place or a role.

A segment may have several topics ("NYC or Remote (US)", "Junior SWE ($250k + equity)"). The functions here look at one
segment alone; :mod:`jobmarket.hacker_news.header` takes its neighbours into account. Parsing a header classifies the
same words several times, and headers share many words, so the results are cached.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.place_field import read_items

_TOP_LEVEL = (
    "com|io|ai|co|dev|org|net|app|tech|gg|eu|de|uk|us|fr|ch|nl|ca|au|in|so|xyz|careers|jobs|health|fm|me|vc|edu|gov|"
    "cloud|works|build|run|studio|team|sh|inc|it|is|to|ly|energy|bio|space|finance|network|land|world"
)
_WEB = re.compile(
    rf"<?(?:https?://|www\.)[^\s<>|]+>?|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})(?:/[^\s|)]*)?(?![\w.@])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_PAY = re.compile(
    r"[$€£¥₹]\s?\d|\b(?:USD|EUR|GBP|CAD|AUD|CHF|SGD|INR|PLN|SEK)\s?\$?\d|\d\s?(?:USD|EUR|GBP|CAD|AUD|CHF|SGD|"
    r"PLN|SEK)\b|"
    r"\d[€£]|\b\d{2,3}\s?k\b|\b(?:salary|compensation|comp|OTE)\b\s*:?\s*(?:\W|\d|competitive|top|doe)",
    re.IGNORECASE,
)
WORKPLACES = {
    "REMOTE": re.compile(
        r"\bremote(?:ly)?\b|\bwfh\b|\bwork from (?:home|anywhere)\b|\bdistributed\b|\banywhere\b|\bworldwide\b",
        re.IGNORECASE,
    ),
    "HYBRID": re.compile(r"\bhybrid\b", re.IGNORECASE),
    "ONSITE": re.compile(r"\bon-?\s?sites?\b|\bin[- ](?:person|office|the office)\b", re.IGNORECASE),
}
_NOT_REMOTE = re.compile(r"\b(?:no|not|non)[- ](?:fully |full )?remote\b|\bremote:?\s?(?:no|not)\b", re.IGNORECASE)
TERMS = {
    "Full-time": re.compile(r"\bfull[- ]?time\b|\bFTE?\b|\bpermanent\b", re.IGNORECASE),
    "Part-time": re.compile(r"\bpart[- ]?time\b", re.IGNORECASE),
    "Contract": re.compile(r"\bcontract(?:ors?|s|ing)?\b|\bfreelance(?:rs?)?\b|\b1099\b|\bB2B\b", re.IGNORECASE),
    "Internship": re.compile(r"\binterns?\b|\binternships?\b", re.IGNORECASE),
}
ROLE = re.compile(
    r"\b(?:engineers?|engs?|developers?|devs?|scientists?|designers?|managers?|leads?|architects?|analysts?|"
    r"researchers?|"
    r"programmers?|administrators?|specialists?|consultants?|strategists?|writers?|advocates?|operators?|recruiters?|"
    r"marketers?|directors?|technicians?|associates?|coordinators?|executives?|representatives?|reps?|interns?|"
    r"internships?|fellows?|professors?|lecturers?|post-?docs?|accountants?|editors?|producers?|artists?|heads? of|"
    r"head|vps?|ctos?|ceo|coo|cfo|cpo|cmo|swes?|sres?|sdes?|sdets?|devops|mlops|devsecops|pms?|gtm|sys-?admins?|"
    r"founders?|co-?founders?|tutors?|teachers?|faculty|officers?|generalists?|"
    r"members? of (?:the )?technical staff|mts|"
    r"qa|hackers?|builders?|experts?|evangelists?|devrel|chief of staff|assistants?|linguists?|mathematicians?|"
    r"physicists?|chemists?|biologists?|economists?|statisticians?|quants?|traders?|technologists?|full-?\s?stack|"
    r"front-?\s?end|back-?\s?end|fullstack|contributors?|trainers?|attorneys?|counsel|engineering managers?|"
    r"ems?|sdrs?|bdrs?|aes?|fdes?|tpms?)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:engineering|development|product|research|design|operations|ops|sales|marketing|support|data science|"
    r"machine learning|software|infrastructure|security|growth|customer success|business development|finance|"
    r"legal)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"\b(?:multiple|various|several|many|different|all|open|numerous|lots of)\b[^|]*\b(?:roles?|positions?|"
    r"openings?|jobs)\b|"
    r"^(?:multiple|various|several|many)$|^(?:roles?|positions?|openings?|jobs)\b|\bsee below\b|\(multiple\)",
    re.IGNORECASE,
)
_NOT_A_ROLE = re.compile(
    r"\bvisas?\b|\brelocation\b|\bsponsor|\bseries [a-g]\b|\bseed\b|\bfunded\b|\bequity only\b|\bYC [SWFX]\d\d\b|"
    r"\bbenefits\b|\bstage\b|\bstartup\b|\bhours?\b|\bweeks?\b",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\b(?:we|we['’]re|our|you|you['’]ll|i['’]m|are|is)\b", re.IGNORECASE)
_LONGEST_ROLE = 260
_LONGEST_PLACE = 140
_SHORT_PLACES = frozenset(("US", "USA", "UK", "EU", "NYC", "NY", "SF", "LA", "DC", "UAE", "CA", "SEA", "ATX"))
_SMALL_TALK = re.compile(
    r"\b(?:remote(?:ly)?|hybrid|on-?\s?site|in[- ](?:person|office|the office)|only|or|and|possible|preferred|"
    r"optional|ok|okay|friendly|first|"
    r"full[- ]?time|part[- ]?time|based|within|timezones?|time zones?|tz|hq|headquarters?|offices?|area|bay|"
    r"city|metro|"
    r"downtown|flexible|anywhere|worldwide|global(?:ly)?|distributed|from|near|around|the|with|must be|must|be|"
    r"in|to|of|at|a|days?|per|week|weekly|"
    r"mostly|fully|strongly|also|not|no|too|locations?|location|candidates?|some|overlap|hours|"
    r"\d+(?:\s?[-–]\s?\d+)?x?|utc|gmt|cet|est|pst|et|pt|eastern|pacific|central|coast|core|working|live|"
    r"residents?|citizens?|authorized|travel|relocation|visa|sponsorship|available)\b",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[(\[<{]\s*[)\]>}]")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_LETTERS = re.compile(r"[^\W\d_]")
_A_JOB_ALL_THE_SAME = re.compile(r"engineer|developer|scientist|designer|manager", re.IGNORECASE)
# Room for the segments of a few hundred headers, each a few kilobytes at most.
_kept_for_a_while = lru_cache(maxsize=2_048)


@_kept_for_a_while
def without_links(segment: str) -> str:
    """Return the segment without web and mail addresses, and without the brackets around them."""
    has_address = "." in segment or "/" in segment
    words = _WEB.sub(" ", segment) if has_address else segment
    words = _MAIL.sub(" ", words) if "@" in words else words
    return " ".join(_EMPTY_BRACKETS.sub(" ", words).split()).strip(" ,;:-–—|/")


@_kept_for_a_while
def workplaces(segment: str) -> tuple[str, ...]:
    """Return the workplaces that the segment names: ``REMOTE``, ``HYBRID``, ``ONSITE``."""
    text = _NOT_REMOTE.sub(" onsite ", segment)
    return tuple([token for token, words in WORKPLACES.items() if words.search(text)])


@_kept_for_a_while
def terms(segment: str) -> tuple[str, ...]:
    """Return the kinds of employment that the segment names: ``Full-time``, ``Contract`` and so on."""
    return tuple([token for token, words in TERMS.items() if words.search(segment)])


def bracketed(segment: str) -> list[str]:
    """Return the texts in brackets."""
    return [each.strip() for each in _IN_BRACKETS.findall(segment)]


@_kept_for_a_while
def names_pay(segment: str) -> bool:
    """Whether the segment states an amount of money or mentions pay."""
    return bool(_PAY.search(segment))


@_kept_for_a_while
def names_place(segment: str) -> bool:
    """Whether the segment consists of one or more known places, possibly with a workplace, and little else."""
    if len(segment) > _LONGEST_PLACE or SEVERAL.search(segment):
        return False
    if len(segment) <= 3 and segment.upper() not in _SHORT_PLACES:  # "(AI)" is not Anguilla
        return False
    known, unknown = 0, 0
    for item in read_items(segment):
        letters = len(_LETTERS.findall(_SMALL_TALK.sub(" ", item.text)))
        if item.place is not None:
            known += len(_LETTERS.findall(item.text))
        elif not item.is_remote:
            unknown += letters
    return known > 0 and known >= unknown


@_kept_for_a_while
def names_role(segment: str) -> bool:
    """Whether the segment names a job or announces several."""
    words = without_links(segment)
    if not words or len(words) > _LONGEST_ROLE or _PROSE.search(words):
        return False
    if SEVERAL.search(words):
        return True
    if _NOT_A_ROLE.search(words) and not _A_JOB_ALL_THE_SAME.search(words):
        return False
    return bool(ROLE.search(words) or (_FIELD.search(words) and len(words) <= 60))


def says_that_there_are_several(segment: str) -> bool:
    """Whether the segment announces jobs without naming any: "Multiple roles", "Various positions"."""
    words = without_links(segment)
    return bool(SEVERAL.search(words)) and not ROLE.search(words)
