"""The complete pipeline on the sample world: published figures are compared with the planted truth.

Each test prints its measurements. Unless a comment gives another date, the floors are a little below the values
measured on 2026-11-22: a regression fails, chance does not. Comments explain where a published figure and its planted
counterpart are defined differently.
"""

from __future__ import annotations

import re
import shutil
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import expm1
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest

from jobmarket.settings import Home
from scrapers.sample import truth, truth_lives
from scrapers.sample.firms import AGENCIES, SECTORS, SIZE_BANDS
from scrapers.sample.listings import Listing
from scrapers.sample.new_names import NEW_NAMES
from scrapers.sample.premiums import REGION_PREMIUM, SKILL_PREMIUM
from scrapers.sample.registry import BASIS, is_listed
from scrapers.sample.remarks import CERTIFICATION
from scrapers.sample.skill_market import SKILLS, TOGETHER
from scrapers.sample.world import SampleWorld
from tests.dbt_project.dbt_runs import run_dbt
from tests.measured import show

from .conftest import FinishedRun

pytestmark = pytest.mark.timeout(1200)

# The families in the weekly series, where "all" means these five.
MARKET = ("ml_engineer", "mlops_engineer", "ai_engineer", "ml_researcher", "data_scientist")
REPLAYED_WEEK = 12

# Titles name these fields of work, which are skills of the taxonomy and are not planted. Sentences name none of them.
NAMED_BY_TITLES = {
    "Analytics", "Backend Development", "Data Engineering", "Full-Stack Development", "Machine Learning",
    "ML Platforms", "ML Research",
}  # fmt: skip

Key = tuple[str, str, str]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Planted:
    """The world and the times at which its weekly crawls received each posting, in UTC without a zone as in DuckDB."""

    world: SampleWorld
    listings: dict[Key, Listing]
    received: dict[Key, list[datetime]]

    def last_version(self, key: Key) -> int:
        """Return the version of the posting that the last crawl to receive it saw."""
        return self.listings[key].version_at(self.received[key][-1].replace(tzinfo=UTC))


def plain(moment: datetime) -> datetime:
    """Convert to UTC without a zone, as DuckDB returns it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def key_of(identity: truth_lives.ListingId) -> Key:
    return (identity.board, identity.company_slug, identity.native_id)


def share(part: float, whole: float) -> float:
    assert whole, "nothing was compared"
    return part / whole


@pytest.fixture(scope="module")
def planted() -> Planted:
    world = SampleWorld()
    received: dict[Key, list[datetime]] = defaultdict(list)
    for week, moment in enumerate(world.observation_dates):
        for listing in truth_lives.seen_in_week(world, week):
            received[key_of(truth_lives.identity(listing))].append(plain(moment))
    listings = {key_of(truth_lives.identity(listing)): listing for listing in world.listings}
    return Planted(world, listings, dict(received))


@pytest.fixture(scope="module")
def postings(sample_run: FinishedRun) -> dict[Key, dict[str, Any]]:
    """The published postings, by (board, company, id)."""
    columns = [
        "company_key", "role_family", "seniority", "workplace", "employment_type", "country", "posted_at",
        "first_seen_at", "last_seen_at", "closed_after", "closed_at", "is_open", "n_reopened", "canonical_posting_key",
        "opening_key", "is_canonical", "n_versions",
    ]  # fmt: skip
    rows: Rows = sample_run.published(f"select board, company_slug, native_id, {', '.join(columns)} from fct_postings")
    return {row[:3]: dict(zip(columns, row[3:], strict=True)) for row in rows}


# --- the run and the postings received --------------------------------------------------------------------------


def test_the_run_succeeds_and_reports_its_counts(sample_run: FinishedRun, planted: Planted) -> None:
    assert sample_run.exit_code == 0, sample_run.output
    assert "Incomplete" not in sample_run.output
    sightings = sum(len(moments) for moments in planted.received.values())
    crawls = [
        (company.board, company.slug, moment)
        for moment in planted.world.observation_dates
        for company in planted.world.companies_at(moment)
    ]
    assert f"{sightings:,} postings of {len(planted.world.companies)} companies" in sample_run.output
    assert f"summed over {len(planted.world.observation_dates)} moments" in sample_run.output
    failures = sum(planted.world.outage_at(*crawl) in ("missing", "error") for crawl in crawls)
    assert f"{failures} of {len(crawls):,} company crawls failed, as the sample world plans it" in sample_run.output
    # The output ends with three queries to try. Each must return rows.
    _, _, block = sample_run.output.partition("Three queries to start with")
    queries = re.findall(r"^  (select .+?)\n\s*\n", block + "\n\n", flags=re.MULTILINE | re.DOTALL)
    assert len(queries) == 3, block
    for query in queries:
        assert sample_run.published(query), query


def test_every_posting_that_a_crawl_received_is_in_raw_and_published(
    sample_run: FinishedRun, planted: Planted, postings: dict[Key, dict[str, Any]]
) -> None:
    expected = {key_of(identity) for identity in truth_lives.distinct_seen(planted.world)}
    in_raw = sample_run.raw(
        """select distinct board, company_slug, native_id
        from raw.sightings join raw.posting_versions using (posting_key, content_hash)"""
    )
    assert len(expected) > 5000
    assert set(in_raw) == expected
    assert set(postings) == expected
    [(sightings,)] = sample_run.raw("select count(*) from raw.sightings")
    assert sightings == sum(len(moments) for moments in planted.received.values())


def test_every_crawl_of_a_company_has_its_planned_status_and_count(sample_run: FinishedRun, planted: Planted) -> None:
    world = planted.world
    expected: dict[tuple[datetime, str, str], tuple[str, int]] = {}
    for week, moment in enumerate(world.observation_dates):
        received = Counter((seen.account.board, seen.account.slug) for seen in truth_lives.seen_in_week(world, week))
        for company in world.companies_at(moment):
            address = (company.board, company.slug)
            failed = world.outage_at(*address, moment) in ("missing", "error")
            expected[plain(moment), *address] = ("failed" if failed else "complete", received[address])
    rows: Rows = sample_run.raw("select as_of, board, company_slug, status, postings, errors from raw.crawl_runs")
    assert {row[:3]: row[3:5] for row in rows} == expected
    assert len(rows) == len(expected), "a company was crawled twice at one moment"
    for crawl in truth_lives.crawl_truth(world):
        week_rows = [row for row in rows if row[0] == plain(crawl.as_of)]
        assert sum(row[3] == "complete" for row in week_rows) == crawl.statuses[200], crawl
        by_board = Counter[str]()
        for row in week_rows:
            by_board[row[1]] += row[4]
        assert dict(+by_board) == crawl.postings, crawl


# --- lives ------------------------------------------------------------------------------------------------------


def thrice_empty(world: SampleWorld) -> set[tuple[str, str, int]]:
    """Return the outages that are a company's third empty answer in a row, which the pipeline accepts as real."""
    return {
        (board, slug, week)
        for (board, slug, week), kind in world.outages.items()
        if kind == "empty" and all(world.outages.get((board, slug, week - back)) == "empty" for back in (1, 2))
    }


