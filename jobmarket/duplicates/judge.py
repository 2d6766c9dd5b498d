"""Decide how two postings are related. The warehouse and ``jobmarket pairs`` both use this judge.

The questions are asked in a fixed order: one employer? one role, level and team? one place? Only then is the wording
compared. How much of it must agree depends on how certain the other answers are: texts of unrelated employers, or of
different openings of one employer, may agree in nine tenths of their wording, and the same opening on a second board in
only two thirds. The content settles everything except time; when the postings were open is considered last, because it
changes with each crawl.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jobmarket.duplicates.advert import Advert
from jobmarket.duplicates.comparison import (
    SIDE_BY_SIDE,
    UNKNOWN_EMPLOYER,
    Case,
    Headers,
    compare_headers,
    compare_texts,
)
from jobmarket.duplicates.employers import Similarity
from jobmarket.duplicates.places import Overlap
from jobmarket.duplicates.spans import are_side_by_side, gap_days, posted_days_apart
from jobmarket.duplicates.texts import Wording
from jobmarket.duplicates.titles import abbreviates, phrases


class Relation(Enum):
    """How the second posting is related to the first."""

    SAME_JOB = "same_job"
    REPOST = "repost"
    TWIN_OPENING = "twin_opening"
    DIFFERENT = "different"


class OneJob(Enum):
    """Under which condition on time two postings are one job."""

    ALWAYS = "always"
    POSTED_APART = "posted_apart"  # as NOT_SIDE_BY_SIDE, or if published at least two weeks apart
    NOT_SIDE_BY_SIDE = "not_side_by_side"  # only if the board did not show both at once
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the content of two postings implies, regardless of when they were open.

    ``text_class`` states how the texts relate: ``full``, ``partial`` or ``semantic``. ``score`` is the shared part of
    the wording, halved for each of employer, role and place that disagrees.
    """

    one_job: OneJob
    is_twin: bool
    is_one_id: bool
    has_one_title: bool
    place: Overlap
    text_class: str
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation; for one job, the text class (``full semantic temporal partial``); the evidence for one job."""

    relation: Relation
    text_class: str | None
    score: float


# Share of the wording that must agree, by how certain employer, role and place are. Measured on labelled real pairs:
# docs/decisions/0007-pairs-by-questions.md.
_ONE_ROLE = 0.62
_ALIKE = 0.66
_OTHER_EMPLOYER = 0.90
_LATER_ON_OWN_BOARD = 0.75
_SIDE_BY_SIDE_ON_OWN_BOARD = 0.96
_WITHOUT_A_PART = 0.99
_LONGER_TITLE = 0.85
_TWIN = 0.75
# Same id: with any title, or with the same title.
_SAME_ID = 0.60
_SAME_ID_AND_TITLE = 0.25
# Posts in forum threads: with any header; with the same header; with headers without roles, or that each have a word
# the other lacks.
_SAME_POST = 0.85
_SAME_HEADER = 0.40
_OTHER_HEADER = 0.80
_FRAGMENT = 0.45
_FULL = 0.92
_CONTAINED = 0.95
# Days between publications from which a second listing is a new act of publishing.
POSTED_APART_DAYS = 14
REPOST_DAYS = 1
REPOST_DAYS_ELSEWHERE = 180


def judge(first: Advert, second: Advert) -> Verdict:
    """Judge two postings; their order does not matter."""
    found = examine(compare_headers(first, second))
    if _is_one_job(found, first, second):
        gap = gap_days(first.span, second.span)
        text_class = "temporal" if found.text_class == "semantic" and gap > 0 else found.text_class
        return Verdict(_when(found, first, second), text_class, found.score)
    return Verdict(Relation.TWIN_OPENING if found.is_twin else Relation.DIFFERENT, None, found.score)


def examine(headers: Headers, *, employer: Similarity | None = None, wording: Wording | None = None) -> Finding:
    """Answer all questions except those about time.

    Args:
        headers: The comparison without texts.
        employer: How certain it is that they have one employer, if already known.
        wording: What their texts share, if already known.
    """
    case = compare_texts(headers, employer, wording)
    one_role = _is_one_role(case)
    shared = case.wording.shared
    doubts = (case.employer is Similarity.OTHER) + (not one_role) + (case.place is Overlap.APART)
    is_elsewhere = case.place is not Overlap.EQUAL or case.is_numbered_apart
    return Finding(
        one_job=_one_job(case, one_role),
        is_twin=case.employer >= Similarity.ALIKE and case.has_one_title and is_elsewhere and shared >= _TWIN,
        is_one_id=case.is_one_id,
        has_one_title=case.has_one_title,
        place=case.place,
        text_class=_text_class(case),
        score=shared * 0.5**doubts,
    )


def _one_job(case: Case, one_role: bool) -> OneJob:
    if case.is_one_id and case.employer >= Similarity.ALIKE:
        return OneJob.ALWAYS if _is_edited(case) else OneJob.NEVER
    if case.are_threads and case.link_to_other_openings:
        return OneJob.NEVER
    if _is_same_post(case):
        return OneJob.ALWAYS
    if not one_role or case.place is Overlap.APART or not _is_one_wording(case):
        return OneJob.NEVER
    if case.are_threads:
        return OneJob.ALWAYS
    if case.has_benefits_of_another_country:
        return OneJob.NEVER
    if case.is_one_board:
        return _if_shown_twice(case)
    return OneJob.NEVER if case.is_remote_and_local or case.states_two_numbers else OneJob.ALWAYS


def _is_one_role(case: Case) -> bool:
    """Whether the titles mean one role, level and team: equal, or one adds a phrase that the other's text contains."""
    if case.is_numbered_apart or (case.name_two_workplaces and not case.are_threads):
        return False
    if case.has_one_title:
        return True
    if case.are_threads:
        return case.has_common_roles
    if case.name_two_roles or case.wording.shared < _LONGER_TITLE:
        return False
    first, second = case.first, case.second
    added, longer, shorter = (case.only_first, first, second) if case.only_first else (case.only_second, second, first)
    if all(abbreviates(word, longer.title) for word in added):
        return True
    if not added <= shorter.text.vocabulary:
        return False
    said = [phrase for phrase in phrases(longer.title.order) if not added.isdisjoint(phrase)]
    return not shorter.text.phrases.isdisjoint(said)


