"""The phrases name no skill of the taxonomy, so that a text asks for the planted skills only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy
from scrapers.sample.phrasebook import Phrasebook
from scrapers.sample.skill_market import SKILLS
from scrapers.sample.text import PHRASEBOOKS

# What the other slots hold says nothing about a job. Skills are named anyway, in the document's first line.
_NEUTRAL = {
    **{
        "company": "Ottermoor",
        "founded": "2011",
        "people": "240",
        "city": "Leeds",
        "n": "4",
        "most": "6",
        "pay": "60 k€",
    },
    **dict.fromkeys(("skill", "skills", "a", "b"), "Python"),
}


@pytest.fixture(scope="module")
def matcher(root: Path) -> SkillMatcher:
    return SkillMatcher(Taxonomy.from_seeds(root / "dbt_project" / "seeds"))


def phrases_in(value: Any) -> Iterator[str]:
    """Yield all texts in a phrasebook, however deep."""
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from phrases_in(part)


def sentences(book: Phrasebook) -> list[str]:
    """Fill every phrase with everything that its slots may hold, but skills and names."""
    fillings = [
        {"product": sector.product, "customers": sector.customers, "customers_start": sector.customers.capitalize()}
        | {"team": team, "problem": problem}
        for sector in book.sectors.values()
        for team, problem in product(sector.teams, sector.problems)
    ]
    filled = {phrase.format(**_NEUTRAL, **filling) for phrase in phrases_in(asdict(book)) for filling in fillings}
    return sorted(filled)


@pytest.mark.parametrize("language", PHRASEBOOKS)
def test_no_sentence_names_a_skill(matcher: SkillMatcher, language: str) -> None:
    """All sentences stand in one text that also names all planted skills, which corroborate what is ambiguous."""
    lines = sentences(PHRASEBOOKS[language])
    assert len(lines) > 500
    text = "\n".join(f"- {line}" for line in [", ".join(skill.name for skill in SKILLS), *lines])
    document = read_document("Engineer", None, text=f"You will work here.\nRequirements\n{text}")
    found = {}
    for mention in matcher.mentions(document):
        assert mention.span_start is not None
        found[mention.name] = document.text[: mention.span_end].rpartition("\n")[2]
    named = {name: line for name, line in found.items() if name not in {skill.name for skill in SKILLS}}
    assert found.keys() - named.keys() >= {"Python", "PyTorch"}
    assert named == {}, "reword these phrases of scrapers/sample"


def test_no_team_makes_a_title_name_a_skill(matcher: SkillMatcher) -> None:
    teams = {team for book in PHRASEBOOKS.values() for sector in book.sectors.values() for team in sector.teams}
    assert len(teams) > 40
    titles = [f"Data Scientist{form.format(team)}" for team in sorted(teams) for form in (", {}", " - {}", " ({})")]
    named = {
        title: [mention.name for mention in matcher.mentions(read_document(title, None, text="You will work here."))]
        for title in titles
    }
    assert {title: names for title, names in named.items() if names} == {}
