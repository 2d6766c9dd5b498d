"""Generate ``docs/sample_world.md``: run ``python -m scrapers.sample.document docs/sample_world.md``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import expm1
from pathlib import Path

from scrapers.sample import truth, truth_lives
from scrapers.sample.firms import AGENCIES, SAYS_HEADCOUNT
from scrapers.sample.new_names import ASKED_FOR, NEW_NAMES
from scrapers.sample.openings import SENIORITY_SHARES, WORKPLACE_SHARES
from scrapers.sample.outages import CHANCES
from scrapers.sample.pay_market import DISCLOSURE, LEVEL, annual_growth, median_annual
from scrapers.sample.premiums import REGION_PREMIUM, SKILL_PREMIUM
from scrapers.sample.registry import is_listed
from scrapers.sample.remarks import (
    CERTIFICATION,
    CERTIFIED_SHARE,
    ON_TARGET_FACTOR,
    ON_TARGET_SHARE,
    RANGE_SHARE,
    RANGE_WIDTH,
    STATED_END_SHARE,
    VISA_SHARES,
)
from scrapers.sample.skill_market import (
    EMPLOYER_TASTE,
    FAMILIES,
    FAMILY_SHARES,
    LEVEL_SHARES,
    SKILLS,
    TOGETHER,
    TOGETHER_CORRELATION,
)
from scrapers.sample.world import SampleWorld

_STORIES = {
    "moves": "moves to another board system midway: the old board answers 404, and all postings get new ids",
    "added_large": "large, enters midway, pays 35 % above the market and prefers JAX and Rust: a pure coverage effect",
    "added": "enters midway",
    "dropped": "its board disappears in the last quarter",
    "two_boards": "publishes on two boards, sometimes under two spellings of its name",
    "errors_in_a_row": "answers 500 for three weeks in a row",
    "empty_in_a_row": "answers an empty list for three weeks in a row",
    "missing_in_a_row": "answers 404 for two weeks in a row",
    "short_lists": "lists 15 % of its postings for two weeks in a row",
}

_AGENCIES = {"text": "its texts speak of its client", "name": "its name contains the word recruitment"}


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
        ("figure", "value"),
        (
            ("employers", len(world.firms)),
            ("boards (one employer on one board system)", len(world.companies)),
            ("weekly crawls", f"{world.weeks}, {days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d}"),
            ("postings (ids) received over all weekly crawls", len(seen)),
            ("… by board system", ", ".join(f"{board} {count}" for board, count in sorted(boards.items()))),
            ("all postings by language", ", ".join(f"{tag} {count}" for tag, count in sorted(languages.items()))),
            ("sightings (one posting in one week)", sum(sum(crawl.postings.values()) for crawl in crawls)),
            ("requests", sum(crawl.requests for crawl in crawls)),
            ("responses by status", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))),
            ("jobs open at the first / last crawl", f"{len(stock[0])} / {len(stock[world.weeks - 1])}"),
            ("twins in another city", origins["twin"]),
            ("reposts under a new id", origins["repost"]),
            ("copies on the employer's second board", origins["copy"]),
            ("postings that moved to another board", origins["moved"]),
            ("postings closed and reopened, seen both times", len(truth_lives.reopened(world))),
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
                _percent(sum(cell.with_skill for cell in early) / sum(cell.postings for cell in early)),
                _percent(sum(cell.with_skill for cell in late) / sum(cell.postings for cell in late)),
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


def _new_names(world: SampleWorld) -> str:
    weeks = truth.flow(world)
    halves = (range(world.weeks // 2), range(world.weeks // 2, world.weeks))

    def employers(name: str, half: range) -> int:
        jobs = (listing.opening for week in half for listing, _ in weeks.get(week, ()))
        return len({job.firm.index for job in jobs if name in job.new_names})

    rows = [
        (
            new.name,
            _percent(new.reach, 0),
            "weeks {:.0f} to {:.0f}".format(*new.taken_up) if new.taken_up else "before week 0",
            *(employers(new.name, half) for half in halves),
        )
        for new in NEW_NAMES
    ]
    asking = (f"employers asking for it, weeks {half[0]}–{half[-1]}" for half in halves)
    return _table(("name", "employers that use it, planted", "taken up", *asking), rows)


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
        "country", "currency", "junior", "mid", "senior", "staff", "annual growth: junior", "senior", "staff",
        "share stating pay, planted", "jobs with pay", "realised ÷ planted, senior",
    )  # fmt: skip
    return _table(header, rows)


def _premiums() -> str:
    regions = {f"{city}, relative to the rest of {country}": worth for (country, city), worth in REGION_PREMIUM.items()}
    rows = [
        (name, f"{worth:+.2f}", f"{100 * expm1(worth):+.1f} %") for name, worth in (SKILL_PREMIUM | regions).items()
    ]
    return _table(("skill or region", "planted, logarithm", "planted, per cent"), rows)


def _remarks(world: SampleWorld) -> str:
    labels = [truth.label(listing, 0) for listing in world.listings]
    whole = [each.pay for each in labels if each.pay_in_text and not each.pay_in_field]
    annual = sum(pay.period == "year" and None not in (pay.minimum, pay.maximum) for pay in whole if pay)
    with_years = sum(each.years_min is not None for each in labels)
    on_greenhouse = sum(each.board == "greenhouse" for each in labels)
    rows = [
        (f"a {CERTIFICATION} certification, preferred", "postings", CERTIFIED_SHARE, len(labels),
         sum(each.certification is not None for each in labels)),
        *((f"visa sponsorship {said}", "postings", VISA_SHARES[said], len(labels),
           sum(each.visa_sponsorship == said for each in labels)) for said in ("offered", "refused")),
        (f"a range of years, {RANGE_WIDTH} wide", "postings that ask for years", RANGE_SHARE, with_years,
         sum(each.years_max is not None for each in labels)),
        (f"on-target earnings, {_percent(ON_TARGET_FACTOR - 1, 0)} above the pay",
         "postings with a range of annual pay in the text alone", ON_TARGET_SHARE, annual,
         sum(each.pay_on_target is not None for each in labels)),
        ("when the board will take it down", "postings on Greenhouse", STATED_END_SHARE, on_greenhouse,
         sum(each.stated_end is not None for each in labels)),
    ]  # fmt: skip
    return _table(
        ("stated", "by", "planted", "realised", "postings"),
        ((what, of, _percent(share, 0), _percent(n / total), n) for what, of, share, total, n in rows),
    )


def _agencies(world: SampleWorld) -> str:
    firms = [firm for firm in world.firms if firm.index in AGENCIES]
    return "\n".join(f"- {firm.accounts[0].company_name}: {_AGENCIES[AGENCIES[firm.index]]}." for firm in firms)


def _stories(world: SampleWorld) -> str:
    rows = []
    for firm in world.firms:
        if firm.story in _STORIES:
            boards = ", ".join(f"{account.board}/{account.slug}" for account in firm.accounts)
            rows.append((firm.name, boards, _STORIES[firm.story]))
    return _table(("employer", "boards", "planted story"), rows)


def _outages(world: SampleWorld) -> str:
    kinds = Counter(outage.kind for outage in truth_lives.outages(world))
    meanings = {"missing": "404", "error": "500", "empty": "an empty list", "short": "15 % of the list"}
    return _table(
        ("kind", "response", "chance per week and board", "planned in total"),
        ((kind, meanings[kind], _percent(chance), kinds[kind]) for kind, chance in CHANCES.items()),
    )


_TEMPLATE = """# The sample world

