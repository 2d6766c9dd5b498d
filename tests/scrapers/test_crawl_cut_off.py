"""A Workday list that is cut off at 2,000 is read completely, in parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.registry import companies_on
from tests.scrapers.board_server import BoardServer, Reply

CUT_OFF, PAGE = 2_000, 20
SITE = companies_on("workday")[0].slug
LIST = "https://{}/wday/cxs/{}/jobs".format(*SITE.split("/", 1))
# Each posting's family, working time and type of worker.
JOBS = [
    {"number": number, "jobFamilyGroup": family, "timeType": time, "workerSubType": "regular"}
    for number, (family, time) in enumerate(
        [("kitchen", "full")] * 45 + [("yard", "full")] * 30 + [("yard", "part")] * 25 + [("office", "part")] * 3
    )
]
# The families whose lists are cut off too.
LONG = ({}, {"jobFamilyGroup": ["yard"]})


def answer(handler: Any, facets_of: tuple[str, ...], unnamed: str) -> Reply:
    """Answer like such a site: offsets beyond the end repeat the last page. One value of a facet may be unnamed."""
    query = orjson.loads(handler.body)
    applied = query["appliedFacets"]
    of_part = [job for job in JOBS if all([job[name]] == ids for name, ids in applied.items())]
    is_long = applied in LONG
    reachable = of_part[:40] if is_long else of_part
    start = min(query["offset"], max(len(reachable) - PAGE, 0)) if is_long else query["offset"]
    rows = [
        {"title": "Cook", "externalPath": f"/job/x/Cook_R-{job['number']}"} for job in reachable[start : start + PAGE]
    ]
    facets = [
        {
            "facetParameter": name,
            "values": [
                {"id": each, "count": sum(job[name] == each for job in of_part)}
                for each in dict.fromkeys(job[name] for job in of_part)
                if each != unnamed
            ],
        }
        for name in facets_of
    ]
    total = CUT_OFF if is_long else len(of_part)
    said = {"total": total, "jobPostings": rows} | ({"facets": facets} if facets else {})
    return Reply(200, orjson.dumps(said), {"Content-Type": "application/json"})


def crawl(drive: Callable[..., Any], home: Path, served: BoardServer, *facets: str, unnamed: str = "") -> Any:
    served.answers[LIST] = lambda handler: answer(handler, facets, unnamed)
    crawled = drive(home, "recorded", address=served.address, rounds=1, board_names=("workday",))
    return crawled.outcomes["workday", SITE], {line["native_id"] for line in crawled.lines("postings")}


def test_a_list_that_is_cut_off_is_read_in_parts(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    outcome, landed = crawl(drive, tmp_path / "home", served, "timeType", "jobFamilyGroup")
    assert (outcome.status, outcome.reason) == ("complete", None)
    assert landed == {f"Cook_R-{job['number']}" for job in JOBS}
    # the list; three pages of the kitchen; the yard, whose two working times have two pages each; the office
    assert outcome.requests == len(served.take_requested()) == 1 + 3 + 1 + 2 + 2 + 1
    assert (outcome.postings, outcome.duplicates) == (len(JOBS), 2 * PAGE)


def test_a_list_that_is_cut_off_and_cannot_be_divided_is_partial(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    outcome, landed = crawl(drive, tmp_path / "home", served)
    assert (outcome.status, len(landed)) == ("partial", 40)
    assert outcome.reason == "page 3 shows nothing new but says that more follow"


@pytest.mark.parametrize("states_total_always", [True, False])
def test_a_list_whose_first_2000_are_shown_and_that_cannot_be_divided_is_partial(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path, states_total_always: bool
) -> None:
    def answer(handler: Any) -> Reply:
        begin = orjson.loads(handler.body)["offset"]
        rows = [
            {"title": "Cook", "externalPath": f"/job/x/Cook_R-{n}"} for n in range(begin, min(begin + PAGE, CUT_OFF))
        ]
        total = CUT_OFF if states_total_always or not begin else 0
        return Reply(200, orjson.dumps({"total": total, "jobPostings": rows}), {"Content-Type": "application/json"})

    served.answers[LIST] = answer
    crawled = drive(tmp_path / "home", "recorded", address=served.address, rounds=1, board_names=("workday",))
    outcome = crawled.outcomes["workday", SITE]
    assert (outcome.status, outcome.postings) == ("partial", CUT_OFF)
    assert outcome.reason == "the list has 2,000 postings or more, but the board counts and shows no more"


def test_a_list_is_partial_if_its_parts_lack_postings(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    outcome, landed = crawl(drive, tmp_path / "home", served, "workerSubType", "jobFamilyGroup", unnamed="yard")
    assert outcome.status == "partial"
    assert outcome.reason.endswith(f"the list has 103 postings, but its parts by facet have {len(landed)}")
