"""The sample's employers: invented names, sectors, sizes and habits, and the boards they publish on."""

from __future__ import annotations

import math
import random
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapers.sample.pay_market import EMPLOYER_SPREAD
from scrapers.sample.skill_market import SKILLS
from scrapers.sample.streams import stream

BOARDS: tuple[str, ...] = ("greenhouse", "lever", "ashby")
_BOARD_WEIGHTS = (40, 26, 34)

_COUNTRY_WEIGHTS = {"US": 44, "GB": 14, "DE": 12, "FR": 8, "CA": 7, "NL": 5, "IN": 6, "CH": 1, "ES": 2, "PL": 1}

_FIRST_NAMES = """
Aldern Amberline Arvelo Ashgrove Bexford Birchgate Bluecairn Brantley Brightmoor Calderis Candlewick Cedarlow
Cindral Cloverfen Copperline Corvella Cresthaven Dalwick Deltray Dovemark Duneveil Eastmere Elderpoint
Emberfall Everlode Fairstone Fenwyck Ferrano Firthway Foxmantle Galewood Glasswing Goldenrow Granitel
Greyharbor Halcyra Harrowgate Hazelmere Heliora Hollowbrook Inkwell Ironleaf Ivorden Jasperly Junivale
Kelpstone Kestrelo Kindlemark Larkfield Lumenar Lynxford Mapleden Marrowby Meridox Mirrowell Moorgate Nebulyn
Nettlecroft Northquay Novarine Oakmantle Obsidra Opaline Orrinwell Ottermoor Palisander Pemberlow Pinecrest
Polarisca Quarrystone Quillmark Ravenholt Redwicket Riverlane Rosenkai Saffronic Saltmarsh Sandpiper Silverfen
Solvanta Sparrowhill Stellwerk Stonebridge Sylvanex Tallowmere Tamarisk Thistledown Tidewater Tindrel Umbriel
Valmere Vantelle Veldhuis Verdigris Vireo Wavecrest Weatherby Westerloch Whitmore Wildern Willowdane
Windhollow Wrenfield Yarrowby Zephyra Zinnober
"""
_FIRST = _FIRST_NAMES.split()
_SECOND: dict[str, tuple[str, ...]] = {
    "ai": ("AI", "Labs", "Intelligence", "", ""),
    "fintech": ("Pay", "Capital", "Ledger", ""),
    "health": ("Health", "Bio", "Care", "Medical"),
    "retail": ("Commerce", "Market", "Goods", ""),
    "robotics": ("Robotics", "Machines", "Automation"),
    "software": ("Security", "Shield", "Networks"),
    "internet": ("Media", "Audio", "Studios", ""),
    "energy": ("Energy", "Grid", "Power"),
    "mobility": ("Logistics", "Freight", "Mobility"),
    "education": ("Learning", "Academy", ""),
    "hardware": ("Systems", "Industries", "Technik"),
    "services": ("Analytics", "Insights", "Partners"),
}
_SUFFIXES = {
    "US": ("", "", "", " Inc.", ", Inc.", " LLC"),
    "GB": ("", "", " Ltd", " Limited", " PLC"),
    "DE": ("", " GmbH", " GmbH", " AG", " SE"),
    "FR": ("", "", " SAS", " SA"),
    "CA": ("", " Inc.", " Corp."),
    "NL": ("", " B.V.", " N.V."),
    "IN": ("", " Pvt. Ltd.", " Private Limited", ""),
    "CH": ("", " AG"),
    "ES": ("", " S.L."),
    "PL": ("", " sp. z o.o."),
}
SECTORS: tuple[str, ...] = tuple(_SECOND)
_SECTOR_WEIGHTS = (18, 14, 11, 10, 8, 7, 7, 6, 6, 4, 5, 4)

# By size band: (weight among employers, new openings per week).
_SIZES: dict[str, tuple[int, float]] = {
    "1-50": (26, 0.22),
    "51-200": (34, 0.42),
    "201-1000": (24, 0.8),
    "1001-5000": (11, 1.5),
    "5001+": (5, 2.6),
}
SIZE_BANDS: tuple[str, ...] = tuple(_SIZES)
# The range of headcounts that employers in each band state. It avoids numbers that look like years.
_PEOPLE = {
    "1-50": (6, 49),
    "51-200": (55, 199),
    "201-1000": (260, 980),
    "1001-5000": (1_100, 1_900),
    "5001+": (5_200, 30_000),
}
SAYS_HEADCOUNT = 0.6


