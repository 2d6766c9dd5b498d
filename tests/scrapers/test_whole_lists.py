"""Lists that show fewer postings than they state are partial, so that they close nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.stated_size import StatedSize
from tests.scrapers.board_server import BoardServer, Reply, board_server

REED = "https://www.reed.co.uk/api/1.0/search?keywords=ml&resultsToTake=100&resultsToSkip={}"
JOBTECH = "https://jobsearch.api.jobtechdev.se/search?q=ml&offset={}&limit=100"
AGENTUR = "https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc/v6/jobs?was=ml&angebotsart=1&size=100&page={}"
GETONBRD = "https://www.getonbrd.com/api/v0/categories/ai/jobs?per_page=100&page={}"
USAJOBS = "https://data.usajobs.gov/api/search?Keyword=ml&ResultsPerPage=500&Page={}"
JUSTJOIN = "https://api.justjoin.it/v2/user-panel/offers/by-cursor?from=0&itemsCount=100"
GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
FRANCE = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search?motsCles=ml&range={}-{}&sort=1"
LEDGER = "https://ledger.example/{}/jobs?page={}"
BAMBOO = "https://{}.bamboohr.com/careers/list"
REMOTIVE = "https://remotive.com/api/remote-jobs"

JSON = {"Content-Type": "application/json"}
IDS = ("id", "jobId", "guid", "referenznummer", "MatchedObjectId")
TITLES = ("title", "jobTitle", "headline", "stellenangebotsTitel", "jobOpeningName", "PositionTitle", "intitule")


def cooks(after: int = 0, count: int = 20) -> list[dict[str, Any]]:
    """Make postings with the field names of each board tested here."""
    named = dict.fromkeys(TITLES, "Cook")
    return [
        {**dict.fromkeys(IDS, str(number)), **named, "attributes": named, "MatchedObjectDescriptor": named}
        for number in range(after, after + count)
    ]


def offres(first: int, last: int, shown: int, total: int) -> Reply:
    """Make a page of a list that states its size in a header."""
    headers = JSON | {"Content-Range": f"offres {first}-{last}/{total}"}
    return Reply(206, orjson.dumps({"resultats": cooks(first, shown)}), headers)


# The first page and those that may follow.
LISTS: list[dict[str, Any]] = [
    # the third of five pages is empty
    {REED.format(n): {"results": [] if n == 40 else cooks(n), "totalResults": 100} for n in (0, 20, 40, 60, 80)},
    # twenty are shown although a hundred were requested: the next page begins with the twenty-first
    {JOBTECH.format(n): {"hits": cooks(n), "total": {"value": 60}} for n in (0, 20, 40)},
    {
        AGENTUR.format(n): {"ergebnisliste": cooks(20 * n), "maxErgebnisse": 60, "page": n, "size": 20}
        for n in (1, 2, 3)
    },
    # the second of three pages is empty; this board states only the number of pages, the next one also of postings
    {GETONBRD.format(n): {"data": cooks(20 * n) if n != 2 else [], "meta": {"total_pages": 3}} for n in (1, 2, 3)},
    {
        USAJOBS.format(n): {
            "SearchResult": {
                "SearchResultItems": cooks(20 * n) if n != 2 else [],
                "SearchResultCountAll": 60,
                "UserArea": {"NumberOfPages": "3"},
            }
        }
        for n in (1, 2, 3)
    },
    {JUSTJOIN: {"data": cooks(), "meta": {"totalItems": 60, "next": {"cursor": None}}}},
    # none is shown after the 1,050th
    {FRANCE.format(first, first + 149): offres(first, first + 149, 150, 1_160) for first in range(0, 1_050, 150)},
    # pages are shorter than requested
    {FRANCE.replace("ml", "short").format(n, n + 149): offres(n, n + 149, 20, 60) for n in (0, 20, 40)},
    # one answer
    {GREENHOUSE.format("cut"): {"jobs": cooks(count=40), "meta": {"total": 100}}},
    {GREENHOUSE.format("nearly"): {"jobs": cooks(count=99), "meta": {"total": 100}}},
    {BAMBOO.format("cut"): {"result": cooks(count=2), "meta": {"totalCount": 5}}},
    {REMOTIVE: {"jobs": cooks(count=4), "job-count": 4, "total-job-count": 30}},
]


@pytest.fixture(scope="module", params=["sample", "recorded"])
def crawled(drive: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    folder = tmp_path_factory.mktemp("lists")
    rows = [f"{next(iter(pages))},GET,200,application/json,,2026-11-20" for pages in LISTS]
    (folder / "manifest.csv").write_text("\n".join(["url,method,status,content_type,file,recorded_on", *rows]) + "\n")
    with board_server() as server:
        for pages in LISTS:
            for url, answer in pages.items():
                server.answers[url] = answer if isinstance(answer, Reply) else Reply(200, orjson.dumps(answer), JSON)
        return drive(tmp_path_factory.mktemp("home"), folder, address=server.address, origin=request.param)


@pytest.mark.parametrize(
    ("board", "company", "postings", "reason"),
    [
        ("reed", "all", 40, "the list shows 40 of the 100 postings that it states"),
        ("jobtech", "all", 60, None),
        ("bundesagentur", "all", 60, None),
        ("getonbrd", "all", 20, "a page of the list is empty but says that more follow"),
        ("usajobs", "all", 20, "the list shows 20 of the 60 postings that it states"),
        ("justjoin", "all", 20, "the list shows 20 of the 60 postings that it states"),
        ("francetravail", "all", 1_050, "the list has 1,160 postings, but the board shows at most 1,050"),
        ("greenhouse", "cut", 40, "the list shows 40 of the 100 postings that it states"),
        ("greenhouse", "nearly", 99, None),
        ("bamboohr", "cut", 2, "the list shows 2 of the 5 postings that it states"),
        ("remotive", "all", 4, "the list shows 4 of the 30 postings that it states"),
    ],
)
def test_a_list_that_is_cut_short_is_partial(
    crawled: Any, board: str, company: str, postings: int, reason: str | None
) -> None:
    outcome = crawled.outcomes[board, company]
    if board in ("greenhouse", "bamboohr", "remotive") and crawled.records[0].origin == "recorded":
        reason = None  # only part of the answer was recorded
    if board == "francetravail" and crawled.records[0].origin != "recorded":
        # the search is divided and its parts do not exist; the shorter search does
        postings, reason = 60, "404: no board of this name"
    assert (outcome.postings, outcome.reason) == (postings, reason)
    assert outcome.status == ("partial" if reason else "complete")


def test_the_unrecorded_rest_of_an_answer_is_reported(crawled: Any) -> None:
    is_replay = crawled.records[0].origin == "recorded"
    assert {name: crawled.result.not_recorded.get(name, 0) for name in ("greenhouse", "bamboohr", "reed")} == {
        "greenhouse": is_replay, "bamboohr": is_replay, "reed": 0,
    }  # fmt: skip


def faults(*pages: tuple[Any, ...], most_shown: int | None = None, cut_off_at: int | None = None) -> list[str]:
    """Return the faults of a list, given how many postings each page states and shows, and repeats if any."""
    size = StatedSize(most_shown, cut_off_at)
    for page in pages:
        size.page(*page)
    return list(size.end())


def test_a_long_list_may_lose_a_few_while_it_is_read_and_a_short_one_none() -> None:
    assert faults((1_000, 500), (995, 495)) == []
    assert faults((1_000, 500), (994, 494)) == ["the list shrank from 1,000 postings to 994 while it was read"]
    assert faults((199, 100), (198, 98)) == ["the list shrank from 199 postings to 198 while it was read"]
    # one is added and one removed: the skipped one does not come back
    assert faults((199, 100), (198, 50), (199, 49)) == ["the list shrank from 199 postings to 198 while it was read"]
    assert faults((100, 60), (130, 70)) == []


def test_a_list_whose_order_changes_while_it_is_read_may_skip_a_few_if_it_is_long() -> None:
    changed = "the list's order changed while it was read: {} came twice, and as many may have been skipped"
    assert faults((199, 100), (199, 99, 1)) == [changed.format("1 posting")]
    assert faults((1_000, 500), (1_000, 500, 5)) == []
    assert faults((1_000, 500), (1_000, 500, 6)) == [changed.format("6 postings")]
    # one was added at the top, so that the last of the first page came again, and nothing else is missing
    assert faults((200, 100), (201, 101, 1)) == []
    # a list may repeat some if it shows all
    assert faults((200, 100), (200, 103, 3)) == []


def test_a_list_may_count_a_tenth_that_it_does_not_show() -> None:
    assert faults((100, 50), (100, 40)) == []
    assert faults((100, 50), (100, 39)) == ["the list shows 89 of the 100 postings that it states"]


def test_an_empty_page_ends_a_list_that_lacks_less_than_a_page() -> None:
    assert faults((2_000, 100), *[(2_000, 100)] * 18, (2_000, 0)) == [
        "the list shows 1,900 of the 2,000 postings that it states"
    ]
    assert faults((1_000, 100), *[(1_000, 100)] * 8, (1_000, 95), (1_000, 0)) == []
    assert faults((None, 100), (None, 0)) == []


def test_a_list_is_complete_if_the_interface_shows_more_than_documented() -> None:
    assert faults((120, 110), most_shown=110) == ["the list has 120 postings, but the board shows at most 110"]
    assert faults((120, 120), most_shown=110) == []
    assert faults((110, 108), most_shown=110) == []


def test_a_list_whose_total_stops_at_the_limit_is_partial_at_the_limit() -> None:
    def limited(*pages: tuple[int | None, int]) -> list[str]:
        return faults(*pages, most_shown=110, cut_off_at=110)

    assert limited((110, 60), (110, 50)) == [
        "the list has 110 postings or more, but the board counts and shows no more"
    ]
    assert limited((110, 60)) == ["the list shows 60 of the 110 postings that it states"]
    assert limited((120, 110)) == ["the list has 120 postings, but the board shows at most 110"]
    assert limited((109, 109)) == []


def test_a_list_that_states_its_size_is_read_to_its_end(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    """A list without a stated size may have three pages, and all lists of a company eight."""
    lists = [
        ("says", 1, 5, 5),
        ("silent", 1, 5, None),
        ("endless", 1, 9, 1_000),
        ("two", 1, 3, None),
        ("two", 11, 3, None),
    ]
    for slug, first, count, total in lists:
        for page in range(first, first + count):
            following = page + 1 if page + 1 < first + count else None
            answer = {"jobs": cooks(page, 1), "next": following, "total": total}
            served.answers[LEDGER.format(slug, page)] = Reply(200, orjson.dumps(answer), JSON)
    recorded = {LEDGER.format(slug, first): (200, "application/json", b"") for slug, first, _, _ in lists}
    settings = {"PAGES_PER_LIST": 3, "PAGES_PER_COMPANY": 8}
    choice = {"spiders": "invented", "address": served.address, "settings": settings}
    crawled = drive(tmp_path / "home", board_folder(recorded), **choice)
    ended = {slug: (each.status, each.postings, each.reason) for (_, slug), each in crawled.outcomes.items()}
    assert ended == {
        "says": ("complete", 5, None),
        "silent": ("partial", 3, "the list goes on after 3 pages"),
        "endless": ("partial", 8, "the list goes on after 8 pages"),
        "two": ("complete", 6, None),
    }


def test_a_list_whose_pages_overlap_is_partial(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    """The second page shows the last posting of the first again, so that no page shows the last of all."""
    for page, after, following in ((1, 0, 2), (2, 9, None)):
        answer = {"jobs": cooks(after, 10), "next": following, "total": 20}
        served.answers[LEDGER.format("shuffled", page)] = Reply(200, orjson.dumps(answer), JSON)
    folder = board_folder({LEDGER.format("shuffled", 1): (200, "application/json", b"")})
    crawled = drive(tmp_path / "home", folder, spiders="invented", address=served.address)
    outcome = crawled.outcomes["ledger", "shuffled"]
    assert (outcome.status, outcome.postings, outcome.duplicates) == ("partial", 19, 1)
    assert outcome.reason == (
        "the list's order changed while it was read: 1 posting came twice, and as many may have been skipped"
    )
