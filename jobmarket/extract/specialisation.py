"""Determine what the work specialises in (computer vision, language models, speech …) from the title and skills.

The marks are in the seed ``specialisations.csv``. One wording in the title is enough; skills must add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jobmarket.extract.facts import SkillMention
from jobmarket.extract.folding import fold
from jobmarket.extract.marks import Marks, packaged_marks

SEED = "specialisations.csv"
_ENOUGH = 3


def _marks() -> Marks:
    return packaged_marks(SEED, "specialisation", frozenset(("title", "skill")))


@lru_cache(maxsize=4_096)
def _of_title(title: str) -> frozenset[str]:
    words = f" {' '.join(fold(title).split())} "
    return frozenset(
        mark.value for wording, marks in _marks().of_kind["title"].items() if f" {wording} " in words for mark in marks
    )


def specialisations(title: str, role_family: str, skills: Iterable[SkillMention]) -> tuple[str, ...]:
    """Return the specialisations of a posting, in the seed's order; none for roles outside the families.

    Args:
        title: The posting's title.
        role_family: Its role family.
        skills: Its skills; those in company boilerplate (``context``) do not count.
    """
    if role_family == "other":
        return ()  # other trades may use the words (a recruiter for robotics) without doing the work
    marks = _marks()
    score: dict[str, int] = {}
    for skill in skills:
        if skill.level != "context":
            for mark in marks.of_kind["skill"].get(skill.name.lower(), ()):
                score[mark.value] = score.get(mark.value, 0) + mark.weight
    titled = _of_title(title)
    return tuple(value for value in marks.values if value in titled or score.get(value, 0) >= _ENOUGH)
