"""The planted truth agrees with the texts and with the realised draws."""

from __future__ import annotations

import html
import math
import re
import statistics
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.sample import truth, truth_lives
from scrapers.sample.document import sample_world_markdown
from scrapers.sample.firms import AGENCIES
from scrapers.sample.markup import to_plain
from scrapers.sample.new_names import NEW_NAMES
from scrapers.sample.pay_market import PlantedPay
from scrapers.sample.pay_text import write_pay
from scrapers.sample.shape_ashby import TIERS
from scrapers.sample.skill_market import FAMILIES, SKILLS, SKILLS_BY_NAME, TOGETHER
from scrapers.sample.text import PHRASEBOOKS, compose
from scrapers.sample.world import SampleWorld

_IN_TITLES = {"Large Language Models": {"LLM"}}
# "R&D" is a deliberate trap in the boilerplate.
_SURFACES = {
    skill.name: [
        (surface, re.compile(rf"(?<![\w+&]){re.escape(surface)}(?![\w+#&]|\.\w)"))
        for surface in {*skill.surfaces, skill.name, *_IN_TITLES.get(skill.name, ())}
    ]
    for skill in SKILLS
}


def test_texts_name_exactly_the_planted_skills(world: SampleWorld) -> None:
    checked = 0
    for listing in world.listings[::3]:
        for version in range(len(listing.edits) + 1):
            document = compose(world.seed, listing, version)
            text = f"{document.title}\n{to_plain(document.sections)}"
            label = truth.label(listing, version)
            named = {
                name
                for name, writings in _SURFACES.items()
                if any(surface in text and pattern.search(text) for surface, pattern in writings)
            }
            planted = {skill.name for skill in label.skills} | set(label.context_skills)
            assert named == planted, (listing.native_id, named ^ planted)
            checked += 1
    assert checked > 1500


def test_each_skill_and_new_name_is_in_its_section(world: SampleWorld) -> None:
    levels: Counter[str] = Counter()
    names: set[str] = set()
    for listing in world.listings[::10]:
        document = compose(world.seed, listing, 0)
        sections = {section.kind: section for section in document.sections}
        for skill in listing.skills_in(0):
            kind = {"required": "required", "preferred": "preferred", "mentioned": "duties"}[skill.level]
            assert any(skill.surface in bullet for bullet in sections[kind].bullets), (listing.native_id, skill)
            levels[skill.level] += 1
        named = {new.name for new in NEW_NAMES if new.name in to_plain(document.sections)}
        assert named == set(listing.opening.new_names)
        names |= named
        assert all(any(name in bullet for bullet in sections["required"].bullets) for name in named)
    total = sum(levels.values())
    assert abs(levels["required"] / total - 0.6) < 0.03
    assert abs(levels["mentioned"] / total - 0.18) < 0.03
    assert len(names) == len(NEW_NAMES)


def test_ever_more_employers_ask_for_a_new_name_that_is_taken_up(world: SampleWorld) -> None:
    asking: dict[str, list[set[int]]] = defaultdict(lambda: [set(), set()])
    for listing in world.listings:
        is_late = truth.week_of_posting(world, listing.posted_at) >= world.weeks / 2
        for name in listing.opening.new_names:
            asking[name][is_late].add(listing.opening.firm.index)
    for new in NEW_NAMES:
        early, late = asking[new.name]
        if new.taken_up:
            assert len(late) > 15
            assert len(early) < 5
        else:
            assert abs(len(late) - len(early)) < 5 < len(early)


