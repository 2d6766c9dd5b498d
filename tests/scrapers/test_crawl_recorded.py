"""The invented recordings, crawled in the usual way: every posting lands once, and every gap is reported."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson
import pytest

from jobmarket.posting import Posting

# The tests read the recordings by themselves here, without the spiders.
LISTS = {
    "greenhouse": (r"boards-api\.greenhouse\.io/v1/boards/([^/?]+)/jobs(?:\?|$)", "jobs"),
    "lever": (r"//(?:api\.lever\.co|(api\.eu\.lever\.co))/v0/postings/([^/?]+)", None),
    "ashby": (r"api\.ashbyhq\.com/posting-api/job-board/([^/?]+)", "jobs"),
}


def recorded_ids(folder: Path) -> Counter[tuple[str, str, str]]:
    """Count (board, company, id) of every posting in every successful, readable answer, without any spider."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in csv.DictReader((folder / "manifest.csv").open(newline="")):
        for board, (pattern, key) in LISTS.items():
            match = re.search(pattern, row["url"])
            if not match or row["status"] != "200":
                continue
            try:
                answer = orjson.loads((folder / row["file"]).read_bytes())
                jobs = answer[key] if key else answer
            except (orjson.JSONDecodeError, KeyError):
                continue
            for job in jobs:
                named = isinstance(job, dict) and "id" in job and (job.get("title") or job.get("text") or "").strip()
                if named and job.get("isListed") is not False:
                    found[board, unquote("/".join(filter(None, match.groups()))), str(job["id"])] += 1
    return found


def landed_ids(landed: Any) -> Counter[tuple[str, str, str]]:
    return Counter((line["board"], line["company_slug"], line["native_id"]) for line in landed.lines("postings"))


def test_every_posting_of_every_successful_answer_lands_exactly_once(own_crawl: Any, recordings: Path) -> None:
    expected = recorded_ids(recordings)
    expected["lever", "dirtybytes", "0b0c0d0e-1111-4222-8333-000000000061"] += 1  # not JSON before it is repaired
    landed = landed_ids(own_crawl)
    assert {each for each in landed if each[0] in LISTS} == set(expected)
    assert set(landed.values()) == {1}
    assert len(own_crawl.lines("sightings")) == len(landed) == own_crawl.result.counts["postings"] > 20
    by_board = Counter(board for board, _, _ in expected)
    assert {board: own_crawl.result.counts["by_board"][board] for board in LISTS} == by_board


def test_a_repeated_posting_comes_from_the_first_answer_in_the_manifest(own_crawl: Any) -> None:
    postings = [line for line in own_crawl.lines("postings") if line["company_slug"] == "northwindlabs"]
    assert {line["title"]: line["description_html"] is not None for line in postings} == {
        "Senior Machine Learning Engineer, Ranking": True,
        "MLOps Engineer": True,
        "機械学習エンジニア": True,
        "Data Analyst": False,  # only in the list without content
    }
    outcome = own_crawl.outcomes["greenhouse", "northwindlabs"]
    assert (outcome.status, outcome.postings, outcome.duplicates, outcome.requests) == ("complete", 4, 3, 2)
    assert outcome.http_codes == {"200": 2}
    assert outcome.missing["description_html"] == 1


def test_the_payload_is_the_boards_object(own_crawl: Any, recordings: Path) -> None:
    (recorded,) = orjson.loads((recordings / "ashby" / "lanternpay_odd_pay.json").read_bytes())["jobs"]
    (line,) = [line for line in own_crawl.lines("postings") if line["company_slug"] == "lanternpay"]
    assert line["payload"] == recorded
    Posting.model_validate({name: value for name, value in line.items() if name in Posting.model_fields})


@pytest.mark.parametrize(
    ("board", "company", "status", "reason"),
    [
        ("ashby", "stillwater", "complete", None),
        ("greenhouse", "idlewheel", "complete", None),
        ("lever", "quietharbour", "complete", None),
        ("ashby", "nosuchboard", "failed", "404: no board of this name"),
        ("greenhouse", "nobodyhome", "failed", "404: no board of this name"),
        ("lever", "gonefishing", "failed", "404: no board of this name"),
        ("ashby", "brokenserver", "failed", "500: internal server error, 3 times"),
        ("ashby", "cutshort", "failed", "truncated JSON: it breaks off after 1,583 characters"),
        ("greenhouse", "loginwall", "failed", "not JSON: HTML page"),
        (
            "greenhouse",
            "otherenvelope",
            "failed",
            "no list under the key 'jobs': not the answer of a greenhouse board",
        ),
        ("ashby", "notitle", "partial", "3 rejected: no title (2), not an object (1)"),
        ("greenhouse", "noid", "partial", "1 rejected: no id (1)"),
    ],
)
def test_every_company_ends_with_its_outcome(
    own_crawl: Any, board: str, company: str, status: str, reason: str | None
) -> None:
    outcome = own_crawl.outcomes[board, company]
    assert (outcome.status, outcome.reason) == (status, reason)
    line = f"{board}/{company}: {status}, {reason}"
    final = reason is not None and reason.startswith("404")
    assert (line in own_crawl.result.gaps) == (reason is not None and not final)
    assert (line in own_crawl.result.notes) == final


def test_requests_answers_and_errors_are_counted(own_crawl: Any) -> None:
    broken = own_crawl.outcomes["ashby", "brokenserver"]
    assert (broken.requests, broken.http_codes, broken.errors) == (3, {"500": 3}, 1)
    partial = own_crawl.outcomes["ashby", "notitle"]
    assert (partial.postings, partial.rejected, partial.errors) == (1, 3, 3)


def test_rejected_objects_are_kept_with_the_reason(own_crawl: Any) -> None:
    rejected = own_crawl.lines("rejected")
    assert Counter((line["company_slug"], line["reason"]) for line in rejected) == {
        ("notitle", "no title"): 2,
        ("notitle", "not an object"): 1,
        ("noid", "no id"): 1,
    }
    (without_id,) = [line["payload"] for line in rejected if line["company_slug"] == "noid"]
    assert without_id["title"] == "Machine Learning Engineer"


def test_only_broken_bytes_are_replaced(own_crawl: Any) -> None:
    (line,) = [line for line in own_crawl.lines("postings") if line["company_slug"] == "dirtybytes"]
    assert line["title"] == "Machine Learning Engineer\ufffd"
    assert line["payload"]["additional"] == "<div>caf\ufffd\ufffd and \ufffd and a raw \ufffd byte</div>"


def test_unlisted_postings_are_left_out_and_counted(own_crawl: Any) -> None:
    assert "Not to be shown" not in {line["title"] for line in own_crawl.lines("postings")}
    (line,) = [line for line in own_crawl.result.details if line.startswith("ashby")]
    assert line.endswith("1 not listed")


def test_hosts_without_a_spider_are_reported(own_crawl: Any) -> None:
    assert "jobs.example.com: no spider reads this; 1 recorded responses skipped" in own_crawl.result.notes


def test_runs_record_their_board_origin_and_moment(own_crawl: Any) -> None:
    records = {record.board: record for record in own_crawl.records}
    assert set(records) >= {"ashby", "greenhouse", "lever"}
    assert {record.origin for record in records.values()} == {"recorded"}
    assert records["ashby"].run_id == "ashby-20261120T000000Z-1"
    assert set(records["ashby"].versions) == {"jobmarket", "scrapy"}
    moments = {moment for record in records.values() for each in record.companies
               for moment in (each.started_at, each.finished_at)}  # fmt: skip
    assert moments == {datetime(2026, 11, 20, tzinfo=UTC)}  # in a replay, time stands still
