"""If one part of a list cannot be read, the crawl is partial and reads the parts after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.test_crawl_cut_off import CUT_OFF, LIST, SITE

SITEMAP = "https://moss.example/{}.xml#/jobs/"
JSON = {"Content-Type": "application/json"}


def sitemap(kind: str, *addresses: str) -> Reply:
    entry = "sitemap" if kind == "sitemapindex" else "url"
    entries = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return Reply(200, f"<{kind}>{entries}</{kind}>".encode(), {"Content-Type": "text/xml"})


def test_the_sitemaps_after_a_lost_one_are_read(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    names = ("index", "first", "gone", "page", "last")
    index, first, gone, page, last = (SITEMAP.format(name).partition("#")[0] for name in names)
    served.answers |= {
        index: sitemap("sitemapindex", first, gone, page, last),
        first: sitemap("urlset", "https://moss.example/jobs/1-forest-ranger"),
        page: Reply(200, b"<html>", {"Content-Type": "text/html"}),
        last: sitemap("urlset", "https://moss.example/jobs/2-lichen-keeper"),
    }
    folder = board_folder({SITEMAP.format("index"): (200, "text/xml", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address)
    (outcome,) = crawled.outcomes.values()
    assert served.take_requested() == [index, first, gone, page, last]
    assert (outcome.status, outcome.postings) == ("partial", 2)
    assert outcome.reason == "404: no board of this name; neither a sitemap nor a page with a JobPosting"


def test_the_parts_of_a_workday_list_after_a_lost_one_are_read(
    drive: Callable[..., Any], served: BoardServer, tmp_path: Path
) -> None:
    families = {"kitchen": 1_200, "yard": 2, "office": 1_000}

    def answer(handler: Any) -> Reply:
        (family,) = orjson.loads(handler.body)["appliedFacets"].get("jobFamilyGroup", [""])
        if family == "kitchen":
            return Reply(500)
        shown = families["yard"] if family == "yard" else 1
        rows = [{"title": "Cook", "externalPath": f"/job/x/{family or 'all'}_{n}"} for n in range(shown)]
        counts = [{"id": name, "count": count} for name, count in families.items()]
        facets = [] if family else [{"facetParameter": "jobFamilyGroup", "values": counts}]
        total = shown if family else CUT_OFF
        return Reply(200, orjson.dumps({"total": total, "jobPostings": rows, "facets": facets}), JSON)

    served.answers[LIST] = answer
    crawled = drive(tmp_path / "home", "recorded", address=served.address, rounds=1, board_names=("workday",))
    outcome = crawled.outcomes["workday", SITE]
    assert {line["native_id"] for line in crawled.lines("postings")} == {"all_0", "yard_0", "yard_1", "office_0"}
    assert outcome.status == "partial"
    assert outcome.reason.startswith("500: internal server error, 3 times")
