"""The sample boards answer in the formats of the real boards."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.sample.world import SampleWorld

# The types of each path in the three APIs' responses. The sample must not send any other path.
GREENHOUSE = {
    "absolute_url": "str",
    "data_compliance": "list",
    "data_compliance[]": "obj",
    "data_compliance[].type": "str",
    "data_compliance[].requires_consent": "bool",
    "data_compliance[].requires_processing_consent": "bool",
    "data_compliance[].requires_retention_consent": "bool",
    "data_compliance[].retention_period": "null",
    "data_compliance[].demographic_data_consent_applies": "bool",
    "internal_job_id": "int",
    "location": "obj",
    "location.name": "str",
    "metadata": "null list",
    "metadata[]": "obj",
    "metadata[].id": "int",
    "metadata[].name": "str",
    "metadata[].value": "str null",
    "metadata[].value_type": "str",
    "id": "int",
    "updated_at": "str",
    "requisition_id": "str",
    "title": "str",
    "company_name": "str",
    "first_published": "str",
    "language": "str",
    "application_deadline": "null str",
    "content": "str",
    "departments": "list",
    "departments[]": "obj",
    "departments[].id": "int",
    "departments[].name": "str",
    "departments[].child_ids": "list",
    "departments[].parent_id": "int",
    "offices": "list",
    "offices[]": "obj",
    "offices[].id": "int",
    "offices[].name": "str",
    "offices[].location": "null str",
    "offices[].child_ids": "list",
    "offices[].parent_id": "null",
    "ai_disclaimer": "null",
    "include_ai_disclaimer": "bool",
    "ai_opt_out_request_url": "str",
}
LEVER = {
    "additionalPlain": "str",
    "additional": "str",
    "categories": "obj",
    "categories.commitment": "str",
    "categories.department": "str",
    "categories.location": "str",
    "categories.team": "str",
    "categories.allLocations": "list",
    "categories.allLocations[]": "str",
    "createdAt": "int",
    "descriptionPlain": "str",
    "description": "str",
    "id": "str",
    "lists": "list",
    "lists[]": "obj",
    "lists[].text": "str",
    "lists[].content": "str",
    "salaryRange": "obj",
    "salaryRange.interval": "str",
    "salaryRange.currency": "str",
    "salaryRange.min": "int",
    "salaryRange.max": "int",
    "salaryDescription": "str",
    "salaryDescriptionPlain": "str",
    "text": "str",
    "country": "str null",
    "workplaceType": "str",
    "opening": "str",
    "openingPlain": "str",
    "descriptionBody": "str",
    "descriptionBodyPlain": "str",
    "hostedUrl": "str",
    "applyUrl": "str",
}
ASHBY = {
    "id": "str",
    "title": "str",
    "department": "str",
    "team": "str",
    "employmentType": "str",
    "location": "str",
    "shouldDisplayCompensationOnJobPostings": "bool",
    "secondaryLocations": "list",
    "secondaryLocations[]": "obj",
    "secondaryLocations[].location": "str",
    "secondaryLocations[].address": "obj",
    "secondaryLocations[].address.postalAddress": "obj",
    "secondaryLocations[].address.postalAddress.addressCountry": "str",
    "secondaryLocations[].address.postalAddress.addressRegion": "str",
    "secondaryLocations[].address.postalAddress.addressLocality": "str",
    "publishedAt": "str",
    "isListed": "bool",
    "isRemote": "bool null",
    "workplaceType": "str null",
    "address": "obj",
    "address.postalAddress": "obj",
    "address.postalAddress.addressRegion": "str",
    "address.postalAddress.addressCountry": "str",
    "address.postalAddress.addressLocality": "str",
    "jobUrl": "str",
    "applyUrl": "str",
    "descriptionHtml": "str",
    "descriptionPlain": "str",
    "compensation": "obj",
    "compensation.compensationTierSummary": "str null",
    "compensation.scrapeableCompensationSalarySummary": "str null",
    "compensation.compensationTiers": "list",
    "compensation.compensationTiers[]": "obj",
    "compensation.compensationTiers[].id": "str",
    "compensation.compensationTiers[].tierSummary": "str",
    "compensation.compensationTiers[].title": "str null",
    "compensation.compensationTiers[].additionalInformation": "null",
    "compensation.compensationTiers[].components": "list",
    "compensation.compensationTiers[].components[]": "obj",
    "compensation.compensationTiers[].components[].id": "str",
    "compensation.compensationTiers[].components[].summary": "str",
    "compensation.compensationTiers[].components[].compensationType": "str",
    "compensation.compensationTiers[].components[].interval": "str",
    "compensation.compensationTiers[].components[].currencyCode": "str null",
    "compensation.compensationTiers[].components[].minValue": "int null",
    "compensation.compensationTiers[].components[].maxValue": "int null",
    "compensation.summaryComponents": "list",
    "compensation.summaryComponents[]": "obj",
    "compensation.summaryComponents[].compensationType": "str",
    "compensation.summaryComponents[].interval": "str",
    "compensation.summaryComponents[].currencyCode": "str null",
    "compensation.summaryComponents[].minValue": "int null",
    "compensation.summaryComponents[].maxValue": "int null",
}
SHAPES = {"greenhouse": GREENHOUSE, "lever": LEVER, "ashby": ASHBY}

# Paths of real boards that the sample does not send, with the reason.
NOT_SENT = {
    "education": "a setting of the employer's form, in 31 of 1,053 recorded postings",
    "employment": "a setting of the employer's form, in 3 of 1,053 recorded postings",
    "metadata[].value[]": "a list as the value, in 2 of 1,053 recorded postings",
    "offices[].child_ids[]": "the sample's offices have no hierarchy",
    "departments[].child_ids[]": "the sample's departments have one level",
}
# Types that the sample sends and no recorded posting has, with the reason.
NOT_RECORDED = {"application_deadline": "a date when set, which no recorded posting does"}

_NAMES = {str: "str", int: "int", bool: "bool", float: "float", list: "list", dict: "obj", type(None): "null"}


def types_by_path(value: Any, path: str = "") -> dict[str, set[str]]:
    types: dict[str, set[str]] = defaultdict(set)
    children: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        children = [(f"{path}.{key}" if path else key, child) for key, child in value.items()]
    elif isinstance(value, list):
        children = [(f"{path}[]", child) for child in value]
    if path:
        types[path].add(_NAMES[type(value)])
    for child_path, child in children:
        for deeper, names in types_by_path(child, child_path).items():
            types[deeper] |= names
    return types


def all_types(objects: list[dict[str, Any]]) -> dict[str, set[str]]:
    types: dict[str, set[str]] = defaultdict(set)
    for each in objects:
        for path, names in types_by_path(each).items():
            types[path] |= names
    return types


@pytest.mark.parametrize("board", SHAPES)
def test_paths_and_types_match_the_api(postings: dict[str, list[dict[str, Any]]], board: str) -> None:
    assert len(postings[board]) > 100
    expected = {path: set(names.split()) for path, names in SHAPES[board].items()}
    assert all_types(postings[board]) == expected


@pytest.mark.parametrize(("board", "section"), [("greenhouse", 1), ("lever", 2), ("ashby", 3)])
def test_shapes_match_the_tables_of_recorded_responses(shared_dir: Path, board: str, section: int) -> None:
    text = (shared_dir / "BOARDS.md").read_text(encoding="utf-8")
    chapter = text.split(f"\n## {section}. ")[1].split("\n## ")[0]
    documented: dict[str, set[str]] = {}
    for path, types in re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", chapter, re.MULTILINE):
        documented[path] = {entry.split()[0].split(":")[0] for entry in types.split(", ")}
    assert len(documented) > 30
    # The tables end at the components of tiers, whose fields are the same as in the summary.
    ours = {path: set(names.split()) for path, names in SHAPES[board].items() if ".components[]." not in path}
    unknown = {path for path, names in ours.items() if not names <= documented.get(path, set())}
    assert unknown == NOT_RECORDED.keys() & ours.keys()
    assert set(documented) - set(ours) - set(NOT_SENT) == set()


def test_greenhouse_content_is_escaped_exactly_once(postings: dict[str, list[dict[str, Any]]]) -> None:
    for job in postings["greenhouse"]:
        assert "<" not in job["content"]
        source = html.unescape(job["content"])
        assert re.search(r"<(h2|h3|p)\b", source)
        assert "&lt;" not in source
    contents = [job["content"] for job in postings["greenhouse"]]
    assert any("&amp;amp;" in content for content in contents)
    assert any("&amp;nbsp;" in content for content in contents)


def test_greenhouse_times_follow_us_eastern_daylight_saving(world: SampleWorld, fetch: Any) -> None:
    offsets: dict[str, set[int]] = defaultdict(set)
    for week in (0, 12):
        for company in world.companies:
            answer = fetch(world, world.observation_dates[week], company)
            if company.board == "greenhouse" and answer.status == 200:
                for job in orjson.loads(answer.body)["jobs"]:
                    first, updated = (datetime.fromisoformat(job[key]) for key in ("first_published", "updated_at"))
                    assert first <= updated <= world.observation_dates[week]
                    offsets[job["first_published"][-6:]].add(first.month)
    assert set(offsets) == {"-04:00", "-05:00"}
    assert {1, 2} <= offsets["-05:00"] <= {10, 11, 12, 1, 2, 3}
    assert {4, 5} <= offsets["-04:00"] <= {3, 4, 5, 6, 7, 8, 9, 10, 11}


def test_ashby_quirks(postings: dict[str, list[dict[str, Any]]]) -> None:
    jobs = postings["ashby"]
    hybrid = [job["isRemote"] for job in jobs if job["workplaceType"] == "Hybrid"]
    assert 0.4 < sum(hybrid) / len(hybrid) < 0.8
    assert any(job["title"].startswith(" ") for job in jobs)
    assert any(job["address"]["postalAddress"] == {} for job in jobs)
    assert all(job["publishedAt"].endswith("+00:00") for job in jobs)
    assert any(len(job["compensation"]["compensationTiers"]) == 2 for job in jobs)
    for job in jobs:
        pay = job["compensation"]
        salaries = [part for part in pay["summaryComponents"] if part["compensationType"] == "Salary"]
        assert bool(salaries) == job["shouldDisplayCompensationOnJobPostings"] == bool(pay["compensationTiers"])
        tiers = [tier["components"][0] for tier in pay["compensationTiers"]]
        for salary in salaries:
            assert salary["minValue"] == min(tier["minValue"] for tier in tiers)
            assert salary["maxValue"] == max(tier["maxValue"] for tier in tiers)


def test_lever_parts_make_the_description(postings: dict[str, list[dict[str, Any]]]) -> None:
    assert {posting["opening"] == "" for posting in postings["lever"]} == {True, False}
    assert {"salaryRange" in posting for posting in postings["lever"]} == {True, False}
    for posting in postings["lever"]:
        assert posting["description"] == posting["opening"] + posting["descriptionBody"]
        assert all(part["content"].lstrip().startswith("<li>") and part["text"] for part in posting["lists"])


def test_no_text_is_empty(postings: dict[str, list[dict[str, Any]]]) -> None:
    texts = [job["content"] for job in postings["greenhouse"]]
    texts += [job["descriptionPlain"] for job in postings["ashby"]]
    texts += [
        posting["description"] + "".join(part["content"] for part in posting["lists"]) + posting["additional"]
        for posting in postings["lever"]
    ]
    titles = [job["title"] for board in ("greenhouse", "ashby") for job in postings[board]]
    titles += [posting["text"] for posting in postings["lever"]]
    assert all(len(text) > 1000 for text in texts)
    assert all(title.strip() for title in titles)


def test_query_parameters_change_the_response_as_on_the_real_boards(world: SampleWorld) -> None:
    moment = world.observation_dates[0]
    slugs = {
        company.board: company.slug
        for company in world.companies
        if " " not in company.slug and len(world.shown_at(company.board, company.slug, moment)) >= 3
    }

    def body(host: str, path: str) -> Any:
        answer = world.response(moment, host, path)
        assert answer is not None
        assert answer.status == 200
        return orjson.loads(answer.body)

    jobs = body("boards-api.greenhouse.io", f"/v1/boards/{slugs['greenhouse']}/jobs")["jobs"]
    assert not {"content", "departments", "offices"} & set(jobs[0])
    jobs = body("api.ashbyhq.com", f"/posting-api/job-board/{slugs['ashby']}")["jobs"]
    assert not {"compensation", "shouldDisplayCompensationOnJobPostings"} & set(jobs[0])
    postings = body("api.lever.co", f"/v0/postings/{slugs['lever']}?mode=json")
    assert body("api.lever.co", f"/v0/postings/{slugs['lever']}?mode=json&skip=1&limit=2") == postings[1:3]
    assert body("api.lever.co", f"/v0/postings/{slugs['lever']}/{postings[0]['id']}?mode=json") == postings[0]
    page = world.response(moment, "api.lever.co", f"/v0/postings/{slugs['lever']}")
    assert page is not None
    assert page.content_type.startswith("text/html")


def test_unknown_boards_answer_404_and_unknown_hosts_do_not_answer(world: SampleWorld) -> None:
    moment = world.observation_dates[3]
    missing = world.response(moment, "api.lever.co", "/v0/postings/nobody?mode=json")
    assert missing is not None
    assert (missing.status, missing.body) == (404, b'{"ok":false,"error":"Document not found"}')
    for host, path in (
        ("boards-api.greenhouse.io", "/v1/boards/nobody/jobs?content=true"),
        ("api.ashbyhq.com", "/posting-api/job-board/nobody?includeCompensation=true"),
    ):
        answer = world.response(moment, host, path)
        assert answer is not None
        assert answer.status == 404
    assert world.response(moment, "api.lever.co", "/robots.txt") is None
    assert world.response(moment, "example.org", "/v0/postings/nobody") is None


def test_a_moment_without_a_time_zone_is_refused(world: SampleWorld) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        world.response(datetime(2026, 3, 2, 6), "api.lever.co", "/v0/postings/nobody?mode=json")  # noqa: DTZ001