@dataclass(frozen=True)
class Employer:
    """One employer on one board system: a row of the sample's registry (``companies.csv`` columns and two dates).

    ``listed_from`` and ``listed_until`` (UTC) bound the time in which the board exists. None means no bound.
    """

    board: str
    slug: str
    company_name: str
    sector: str
    size_band: str
    hq_country: str
    firm: int
    listed_from: datetime | None = None
    listed_until: datetime | None = None

    def exists_at(self, moment: datetime) -> bool:
        """Whether the board exists at ``moment`` (UTC)."""
        after_start = self.listed_from is None or moment >= self.listed_from
        return after_start and (self.listed_until is None or moment < self.listed_until)


@dataclass(frozen=True)
class Firm:
    """An employer as an economic unit, with the habits common to its postings."""

    index: int
    name: str
    sector: str
    size_band: str
    country: str
    accounts: tuple[Employer, ...]
    story: str
    openings_a_week: float
    local_language_share: float
    pay_factor: float
    discloses_by_field: float
    disclosure_shift: float
    taste: tuple[float, ...]
    context_skills: tuple[str, ...]
    heading_style: int
    location_style: int
    markup_style: int
    founded: int
    headcount: int | None


# The stories planted on employers, by index. All others are plain.
MOVING = {17: "moves"}
ADDED = {23: "added_large", 58: "added"}
DROPPED = {71: "dropped"}
OUTAGES = {9: "errors_in_a_row", 13: "empty_in_a_row", 19: "missing_in_a_row", 21: "short_lists"}
_STORIES = {**MOVING, **ADDED, **DROPPED, **OUTAGES}
TWO_BOARDS_EVERY, TWO_BOARDS_AT = 15, 4
# The agencies among the employers, by index: one says so in its texts, the other is one by its name.
AGENCIES = {86: "text", 92: "name"}
_AGENCY_WORD = " Recruitment"


def story_of(index: int) -> str:
    """Return the story planted on the employer with this index: ``plain`` for most."""
    if index in _STORIES:
        return _STORIES[index]
    return "two_boards" if index % TWO_BOARDS_EVERY == TWO_BOARDS_AT else "plain"


def _slug(name: str, board: str, rng: random.Random) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", " ", ascii_name).split()
    if board == "ashby":  # the only system whose slugs contain capitals, spaces and dots
        style = rng.random()
        if style < 0.08:
            return " ".join(words)
        if style < 0.2:
            return "".join(words)
        if style < 0.26:
            return "".join(words).lower() + ".ai"
    return ("-" if rng.random() < 0.2 else "").join(words).lower()


def _name(seed: int, index: int, sector: str, taken: set[str]) -> str:
    rng = stream(seed, "firm-name", index)
    while True:
        name = f"{rng.choice(_FIRST)} {rng.choice(_SECOND[sector])}".strip()
        if name not in taken:
            taken.add(name)
            return name


def _start_of_week(first_observation: datetime, week: int) -> datetime:
    """Return noon on the Thursday before the week's crawl, because boards change on working days."""
    return first_observation + timedelta(weeks=week) - timedelta(days=3, hours=18)


def build_firms(seed: int, count: int, weeks: int, first_observation: datetime) -> tuple[Firm, ...]:
    """Draw ``count`` employers. The first ``n`` of them are the same for every ``count``."""
    taken: set[str] = set()
    slugs: set[tuple[str, str]] = set()
    firms = []
    for index in range(count):
        sector = stream(seed, "sector", index).choices(SECTORS, _SECTOR_WEIGHTS)[0]
        name = _name(seed, index, sector, taken)
        firms.append(_build_firm(seed, index, name, sector, weeks, first_observation, slugs))
    return tuple(firms)


