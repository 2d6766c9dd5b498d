"""Writes ``docs/sample_world.md``: run ``python -m scrapers.sample.document docs/sample_world.md``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import expm1
from pathlib import Path

from scrapers.sample import truth, truth_lives
from scrapers.sample.firms import SAYS_HEADCOUNT
from scrapers.sample.openings import SENIORITY_SHARES, WORKPLACE_SHARES
from scrapers.sample.outages import CHANCES
from scrapers.sample.pay_market import DISCLOSURE, LEVEL, annual_growth, median_annual
from scrapers.sample.premiums import REGION_PREMIUM, SKILL_PREMIUM
from scrapers.sample.registry import is_listed
from scrapers.sample.skill_market import EMPLOYER_TASTE, FAMILIES, FAMILY_SHARES, LEVEL_SHARES, SKILLS
from scrapers.sample.world import SampleWorld

_STORIES = {
    "moves": "changes from one board system to another mid-way: old board 404, all postings under new ids",
    "added_large": "large, enters mid-way; pays 35 % above the market and loves JAX and Rust: a pure coverage effect",
    "added": "enters mid-way",
    "dropped": "its board disappears in the last quarter",
    "two_boards": "publishes on two boards, partly under two writings of its name",
    "errors_in_a_row": "answers 500 three weeks running",
    "empty_in_a_row": "answers an empty list three weeks running",
    "missing_in_a_row": "answers 404 two weeks running",
    "short_lists": "lists 15 % of its postings two weeks running",
}


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def _figures(world: SampleWorld) -> str:
    crawls = truth_lives.crawl_truth(world)
    origins = Counter(listing.origin for listing in world.listings)
    seen = truth_lives.distinct_seen(world)
    boards = Counter(posting.board for posting in seen)
    languages = Counter(listing.opening.language for listing in world.listings)
    statuses: Counter[int] = Counter()
    for crawl in crawls:
        statuses.update(crawl.statuses)
    edits, stock, days = truth_lives.edited(world), truth.stock(world), world.observation_dates
    return _table(
        ("what", "how many"),
        (
            ("employers", len(world.firms)),
            ("boards (employer on a board system)", len(world.companies)),
            ("weekly crawls", f"{world.weeks}, {days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d}"),
            ("postings (ids) that a crawl of all weeks receives", len(seen)),
            ("… by board system", ", ".join(f"{board} {count}" for board, count in sorted(boards.items()))),
            ("… by language, of all", ", ".join(f"{tag} {count}" for tag, count in sorted(languages.items()))),
            ("sightings (posting × week)", sum(sum(crawl.postings.values()) for crawl in crawls)),
            ("requests", sum(crawl.requests for crawl in crawls)),
            ("answers", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))),
            ("jobs open at the first / last crawl", f"{len(stock[0])} / {len(stock[world.weeks - 1])}"),
            ("twins in another city", origins["twin"]),
            ("reposts under a new id", origins["repost"]),
            ("copies on the employer's second board", origins["copy"]),
            ("postings that moved to another board", origins["moved"]),
            ("postings closed and reopened, both seen", len(truth_lives.reopened(world))),
            ("postings shown a week or more after their stated date", len(truth_lives.late(world))),
            ("postings seen before and after an edit", ", ".join(f"{kind} {len(ids)}" for kind, ids in edits.items())),
        ),
    )  # fmt: skip


def _mix(world: SampleWorld) -> str:
    jobs = [listing.opening for listing in world.listings if listing.origin in ("first", "twin")]
    rows = []
    for name, planted in (
        ("role_family", dict(zip(FAMILIES, FAMILY_SHARES, strict=True))),
        ("seniority", SENIORITY_SHARES),
        ("workplace", WORKPLACE_SHARES),
    ):
        realised = Counter(getattr(job, "family" if name == "role_family" else name) for job in jobs)
        rows += [
            (name, f"`{value}`", _percent(share), _percent(realised[value] / len(jobs)))
            for value, share in planted.items()
        ]
    return _table(("field", "value", "planted", "realised"), rows)


def _skills(world: SampleWorld) -> str:
    last = world.weeks - 2
    edge = min(6, last)
    cells = [share for share in truth.skill_shares(world, "flow") if share.family == truth.ALL_FAMILIES]
    rows = []
    for skill in SKILLS:
        own = [cell for cell in cells if cell.skill == skill.name]
        early, late = own[:edge], own[-edge:]
        rows.append(
            (
                skill.name,
                ", ".join(dict.fromkeys(skill.surfaces)),
                f"{skill.drift:+.1f}" if skill.drift else "0",
                _percent(skill.probability("ml_engineer", 0)),
                _percent(skill.probability("ml_engineer", last)),
                _percent(sum(cell.asked for cell in early) / sum(cell.postings for cell in early)),
                _percent(sum(cell.asked for cell in late) / sum(cell.postings for cell in late)),
            )
        )
    header = (
        "skill",
        "written as",
        "drift",
        "planted, `ml_engineer`, week 0",
        f"week {last}",
        f"realised flow, all families, weeks 0–{edge - 1}",
        f"weeks {last - edge + 1}–{last}",
    )
    return _table(header, rows)


def _pay(world: SampleWorld) -> str:
    cells = {(cell.country, cell.seniority): cell for cell in truth.pay_cells(world)}
    rows = []
    for country in LEVEL:
        own = [cell for (where, _), cell in cells.items() if where == country]
        if not own:
            continue
        senior = cells.get((country, "senior"))
        rows.append(
            (
                country,
                own[0].currency,
                *(
                    f"{median_annual(country, level, 'ml_engineer', 0):,.0f}"
                    for level in ("junior", "mid", "senior", "staff")
                ),
                *(f"{100 * annual_growth(country, level):+.0f} %" for level in ("junior", "senior", "staff")),
                _percent(DISCLOSURE[country], 0),
                sum(cell.disclosed for cell in own),
                f"{senior.ratio:.2f}" if senior and senior.ratio else "",
            )
        )
    header = (
        "country", "currency", "junior", "mid", "senior", "staff", "growth a year: junior", "senior", "staff",
        "pay stated, planted", "jobs with pay", "realised ÷ planted, senior",
    )  # fmt: skip
    return _table(header, rows)


def _premiums() -> str:
    regions = {f"{city}, over the rest of {country}": worth for (country, city), worth in REGION_PREMIUM.items()}
    rows = [
        (name, f"{worth:+.2f}", f"{100 * expm1(worth):+.1f} %") for name, worth in (SKILL_PREMIUM | regions).items()
    ]
    return _table(("of", "planted, logarithm", "planted, per cent"), rows)


def _stories(world: SampleWorld) -> str:
    rows = []
    for firm in world.firms:
        if firm.story in _STORIES:
            boards = ", ".join(f"{account.board}/{account.slug}" for account in firm.accounts)
            rows.append((firm.name, boards, _STORIES[firm.story]))
    return _table(("employer", "boards", "what is planted"), rows)


def _outages(world: SampleWorld) -> str:
    kinds = Counter(outage.kind for outage in truth_lives.outages(world))
    meanings = {"missing": "404", "error": "500", "empty": "an empty list", "short": "15 % of the list"}
    return _table(
        ("kind", "answer", "chance a week and board", "planned in all"),
        ((kind, meanings[kind], _percent(chance), kinds[kind]) for kind, chance in CHANCES.items()),
    )


_TEMPLATE = """# The sample world