def _is_edited(case: Case) -> bool:
    """Whether one id still means one job: its title or its text may have been edited, but hardly both."""
    needed = _SAME_ID_AND_TITLE if case.has_one_title and case.place is not Overlap.APART else _SAME_ID
    return case.wording.shared >= needed or (case.has_one_title and case.is_fragment)


def _is_same_post(case: Case) -> bool:
    """Whether an employer posted to the thread again: with the same words or links, or under the same header."""
    if not case.are_threads or case.place is Overlap.APART:
        return False
    if case.wording.alike >= _SAME_POST or case.link_to_same_openings:
        return True
    is_same_header = case.has_one_title and len(case.first.title.words) > 1 and case.employer is Similarity.SAME
    return is_same_header and case.wording.shared >= _SAME_HEADER


def _is_one_wording(case: Case) -> bool:
    """Whether enough of the wording is shared, for postings that one board did not show at once."""
    shared = case.wording.shared
    if case.employer is Similarity.OTHER:
        is_one_place = case.place in (Overlap.EQUAL, Overlap.PARTIAL)
        return is_one_place and case.wording.alike >= _OTHER_EMPLOYER and not case.is_trivial
    if case.are_in_two_languages and case.employer is Similarity.SAME:
        return case.has_one_title and case.place is Overlap.EQUAL and not case.contradict_each_other
    if case.employer is Similarity.UNKNOWN:
        if case.are_threads:
            return shared >= UNKNOWN_EMPLOYER
        if case.names_an_employer:
            return shared >= UNKNOWN_EMPLOYER and not case.is_trivial
        return case.wording.alike == 1.0
    if case.are_threads and not (case.has_common_roles and case.names_no_other_role):
        return shared >= _OTHER_HEADER
    if case.is_fragment:
        return shared >= _FRAGMENT
    if case.is_one_board and case.first.is_own_board:
        return shared >= _LATER_ON_OWN_BOARD
    is_certain = case.employer is Similarity.SAME and case.place is Overlap.EQUAL
    return shared >= (_ONE_ROLE if is_certain else _ALIKE) and not case.has_another_core


def _if_shown_twice(case: Case) -> OneJob:
    """Decide for one board: two listings at once on an employer's own board usually mean two openings."""
    wording = case.wording
    if case.are_in_two_languages:
        return OneJob.NOT_SIDE_BY_SIDE if case.states_two_numbers else OneJob.ALWAYS
    states_two_workplaces = case.first.title.workplaces != case.second.title.workplaces
    if not case.has_one_title or states_two_workplaces or case.states_two_numbers:
        return OneJob.NOT_SIDE_BY_SIDE
    if not case.first.is_own_board:
        is_certain = wording.shared >= SIDE_BY_SIDE and not case.only_one_states_a_place
        return OneJob.ALWAYS if is_certain else OneJob.NOT_SIDE_BY_SIDE
    is_same_text = wording.alike >= _SIDE_BY_SIDE_ON_OWN_BOARD
    if case.place is Overlap.EQUAL:
        return OneJob.ALWAYS if is_same_text or wording.contained >= _WITHOUT_A_PART else OneJob.NOT_SIDE_BY_SIDE
    return OneJob.POSTED_APART if case.place is Overlap.PARTIAL and is_same_text else OneJob.NOT_SIDE_BY_SIDE


def _is_one_job(found: Finding, first: Advert, second: Advert) -> bool:
    if found.one_job in (OneJob.ALWAYS, OneJob.NEVER):
        return found.one_job is OneJob.ALWAYS
    if not are_side_by_side(first.span, second.span):
        return True
    apart = posted_days_apart(first.span, second.span)
    return found.one_job is OneJob.POSTED_APART and apart is not None and apart >= POSTED_APART_DAYS


def _when(found: Finding, first: Advert, second: Advert) -> Relation:
    """A repost is the same opening later, under another id; on another board, only after a long time."""
    if found.is_one_id:
        return Relation.SAME_JOB
    gap = gap_days(first.span, second.span)
    if first.board == second.board:
        posted = posted_days_apart(first.span, second.span)
        return Relation.REPOST if (gap if posted is None else posted) > REPOST_DAYS else Relation.SAME_JOB
    return Relation.REPOST if gap > REPOST_DAYS_ELSEWHERE else Relation.SAME_JOB


def _text_class(case: Case) -> str:
    wording = case.wording
    if wording.alike >= _FULL:
        return "full"
    if case.is_fragment or (wording.contained >= _CONTAINED and wording.length_ratio < _FULL):
        return "partial"
    return "semantic"
