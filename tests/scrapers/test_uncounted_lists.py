"""A list that should state its size or its pages, and does not, may go on: such a crawl closes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.scrapers.board_server import Reply, board_server

LISTS = {
    "https://api.adzuna.com/v1/api/jobs/gb/search/1": "results",
    "https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc/v6/jobs?was=ml&size=100&page=1": "ergebnisliste",
    "https://www.getonbrd.com/api/v0/categories/ai/jobs?per_page=100&page=1": "data",
    "https://himalayas.app/jobs/api/search?q=ml&sort=recent&page=1": "jobs",
    "https://jobsearch.api.jobtechdev.se/search?q=ml&offset=0&limit=100": "hits",
    "https://api.justjoin.it/v2/user-panel/offers/by-cursor?from=0&itemsCount=100": "data",
    "https://nofluffjobs.com/api/search/posting?region=pl&page=1": "postings",
    "https://www.reed.co.uk/api/1.0/search?keywords=ml&resultsToTake=100&resultsToSkip=0": "results",
    "https://api.smartrecruiters.com/v1/companies/acme/postings?limit=100&offset=0": "content",
    "https://www.themuse.com/api/public/jobs?category=Data&page=0": "results",
    "https://data.usajobs.gov/api/search?Keyword=ml&ResultsPerPage=500&Page=1": "SearchResult",
}
MISSING = {
    "adzuna": "count",
    "bundesagentur": "maxErgebnisse",
    "getonbrd": "meta.total_pages",
    "himalayas": "totalCount",
    "jobtech": "total.value",
    "justjoin": "meta.next",
    "nofluffjobs": "totalPages",
    "reed": "totalResults",
    "smartrecruiters": "totalFound",
    "themuse": "page_count",
    "usajobs": "SearchResult.UserArea.NumberOfPages",
}
NAMED = dict.fromkeys(("title", "name", "jobTitle", "headline", "stellenangebotsTitel", "PositionTitle"), "Cook")
COOK = {
    **dict.fromkeys(("id", "guid", "jobId", "referenznummer", "MatchedObjectId", "reference"), "1"),
    **NAMED,
    "attributes": NAMED,
    "MatchedObjectDescriptor": NAMED,
}


@pytest.mark.parametrize("origin", ["sample", "recorded"])
def test_a_list_without_its_size_is_partial_unless_that_was_not_recorded(
    drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path, origin: str
) -> None:
    rows = {("POST " if "nofluff" in url else "") + url: (200, "application/json", b"") for url in LISTS}
    with board_server() as server:
        for url, key in LISTS.items():
            answer = {"SearchResultItems": [COOK]} if key == "SearchResult" else [COOK]
            server.answers[url] = Reply(200, orjson.dumps({key: answer}), {"Content-Type": "application/json"})
        crawled = drive(tmp_path / "home", board_folder(rows), address=server.address, origin=origin)
    ended = {board: (each.status, each.postings, each.reason) for (board, _), each in crawled.outcomes.items()}
    if origin == "recorded":
        assert ended == dict.fromkeys(MISSING, ("complete", 1, None))
        assert crawled.result.not_recorded == dict.fromkeys(MISSING, 1)
    else:
        words = {board: f"no number under the key '{key}': more pages may follow" for board, key in MISSING.items()}
        words |= {"justjoin": words["justjoin"].replace("number", "cursor")}
        assert ended == {board: ("partial", 1, reason) for board, reason in words.items()}