def test_postings_have_the_planted_dates_and_at_most_the_planted_versions(
    planted: Planted, postings: dict[Key, dict[str, Any]]
) -> None:
    for key, posting in postings.items():
        moments = planted.received[key]
        assert (posting["first_seen_at"], posting["last_seen_at"]) == (moments[0], moments[-1]), key
        # boards state times to the second or the millisecond
        assert abs(posting["posted_at"] - plain(planted.listings[key].posted_at)) < timedelta(seconds=1), key
        versions = {planted.listings[key].version_at(moment.replace(tzinfo=UTC)) for moment in moments}
        assert posting["n_versions"] <= len(versions), key


def agrees(listing: Listing, posting: dict[str, Any], last_crawl: datetime) -> bool:
    """Whether the published end agrees with the planted one.

    The planted end is that of the period in which the posting was last seen. If a posting reopens and closes again
    between two crawls, no crawl can see it.
    """
    spans = [(plain(start), plain(end)) for start, end in listing.visible]
    [last_end] = [end for start, end in spans if start <= posting["last_seen_at"] < end]
    if posting["is_open"]:
        return spans[-1][1] > last_crawl
    # If a board disappears, nobody observes the end of its postings: they are neither open nor closed at a known time.
    return posting["closed_at"] is not None and bool(posting["closed_after"] < last_end <= posting["closed_at"])


def test_published_lives_agree_with_the_planted_ones(planted: Planted, postings: dict[Key, dict[str, Any]]) -> None:
    last_crawl = plain(planted.world.observation_dates[-1])
    differing = [key for key, posting in postings.items() if not agrees(planted.listings[key], posting, last_crawl)]
    reopened = {key_of(identity) for identity in truth_lives.reopened(planted.world)} & set(postings)
    published = {key for key, posting in postings.items() if posting["n_reopened"]}
    agreement = 1 - share(len(differing), len(postings))
    recall = share(len(reopened & published), len(reopened))
    show(
        "lives",
        [
            f"open or closed as planted: {agreement:.2%} of {len(postings):,}",
            f"differing: {Counter(('open' if postings[key]['is_open'] else 'closed', key[1]) for key in differing)}",
            f"reopened: {len(reopened)} planted, {recall:.1%} published, {len(published - reopened)} not planted",
        ],
    )
    # The others ended on a board that is no longer crawled, or that has since answered with an empty list once or
    # twice. Nothing closes them. Measured 99.6 %.
    assert agreement >= 0.99
    assert recall >= 0.97  # measured 99 %: one reopens during a planned failure of its board
    # The third empty answer in a row closes postings, which then reopen. The next test explains the one exception.
    companies = {(board, slug) for board, slug, _ in thrice_empty(planted.world)}
    assert len([key for key in published - reopened if key[:2] not in companies]) <= 1


def test_outages_do_not_close_postings(sample_run: FinishedRun, planted: Planted) -> None:
    rows: Rows = sample_run.raw(
        """select postings.board, postings.company_slug, postings.native_id, spells.last_seen_at, spells.closed_at
        from intermediate.int_posting_spells as spells
        join marts.fct_postings as postings using (posting_key) where spells.closed_at is not null"""
    )
    assert len(rows) > 4000
    by_rule, wrong = [], []
    for board, slug, native_id, last_seen, closed_at in rows:
        spans = planted.listings[board, slug, native_id].visible
        [end] = [plain(end) for start, end in spans if plain(start) <= last_seen < plain(end)]
        moment = closed_at.replace(tzinfo=UTC)
        if last_seen < end <= closed_at and planted.world.outage_at(board, slug, moment) is None:
            continue
        week = planted.world.week_of(moment)
        third = (board, slug, week) in thrice_empty(planted.world)
        (by_rule if third else wrong).append((board, slug, native_id, last_seen, closed_at, end))
    lines = [f"closings at an outage, or before the posting's end: {wrong}"]
    show("outages", [*lines, f"closed by a third empty answer in a row: {len(by_rule)} of {len(rows):,}"])
    # One is known since 2026-11-22. Its board is empty in most weeks, so its trailing median is 0 and a single empty
    # answer counts at once.
    assert len(wrong) <= 1, wrong
    assert by_rule, "no posting was closed by the planted third empty answer in a row"


def test_a_crawl_during_an_outage_does_not_qualify(sample_run: FinishedRun, planted: Planted) -> None:
    rows: Rows = sample_run.raw("select board, company_slug, as_of, qualifies, trailing_median from raw.crawl_runs")
    crawls = {
        (board, slug, planted.world.week_of(at.replace(tzinfo=UTC))): (qualifies, usual)
        for board, slug, at, qualifies, usual in rows
    }
    met = {address: crawls[address] for address in planted.world.outages if address in crawls}
    qualified = {address: usual for address, (qualifies, usual) in met.items() if qualifies}
    show("qualifying crawls during an outage", [f"{len(qualified)} of {len(met)}: {qualified}"])
    assert len(met) > 90
    assert thrice_empty(planted.world) <= set(qualified)
    # An empty or short list may qualify only on a board that usually has few postings, so that it closes few or none.
    for address in set(qualified) - thrice_empty(planted.world):
        assert planted.world.outages[address] in ("empty", "short"), address
        assert not qualified[address] or qualified[address] <= 4, address