**Nothing in it is real.** The sample boards are a small labour market generated from a seed. With them, the complete
pipeline runs without a network, and its results can be compared with the truth. Employers, postings, pay and demand are
invented. Only the *formats* are real: those of the Greenhouse, Lever and Ashby APIs. This page is generated by
`python -m scrapers.sample.document docs/sample_world.md`, and a test compares it with the code.

## Figures of the default world (seed {seed})

{figures}

The world is crawled on Mondays at 06:00 UTC. A crawl as of any other moment receives what the boards show at that
moment. The same seed gives the same bytes. Every employer, job and text has its own random stream, so more employers
or another run change nothing elsewhere.

## Jobs

{mix}

Texts are in English, except for some jobs of French and German employers, whose texts are in French or German. Pay is
stated in the board's field (Lever, Ashby), in the text, or in both; Greenhouse's list has no field for it. Amounts take
many forms: `$150K–$180K`, `USD 150,000 to 180,000 per year`, `65.000 € bis 80.000 € brutto im Jahr`, `60 k€`,
`₹28-35 LPA`, only one end of a range, or pay per month, day or hour. A year has 12 months, 260 working days or 2,080
working hours. The figures use the usual year of each country (`pay_period_factors.csv`: 218 days in France, 14 months
in Spain), so that pay per day or month in these countries differs from what was planted.

## Demand for skills

The log-odds of each skill move in a straight line, and *drift* is their change over 26 weeks. The probability at
week *w* for a role family with share *p* at week 0 is `1 / (1 + exp(-(log(p / (1 - p)) + drift × w / 26)))`.