**Nothing in it is real.** The sample boards are a small labour market made from a seed, so that the whole
pipeline can run without a network and its results can be compared with what is true. Employers, postings, pay
and demand are invented; only the *shapes* are those of the real Greenhouse, Lever and Ashby interfaces. This
page is generated by `python -m scrapers.sample.document docs/sample_world.md`; a test compares it with the
code.

## Figures of the default world (seed {seed})

{figures}

The world is crawled on Mondays at 06:00 UTC. A crawl as of any other moment gets what the boards show at that
moment. The same seed gives the same bytes; more employers or another run shift nothing, because every employer,
job and text draws from a random stream of its own.

## Who is hired

{mix}

A text is English, or French or German for part of the jobs of French and German employers. Pay stands in the
board's field (Lever, Ashby), in the text, or in both; Greenhouse's list has no field for it. Amounts are
written in many ways: `$150K–$180K`, `USD 150,000 to 180,000 per year`, `65.000 € bis 80.000 € brutto im Jahr`,
`60 k€`, `₹28-35 LPA`, one end only, by the month, day or hour. A year has 12 months, 260 days, 2,080 hours
here.

## Demand for skills

The log-odds of each skill move on a straight line; *drift* is their change over 26 weeks. The probability at
week *w* for a role family with share *p* at week 0 is `1 / (1 + exp(-(log(p / (1 - p)) + drift × w / 26)))`.
Part of the taste is the employer's own ({taste} of the variance), so intervals must be clustered by company;
the share over many employers stays exact. One employer is planted to differ from the market (below). A skill
that is asked for is {required} required, {preferred} preferred, {mentioned} mentioned in duties. Beside that,
about three in ten employers name two products in their boiler-plate: context, no demand. Lower-case traps stand
in some texts too ("spark good designs", "react fast", "R&D", "go-to-market"). What the sentences of duties name
besides ("labelling", "training and inference", "algorithms") is not planted: many postings share a sentence, and the
skill's share is the sentence's.

