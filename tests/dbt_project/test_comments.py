"""Comments of "Who is hiring?" are landed whole; staging splits them into jobs, and keeps those that are no posting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.hacker_news import jobs
from jobmarket.hacker_news.jobs import Reading
from jobmarket.identity import posting_key
from jobmarket.landing import CompanyOutcome, Origin, RunRecord, run_id_for
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from scrapers.boards.hn import HnSpider
from scrapers.planning import Company
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt

TWO = "Larder | NYC (Hybrid) | Full-time<p>- Data Engineer: pipelines\n- ML Engineer: models<p>jobs@larder.example"
ONE = "Parcel Finch | Senior ML Engineer | REMOTE | €85k-€105k<p>We route parcels with models and maps."
QUESTION = "What about Europe?"
PAST = "Slate Harbour | Analyst, Data Engineer | London, UK<p>Two seats at one desk, with a view of the Thames."


def comment(number: int, text: str) -> Posting:
    payload = {"id": number, "text": text, "created_at": "2026-11-02T16:05:10Z"}
    return HnSpider().to_posting(payload, Company(slug="all", name=None))


def as_landed_before(number: int, text: str, roles: Iterable[str]) -> Iterable[Posting]:
    """Yield a comment as earlier versions landed it: once for each of its jobs."""
    for job, role in enumerate(roles, start=1):
        whole = comment(number, text)
        yield whole.model_copy(
            update={
                "native_id": whole.native_id if job == 1 else f"{whole.native_id}-{job}",
                "title": role,
                "company_name": "as read before",
                "payload": {**whole.payload, "job": job, "role": role},
            }
        )


def land(home: Home, origin: Origin, moment: datetime, postings: Iterable[Posting]) -> None:
    writer = RunWriter(home, RunRecord(run_id=run_id_for("hn", moment, 1), board="hn", origin=origin, as_of=moment))
    landed = list(postings)
    for posting in landed:
        writer.write(posting)
    writer.seal([CompanyOutcome(company_slug="all", status="complete", postings=len(landed))])


def build(home: Home) -> Callable[[str], list[tuple[Any, ...]]]:
    run_dbt(home, "run", "--select", "+stg_postings", "+stg_backfill_postings")

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return ask


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("comments"))
    earlier, later = (datetime(2026, 11, day, tzinfo=UTC) for day in (3, 4))
    land(home, "live", earlier, as_landed_before(1, TWO, ("Data Engineer", "ML Engineer")))
    land(home, "live", later, (comment(1, TWO), comment(2, ONE), comment(3, QUESTION)))
    land(home, "backfill", datetime(2026, 10, 1, tzinfo=UTC), (comment(2, ONE), comment(4, PAST)))
    warehouse.load(home, SETTINGS)
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Callable[[str], list[tuple[Any, ...]]]:
    return build(home)


Ask = Callable[[str], list[tuple[Any, ...]]]


def test_raw_has_the_comments_whole(ask: Ask) -> None:
    landed = ask("select distinct description_html from raw.posting_versions")
    assert {text for (text,) in landed} == {TWO, ONE, QUESTION, PAST}


def test_staging_has_the_jobs_in_place_of_the_comments(ask: Ask) -> None:
    postings = "select native_id, title, company_name, location_text, pay_text, description_html from staging."
    assert ask(postings + "stg_postings order by 1") == [
        ("1-data-engineer", "Data Engineer", "Larder", "NYC (Hybrid)", None, TWO),
        ("1-ml-engineer", "ML Engineer", "Larder", "NYC (Hybrid)", None, TWO),
        ("2", "Senior ML Engineer", "Parcel Finch", None, "€85k-€105k", ONE),
    ]
    assert ask(postings + "stg_backfill_postings order by 1") == [
        (f"4-{name.lower().replace(' ', '-')}", name, "Slate Harbour", "London, UK", None, PAST)
        for name in ("Analyst", "Data Engineer")
    ]
    assert ask("select job_locations from staging.stg_postings where native_id = '1-ml-engineer'") == [
        ([{"text": "NYC (Hybrid)", "address_locality": None, "address_region": None, "address_country": None}],)
    ]


def test_a_comment_landed_once_for_each_job_before_is_the_same_posting(ask: Ask) -> None:
    """The runs of both versions saw the same two jobs, with one content."""
    seen = ask("select seen_at::date::varchar, posting_key::varchar, content_hash from staging.stg_sightings")
    jobs_of_one = [posting_key("hn", "all", f"1-{name}") for name in ("data-engineer", "ml-engineer")]
    keys = {day: sorted(key for on, key, _ in seen if on == day) for day, _, _ in seen}
    assert keys == {
        "2026-11-03": sorted(jobs_of_one),
        "2026-11-04": sorted([*jobs_of_one, posting_key("hn", "all", "2")]),
    }
    assert len({content for _, key, content in seen if key in jobs_of_one}) == 2


def test_a_comment_that_is_no_posting_is_kept_with_the_reason(ask: Ask) -> None:
    rejected = ask(
        """select rejected_because, comments.description_html from staging.stg_comment_jobs as jobs
        join raw.posting_versions as comments on comments.content_hash = jobs.comment_hash
        where rejected_because is not null order by all"""
    )
    assert rejected == [("copy", TWO), ("no_offer", QUESTION)]


def test_a_further_build_replaces_tables_whatever_was_left_of_them(home: Home, ask: Ask) -> None:
    def tables() -> list[tuple[Any, ...]]:
        return ask("select schema_name, table_name from duckdb_tables() where schema_name = 'staging' order by 1, 2")

    contents = ask("from staging.stg_sighted_contents order by all")
    built = tables()
    with duckdb.connect(str(home.warehouse)) as connection:
        # left by a killed build, and by a version in which the table was a view
        connection.execute("create table staging.stg_sighted_contents__dbt_tmp as select 1 as half_a_row")
        connection.execute(
            "drop table staging.stg_sighted_contents; create view staging.stg_sighted_contents as select 1"
        )
    build(home)
    assert tables() == built
    assert ask("from staging.stg_sighted_contents order by all") == contents


def test_other_rules_are_applied_to_all_comments_again(home: Home, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "read_comment", lambda *_: Reading(rejected_because="short"))
    (built,) = ask("select count(*) from staging.stg_postings")
    assert build(home)("select count(*) from staging.stg_postings") == [built], "the rules have the version of before"
    monkeypatch.setattr(jobs, "reader_version", lambda _: "other rules")
    assert build(home)("select count(*) from staging.stg_postings") == [(0,)]