- **Employers differ.** {taste} of the variance in the taste for a skill is specific to the employer, so intervals must
  be clustered by company. The share over many employers stays exact. One employer differs from the market
  ([below](#lives)).
- **Levels.** Of the skills that postings ask for, {required} are required, {preferred} are preferred and {mentioned}
  are mentioned in the duties.
- **Together.** Within a role family, the needs of a posting for two such skills correlate by {correlation}:
  {together}.
  All other skills are unrelated.
- **Context is not demand.** About three in ten employers name two products in their boilerplate.
- **Traps.** Some texts contain words that look like skills ("spark good designs", "react fast", "R&D",
  "go-to-market").
- **Titles name fields.** "Software Engineer, Machine Learning" or "Business Intelligence Analyst" names a field that is
  not in the table. The sentences of a posting name no other skill than those in the table, the new names and the
  certification below.

{skills}

Shares by role family, week, flow and stock: `scrapers.sample.truth.skill_shares`.

## New names

Invented tools that the taxonomy does not know. An employer that uses one lists it among the required skills of {asked}
of its postings, on the line with most skills. A line of fewer than three names is no list to the pipeline, which then
does not count the name (`rpt_skill_emerging`).

{new_names}

## Pay

The planted median annual pay of an ML engineer at week 0, in the country's currency, and its growth. Other role
families have a constant factor (`truth.family_pay_factor`). The last column compares the ranges that senior
jobs state with the planted median of their family and week.

{pay}

Premiums are planted too. Each is the difference in the logarithm of pay between postings that ask for the skill, or are
in the region, and those that do not. Premiums are centred, so they do not move the median of a family.

{premiums}

About {headcount} of the employers state how many people they employ, with the same number in all of their postings. The
registry of employers (`scrapers/sample/companies.csv`) lists the sector, size and head office of {listed} of {firms}.

## Stated by some

{remarks}

Nothing of it has an effect on pay or demand. These employers are agencies:

{agencies}

## Lives

A posting opens and closes. In between, it may change under the same id: new wording, higher pay or one more skill. Some
postings:

- reopen under the same id after two weeks or more;
- are reposted under a new id;
- appear on the employer's second board, with the same text or reworded;
- have twins in other cities;
- appear one to five weeks after the date they state.

`scrapers.sample.truth_lives` lists every pair and every id. These employers have a planted story:

{stories}

## Failures

{outages}

No failures are planned for the first and the last week. An employer whose board does not exist yet, or no longer
exists, answers 404 like an unknown one.

## How to query it

```python
from scrapers.sample.world import SampleWorld
from scrapers.sample import truth, truth_lives

world = SampleWorld()
monday = world.observation_dates[10]
answer = world.response(monday, "api.lever.co", "/v0/postings/{lever_slug}?mode=json")
flow = truth.skill_shares(world, "flow")          # by skill, role family and week: planted, expected, realised
cells = truth.pay_cells(world)                    # by country and seniority: level, growth, realised ratio
pairs = truth_lives.pairs(world)                  # copies, reposts, twins, moves
crawls = truth_lives.crawl_truth(world)           # the expected result of each weekly crawl
```

The sample world does not contain seasons, holidays, aggregators, handwritten HTML errors or personal data.
"""


def sample_world_markdown(world: SampleWorld) -> str:
    """Return the page about the sample world, with figures computed from it."""
    lever = next(company for company in world.companies if company.board == "lever" and company.listed_from is None)
    return _TEMPLATE.format(
        seed=world.seed,
        figures=_figures(world),
        mix=_mix(world),
        taste=_percent(EMPLOYER_TASTE, 0),
        required=_percent(LEVEL_SHARES["required"], 0),
        preferred=_percent(LEVEL_SHARES["preferred"], 0),
        mentioned=_percent(LEVEL_SHARES["mentioned"], 0),
        together="; ".join(f"{first} and {second}" for second, first in TOGETHER.items()),
        correlation=TOGETHER_CORRELATION,
        skills=_skills(world),
        asked=_percent(ASKED_FOR, 0),
        new_names=_new_names(world),
        pay=_pay(world),
        premiums=_premiums(),
        headcount=_percent(SAYS_HEADCOUNT, 0),
        listed=sum(is_listed(world.seed, firm.index) for firm in world.firms),
        firms=len(world.firms),
        remarks=_remarks(world),
        agencies=_agencies(world),
        stories=_stories(world),
        outages=_outages(world),
        lever_slug=lever.slug,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sample_world_markdown(SampleWorld()), encoding="utf-8")
