"""What two postings are to each other. The one judge: the warehouse's edges and ``jobmarket pairs`` both ask it.

The order of the questions is the rule. One employer? One role, level and team? One place? Only then is the wording
asked, and how much of it must agree depends on how sure the other answers are: texts of strangers, and of other
openings of one employer, agree in nine tenths of their wording; the same opening on a second board may agree in two
thirds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jobmarket.duplicates.advert import Advert
from jobmarket.duplicates.employers import Likeness, likeness
from jobmarket.duplicates.places import Overlap, Places, overlap
from jobmarket.duplicates.spans import are_side_by_side, gap_days
from jobmarket.duplicates.texts import Wording, compare
from jobmarket.duplicates.titles import LEVELS, differences


class Relation(Enum):
    """What the second posting is to the first."""

    SAME_JOB = "same_job"
    REPOST = "repost"
    TWIN_OPENING = "twin_opening"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation; for one job, how its texts differ (``full semantic temporal partial``); what speaks for one job.

    ``score`` is the shared part of the wording, halved for each of employer, role and place that does not agree.
    """

    relation: Relation
    text_class: str | None
    score: float

    @property
    def is_one_job(self) -> bool:
        """Whether both advertise one opening."""
        return self.relation in (Relation.SAME_JOB, Relation.REPOST)


@dataclass(frozen=True, slots=True)
class _Case:
    """Two postings and what the questions before the wording found."""

    first: Advert
    second: Advert
    employer: Likeness
    place: Overlap
    only_first: frozenset[str]
    only_second: frozenset[str]
    wording: Wording

    @property
    def has_one_title(self) -> bool:
        return not self.only_first and not self.only_second

    @property
    def has_common_roles(self) -> bool:
        """Whether half of the words of the shorter header stand in the other; two headers without roles have none."""
        words, others = self.first.title.words, self.second.title.words
        return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))

    @property
    def is_numbered_apart(self) -> bool:
        """Whether each title has a requisition number, and not the same."""
        numbers, others = self.first.title.numbers, self.second.title.numbers
        return bool(numbers and others and not numbers & others)

    @property
    def is_one_id(self) -> bool:
        ids = self.first.native_id, self.second.native_id
        return self.first.board == self.second.board and ids[0] is not None and ids[0] == ids[1]

    @property
    def is_side_by_side(self) -> bool:
        """Whether one board shows both at once."""
        if self.first.board != self.second.board or self.first.is_thread:
            return False
        return are_side_by_side(self.first.span, self.second.span)

    @property
    def is_fragment(self) -> bool:
        """Whether one text is a summary or a torn-off piece."""
        return self.wording.shorter < _FRAGMENT_RUNS and self.wording.length_ratio < _FRAGMENT_RATIO


# Part of the wording that must be shared, by how sure employer, role and place are. Measured on labelled real pairs:
# docs/decisions/0007-pairs-by-questions.md.
_ONE_ROLE = 0.67
_ALIKE_EMPLOYER = 0.70
_UNKNOWN_EMPLOYER = 0.85
_OTHER_EMPLOYER = 0.90
_SIDE_BY_SIDE = 0.85
_SIDE_BY_SIDE_ON_OWN_BOARD = 0.96
_WITHOUT_A_PART = 0.99
_LONGER_TITLE = 0.85
_TWIN = 0.75
# One id: whatever the title, or under one title.
_SAME_ID = 0.60
_SAME_ID_AND_TITLE = 0.25
# A post in a forum thread: the same whatever its header says; under the same header; with roles in common.
_SAME_POST = 0.85
_SAME_HEADER = 0.40
_HEADER_WITHOUT_ROLES = 0.80
# A text of fewer runs of words than this, and of less than a fifth of the other's, is a summary or a torn-off piece.
_FRAGMENT_RUNS = 120
_FRAGMENT_RATIO = 0.2
_FRAGMENT = 0.45
_REPOST_DAYS = 1
_REPOST_DAYS_ELSEWHERE = 180
_FULL = 0.92
_CONTAINED = 0.95


