"""Employers' own boards, crawled from invented recordings: pages, own pages, repeated rows, foreign answers."""

from __future__ import annotations

from typing import Any

import pytest

U = "0d1e2f30-0000-4000-8000-{:012d}"
TAILOR = "c0ffee00-0000-4000-8000-{:012d}"
MOSS = "https://careers.brightmoss.example/jobs/"
GRANITE = "granite.wd5.myworkdayjobs.com/granite/"

# Counted by hand in the recordings: board and company → requests, and the ids of the postings that the answers show.
LANDED: dict[tuple[str, str], tuple[int, set[str]]] = {
    ("bamboohr", "bluepanda"): (2, {"31", "32"}),
    ("bamboohr", "paidpanda"): (2, {"5"}),
    ("bamboohr", "redpanda"): (1, {"7"}),
    ("bamboohr", "sleepypanda"): (1, set()),
    ("breezy", "calmwinds"): (1, set()),
    ("breezy", "cascadeair"): (2, {"a10000000001", "a10000000002"}),
    ("breezy", "oldwinds"): (1, {"a10000000003"}),
    ("icims", "careers-amberfield"): (3, {"4101", "4102", "4103"}),
    ("icims", "careers-fallow"): (1, set()),
    ("icims", "jobs-goldfield"): (2, {"77"}),
    ("jsonld", "careers.baremoss.example/sitemap.xml#/jobs/"): (1, set()),
    ("jsonld", "careers.brightmoss.example/sitemap.xml#/jobs/"): (
        6,  # an index, two sitemaps, two pages, and a third that is gone; the ranger's page is not requested
        {MOSS + "4711-machine-learning-engineer-oslo", MOSS + "4712-forest-ranger-oslo", MOSS + "4713"},
    ),
    ("jsonld", "paymoss.example/careers#/careers/"): (1, {f"https://paymoss.example/careers/{n}" for n in (1, 2, 3)}),
    ("personio", "isar-analytics"): (2, {"1900001", "1900002", "1900003"}),
    ("personio", "leer"): (1, set()),
    ("personio", "lohnwerk.jobs.personio.com"): (1, {"1900011", "1900012", "1900013"}),
    ("pinpoint", "darkhill"): (1, set()),
    ("pinpoint", "lanternhill"): (1, {"541001", "541002"}),
    ("pinpoint", "lanternhill-labs"): (1, {"541003"}),
    ("pinpoint", "payhill"): (1, {"541011", "541012", "541013"}),
    ("recruitee", "calmair"): (1, set()),
    ("recruitee", "careers.windmill.example"): (1, {"2900003"}),
    ("recruitee", "gustworks"): (1, {"2900011", "2900012", "2900013"}),
    ("recruitee", "windmillworks"): (1, {"2900001", "2900002"}),
    ("rippling", "brightquarry"): (2, {U.format(1), U.format(2)}),
    ("rippling", "oldquarry"): (1, {U.format(3)}),
    ("rippling", "payquarry"): (2, {U.format(11)}),
    ("rippling", "quietquarry"): (1, set()),
    ("smartrecruiters", "HarbourLight"): (3, {f"74400090000000{n}" for n in (1, 2, 3)}),
    ("smartrecruiters", "NoSuchQuay"): (1, set()),  # an unknown company looks like an empty one
    ("smartrecruiters", "QuietQuay"): (1, set()),
    ("smartrecruiters", "TideWise"): (2, {"744000900000011"}),
    ("teamtailor", "careers.paywise.example"): (1, {TAILOR.format(n) for n in (11, 12, 13)}),
    ("teamtailor", "fjordrobotics"): (2, {TAILOR.format(1), TAILOR.format(2)}),
    ("teamtailor", "lundsignals"): (1, {TAILOR.format(21)}),
    ("teamtailor", "stillfjord"): (1, set()),
    ("workable", "ledger-lane"): (1, {"9988776655"}),
    ("workable", "olive-grove"): (1, {"A1B2C3D4E5", "F6A7B8C9D0"}),
    ("workable", "still-water"): (1, set()),
    ("workable", "twin-peaks-data"): (1, {"0011223344"}),
    ("workday", GRANITE + "Alumni"): (1, set()),
    ("workday", GRANITE + "Campus"): (2, set()),  # listed, but its own page is gone
    ("workday", GRANITE + "External_Careers"): (2, {"Machine-Learning-Engineer_R-20411", "Mason_R-20413-1"}),
    ("workday", "slate.wd3.myworkdayjobs.com/slate/Careers"): (2, {"AI-Engineer_JR-7"}),
}
ENDED_BADLY = {
    ("bamboohr", "nosuchpanda"): ("failed", "not JSON: HTML page"),
    ("breezy", "nosuchwinds"): ("failed", "403: the server refuses the request"),
    ("breezy", "paidwinds"): ("partial", "no JobPosting in the page of a posting"),
    ("icims", "careers-nosuchfield"): ("failed", "no element of iCIMS: not a page of an icims portal"),
    ("jsonld", "nosuchmoss.example/sitemap.xml#/jobs/"): (
        "failed",
        "neither a sitemap nor a page with a JobPosting",
    ),
    ("personio", "nosuchfirm"): ("failed", "not XML: HTML page"),
    ("pinpoint", "nosuchhill"): ("failed", "404: no board of this name"),
    ("recruitee", "nosuchmill"): ("failed", "404: no board of this name"),
    ("rippling", "nosuchquarry"): ("failed", "404: no board of this name"),
    ("teamtailor", "nosuchfjord"): ("failed", "404: no board of this name"),
    ("workable", "no-such-account"): ("failed", "404: no board of this name"),
    ("workday", "nosuchrock.wd1.myworkdayjobs.com/nosuchrock/Jobs"): ("failed", "422: unprocessable entity"),
}
BOARDS = {board for board, _ in LANDED}


def test_every_posting_lands_once_with_no_superfluous_request(own_crawl: Any) -> None:
    landed: dict[tuple[str, str], list[str]] = {}
    for line in own_crawl.lines("postings"):
        landed.setdefault((line["board"], line["company_slug"]), []).append(line["native_id"])
    complete = {
        company: (outcome.requests, sorted(landed.get(company, [])))
        for company, outcome in own_crawl.outcomes.items()
        if company[0] in BOARDS and outcome.status == "complete"
    }
    assert complete == {company: (requests, sorted(ids)) for company, (requests, ids) in LANDED.items()}


def test_foreign_answers_are_not_taken_for_empty_boards(own_crawl: Any) -> None:
    ended = {
        company: (outcome.status, outcome.reason)
        for company, outcome in own_crawl.outcomes.items()
        if company[0] in BOARDS and outcome.status != "complete"
    }
    assert ended == ENDED_BADLY


def test_own_pages_are_read_only_for_roles_in_scope(own_crawl: Any) -> None:
    texts = {
        (line["board"], line["title"]): line["description_html"] is not None
        for line in own_crawl.lines("postings")
        if line["board"] in ("bamboohr", "icims", "rippling", "smartrecruiters", "workday")
    }
    assert {title for (_, title), has_text in texts.items() if has_text} == {
        "Machine Learning Engineer", "Machine Learning Engineer, Port Calls", "AI Engineer", "Data Scientist, Tides",
    }  # fmt: skip
    assert texts["icims", "Cook"] is texts["rippling", "Driver"] is texts["workday", "Mason"] is False


@pytest.mark.parametrize("person", ["Jo Recruiter", "@windmillworks"])
def test_personal_data_does_not_enter_the_landing(own_crawl: Any, person: str) -> None:
    assert person not in str(own_crawl.lines("postings"))