def test_what_only_some_say_is_in_the_texts_of_these(world: SampleWorld) -> None:
    said: Counter[str] = Counter()
    for listing in world.listings[::5]:
        book, label = PHRASEBOOKS[listing.opening.language], truth.label(listing, 0)
        text = to_plain(compose(world.seed, listing, 0).sections)
        on_target = label.pay_on_target and write_pay(label.pay_on_target, label.language)
        asked = {"n": label.years_min, "most": label.years_max}
        phrases = {
            "certification": (book.certification.format(skill="CISSP"), label.certification is not None),
            "range": (book.required_with_range.format(**asked), label.years_max is not None),
            "on target": (book.on_target.format(pay=on_target), label.pay_on_target is not None),
            "client": (book.for_client, AGENCIES.get(listing.opening.firm.index) == "text"),
            **{visa: (book.visa[visa][0], label.visa_sponsorship == visa) for visa in ("offered", "refused")},
        }
        for what, (phrase, is_planted) in phrases.items():
            assert (phrase in text) == is_planted, (listing.native_id, what)
            said[what] += is_planted
        if label.stated_end:
            assert label.board == "greenhouse"
            said["end"] += 1
    assert len(said) == 7
    assert min(said.values()) > 5


@pytest.mark.parametrize("measure", ["flow", "stock"])
def test_realised_shares_scatter_around_the_planted_ones(world: SampleWorld, measure: str) -> None:
    cells = [share for share in truth.skill_shares(world, measure) if share.family == truth.ALL_FAMILIES]
    assert {share.week for share in cells} == set(range(world.weeks - 1 if measure == "flow" else world.weeks))
    by_skill: dict[str, list[truth.SkillShare]] = defaultdict(list)
    for share in cells:
        by_skill[share.skill].append(share)
    assert len(by_skill) == len(SKILLS) >= 40
    gaps = []
    for shares in by_skill.values():
        postings = sum(share.postings for share in shares)
        realised = sum(share.with_skill for share in shares) / postings
        expected = sum(share.expected * share.postings for share in shares) / postings
        gaps.append(realised - expected)
        # The tastes of employers make the spread wider than binomial. About 60 employers are effective.
        assert abs(realised - expected) < 4 * math.sqrt(expected * (1 - expected) * 0.2 / 60) + 0.01
    assert abs(statistics.fmean(gaps)) < 0.005


def test_planted_trends_are_realised(world: SampleWorld) -> None:
    cells = [share for share in truth.skill_shares(world, "flow") if share.family == truth.ALL_FAMILIES]

    def change(skill: str) -> float:
        own = [share for share in cells if share.skill == skill]
        early, late = own[:6], own[-6:]
        return sum(s.with_skill for s in late) / sum(s.postings for s in late) - sum(s.with_skill for s in early) / sum(
            s.postings for s in early
        )

    assert change("LangGraph") > 0.04
    assert change("TensorFlow") < -0.05
    assert abs(change("PyTorch")) < 0.04


def test_planted_pairs_are_asked_for_together_and_no_others(world: SampleWorld) -> None:
    openings = [listing.opening for listing in world.listings if listing.origin == "first"]
    by_family = [[{s.name for s in each.skills} for each in openings if each.family == family] for family in FAMILIES]

    def lift(one: str, other: str) -> float:
        expected = sum(
            sum(one in asked for asked in family) * sum(other in asked for asked in family) / len(family)
            for family in by_family
        )
        return sum({one, other} <= asked for family in by_family for asked in family) / expected

    assert min(lift(*pair) for pair in TOGETHER.items()) > 1.4
    unrelated = [lift(one, other) for one, other in zip(TOGETHER, [*TOGETHER.values()][::-1], strict=True)]
    assert unrelated == pytest.approx([1] * len(unrelated), abs=0.15)


def test_curves() -> None:
    assert SKILLS_BY_NAME["PyTorch"].probability("ml_engineer", 0) == pytest.approx(0.62)
    assert SKILLS_BY_NAME["PyTorch"].probability("ml_engineer", 26) == pytest.approx(0.62)
    odds = [SKILLS_BY_NAME["TensorFlow"].probability("ml_engineer", week) for week in (0, 26)]
    log_odds = [math.log(share / (1 - share)) for share in odds]
    assert log_odds[1] - log_odds[0] == pytest.approx(-1.1)
    assert SKILLS_BY_NAME["R"].probability("mlops_engineer", 3) == 0