# --- the same job twice -----------------------------------------------------------------------------------------


def together(postings: dict[Key, dict[str, Any]], column: str) -> set[frozenset[Key]]:
    """Return the pairs of postings with the same value in a column."""
    groups: dict[object, list[Key]] = defaultdict(list)
    for key, posting in postings.items():
        groups[posting[column]].append(key)
    return {frozenset(pair) for group in groups.values() for pair in combinations(sorted(group), 2)}


def test_copies_and_reposts_are_linked_and_other_postings_are_not(
    planted: Planted, postings: dict[Key, dict[str, Any]]
) -> None:
    relations = {
        frozenset((key_of(pair.first), key_of(pair.second))): pair for pair in truth_lives.pairs(planted.world)
    }
    relations = {keys: pair for keys, pair in relations.items() if keys <= set(postings)}
    merged, linked = together(postings, "canonical_posting_key"), together(postings, "opening_key")
    for keys in merged:
        assert sum(bool(postings[key]["is_canonical"]) for key in keys) <= 1, keys

    tally: Counter[tuple[str, bool, str]] = Counter()
    for keys, pair in relations.items():
        outcome = "merged" if keys in merged else "one opening" if keys in linked else "apart"
        tally[pair.relation, pair.reworded, outcome] += 1
    same = {keys for keys, pair in relations.items() if pair.relation in ("copy", "moved")}
    again = {keys for keys, pair in relations.items() if pair.relation == "repost"}
    right = {keys for keys in linked if len({planted.listings[key].opening.key for key in keys}) == 1}
    precision = share(len(right), len(linked))
    recall, copy_recall = share(len((same | again) & linked), len(same | again)), share(len(same & merged), len(same))
    table = [
        f"{relation:<8}{'reworded' if reworded else 'as written':<12}{outcome:<12}{number:>5}"
        for (relation, reworded, outcome), number in sorted(tally.items())
    ]
    summary = f"precision {precision:.1%}, recall {recall:.1%} of {len(same | again)}; of copies {copy_recall:.1%}"
    show("the same job twice", [*table, summary])
    assert {pair.relation for pair in relations.values()} == {"copy", "moved", "repost", "twin"}
    twins = {keys for keys, pair in relations.items() if pair.relation == "twin"}
    assert not twins & linked, "a twin is a separate opening"
    # A repost publishes an opening again: it counts again and links to the earlier posting.
    assert not again & merged
    # Measured 2026-11-26: 99.5 %, 98.7 % and all copies. The missed pairs are reworded reposts on the employer's own
    # board, whose text differs as much from the first as that of another opening.
    assert precision >= 0.99
    assert recall >= 0.98
    assert copy_recall >= 0.99


def test_a_company_has_one_key_under_all_its_names(planted: Planted, postings: dict[Key, dict[str, Any]]) -> None:
    firms: dict[str, set[int]] = defaultdict(set)
    names: dict[int, set[str]] = defaultdict(set)
    for key, posting in postings.items():
        firm = planted.listings[key].opening.firm.index
        firms[posting["company_key"]].add(firm)
        names[firm].add(posting["company_key"])
    split = {firm: keys for firm, keys in names.items() if len(keys) > 1}
    show("companies", [f"{len(names)} firms, {len(firms)} keys; firms under several keys: {split}"])
    assert all(len(indexes) == 1 for indexes in firms.values()), "two firms share a key"
    assert len(split) <= 1  # known since 2026-11-22: the Spanish legal form "S.L." is not recognised


# --- facts of a posting -----------------------------------------------------------------------------------------


def labels_of_last_versions(planted: Planted) -> Iterator[tuple[Key, truth.PostingTruth]]:
    for key in planted.received:
        yield key, truth.label(planted.listings[key], planted.last_version(key))


def test_published_labels_agree_with_the_planted_ones(planted: Planted, postings: dict[Key, dict[str, Any]]) -> None:
    compared: dict[str, Counter[tuple[object, object]]] = defaultdict(Counter)
    for key, label in labels_of_last_versions(planted):
        posting = postings[key]
        for field in ("role_family", "seniority", "workplace", "country"):
            compared[field][getattr(label, field), posting[field]] += 1
        # Greenhouse has no field for it, and Lever's may be blank or "Permanent". On these, only the text counts.
        if label.employment_in_text or label.board == "ashby":
            compared["employment_type"][label.employment_type, posting["employment_type"]] += 1
    accuracy = {
        field: share(sum(n for (true, published), n in pairs.items() if true == published), pairs.total())
        for field, pairs in compared.items()
    }
    show(
        "labels: accuracy, and the most frequent errors (planted, published)",
        [
            f"{field:<16}{accuracy[field]:.2%} of {pairs.total():,}  "
            f"{[(*pair, n) for pair, n in pairs.most_common() if pair[0] != pair[1]][:4]}"
            for field, pairs in compared.items()
        ],
    )
    # measured 2026-11-22: 99.6, 99.9, 100, 99.7 and 100 %
    assert accuracy["role_family"] >= 0.985
    assert accuracy["seniority"] >= 0.985
    assert accuracy["workplace"] >= 0.985
    assert accuracy["employment_type"] >= 0.985
    assert accuracy["country"] >= 0.99


