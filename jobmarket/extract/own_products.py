"""Identify what is no skill in an employer's own postings: the products that it makes, and words of its name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jobmarket.extract.employer import is_employer
from jobmarket.extract.folding import fold
from jobmarket.extract.taxonomy import Skill, Taxonomy

# Categories whose skills are products only if they state an owner: a company called Go does not own the language.
_NOBODYS = frozenset(("method", "practice", "language", "protocol", "standard", "certification", "hardware"))
_LEGAL_FORMS = frozenset(
    ("inc", "inc.", "ltd", "llc", "gmbh", "ag", "se", "sa", "sas", "bv", "ab", "oy", "plc", "corp", "co", "limited")
)
_SITES = (".io", ".ai", ".com", ".dev")
# Number of employers whose answers are cached.
_EMPLOYERS = 4_096
# Number of lines of which is cached where they name the employer: those of a posting, as one line has several skills.
_LINES = 1_024


class OwnProducts:
    """The skills of a taxonomy, by the companies that make them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names = {skill_id: _names_of_makers(skill) for skill_id, skill in taxonomy.skills.items()}
        self._of_name: dict[str, set[str]] = {}
        for skill_id, names in self._names.items():
            for name in names:
                self._of_name.setdefault(fold(name).strip(), set()).add(skill_id)
        self.of_company = lru_cache(maxsize=_EMPLOYERS)(self._of_company)

    def _of_company(self, company: str) -> frozenset[str]:
        """Return the ids of the skills that a company makes or shares its name with."""
        return frozenset().union(*[self._of_name.get(name, ()) for name in _names_of(fold(company).strip())])

    def in_text(self, skill_ids: Iterable[str], text: str) -> frozenset[str]:
        """Return those of the given skills that the posting's text shows to be the employer's."""
        return frozenset(
            skill_id for skill_id in skill_ids if any(is_employer(name, text) for name in self._names.get(skill_id, ()))
        )


def is_in_name(company: str, line: str, start: int, end: int) -> bool:
    """Return whether a span of a line is part of the employer's name: "Analytics" in "Stonebridge Analytics".

    A span that is the whole name, with or without its legal form, is not: "Robotics" may be either for Robotics Inc.
    """
    return any(
        at <= start and end <= stop and (at, stop) != (start, end) for at, stop in _places_of_name(company, line)
    )


@lru_cache(maxsize=_LINES)
def _places_of_name(company: str, line: str) -> tuple[tuple[int, int], ...]:
    """Return where a line names the employer, each word with a capital letter or spelled as in the name."""
    folded = f" {fold(line)} "
    spelled = company.split()
    places: list[tuple[int, int]] = []
    for name in _names_of(fold(company).strip()):
        at = folded.find(f" {name}")
        while at >= 0:
            end = at + len(name)  # positions in the line: the blank before it makes up for the one that is found
            if not folded[end + 1].isalnum() and all(w[0].isupper() or w in spelled for w in line[at:end].split()):
                places.append((at, end))
            at = folded.find(f" {name}", at + 1)
    return tuple(places)


def _names_of_makers(skill: Skill) -> list[str]:
    """Return the names of companies that would make a skill; most products are called like their makers."""
    names = [skill.owner] if skill.owner else []
    return names if skill.category in _NOBODYS else [skill.name, *names]


def _names_of(employer: str) -> set[str]:
    """Return an employer's folded name, with and without its legal form and its domain ending."""
    names = {employer}
    for end in _SITES:
        at = employer.find(end)
        while at > 0:
            names.add(employer[:at])
            at = employer.find(end, at + 1)
    at = employer.rfind(" ")
    while at > 0 and _LEGAL_FORMS.issuperset(employer[at:].split()):
        names.add(employer[:at])
        at = employer.rfind(" ", 0, at)
    return names
