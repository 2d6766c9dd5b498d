"""A Workday list that is cut off at 2,000 is read completely, in parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from scrapers.registry import companies_on
from tests.scrapers.board_server import BoardServer, Said

CUT_OFF, PAGE = 2_000, 20
SITE = companies_on("workday")[0].slug
LIST = "https://{}/wday/cxs/{}/jobs".format(*SITE.split("/", 1))
# Each posting's family and working time.
JOBS = [
    {"number": number, "jobFamilyGroup": family, "timeType": time}
    for number, (family, time) in enumerate(
        [("kitchen", "full")] * 45 + [("yard", "full")] * 30 + [("yard", "part")] * 25 + [("office", "part")] * 3
    )
]
# The families whose lists are cut off too.
LONG = ({}, {"jobFamilyGroup": ["yard"]})


def answer(handler: Any, *, with_facets: bool) -> Said:
    """Answer like such a site: offsets beyond the end repeat the last page."""
    asked = orjson.loads(handler.body)
    applied = asked["appliedFacets"]
    of_part = [job for job in JOBS if all([job[name]] == ids for name, ids in applied.items())]
    is_long = applied in LONG
    reachable = of_part[:40] if is_long else of_part
    start = min(asked["offset"], max(len(reachable) - PAGE, 0)) if is_long else asked["offset"]
    rows = [
        {"title": "Cook", "externalPath": f"/job/x/Cook_R-{job['number']}"} for job in reachable[start : start + PAGE]
    ]
    facets = [
        {
            "facetParameter": name,
            "values": [
                {"id": each, "count": sum(job[name] == each for job in of_part)}
                for each in dict.fromkeys(job[name] for job in of_part)
            ],
        }
        for name in ("timeType", "jobFamilyGroup")
    ]
    total = CUT_OFF if is_long else len(of_part)
    said = {"total": total, "jobPostings": rows} | ({"facets": facets} if with_facets else {})
    return Said(200, orjson.dumps(said), {"Content-Type": "application/json"})


def crawl(drive: Callable[..., Any], home: Path, served: BoardServer, *, with_facets: bool) -> Any:
    served.answers[LIST] = lambda handler: answer(handler, with_facets=with_facets)
    crawled = drive(home, "recorded", address=served.address, rounds=1, board_names=("workday",))
    return crawled.outcomes["workday", SITE], {line["native_id"] for line in crawled.lines("postings")}


def test_a_list_that_is_cut_off_is_read_in_parts(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    outcome, landed = crawl(drive, tmp_path / "home", served, with_facets=True)
    assert (outcome.status, outcome.reason) == ("complete", None)
    assert landed == {f"Cook_R-{job['number']}" for job in JOBS}
    # the list; three pages of the kitchen; the yard, whose two working times have two pages each; the office
    assert outcome.requests == len(served.take_asked()) == 1 + 3 + 1 + 2 + 2 + 1
    assert (outcome.postings, outcome.duplicates) == (len(JOBS), 2 * PAGE)


def test_a_list_that_is_cut_off_and_cannot_be_divided_is_partial(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    outcome, landed = crawl(drive, tmp_path / "home", served, with_facets=False)
    assert (outcome.status, len(landed)) == ("partial", 40)
    assert outcome.reason == "page 3 shows nothing new but says that more follow"