def test_skills_of_each_posting_agree_with_the_planted_ones(sample_run: FinishedRun, planted: Planted) -> None:
    published: dict[Key, dict[str, str]] = defaultdict(dict)
    rows: Rows = sample_run.published(
        """select board, company_slug, native_id, skill_name, level
        from fct_posting_skills join fct_postings using (posting_key) where level <> 'context'"""
    )
    assert {row[3] for row in rows} >= NAMED_BY_TITLES, "a title names it no more"
    for row in rows:
        if row[3] not in NAMED_BY_TITLES:
            published[row[:3]][row[3]] = row[4]
    assert any(CERTIFICATION in named for named in published.values())
    outcome, levels = defaultdict(Counter), Counter[bool]()
    for key, label in labels_of_last_versions(planted):
        named = {skill.name: skill.level for skill in label.skills}
        named |= {label.certification: "preferred"} if label.certification else {}
        for name in named.keys() | published[key].keys():
            kind = "correct" if name in named and name in published[key] else "missed" if name in named else "invented"
            outcome[name][kind] += 1
            if kind == "correct":
                levels[named[name] == published[key][name]] += 1
    total = sum(outcome.values(), Counter())
    precision = share(total["correct"], total["correct"] + total["invented"])
    recall = share(total["correct"], total["correct"] + total["missed"])
    right = share(levels[True], levels.total())
    worst = sorted(outcome.items(), key=lambda item: -(item[1]["missed"] + item[1]["invented"]))[:8]
    summary = f"precision {precision:.2%}, recall {recall:.2%}, level correct {right:.2%} of {total['correct']:,}"
    show("skills of a posting", [summary, *(f"{name:<16}{dict(counts)}" for name, counts in worst)])
    # Measured 2026-11-22: 100, 99.4 and 100 %. The missed skills are Go, R and Ray without corroboration in the text.
    assert precision >= 0.98
    assert recall >= 0.98
    assert right >= 0.98


def test_what_only_some_postings_state_is_published_as_planted(sample_run: FinishedRun, planted: Planted) -> None:
    rows: Rows = sample_run.published(
        """select board, company_slug, native_id, certifications, visa_sponsorship, years_min, years_max, is_by_agency,
            is_for_client, stated_end_at from fct_postings"""
    )
    published = {row[:3]: row[3:] for row in rows}
    wrong: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for key, label in labels_of_last_versions(planted):
        certifications, visa, years_min, years_max, is_by_agency, is_for_client, stated_end_at = published[key]
        end = label.stated_end and plain(label.stated_end).replace(microsecond=0)
        firm = planted.listings[key].opening.firm.index
        for what, true, found, is_stated in (
            (
                "certification",
                [label.certification] if label.certification else [],
                certifications,
                bool(certifications),
            ),
            ("visa sponsorship", label.visa_sponsorship, visa, visa != "unspecified"),
            ("years", (label.years_min, label.years_max), (years_min, years_max), years_max is not None),
            ("agency", label.is_by_agency, is_by_agency, is_by_agency),
            ("client", AGENCIES.get(firm) == "text", is_for_client, is_for_client),
            ("end", end, stated_end_at, stated_end_at is not None),
        ):
            wrong[what] += true != found
            stated[what] += is_stated
    show("stated by some postings: postings, wrong", [f"{what}: {stated[what]}, {wrong[what]}" for what in stated])
    assert min(stated.values()) > 30
    assert wrong.total() == 0

    on_target = {
        row[:3]: row[3:]
        for row in sample_run.published(
            """select board, company_slug, native_id, salary_min::integer, salary_max::integer
            from fct_posting_salaries join fct_postings using (posting_key) where kind = 'ote'"""
        )
    }
    assert len(on_target) > 200
    assert on_target == {
        key: (label.pay_on_target.minimum, label.pay_on_target.maximum)
        for key, label in labels_of_last_versions(planted)
        if label.pay_on_target
    }


def test_an_agency_by_its_name_has_no_rank_among_employers(sample_run: FinishedRun, planted: Planted) -> None:
    names = {
        firm.accounts[0].company_name: "named" if AGENCIES[firm.index] == "name" else None
        for firm in planted.world.firms
        if firm.index in AGENCIES
    }
    rows: Rows = sample_run.published(
        """select company_name, any_value(agency_basis), bool_or(rpt_employers.is_agency), count(open_rank) > 0
        from rpt_employers join dim_companies using (company_key, company_name)
        where company_key in (select company_key from fct_postings where is_by_agency) group by all"""
    )
    # a text makes no company an agency
    assert set(rows) == {(name, basis, basis is not None, basis is None) for name, basis in names.items()}


# --- weekly shares ----------------------------------------------------------------------------------------------


@dataclass
class TrueShare:
    """Demand for a skill in a cell. ``expected`` is the sum of the probabilities of the cell's postings."""

    with_skill: int = 0
    postings: int = 0
    expected: float = 0.0


def true_shares(world: SampleWorld, measure: str) -> dict[tuple[date, str, str], TrueShare]:
    """Return the planted demand by (week, role family, skill). As published, ``all`` covers the market's families."""
    cells: dict[tuple[date, str, str], TrueShare] = defaultdict(TrueShare)
    for row in truth.skill_shares(world, measure):
        if row.family in MARKET:
            for family in (row.family, "all"):
                cell = cells[row.week_start, family, row.skill]
                cell.with_skill += row.with_skill
                cell.postings += row.postings
                cell.expected += row.expected * row.postings
    return cells


def published_shares(run: FinishedRun, measure: str) -> Rows:
    return run.published(
        f"""select week_start, role_family, skill_name, share, share_low, share_high, n_postings, n_with_skill
        from rpt_skill_demand_weekly
        where measure = '{measure}' and country = 'all' and status in ('final', 'provisional')
            and seniority = 'all' and workplace = 'all'"""
    )