def steady_panel(world: SampleWorld) -> set[int]:
    """Return the indexes of the employers whose boards exist and answer correctly in every week."""
    broken = {company.firm for company in world.companies if company.listed_from or company.listed_until}
    by_address = {(company.board, company.slug): company.firm for company in world.companies}
    broken |= {by_address[board, slug] for board, slug, _ in world.outages}
    return {firm.index for firm in world.firms} - broken


def test_adding_a_source_moves_the_raw_share_but_not_the_panel(world: SampleWorld) -> None:
    panel = steady_panel(world)
    large = next(firm for firm in world.firms if firm.story == "added_large")
    assert large.index not in panel
    assert 50 < len(panel) < len(world.firms)
    ours = {large.index}
    own = [s for s in truth.skill_shares(world, "stock", ours) if s.family == truth.ALL_FAMILIES and s.skill == "JAX"]
    assert min(share.week for share in own) == world.weeks // 2
    assert own[-1].realised > 2 * own[-1].expected
    with pytest.raises(ValueError, match="flow"):
        truth.skill_shares(world, "sum")


def test_pay_is_drawn_around_the_plan(world: SampleWorld) -> None:
    cells = truth.pay_cells(world)
    assert len({cell.currency for cell in cells}) >= 5
    large = [cell for cell in cells if cell.disclosed >= 40 and cell.ratio is not None]
    assert len(large) >= 10
    for cell in large:
        assert cell.ratio == pytest.approx(1, abs=0.08), cell
    seniors = next(cell for cell in cells if (cell.country, cell.seniority) == ("US", "senior"))
    assert seniors.level == pytest.approx(165_000 * 1.28)
    assert seniors.annual_growth == pytest.approx(0.10)


def test_pay_is_stated_where_the_truth_says(world: SampleWorld, fetch: Any) -> None:
    moment = world.observation_dates[8]
    planted = {listing.native_id: listing for listing in world.listings}
    places: Counter[tuple[str, bool, bool]] = Counter()
    periods = set()
    for company in world.companies:
        answer = fetch(world, moment, company)
        if answer.status != 200:
            continue
        body = orjson.loads(answer.body)
        for job in body if company.board == "lever" else body["jobs"]:
            listing = planted[str(job["id"])]
            pay = listing.pay_in(listing.version_at(moment))
            words = write_pay(pay, listing.opening.language) if pay else "no pay"
            if company.board == "lever":
                field = job.get("salaryRange")
                text = f"{job['additional']} {job.get('salaryDescription', '')}"
                stated = [(field["min"], field["max"])] if field else []
            elif company.board == "ashby":
                text = job["descriptionHtml"]
                tiers = [tier["components"][0] for tier in job["compensation"]["compensationTiers"]]
                stated = [(tier["minValue"], tier["maxValue"]) for tier in tiers[:1]]
                assert len(tiers) in (0, 1, len(TIERS))
            else:
                text, stated = html.unescape(job["content"]), []
            assert stated == ([(pay.minimum, pay.maximum)] if pay and listing.pay_in_field else [])
            assert (html.escape(words, quote=False) in text) == (pay is not None and listing.pay_in_text)
            if pay:
                places[company.board, listing.pay_in_field, listing.pay_in_text] += 1
                periods.add(pay.period)
    assert set(places) == {
        ("greenhouse", False, True),
        *((board, *where) for board in ("lever", "ashby") for where in ((True, True), (True, False), (False, True))),
    }
    assert periods == {"year", "month", "day", "hour"}