def _accounts(
    rng: random.Random,
    story: str,
    base: tuple[str, str, str, str, int],
    weeks: int,
    first_observation: datetime,
    slugs: set[tuple[str, str]],
) -> tuple[Employer, ...]:
    name, sector, size_band, country, index = base
    first_board = rng.choices(BOARDS, _BOARD_WEIGHTS)[0]
    second_board = rng.choice([board for board in BOARDS if board != first_board])

    def account(board: str, legal: str, start: datetime | None = None, end: datetime | None = None) -> Employer:
        slug = _slug(name, board, rng)
        while (board, slug) in slugs:
            slug += "1"
        slugs.add((board, slug))
        return Employer(board, slug, f"{name}{word}{legal}", sector, size_band, country, index, start, end)

    word = _AGENCY_WORD if AGENCIES.get(index) == "name" else ""
    legal = rng.choice(_SUFFIXES[country])
    if story == "two_boards":
        # The same employer under two spellings of its name.
        return account(first_board, legal), account(second_board, rng.choice(_SUFFIXES[country]))
    if story == "moves":
        moment = _start_of_week(first_observation, weeks // 2)
        return account("greenhouse", legal, end=moment), account("lever", legal, start=moment)
    if story in ADDED.values():
        return (account(first_board, legal, start=_start_of_week(first_observation, weeks // 2)),)
    if story in DROPPED.values():
        return (account(first_board, legal, end=_start_of_week(first_observation, 3 * weeks // 4)),)
    return (account(first_board, legal),)


def _build_firm(
    seed: int, index: int, name: str, sector: str, weeks: int, first_observation: datetime, slugs: set[tuple[str, str]]
) -> Firm:
    rng = stream(seed, "firm", index)
    story = story_of(index)
    country = rng.choices(list(_COUNTRY_WEIGHTS), list(_COUNTRY_WEIGHTS.values()))[0]
    size_band = rng.choices(SIZE_BANDS, [share for share, _ in _SIZES.values()])[0]
    if story not in ("plain", "two_boards"):
        # These employers are large enough for a planted gap to be visible.
        size_band = "1001-5000" if story == "added_large" else "201-1000"
    if story == "added_large":
        country = "US"
    openings = _SIZES[size_band][1] * rng.uniform(0.6, 1.4) * _VOLUME.get(story, 1.0)
    accounts = _accounts(rng, story, (name, sector, size_band, country, index), weeks, first_observation, slugs)
    pay_factor = math.exp(rng.gauss(0, EMPLOYER_SPREAD))
    taste = tuple(rng.gauss(0, 1) for _ in SKILLS)
    if story == "added_large":
        # It differs from the market in pay and taste, so that adding it must not look like a change of the market.
        pay_factor = 1.35
        taste = tuple(2.5 if skill.name in ("JAX", "Rust") else own for skill, own in zip(SKILLS, taste, strict=True))
    context: tuple[str, ...] = ()
    if rng.random() < 0.3:
        context = tuple(rng.sample(_CONTEXT_CANDIDATES, 2))
    return Firm(
        index=index,
        name=name,
        sector=sector,
        size_band=size_band,
        country=country,
        accounts=accounts,
        story=story,
        openings_a_week=openings,
        local_language_share={"FR": 0.55, "DE": 0.45}.get(country, 0.0),
        pay_factor=pay_factor,
        discloses_by_field=rng.choice((0.15, 0.5, 0.85)),
        disclosure_shift=rng.choice((-0.3, 0.0, 0.0, 0.15)),
        taste=taste,
        context_skills=context,
        heading_style=rng.randrange(5),
        location_style=rng.randrange(4),
        markup_style=rng.randrange(4),
        founded=rng.randint(1998, 2024),
        headcount=_headcount(seed, index, size_band),
    )


def _headcount(seed: int, index: int, size_band: str) -> int | None:
    rng = stream(seed, "headcount", index)
    return rng.randint(*_PEOPLE[size_band]) if rng.random() < SAYS_HEADCOUNT else None


# Factors on the openings of employers whose story must be visible in a small market.
_VOLUME = {
    "added_large": 4.0,
    "moves": 2.5,
    "dropped": 2.0,
    "errors_in_a_row": 2.0,
    "empty_in_a_row": 2.0,
    "missing_in_a_row": 2.0,
    "short_lists": 4.0,
}

# Products that boilerplate names as used by customers or partners.
_CONTEXT_CANDIDATES = (
    "AWS",
    "Azure",
    "Google Cloud",
    "Snowflake",
    "Databricks",
    "Apache Kafka",
    "PostgreSQL",
    "Kubernetes",
)