# Published and true figures are defined differently, but the differences are small relative to an interval:
# - a published posting has its last text in all weeks, the truth has the text of each week;
# - a copy that is not recognised counts twice;
# - published flow includes postings found within two weeks, and excludes those that boards show late, a tenth of all;
# - published stock keeps a posting while its board fails.
@pytest.mark.parametrize(
    ("measure", "error_ceiling", "expected_floor", "least_cells", "most_postings"),
    # Measured 2026-11-22: mean errors 0.5 and 1.4 points; planted share inside 94.0 and 95.1 % of intervals. The weeks
    # of a stock have postings in common, so its cells are far from independent and need a wider margin below 95 %.
    # A published posting is open from the date its board states, a true one from the first crawl that can see it. With
    # weekly crawls, that is nearly a week later. This adds 13 % of posting-weeks to the 4 % of copies and outages.
    [("stock", 0.01, 0.90, 6000, 1.22), ("flow", 0.02, 0.93, 2000, 1.0)],
)
def test_intervals_of_skill_shares_contain_the_truth(
    sample_run: FinishedRun,
    planted: Planted,
    measure: str,
    error_ceiling: float,
    expected_floor: float,
    least_cells: int,
    most_postings: float,
) -> None:
    cells = true_shares(planted.world, measure)
    tracked = {skill.name for skill in SKILLS}
    errors: dict[str, list[float]] = defaultdict(list)
    realised, expected, sizes = Counter[bool](), Counter[bool](), {}
    for week, family, skill, value, low, high, number, _ in published_shares(sample_run, measure):
        if skill not in tracked or (week, family, skill) not in cells:
            continue
        cell = cells[week, family, skill]
        true = cell.with_skill / cell.postings
        errors[skill].append(value - true)
        # the tolerance is for floating point: a share of exactly 0 or 1 is equal to a bound
        realised[low - 1e-9 <= true <= high + 1e-9] += 1
        expected[low - 1e-9 <= cell.expected / cell.postings <= high + 1e-9] += 1
        sizes[week, family] = (number, cell.postings)
    inside, planned = share(realised[True], realised.total()), share(expected[True], expected.total())
    error = fmean(abs(value) for values in errors.values() for value in values)
    seen, true_number = (sum(pair[side] for pair in sizes.values()) for side in (0, 1))
    table = [
        f"{skill:<24}{fmean(map(abs, values)):>8.2%}{fmean(values):>+9.2%}{len(values):>6}"
        for skill, values in sorted(errors.items(), key=lambda item: -fmean(map(abs, item[1])))
    ]
    show(
        f"{measure}: share inside its 95 % interval: realised {inside:.2%}, planted {planned:.2%} of"
        f" {realised.total()}; mean error {error:.2%}; {seen:,} postings published, {true_number:,} true",
        ["skill                      error     bias cells", *table],
    )
    assert realised.total() >= least_cells
    assert set(errors) == tracked
    assert inside >= 0.98  # the sample is nearly the entire market: measured 99.9 and 99.6 %
    assert planned >= expected_floor
    assert error <= error_ceiling
    assert 0.92 <= share(seen, true_number) <= most_postings  # measured 1.17 and 0.94