@pytest.mark.parametrize(
    ("pay", "language", "words"),
    [
        (PlantedPay(150_000, 180_000, "USD", "year", 165_000, 1), "en", "$150K–$180K annually"),
        (PlantedPay(150_000, 180_000, "USD", "year", 165_000, 2), "en", "USD 150,000 to USD 180,000 per annum"),
        (PlantedPay(65_000, 80_000, "EUR", "year", 72_500, 0), "de", "65.000 € - 80.000 € brutto im Jahr"),
        (PlantedPay(55_000, 65_000, "EUR", "year", 60_000, 1), "fr", "55 k€ à 65 k€ par an"),
        (PlantedPay(2_800_000, 3_500_000, "INR", "year", 3_150_000, 3), "en", "₹28-35 LPA"),
        (PlantedPay(2_800_000, 3_550_000, "INR", "year", 3_150_000, 0), "en", "INR 28,00,000 - INR 35,50,000 per year"),
        (PlantedPay(None, 90_000, "GBP", "year", 80_000, 0), "en", "up to £90,000 per year"),
        (PlantedPay(480, 480, "GBP", "day", 124_800, 0), "en", "£480 per day"),
        (PlantedPay(100_000, 120_000, "CAD", "year", 110_000, 0), "en", "$100,000 - $120,000 CAD per year"),
    ],
)
def test_forms_of_written_pay(pay: PlantedPay, language: str, words: str) -> None:
    assert write_pay(pay, language) == words


def test_a_raise_keeps_the_written_form() -> None:
    raised = PlantedPay(100_000, None, "USD", "year", 110_000, 3).raised(1.05)
    assert (raised.minimum, raised.maximum, raised.writing) == (105_000, None, 3)


def test_planted_lives_are_present(world: SampleWorld) -> None:
    pairs = truth_lives.pairs(world)
    relations = Counter(pair.relation for pair in pairs)
    assert set(relations) == {"copy", "moved", "repost", "twin"}
    assert min(relations["copy"], relations["repost"], relations["twin"]) > 100
    assert {pair.reworded for pair in pairs if pair.relation == "copy"} == {True, False}
    listings = {truth_lives.identity(listing): listing for listing in world.listings}
    for pair in pairs:
        first, second = listings[pair.first], listings[pair.second]
        same_place = first.places == second.places
        assert first.opening is second.opening or first.opening.key == second.opening.key
        assert same_place == (pair.relation != "twin")
        assert (pair.first.board != pair.second.board) == (pair.relation in ("copy", "moved"))
        if pair.relation == "repost":
            assert first.visible[-1][1] < second.visible[0][0]
    assert len(truth_lives.reopened(world)) > 50
    assert len(truth_lives.late(world)) > 150
    assert min(map(len, truth_lives.edited(world).values())) > 50


def test_a_copy_has_the_text_of_its_original_and_a_reworded_one_keeps_its_duties(world: SampleWorld) -> None:
    listings = {truth_lives.identity(listing): listing for listing in world.listings}
    seen = set()
    for pair in truth_lives.pairs(world):
        if pair.relation != "copy":
            continue
        first, second = (compose(world.seed, listings[each], 0).sections for each in (pair.first, pair.second))
        same = {one.kind: one == other for one, other in zip(first, second, strict=False) if one.kind == other.kind}
        seen.add((pair.reworded, same["duties"], same["role"]))
    assert seen == {(False, True, True), (True, True, False)}


def test_a_reopened_posting_is_absent_for_two_crawls_or_more(world: SampleWorld) -> None:
    listings = {truth_lives.identity(listing): listing for listing in world.listings}
    reopened = truth_lives.reopened(world)
    assert reopened
    for each in reopened:
        listing = listings[each]
        shown = "".join("x" if listing.visible_at(moment) else "." for moment in world.observation_dates).strip(".")
        assert re.fullmatch(r"x+\.{2,}x+", shown), shown


def test_the_page_about_the_sample_world_is_current(root: Path, world: SampleWorld) -> None:
    page = (root / "docs" / "sample_world.md").read_text(encoding="utf-8")
    assert page == sample_world_markdown(world), "run: python -m scrapers.sample.document docs/sample_world.md"