def judge(first: Advert, second: Advert) -> Verdict:
    """Judge two postings; which of them is named first makes no difference."""
    only_first, only_second = differences(first.title, second.title)
    case = _Case(
        first,
        second,
        likeness(first.company, second.company),
        _place(first, second),
        only_first,
        only_second,
        compare(first.text, second.text),
    )
    one_role = _is_one_role(case)
    shared = case.wording.shared
    doubts = (case.employer is Likeness.OTHER) + (not one_role) + (case.place is Overlap.APART)
    score = shared * 0.5**doubts
    is_one_job = (
        _is_edited(case)
        if case.is_one_id and case.employer >= Likeness.ALIKE
        else _is_same_post(case) or (one_role and case.place is not Overlap.APART and _is_one_wording(case))
    )
    if is_one_job:
        return Verdict(_when(case), _text_class(case), score)
    is_elsewhere = case.place is not Overlap.EQUAL or case.is_numbered_apart
    is_twin = case.employer >= Likeness.ALIKE and case.has_one_title and is_elsewhere and shared >= _TWIN
    return Verdict(Relation.TWIN_OPENING if is_twin else Relation.DIFFERENT, None, score)


def _place(first: Advert, second: Advert) -> Overlap:
    """The places of both; those that the titles name go before the fields'."""
    named, others = first.title.places, second.title.places
    for one, other in ((named, others), (named, second.places.named), (first.places.named, others)):
        if one and other and overlap(Places(one), Places(other)) is Overlap.APART:
            return Overlap.APART
    return overlap(first.places, second.places)


def _is_one_role(case: _Case) -> bool:
    """Whether the titles mean one role, level and team: equal, or one says more that the other's text says too."""
    if case.is_numbered_apart:
        return False
    if case.has_one_title:
        return True
    if case.first.is_thread and case.second.is_thread:
        return case.has_common_roles
    if (case.only_first and case.only_second) or case.is_side_by_side or case.wording.shared < _LONGER_TITLE:
        return False
    added, shorter = (case.only_first, case.second) if case.only_first else (case.only_second, case.first)
    return not added & LEVELS and added <= shorter.text.vocabulary


def _is_edited(case: _Case) -> bool:
    """Whether one id still means one job: its title or its text may have been edited, hardly both."""
    needed = _SAME_ID_AND_TITLE if case.has_one_title and case.place is not Overlap.APART else _SAME_ID
    return case.wording.shared >= needed or (case.has_one_title and case.is_fragment)


def _is_same_post(case: _Case) -> bool:
    """Whether an employer wrote to the thread again, with the same words or under the same header."""
    if not (case.first.is_thread and case.second.is_thread) or case.place is Overlap.APART:
        return False
    if case.wording.alike >= _SAME_POST:
        return True
    is_same_header = case.has_one_title and len(case.first.title.words) > 1 and case.employer is Likeness.SAME
    return is_same_header and case.wording.shared >= _SAME_HEADER


def _is_one_wording(case: _Case) -> bool:
    wording = case.wording
    if case.employer is Likeness.OTHER:
        return wording.alike >= _OTHER_EMPLOYER and case.place in (Overlap.EQUAL, Overlap.PARTIAL)
    if case.is_side_by_side:
        return _is_shown_twice(case)
    if case.employer is Likeness.UNKNOWN:
        return wording.shared >= _UNKNOWN_EMPLOYER
    if case.first.is_thread and case.second.is_thread and not case.has_common_roles:
        return wording.shared >= _HEADER_WITHOUT_ROLES
    if case.is_fragment:
        return wording.shared >= _FRAGMENT
    return wording.shared >= (_ONE_ROLE if case.employer is Likeness.SAME else _ALIKE_EMPLOYER)


def _is_shown_twice(case: _Case) -> bool:
    """Whether a board shows one job twice at once; what an employer lists twice on its own board, it means twice."""
    wording = case.wording
    if not case.first.is_own_board:
        return wording.shared >= _SIDE_BY_SIDE
    if case.place is Overlap.EQUAL and wording.contained >= _WITHOUT_A_PART:
        return True
    return case.place in (Overlap.EQUAL, Overlap.PARTIAL) and wording.alike >= _SIDE_BY_SIDE_ON_OWN_BOARD


def _when(case: _Case) -> Relation:
    """The same opening again later, under another id, is a repost; on another board, only long after."""
    first, second = case.first, case.second
    if case.is_one_id:
        return Relation.SAME_JOB
    gap = gap_days(first.span, second.span)
    if first.board == second.board:
        posted, other = first.span.posted, second.span.posted
        apart = abs((posted - other).days) if posted and other else gap
        return Relation.REPOST if apart > _REPOST_DAYS else Relation.SAME_JOB
    return Relation.REPOST if gap > _REPOST_DAYS_ELSEWHERE else Relation.SAME_JOB


def _text_class(case: _Case) -> str:
    wording = case.wording
    if wording.alike >= _FULL:
        return "full"
    if case.is_fragment or (wording.contained >= _CONTAINED and wording.length_ratio < _FULL):
        return "partial"
    return "temporal" if gap_days(case.first.span, case.second.span) > 0 else "semantic"