@pytest.mark.parametrize(
    ("table", "value", "of_label"),
    [
        ("rpt_agency_share_weekly", "true", lambda label: label.is_by_agency),
        ("rpt_certification_demand", f"certification = '{CERTIFICATION}'", lambda label: bool(label.certification)),
        ("rpt_certification_demand", "certification = 'any'", lambda label: bool(label.certification)),
    ],
)
def test_shares_of_agencies_and_certifications_are_the_planted_ones(
    sample_run: FinishedRun, planted: Planted, table: str, value: str, of_label: Callable[[truth.PostingTruth], bool]
) -> None:
    rows: Rows = sample_run.published(
        f"""select week_start, share, share_low, share_high from {table}
        where measure = 'stock' and role_family = 'all' and country = 'all' and status <> 'suppressed' and {value}"""
    )
    stock = truth.stock(planted.world)
    inside, errors = [], []
    for week_start, published, low, high in rows:
        jobs = stock[(week_start - planted.world.epoch.date()).days // 7]
        true = fmean(of_label(truth.label(*job)) for job in jobs if job[0].opening.family in MARKET)
        inside.append(low <= true <= high)
        errors.append(abs(published - true))
    show(f"{table}, {value}", [f"{fmean(inside):.0%} of {len(rows)} inside, mean error {fmean(errors):.2%}"])
    assert len(rows) >= 20
    assert fmean(inside) >= 0.95
    assert fmean(errors) <= 0.01


def test_skills_rise_and_fall_as_planted(sample_run: FinishedRun, planted: Planted) -> None:
    cells = true_shares(planted.world, "flow")
    rows = [row for row in published_shares(sample_run, "flow") if row[1] == "all"]
    weeks = sorted({row[0] for row in rows})
    quarters = (set(weeks[: len(weeks) // 4]), set(weeks[-(len(weeks) // 4) :]))

    def change(figures: Iterable[tuple[date, int, int]]) -> float:
        figures = list(figures)
        first, last = (
            share(sum(with_skill for week, with_skill, _ in figures if week in quarter),
                  sum(number for week, _, number in figures if week in quarter))
            for quarter in quarters
        )  # fmt: skip
        return last - first

    lines, wrong, close = [], [], []
    for skill in sorted(SKILLS, key=lambda skill: -skill.drift):
        published = change((row[0], row[7], row[6]) for row in rows if row[2] == skill.name)
        true_cells = [(week, cells[week, "all", skill.name]) for week in weeks]
        true = change((week, cell.with_skill, cell.postings) for week, cell in true_cells)
        close.append(abs(published - true))
        if abs(skill.drift) >= 0.5:
            lines.append(f"{skill.name:<16}drift {skill.drift:+.1f}  published {published:+.1%}  realised {true:+.1%}")
            # if the realised change contradicts the planted drift, the published change must follow the realised one
            if published * true <= 0 or (abs(skill.drift) >= 0.6 and published * skill.drift <= 0):
                wrong.append(skill.name)
    show(f"change of flow shares, {len(quarters[0])} weeks at each end", [*lines, f"mean distance {fmean(close):.2%}"])
    assert len(lines) >= 8
    assert not wrong
    assert fmean(close) <= 0.015


def test_skills_asked_for_together_are_found(sample_run: FinishedRun) -> None:
    rows: Rows = sample_run.published(
        """select skill_name, other_skill_name, lift, is_significant from rpt_skill_pairs
        where role_family = 'all' and skill_id < other_skill_id and lift is not null order by lift desc"""
    )
    planted_pairs = {frozenset(pair) for pair in TOGETHER.items()}
    flagged = {frozenset(row[:2]) for row in rows if row[3]}
    show(f"pairs flagged, of {len(rows):,}", [f"{row[0]} + {row[1]}: {row[2]:.2f}" for row in rows if row[3]])
    assert len(rows) > 500
    assert planted_pairs <= flagged
    assert len(flagged - planted_pairs) <= 1  # one in twenty of the flagged is expected to be chance


def test_planted_new_names_rise_if_more_employers_take_them_up(sample_run: FinishedRun) -> None:
    rows: Rows = sample_run.published(
        """select term, is_rising, change_q_value, n_companies_only_recent, n_companies_only_earlier,
            n_companies_recent, status, coverage_ratio from rpt_skill_emerging order by n_companies desc"""
    )
    show(f"new names, of {rows[0][5]} employers", [f"{row[0]}: +{row[3]} -{row[4]}, q {row[2]}" for row in rows])
    assert {row[0]: row[1] for row in rows} == {new.name: new.taken_up is not None for new in NEW_NAMES}
    assert {row[6] for row in rows} == {"provisional"}
    report = (sample_run.home / "reports" / "latest.html").read_text(encoding="utf-8")
    assert all(new.name in report for new in NEW_NAMES)


# --- pay --------------------------------------------------------------------------------------------------------


class DollarRates:
    """US dollars per unit of a currency on a day. A day without a rate has that of the last day before it."""

    def __init__(self, run: FinishedRun) -> None:
        rows: Rows = run.raw(
            """select rates.currency, rates.rate_date, dollars.per_eur / rates.per_eur
            from raw.exchange_rates as rates
            join raw.exchange_rates as dollars on rates.rate_date = dollars.rate_date and dollars.currency = 'USD'
            where rates.rate_date >= '2025-09-01' order by rates.rate_date"""
        )
        self.days: dict[str, list[date]] = defaultdict(list)
        self.rates: dict[str, list[float]] = defaultdict(list)
        for currency, day, rate in rows:
            self.days[currency].append(day)
            self.rates[currency].append(rate)
        euro: Rows = run.raw(
            """select rate_date, per_eur from raw.exchange_rates
            where currency = 'USD' and rate_date >= '2025-09-01' order by rate_date"""
        )
        self.days["EUR"], self.rates["EUR"] = [day for day, _ in euro], [rate for _, rate in euro]

    def on(self, currency: str, day: date) -> float:
        return 1.0 if currency == "USD" else self.rates[currency][bisect_right(self.days[currency], day) - 1]


def test_the_expected_known_share_of_a_young_week_is_that_of_final_weeks_at_its_age(sample_run: FinishedRun) -> None:
    """The test recomputes it from the times at which postings were first seen."""
    rows = sample_run.published(
        """with young as (
            select week_start, expected_known_share as published,
                date_diff('day', week_start + 7, (select value::timestamp from about where key = 'as_of')) + 1 as age
            from rpt_role_demand_weekly
            where measure = 'flow' and role_family = 'all' and country = 'all' and expected_known_share is not null
        ),
        flow as (
            select week_start, date_diff('day', week_start + 7, first_seen_at) + 1 as seen_after
            from fct_posting_weeks join fct_postings using (posting_key) join dim_weeks using (week_start)
            where measure = 'flow' and fct_posting_weeks.is_canonical and not is_provisional
        )
        select young.week_start, age, published, avg((seen_after <= age)::int) as recomputed
        from young join flow on flow.week_start between young.week_start - 91 and young.week_start - 7
        group by all order by young.week_start"""
    )
    show(
        "known share of the flow of weeks that are not final",
        [f"{week}: day {age}, {published}" for week, age, published, _ in rows],
    )
    assert [age for _, age, _, _ in rows] == [15, 8, 1]
    shares = [published for _, _, published, _ in rows]
    assert shares == pytest.approx([recomputed for *_, recomputed in rows])
    assert sorted(shares, reverse=True) == shares
    assert shares[-1] < 0.97  # measured 0.94


def test_pay_of_each_posting_agrees_with_the_planted_one(sample_run: FinishedRun, planted: Planted) -> None:
    published: dict[Key, list[float]] = defaultdict(list)
    rows: Rows = sample_run.published(
        """select board, company_slug, native_id,
            (coalesce(salary_min_annual, salary_max_annual) + coalesce(salary_max_annual, salary_min_annual)) / 2
        from fct_posting_salaries join fct_postings using (posting_key)
        where is_preferred and kind in ('base', 'unspecified')"""
    )
    for row in rows:
        published[row[:3]].append(row[3])
    outcome: Counter[str] = Counter()
    differing: Counter[tuple[str, str, str, float]] = Counter()
    for key, label in labels_of_last_versions(planted):
        if label.pay is None or key not in published:
            is_right = label.pay is None and key not in published
            outcome["no pay" if is_right else "missed" if label.pay else "invented"] += 1
            continue
        ratio = fmean(published[key]) / truth.stated_middle(label.pay)
        outcome["correct" if abs(ratio - 1) < 0.02 else "differing"] += 1
        if abs(ratio - 1) >= 0.02:
            differing[key[0], label.country or "", label.pay.period, round(ratio, 2)] += 1
    stated = outcome["correct"] + outcome["differing"] + outcome["missed"]
    show(
        "pay of a posting",
        [str(dict(outcome)), f"differing (board, country, period, ratio): {differing.most_common(6)}"],
    )
    # Some definitions differ. The pipeline uses 14 months a year for Spain and 218 days for France, the sample 12 and
    # 260. If Ashby states a range for each zone, the mean over the zones is 5 % below the first range.
    assert share(outcome["correct"], stated) >= 0.97  # measured 98.8 %
    assert outcome["invented"] <= 5  # measured 0


def test_intervals_of_median_pay_contain_the_truth(sample_run: FinishedRun, planted: Planted) -> None:
    rates = DollarRates(sample_run)
    plan = {(cell.country, cell.seniority): cell for cell in truth.pay_cells(planted.world)}
    stock = truth.stock(planted.world)
    rows: Rows = sample_run.published(
        """select week_start, country, seniority, role_family, salary_median_usd_annual, salary_median_usd_annual_low,
            salary_median_usd_annual_high
        from rpt_salary_trend_weekly
        where measure = 'stock' and country <> 'all' and status <> 'suppressed'"""
    )
    inside: dict[tuple[str, str, str], list[tuple[bool, bool, float, float]]] = defaultdict(list)
    for week_start, country, seniority, family, published, low, high in rows:
        drawn, planned = [], []
        for listing, version in stock[(week_start - planted.world.epoch.date()).days // 7]:
            opening, pay = listing.opening, listing.pay_in(version)
            is_in_cell = (
                opening.country == country
                and seniority in ("all", opening.seniority)
                and opening.family in (MARKET if family == "all" else (family,))
            )
            if pay is not None and is_in_cell:
                rate = rates.on(pay.currency, listing.posted_at.date())
                cell = plan[country, opening.seniority]
                weeks = truth.week_of_posting(planted.world, opening.posted_at)
                growth = (1 + cell.annual_growth) ** (weeks / 52)
                drawn.append(truth.stated_middle(pay) * rate)
                planned.append(cell.level * truth.family_pay_factor(opening.family) * growth * rate)
        true, plan_median = median(drawn), median(planned)
        inside[country, seniority, family].append(
            (low <= true <= high, low <= plan_median <= high, published / true, published / plan_median)
        )
    figures = {cell: [fmean(column) for column in zip(*weeks, strict=True)] for cell, weeks in inside.items()}
    show(
        "median pay, stock: weeks, realised and planted inside the interval, published over realised, over planted",
        [
            f"{' '.join(cell):<32}{len(inside[cell]):>4}{real:>6.0%}{planned:>6.0%}{to_real:>7.3f}{to_plan:>7.3f}"
            for cell, (real, planned, to_real, to_plan) in sorted(figures.items())
        ],
    )
    every = [week for weeks in inside.values() for week in weeks]
    by_seniority = [week for cell, weeks in inside.items() if cell[1] != "all" for week in weeks]
    assert len(by_seniority) >= 60
    assert fmean(week[0] for week in every) >= 0.95  # measured 100 %
    assert fmean(week[1] for week in by_seniority) >= 0.9  # measured 97 %
    # Over all seniorities, the planted distribution is a staircase with one step per seniority and family. The spread
    # between employers and postings smooths it, which lowers the median of the mixture by 2 to 6 %. Measured 89 %.
    assert fmean(week[1] for week in every) >= 0.8
    assert all(0.95 <= to_real <= 1.05 for cell, (_, _, to_real, _) in figures.items() if len(inside[cell]) >= 6)


def test_planted_premiums_are_recovered_and_no_others_appear(sample_run: FinishedRun) -> None:
    rows: Rows = sample_run.published(
        """select skill_name, premium, premium_low, premium_high, within_company_low, within_company_high,
            is_significant
        from rpt_skill_salary_premium
        where role_family = 'all' and country = 'all' and status <> 'suppressed'"""
    )
    premiums = {row[0]: row[1:] for row in rows}
    for skill, worth in SKILL_PREMIUM.items():
        premium, low, high, within_low, within_high, is_significant = premiums[skill]
        show(f"premium of {skill}, planted {expm1(worth):+.1%}", [f"{premium:+.1%} ({low:+.1%} to {high:+.1%})"])
        assert low <= expm1(worth) <= high
        assert within_low <= expm1(worth) <= within_high
        assert is_significant
    # Only drawn skills count here. Other skills in the duties correlate with the family, and so with pay if the title
    # does not identify the family.
    drawn = {skill.name for skill in SKILLS} & premiums.keys()
    flagged = [skill for skill in drawn if premiums[skill][-1] and skill not in SKILL_PREMIUM]
    show("flagged without being planted", flagged)
    assert len(drawn) >= 35
    assert len(flagged) <= 1

    # workplace, degree and visa sponsorship have no effect on pay in the sample world
    values: Rows = sample_run.published(
        """select attribute_value, premium, premium_low, premium_high, is_significant from rpt_attribute_salary_premium
        where role_family = 'all' and country = 'all' and status <> 'suppressed'"""
    )
    assert {row[0] for row in values} == {"remote", "hybrid", "master", "phd", "offered"}
    for value, premium, low, high, is_significant in values:
        show(f"premium of {value}, planted none", [f"{premium:+.1%} ({low:+.1%} to {high:+.1%})"])
        assert low <= 0 <= high
        assert not is_significant

    for (country, city), worth in REGION_PREMIUM.items():
        ((premium, low, high),) = sample_run.published(
            f"""select region_premium, region_premium_low, region_premium_high from rpt_salary_grid
            where role_family = 'all' and country = '{country}' and pay_region_name = '{city}'
                and experience_band = 'all' and company_size_band = 'all'"""
        )
        show(f"premium of {city}, planted {expm1(worth):+.1%}", [f"{premium:+.1%} ({low:+.1%} to {high:+.1%})"])
        # a twin in another city has the pay of its original, which lowers the premium a little
        assert low <= expm1(worth) <= high


def test_pay_by_level_equals_the_grid_where_both_cover_the_same_openings(sample_run: FinishedRun) -> None:
    """They do for all openings of a cell, and for interns, who are a separate experience band."""
    figures = "n_postings, n_with_pay, n_companies, currency, salary_median_annual, median_low, median_high, status"
    by_level, in_grid = (
        sample_run.published(
            f"""select role_family, country, {level} as level, {figures} from {table}
            where {level} in ('all', 'intern') and {also} order by all"""
        )
        for table, level, also in (
            ("rpt_seniority_salary", "seniority", "true"),
            ("rpt_salary_grid", "experience_band", "company_size_band = 'all' and pay_region = 'all'"),
        )
    )
    assert by_level == in_grid
    shown = [row for row in by_level if row[-1] != "suppressed"]
    assert len(shown) >= 20
    assert {row[2] for row in shown} == {"all", "intern"}


def test_the_grid_uses_the_headcount_that_employers_state(sample_run: FinishedRun, planted: Planted) -> None:
    rows: Rows = sample_run.published(
        """select companies.company_name, bool_or(postings.company_employees is not null),
            max(postings.company_employees)
        from fct_postings as postings join dim_companies as companies using (company_key) group by all"""
    )
    people = {firm.name: firm.headcount for firm in planted.world.firms}
    read = [(name, says, number) for name, says, number in rows if name in people]
    right = [people[name] == number and says == (people[name] is not None) for name, says, number in read]
    show("headcounts as planted", [f"{sum(right)} of {len(right)} employers"])
    assert len(right) >= 60
    assert all(right)
    sizes: Rows = sample_run.published(
        """select company_size_band, n_with_pay, share_size_from_text, share_size_from_registry from rpt_salary_grid
        where role_family = 'all' and country = 'US' and experience_band = 'all' and pay_region = 'all'"""
    )
    known = {band: (number, *shares) for band, number, *shares in sizes}
    assert set(known) == {"all", "sme", "large", "unspecified"}
    for band in ("sme", "large"):  # the registry states the size of some employers, and only the text that of others
        assert min(known[band][1:]) > 0
        assert sum(known[band][1:]) == pytest.approx(1)
    assert known["unspecified"][1:] == (0, 0)
    assert sum(known[band][0] for band in ("sme", "large", "unspecified")) == known["all"][0]


def test_employers_have_the_sector_and_size_of_the_registry(sample_run: FinishedRun, planted: Planted) -> None:
    rows: Rows = sample_run.published(
        """select distinct board, company_slug, companies.sector, size_band, hq_country, registry_basis
        from fct_postings as postings join dim_companies as companies using (company_key)"""
    )
    accounts = {(account.board, account.slug): account for account in planted.world.companies}
    known = 0
    for board, slug, *published in rows:
        account = accounts[board, slug]
        is_known = is_listed(planted.world.seed, account.firm)
        expected = [account.sector, account.size_band, account.hq_country, BASIS] if is_known else [None] * 4
        assert published == expected, slug
        known += is_known
    show("boards of employers in the registry", [f"{known} of {len(rows)}"])
    assert len(rows) / 2 < known < len(rows)
    hiring: Rows = sample_run.published(
        """select count(distinct sector), count(distinct size_band), count(*) filter (where sector is null)
        from rpt_employers where role_family = 'all' and country = 'all'"""
    )
    n_sectors, n_bands, n_unknown = hiring[0]
    assert (n_sectors, n_bands) == (len(SECTORS), len(SIZE_BANDS))
    assert n_unknown > 0


# --- the report and a replay ------------------------------------------------------------------------------------


def test_the_report_states_that_its_data_are_invented(sample_run: FinishedRun) -> None:
    pages = [*sample_run.home.joinpath("reports").rglob("*.html")]
    assert pages
    for page in pages:
        banner = re.search(r'<aside class="banner"[^>]*>(.*?)</aside>', page.read_text(encoding="utf-8"), re.DOTALL)
        assert banner, page
        assert "sample world" in banner[1]
        assert "invented" in banner[1]
    assert sample_run.published("select value from about where key = 'origin'") == [("sample",)]


@pytest.fixture(scope="module")
def replay(sample_run: FinishedRun, planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    """A copy of the home in which the models under test are rebuilt as of an earlier week."""
    home: Path = tmp_path_factory.mktemp("replay") / "home"
    home.mkdir()
    for name in ("warehouse.duckdb", "origin"):
        shutil.copy(sample_run.home / name, home / name)
    as_of = planted.world.observation_dates[REPLAYED_WEEK].isoformat().replace("+00:00", "Z")
    run_dbt(Home(home), "run", "--select", "+fct_postings", "+rpt_skill_demand_weekly", as_of=as_of)
    return FinishedRun(home, 0, "")


def test_a_replay_does_not_use_later_observations(replay: FinishedRun, planted: Planted) -> None:
    moment = plain(planted.world.observation_dates[REPLAYED_WEEK])
    received = {
        key: [seen for seen in moments if seen <= moment]
        for key, moments in planted.received.items()
        if moments[0] <= moment
    }
    rows: Rows = replay.raw(
        """select board, company_slug, native_id, first_seen_at, last_seen_at, closed_after, closed_at, is_open,
            n_versions from marts.fct_postings"""
    )
    assert {row[:3]: (row[3], row[4]) for row in rows} == {key: (seen[0], seen[-1]) for key, seen in received.items()}
    last = planted.world.observation_dates[REPLAYED_WEEK]
    agreed, versions = Counter[bool](), Counter[bool]()
    for row in rows:
        key, listing = row[:3], planted.listings[row[:3]]
        posting = dict(zip(("last_seen_at", "closed_after", "closed_at", "is_open"), row[4:8], strict=True))
        assert row[6] is None or row[6] <= moment, key
        if posting["is_open"]:
            agreed[listing.visible_at(last)] += 1
        else:
            ends = [plain(end) for start, end in listing.visible if plain(start) <= row[4] < plain(end)]
            agreed[row[5] < ends[0] <= row[6]] += 1
        versions[row[8] <= len({listing.version_at(seen.replace(tzinfo=UTC)) for seen in received[key]})] += 1
    show(f"as of {moment}", [f"{len(rows):,} postings, lives as planted {share(agreed[True], len(rows)):.2%}"])
    assert share(agreed[True], len(rows)) >= 0.98
    assert not versions[False], "the replay uses a later edit"


def test_a_replay_gives_the_shares_of_its_week(replay: FinishedRun, planted: Planted) -> None:
    week = planted.world.observation_dates[REPLAYED_WEEK].date()
    rows: Rows = replay.raw(
        """select week_start, role_family, skill_name, share, share_low, share_high
        from marts.rpt_skill_demand_weekly
        where measure = 'stock' and country = 'all' and status in ('final', 'provisional')
            and seniority = 'all' and workplace = 'all'"""
    )
    assert max(row[0] for row in rows) == week
    cells = true_shares(planted.world, "stock")
    outcome: Counter[bool] = Counter()
    errors = []
    for week_start, family, skill, value, low, high in rows:
        cell = cells.get((week_start, family, skill))
        if week_start == week and cell is not None:
            true = cell.with_skill / cell.postings
            outcome[low - 1e-9 <= true <= high + 1e-9] += 1
            errors.append(abs(value - true))
    inside = share(outcome[True], outcome.total())
    show(f"stock of {week}", [f"{inside:.2%} of {outcome.total()} shares inside, mean error {fmean(errors):.2%}"])
    assert inside >= 0.98
    assert fmean(errors) <= 0.01
