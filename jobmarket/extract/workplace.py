"""Determine the workplace (remote, hybrid or on site) from the location field, the title and the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jobmarket.extract import anchors
from jobmarket.extract import workplace_words as words
from jobmarket.extract.document import Document
from jobmarket.extract.not_demanded import NOT_DEMANDED
from jobmarket.extract.passages import answers, in_benefits

_MODES = ("remote", "hybrid", "onsite")
# Office days a week. With four, one day at home is left.
_ONSITE_FROM = 4
_DAYS_A_WEEK = 5


def workplace(document: Document) -> str:
    """Return where the work is done; ``remote`` also if remote is one of the modes on offer.

    The location field and the title come first, then the text. There, a number of office days outranks a slogan, and a
    statement about this job outranks one about the company. Four or more days are ``onsite``, but four ``hybrid`` where
    the sentence calls them so.
    """
    location = (document.location or "").lower()
    title = document.title.lower()
    for head in (location, title):
        verdict = _of_head(head, is_location=head is location)
        if verdict == "remote" and head is location:
            return _overruled(document) or verdict  # the field says who may apply, the text how the work is done
        if verdict:
            return verdict
    verdict = _of_text(document)
    if verdict == "unspecified" and words.ONLY_REGIONS.search(location):
        return "remote"  # a job anywhere in "EMEA" or "Americas, Europe" is not tied to an office
    return verdict


def _overruled(document: Document) -> str | None:
    """Return the workplace that the text demands of this very job, whatever the location field says, or None."""
    lines = (line.lowered for _, line in document.spots.get(anchors.WORKPLACE, ()))
    if any(words.THIS_IS_HYBRID.search(words.in_full(line)) for line in lines):
        return "hybrid"
    if any(True for _ in answers(document, anchors.WORKPLACE, words.THE_JOB_IS_REMOTE.search, reach=140)):
        return None
    demanded = [days for _, days in answers(document, anchors.WORKPLACE, _demanded_days, reach=140)]
    return _of_days(max(demanded)) if demanded else None


def _demanded_days(sentence: str) -> int | None:
    """Return the office days a week that a sentence demands in this job; None if it demands none."""
    if words.THIS_IS_NOT_REMOTE.search(sentence):
        return _days(sentence) or _DAYS_A_WEEK
    if words.DEMANDED.search(sentence) and not words.DEMANDED_OTHER.search(sentence):
        return _days(sentence) or None
    return None


@lru_cache(maxsize=4_096)
def _of_head(head: str, *, is_location: bool) -> str | None:
    if not head:
        return None
    if words.PARTLY_REMOTE.search(head):
        return "hybrid"
    if (days := _days(head)) is not None and "remote" in head:
        return _of_days(days)
    head = words.ONE_REMOTE.sub(" ", head)
    remote = bool(words.HEAD_REMOTE.search(head)) and not words.NO_REMOTE.search(head)
    if is_location and words.ANYWHERE.fullmatch(head):
        return "remote"
    if remote:
        return "hybrid" if "hybrid" in head and not words.EITHER.search(head) and "|" not in head else "remote"
    if words.HEAD_HYBRID.search(head) and _has_any(head, ("hybrid", "office", "onsite", "on-site")):
        return "hybrid"
    if words.HEAD_ONSITE.search(head) and (
        not words.MOST_DAYS.search(head) or _has_any(head, ("site", "office", "person"))
    ):
        return "onsite"
    return "onsite" if words.HEAD_NOT_REMOTE.search(head) else None


def _of_text(document: Document) -> str:
    tags = ""
    firm = dict.fromkeys(_MODES, 0)
    loose = dict.fromkeys(_MODES, 0)  # stated among the benefits: "flexible hybrid working"
    days: int | None = None
    for start, (counted, mode, tagged) in answers(document, anchors.WORKPLACE, _of_sentence, reach=140):
        tags += tagged
        if counted is not None:
            days = counted if days is None else max(days, counted)
        if mode is not None:
            (loose if in_benefits(document, start) else firm)[mode] += 1
    if days is not None:
        return _of_days(days)
    return _by_tags(tags) or _by_majority(firm, loose)


def _of_days(days: int) -> str:
    """Return the workplace of a job with so many office days a week."""
    if days == 0:
        return "remote"
    return "onsite" if days >= _ONSITE_FROM else "hybrid"


def _by_tags(tags: str) -> str | None:
    """Return the workplace that the sentences that settle the question give, or None."""
    if words.THIS_IS_REMOTE.search(tags):
        return "remote"  # whatever offices the company has
    if words.THIS_IS_ONSITE.search(tags):
        return "onsite"  # however the company works elsewhere
    if "#li-hybrid" in tags:
        return "hybrid"
    if "#li-remote" in tags:
        return "remote"
    return "onsite" if "#li-onsite" in tags or "#li-on-site" in tags else None


def _by_majority(firm: Mapping[str, int], loose: Mapping[str, int]) -> str:
    """Return the workplace of the most sentences; those in benefits count unless the others only say on site."""
    said = firm
    if firm["remote"] or not firm["onsite"]:
        said = {mode: firm[mode] + loose[mode] for mode in _MODES}
    if said["hybrid"]:
        return "hybrid"
    if said["remote"] and said["remote"] >= said["onsite"]:
        return "remote"
    return "onsite" if said["onsite"] else "unspecified"


def _of_sentence(sentence: str) -> tuple[int | None, str | None, str] | None:
    """Return the result of :func:`_days_or_mode`, and the sentence if it settles the question; None for neither.

    A board's tag settles it, and so does "all positions are remote".
    """
    sentence = words.in_full(sentence)
    counted, mode = _days_or_mode(sentence)
    tagged = sentence + "\n" if _settles(sentence) else ""
    return None if counted is None and mode is None and not tagged else (counted, mode, tagged)


def _settles(sentence: str) -> bool:
    return "#li-" in sentence or bool(words.THIS_IS_REMOTE.search(sentence) or words.THIS_IS_ONSITE.search(sentence))


def _days_or_mode(sentence: str) -> tuple[int | None, str | None]:
    """Return the office days a week that a sentence requires, else the mode of work that it describes."""
    counted = _days(sentence)
    if counted is not None:
        return counted, None
    for mode, (stated, other) in words.STATEMENTS.items():
        if mode == "hybrid" and "hybrid" not in sentence and words.FULLY_REMOTE.search(sentence):
            continue  # "fully remote, with the flexibility to work from home"
        if not stated.search(sentence) or other.search(sentence):
            continue
        if mode != "onsite" or stated.search(_demanded(sentence)):
            return None, mode
    return None, None


def _demanded(sentence: str) -> str:
    """Return a sentence without its words about an office that demand no presence in it."""
    return NOT_DEMANDED.sub(" . ", sentence)


def _has_any(sentence: str, plain_words: tuple[str, ...]) -> bool:
    """Return whether a plain word occurs: a quick test before a long pattern."""
    return any(word in sentence for word in plain_words)


def _days(sentence: str) -> int | None:
    """Return the fewest office days a week that a sentence requires, or leaves beside days at home, or None."""
    if not _has_any(
        sentence, ("day", "tag", "jour", "j/", "j ", "times", "x a ", "x per", "x/", "twice", "once", "mal ", "fois")
    ):
        return None
    at_home: int | None = None
    may_be_at_home = _has_any(sentence, words.HOME_WORDS) and not words.FULLY_REMOTE.search(sentence)
    for pattern in words.HOME_DAYS if may_be_at_home else ():
        for match in pattern.finditer(sentence):
            at_home = _number(match.group("most") or match.group("least"))  # 3 of "two to three days from home"
        sentence = pattern.sub("", sentence)
    if words.NOT_WEEKLY.search(sentence):
        return None
    days = _office_days(sentence)
    if days is not None and days >= _ONSITE_FROM:
        days = _office_days(_demanded(sentence))
    if days is None and at_home is not None:
        days = _DAYS_A_WEEK - at_home
    # "Hybrid, 4 days in the office": the employer's own word decides where one day at home is left.
    return _ONSITE_FROM - 1 if days == _ONSITE_FROM and "hybrid" in sentence else days


def _office_days(sentence: str) -> int | None:
    """Return the fewest days a week in the office that a sentence names, or None."""
    if not words.OFFICE_DAYS.search(sentence):
        return None
    is_of_week = _has_any(sentence, ("week", "woche", "semaine", "wk", "office", "büro", "bureau"))
    if not is_of_week and not words.BARE_OFFICE_DAYS.fullmatch(sentence):
        return None  # days of an offsite or a visit
    match = words.COUNT_DAYS.search(sentence)
    if not match:
        return None
    if match.group("once"):
        return 1
    return 2 if match.group("twice") else _number(match.group("least"))


def _number(word: str) -> int:
    return words.NUMBER_WORDS.get(word) or int(word)
