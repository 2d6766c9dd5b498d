"""Compose a listing's text as sections, before any board's markup."""

from __future__ import annotations

import random
from dataclasses import dataclass

from scrapers.sample import phrases_de, phrases_en, phrases_fr
from scrapers.sample.firms import AGENCIES
from scrapers.sample.listings import Listing
from scrapers.sample.openings import SpelledSkill
from scrapers.sample.pay_text import write_pay
from scrapers.sample.phrasebook import Phrasebook, Sector
from scrapers.sample.skill_market import SKILLS_BY_NAME
from scrapers.sample.streams import stream
from scrapers.sample.titles import write_title

PHRASEBOOKS: dict[str, Phrasebook] = {"en": phrases_en.PHRASES, "fr": phrases_fr.PHRASES, "de": phrases_de.PHRASES}

# Skills that a text may name as alternatives to each other.
_ALTERNATIVES = (
    {"AWS", "Google Cloud", "Azure"},
    {"PyTorch", "TensorFlow", "JAX"},
    {"Go", "Rust", "Java", "Scala", "C++"},
)


@dataclass(frozen=True)
class Section:
    """A part of a posting. Kinds: company, role, duties, required, preferred, working, benefits, pay, closing."""

    kind: str
    heading: str | None
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The text of one version of a listing: title, team and sections, as plain text."""

    title: str
    team: str
    sections: tuple[Section, ...]


def compose(seed: int, listing: Listing, version: int) -> Document:
    """Compose the text of ``version``. A twin has the same wording as its original; a copy may be reworded.

    Rewording keeps the tasks and the requirements. In real pairs labelled as reworded, the shorter text shares 80 % or
    more of its runs of three or more words with the longer. A text with other tasks would belong to another job.
    """
    opening = listing.opening
    book = PHRASEBOOKS[opening.language]
    sector = book.sectors[opening.firm.sector]
    rng = stream(seed, "text", opening.key)
    team, problem = rng.choice(sector.teams), rng.choice(sector.problems)
    title = write_title(stream(seed, "title", opening.key), listing, team)
    writer = _Writer(seed, listing, version, book, sector, team, problem)
    words = stream(seed, "words", opening.key, "as written")
    role = writer.role(words, book.role)
    demands = [writer.duties(words), writer.required(words), writer.preferred(words)]
    benefits, pay, closing = writer.benefits(words), writer.pay(), writer.closing(words)
    if listing.reworded:
        words = stream(seed, "words", opening.key, "reworded")
        role = writer.role(words, book.reworded_role)
        benefits, closing = writer.benefits(words), writer.closing(words)
    body = [role, *demands]
    tail = [benefits, pay, closing]
    if opening.firm.index % 4 != 1:
        body.append(writer.working(words))
    company = writer.company()
    order = opening.firm.heading_style % 3
    if order == 1:  # pay before benefits
        tail = [tail[1], tail[0], tail[2]]
    sections = [body[0], company, *body[1:], *tail] if order == 2 else [company, *body, *tail]
    return Document(title, team, tuple(section for section in sections if section.paragraphs or section.bullets))


class _Writer:
    """Fills the phrases of one listing's version."""

    def __init__(
        self, seed: int, listing: Listing, version: int, book: Phrasebook, sector: Sector, team: str, problem: str
    ) -> None:
        self.seed = seed
        self.listing = listing
        self.opening = listing.opening
        self.version = version
        self.book = book
        self.talkative = self.opening.firm.index % 5 == 0  # some employers write long texts
        # Boilerplate names the employer without its legal form.
        self.slots = {
            "company": self.opening.firm.name,
            "product": sector.product,
            "customers": sector.customers,
            "customers_start": sector.customers[0].upper() + sector.customers[1:],
            "team": team,
            "problem": problem,
            "founded": str(self.opening.firm.founded),
            "city": listing.places[0].name,
        }
        self.skills: dict[str, list[SpelledSkill]] = {"required": [], "preferred": [], "mentioned": []}
        for skill in listing.skills_in(version):
            self.skills[skill.level].append(skill)

    def _fill(self, phrase: str, **more: str) -> str:
        return phrase.format(**self.slots, **more)

    def _section(self, kind: str, paragraphs: list[str], bullets: list[str] | None = None) -> Section:
        headings = self.book.headings.get(kind)
        heading = self._fill(headings[self.opening.firm.heading_style]) if headings else None
        return Section(kind, heading, tuple(paragraphs), tuple(bullets or ()))

    def company(self) -> Section:
        """Write the boilerplate, which is the same in every posting of the employer."""
        firm = self.opening.firm
        rng = stream(self.seed, "boilerplate", firm.index, self.opening.language)
        paragraphs = [self._fill(rng.choice(self.book.company))]
        paragraphs.append(" ".join(rng.sample(self.book.company_facts, 4 if self.talkative else 2)))
        if firm.headcount is not None:
            paragraphs.append(self._fill(self.book.headcount, people=str(firm.headcount)))
        if firm.context_skills:
            a, b = (SKILLS_BY_NAME[name].surfaces[0] for name in firm.context_skills)
            paragraphs.append(self._fill(rng.choice(self.book.context), a=a, b=b))
        return self._section("company", paragraphs)

    def role(self, rng: random.Random, pool: tuple[str, ...]) -> Section:
        """Describe the job, its workplace and its terms."""
        paragraphs = [self._fill(rng.choice(pool))]
        if AGENCIES.get(self.opening.firm.index) == "text":
            paragraphs.append(self.book.for_client)
        remarks = [*_one(rng, self.book.workplace[self.opening.workplace])]
        employment = _one(rng, self.book.employment[self.opening.employment_type])
        remarks += employment if self.opening.employment_in_text else []
        if remarks:
            paragraphs.append(" ".join(self._fill(remark) for remark in remarks))
        for number, edit in enumerate(self.listing.edits[: self.version]):
            if edit.kind == "wording":
                paragraphs.append(self.book.edits[number % len(self.book.edits)])
        return self._section("role", paragraphs)

    def working(self, rng: random.Random) -> Section:
        """Describe how the employer works, in prose without requirements."""
        return self._section(
            "working", rng.sample(self.book.way_of_working, 4 if self.talkative else rng.randint(2, 3))
        )

    def duties(self, rng: random.Random) -> Section:
        """List the duties, which include the skills that are mentioned but not required."""
        own = self.book.duties.get(self.opening.family) or self.book.duties[""]
        bullets = [self._fill(text) for text in rng.sample(own, min(len(own), rng.randint(5, 8)))]
        bullets += rng.sample(self.book.general_duties, rng.randint(1, 4))
        patterns = rng.sample(self.book.duty_with_skill, len(self.book.duty_with_skill))
        for number, skill in enumerate(self.skills["mentioned"]):
            bullets.insert(1 + number, self._fill(patterns[number % len(patterns)], skill=skill.surface))
        return self._section("duties", [], bullets)

    def required(self, rng: random.Random) -> Section:
        """List the requirements: years, degree, skills and manners."""
        opening = self.opening
        bullets = []
        if opening.years is not None:
            least, most = str(opening.years), opening.remarks.years_max
            phrase = rng.choice(self.book.required_with_years)
            phrase = self.book.required_with_range if most is not None else phrase
            bullets.append(self._fill(phrase, n=least, most=str(most)))
        if opening.degree != "unspecified":
            bullets.append(rng.choice(self.book.degrees[opening.degree]))
        bullets += self._skill_lines(rng, "required", self.book.required_with_skills, opening.new_names)
        bullets += rng.sample(self.book.required, rng.randint(2, 5))
        return self._section("required", [], bullets)

    def preferred(self, rng: random.Random) -> Section:
        """List the preferred qualifications."""
        bullets = self._skill_lines(rng, "preferred", self.book.preferred_with_skills)
        bullets += rng.sample(self.book.preferred, rng.randint(0 if bullets else 1, 2))
        if certification := self.opening.remarks.certification:
            bullets.append(self._fill(self.book.certification, skill=certification))
        return self._section("preferred", [], bullets)

    def _skill_lines(
        self, rng: random.Random, level: str, patterns: tuple[str, ...], new_names: tuple[str, ...] = ()
    ) -> list[str]:
        """Write the skills of a level in lines of one to four. The longest line names the new names too."""
        skills = list(self.skills[level])
        order = rng.sample(patterns, len(patterns))
        groups: list[list[SpelledSkill]] = []
        while skills:
            size = rng.choice((1, 2, 2, 3, 4))
            groups.append(skills[:size])
            skills = skills[size:]
        if new_names:
            max(groups, key=len).extend(SpelledSkill(name, level, name) for name in new_names)
        return [self._fill(order[number % len(order)], skills=self._join(group)) for number, group in enumerate(groups)]

    def _join(self, group: list[SpelledSkill]) -> str:
        surfaces = [skill.surface for skill in group]
        if len(surfaces) == 1:
            return surfaces[0]
        names = {skill.name for skill in group}
        if any(names <= alternatives for alternatives in _ALTERNATIVES):
            if len(surfaces) == 2:
                return "/".join(surfaces)
            return f"{', '.join(surfaces[:-1])} {self.book.or_word} {surfaces[-1]}"
        return f"{', '.join(surfaces[:-1])} {self.book.and_word} {surfaces[-1]}"

    def benefits(self, rng: random.Random) -> Section:
        """List the benefits beside pay."""
        return self._section("benefits", [], rng.sample(self.book.benefits, rng.randint(4, 6)))

    def pay(self) -> Section:
        """State the pay, if the employer writes it in the text."""
        pay = self.listing.pay_in(self.version)
        if pay is None or not self.listing.pay_in_text:
            return self._section("pay", [])
        phrases = self.book.pay
        annual_only = phrases[:-1] if pay.period != "year" else phrases
        phrase = annual_only[pay.writing % len(annual_only)]
        paragraphs = [self._fill(phrase, pay=write_pay(pay, self.opening.language))]
        if on_target := self.listing.on_target_in(self.version):
            paragraphs.append(self._fill(self.book.on_target, pay=write_pay(on_target, self.opening.language)))
        return self._section("pay", paragraphs)

    def closing(self, rng: random.Random) -> Section:
        """Write about equal opportunity and the hiring process."""
        count = len(self.book.closing) if self.talkative else rng.randint(1, len(self.book.closing))
        visa = self.book.visa[self.opening.remarks.visa]
        return self._section("closing", [*visa, *(self._fill(text) for text in self.book.closing[:count])])


def _one(rng: random.Random, phrases: tuple[str, ...]) -> list[str]:
    return [rng.choice(phrases)] if phrases else []
