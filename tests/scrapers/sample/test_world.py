"""The world is reproducible, large enough, and fails as planned."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from scrapers.registry import companies
from scrapers.sample import truth_lives
from scrapers.sample.registry import PATH, is_listed, registry_csv
from scrapers.sample.streams import poisson, stable_uuid, stream
from scrapers.sample.world import SampleWorld


def _digest(world: SampleWorld, fetch: Any, firms: int) -> str:
    digest = hashlib.sha256()
    for moment in world.observation_dates[::3]:
        for company in world.companies:
            if company.firm < firms:
                answer = fetch(world, moment, company)
                digest.update(f"{company.board}/{company.slug}/{answer.status}".encode() + answer.body)
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(fetch: Any) -> None:
    first, again, other = (SampleWorld(seed=seed, employers=12, weeks=8) for seed in (5, 5, 6))
    # The second world also answers requests in another order, which must change nothing.
    for company in reversed(again.companies):
        fetch(again, again.observation_dates[-1], company)
    assert _digest(first, fetch, 12) == _digest(again, fetch, 12)
    assert _digest(first, fetch, 12) != _digest(other, fetch, 12)


def test_more_employers_do_not_change_the_first_ones(fetch: Any) -> None:
    small, large = SampleWorld(seed=5, employers=12, weeks=8), SampleWorld(seed=5, employers=30, weeks=8)
    assert large.companies[: len(small.companies)] == small.companies
    assert _digest(small, fetch, 12) == _digest(large, fetch, 12)


def test_a_stream_depends_on_the_seed_and_its_name() -> None:
    assert stream(1, "a", 2).random() == stream(1, "a", 2).random()
    assert len({stream(1, "a", 2).random(), stream(1, "a", 3).random(), stream(2, "a", 2).random()}) == 3
    assert stable_uuid(1, "a")[14] == "4"
    draws = [poisson(stream(1, "poisson", number), 1.5) for number in range(4000)]
    assert abs(sum(draws) / len(draws) - 1.5) < 0.08


def test_the_default_world_is_large_and_varied(world: SampleWorld) -> None:
    assert len(world.firms) >= 150
    assert len(world.companies) > len(world.firms)
    assert len(truth_lives.distinct_seen(world)) >= 3000
    assert len({truth_lives.identity(listing) for listing in world.listings}) == len(world.listings)
    assert len({(company.board, company.slug) for company in world.companies}) == len(world.companies)
    assert {company.hq_country for company in world.companies} >= {"US", "GB", "DE", "FR", "CA", "NL", "IN"}
    languages = Counter(listing.opening.language for listing in world.listings)
    assert languages["en"] > 0.8 * len(world.listings)
    assert min(languages["fr"], languages["de"]) > 50


def test_crawls_are_on_mondays_at_six(world: SampleWorld) -> None:
    assert len(world.observation_dates) == 26
    assert world.observation_dates[0].isoformat() == "2026-02-23T06:00:00+00:00"
    assert {(moment.weekday(), moment.hour) for moment in world.observation_dates} == {(0, 6)}
    with pytest.raises(ValueError, match="Monday"):
        SampleWorld(first_week=date(2026, 2, 24))
    with pytest.raises(ValueError, match="two weeks"):
        SampleWorld(weeks=1)


def test_a_crawl_receives_what_the_truth_says(world: SampleWorld, fetch: Any) -> None:
    for planned in truth_lives.crawl_truth(world):
        statuses: Counter[int] = Counter()
        received: Counter[str] = Counter()
        for company in world.companies:
            answer = fetch(world, planned.as_of, company)
            statuses[answer.status] += 1
            if answer.status == 200:
                body = orjson.loads(answer.body)
                received[company.board] += len(body if company.board == "lever" else body["jobs"])
        assert (dict(statuses), dict(received)) == (planned.statuses, planned.postings), planned.week


def test_boards_fail_as_planned(world: SampleWorld, fetch: Any) -> None:
    companies = {(company.board, company.slug): company for company in world.companies}
    kinds = Counter()
    for outage in truth_lives.outages(world):
        company = companies[outage.board, outage.company_slug]
        moment = world.observation_dates[outage.week]
        if not company.exists_at(moment):
            continue
        answer = fetch(world, moment, company)
        kinds[outage.kind] += 1
        assert answer.status == {"missing": 404, "error": 500}.get(outage.kind, 200)
        if answer.status == 200:
            body = orjson.loads(answer.body)
            jobs = body if company.board == "lever" else body["jobs"]
            shown = world.shown_at(company.board, company.slug, moment)
            assert len(jobs) == (0 if outage.kind == "empty" else int(0.15 * len(shown)))
            if company.board == "greenhouse":
                assert body["meta"]["total"] == len(body["jobs"])
    assert set(kinds) == {"missing", "error", "empty", "short"}


def test_planted_failures_last_several_weeks_in_a_row(world: SampleWorld) -> None:
    by_story = {firm.story: firm for firm in world.firms}
    plan = {(outage.board, outage.company_slug, outage.week): outage.kind for outage in truth_lives.outages(world)}
    for story, kind, length in (
        ("errors_in_a_row", "error", 3),
        ("empty_in_a_row", "empty", 3),
        ("missing_in_a_row", "missing", 2),
        ("short_lists", "short", 2),
    ):
        account = by_story[story].accounts[0]
        assert [plan.get((account.board, account.slug, week)) for week in range(14, 14 + length)] == [kind] * length
        assert len(world.shown_at(account.board, account.slug, world.observation_dates[14])) >= 4


def test_boards_appear_disappear_and_move(world: SampleWorld, fetch: Any) -> None:
    by_story = {firm.story: firm for firm in world.firms}

    def statuses(account: Any) -> list[int]:
        return [
            fetch(world, moment, account).status
            for week, moment in enumerate(world.observation_dates)
            if (account.board, account.slug, week) not in world.outages
        ]

    old, new = (statuses(account) for account in by_story["moves"].accounts)
    assert {old[0], new[-1]} == {200}
    assert {old[-1], new[0]} == {404}
    added, dropped = statuses(by_story["added_large"].accounts[0]), statuses(by_story["dropped"].accounts[0])
    assert (added[0], added[-1], dropped[0], dropped[-1]) == (404, 200, 200, 404)
    assert len(world.companies_at(world.observation_dates[0])) == len(world.companies) - 3
    share = len(truth_lives.seen_in_week(world, 25)) / len(truth_lives.seen_in_week(world, 11))
    assert 0.8 < share < 1.4


def test_an_edit_changes_the_text_and_updated_at_under_the_same_id(world: SampleWorld) -> None:
    changed = 0
    for listing in world.listings:
        if listing.account.board != "greenhouse" or not listing.edits:
            continue
        before, after = listing.edits[0].at - timedelta(seconds=1), listing.edits[0].at + timedelta(seconds=1)
        path = f"/v1/boards/{listing.account.slug}/jobs/{listing.native_id}"
        first, second = (world.response(moment, "boards-api.greenhouse.io", path) for moment in (before, after))
        assert first is not None
        assert second is not None
        if {first.status, second.status} != {200}:
            continue
        old, new = orjson.loads(first.body), orjson.loads(second.body)
        assert old["first_published"] == new["first_published"]
        assert old["updated_at"] != new["updated_at"]
        if listing.edits[0].kind != "pay":  # rounding may hide a raise
            assert old["content"] != new["content"]
        changed += 1
    assert changed > 50


def test_the_registry_file_matches_the_default_world(world: SampleWorld) -> None:
    assert PATH.read_text(encoding="utf-8") == registry_csv(world), (
        "run: python -m scrapers.sample.registry scrapers/sample/companies.csv"
    )
    known = {(row.board, row.slug): row for row in companies(PATH)}  # reading it also checks the rules of a registry
    for firm in world.firms:
        of_firm = {known.get((account.board, account.slug)) for account in firm.accounts}
        assert (None in of_firm) == (of_firm == {None}) == (not is_listed(world.seed, firm.index))
        assert {(row.sector, row.size_band, row.hq_country) for row in of_firm if row} <= {
            (firm.sector, firm.size_band, firm.country)
        }