{skills}

Shares by role family, week, flow and stock: `scrapers.sample.truth.skill_shares`.

## Pay

Planted median of an ML engineer a year at week 0, in the country's currency, and its growth. Other role
families have a constant factor (`truth.family_pay_factor`). The last column compares the ranges that senior
jobs state with the planted median of their family and week.

{pay}

Premiums are planted too, in logarithms and centred, so that they move no median of a family: a posting that asks for
the skill, or is in the region, is paid so much more than one that is not.

{premiums}

About {headcount} of the employers say how many people they have, each the same number in all of its postings. The
registry of employers (`scrapers/sample/companies.csv`) knows sector, size and head office of {listed} of {firms}.

## Lives

Postings open, change under the same id (wording, higher pay, one more skill), close, reopen under the same id
after two weeks or more, are reposted under a new id, appear on the employer's second board (the same text, or
reworded), and have twins in other cities. Some are shown one to five weeks after the date they state.
`scrapers.sample.truth_lives` lists every pair and every id.

{stories}

## Failures

{outages}

The first and the last week are whole. An employer that is not listed yet, or no longer, answers 404 like an
unknown one.

## How to ask it

```python
from scrapers.sample.world import SampleWorld
from scrapers.sample import truth, truth_lives

world = SampleWorld()
monday = world.observation_dates[10]
answer = world.response(monday, "api.lever.co", "/v0/postings/{lever_slug}?mode=json")
flow = truth.skill_shares(world, "flow")          # by skill, role family and week: planted, expected, realised
cells = truth.pay_cells(world)                    # by country and seniority: level, growth, what was drawn
pairs = truth_lives.pairs(world)                  # copies, reposts, twins, moves
found = truth_lives.crawl_truth(world)            # what each weekly crawl must find
```

What the world does not have: seasons, holidays, agencies, aggregators, HTML errors by hand, personal data.
"""


def sample_world_markdown(world: SampleWorld) -> str:
    """The page about the sample world, its figures computed from it."""
    lever = next(company for company in world.companies if company.board == "lever" and company.listed_from is None)
    return _TEMPLATE.format(
        seed=world.seed,
        figures=_figures(world),
        mix=_mix(world),
        taste=_percent(EMPLOYER_TASTE, 0),
        required=_percent(LEVEL_SHARES["required"], 0),
        preferred=_percent(LEVEL_SHARES["preferred"], 0),
        mentioned=_percent(LEVEL_SHARES["mentioned"], 0),
        skills=_skills(world),
        pay=_pay(world),
        premiums=_premiums(),
        headcount=_percent(SAYS_HEADCOUNT, 0),
        listed=sum(is_listed(world.seed, firm.index) for firm in world.firms),
        firms=len(world.firms),
        stories=_stories(world),
        outages=_outages(world),
        lever_slug=lever.slug,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sample_world_markdown(SampleWorld()), encoding="utf-8")
