from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobmarket.landing import read_run, sealed_runs
from jobmarket.posting import Posting
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence
from scrapers.backfill import backfill
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.hn import HnSpider
from scrapers.paging import LEADS_TO_LIST

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(HnSpider)
    assert board.items("page")[0] == Posting(
        board="hn",
        company_slug="all",
        native_id="50000011",
        url="https://news.ycombinator.com/item?id=50000011",
        title=(
            "Parcel Finch ( https://parcelfinch.example ) | Senior ML Engineer | Berlin, Germany or REMOTE (EU) | "
            "Full-time | €85k-€105k"
        ),
        description_html=(
            'Parcel Finch (<a href="https:&#x2F;&#x2F;parcelfinch.example" rel="nofollow">'
            "https:&#x2F;&#x2F;parcelfinch.example</a>) | Senior ML Engineer | Berlin, Germany or REMOTE (EU) | "
            "Full-time | €85k-€105k<p>We route parcels with models &amp; maps.<p>Python, PyTorch, Kubernetes."
        ),
        date_posted=datetime(2026, 11, 2, 16, 5, 10, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(HnSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_every_comment_is_landed_whole_whether_it_offers_a_job_or_not(bench: Benches) -> None:
    board = bench(HnSpider)
    items = board.items("page")
    assert [(item.native_id, item.title) for item in items] == [
        ("50000011", items[0].title),
        ("50000012", "Larder | NYC (Hybrid) | Multiple roles | Full-time"),
        ("50000013", "What about Europe?"),
    ]
    assert [item.description_html for item in items] == [payload["text"] for payload in board.payloads("page")]


def test_only_comments_that_answer_the_thread_itself_count(bench: Benches) -> None:
    (item,) = bench(HnSpider).items("comments")
    assert item.native_id == "50000021"


def test_the_newest_hiring_thread_is_chosen_among_other_threads(bench: Benches) -> None:
    board = bench(HnSpider)
    assert board.items("threads") == []
    request = board.next_page("threads")
    assert request is not None
    assert request.url == board.recording("page").url
    assert request.meta[LEADS_TO_LIST]
    assert board.next_page("page") is None


def test_a_look_up_without_a_hiring_thread_is_no_empty_list(bench: Benches) -> None:
    board = bench(HnSpider)
    renamed = board.response("threads").replace(body=board.response("threads").body.replace(b"Who is hiring?", b"Jobs"))
    with pytest.raises(UnexpectedShape, match="found no thread"):
        board.spider.next_page(renamed, board.company("threads"))


def test_personal_data_is_removed(bench: Benches) -> None:
    payloads = bench(HnSpider).payloads("page") + bench(HnSpider).payloads("comments")
    assert len(payloads) == 4
    assert all("author" not in payload and "children" not in payload for payload in payloads)


def test_another_answer_is_refused(bench: Benches) -> None:
    with pytest.raises(UnexpectedShape, match="neither 'children' nor 'hits'"):
        bench(HnSpider).payloads("unknown")


def test_history_is_one_look_up_per_complete_month() -> None:
    pieces = list(HnSpider.history(datetime(2025, 12, 9, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)))
    assert [moment for moment, _ in pieces] == [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)]
    assert [HnSpider.slug_of(request.url) for _, request in pieces] == ["all", "all"]
    assert "created_at_i%3E=1764547200,created_at_i%3C1767225600" in pieces[0][1].url


def test_a_month_of_the_past_is_landed_as_history(recordings: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    result = backfill(
        home, Settings(), str(recordings), "hn", datetime(2026, 10, 1, tzinfo=UTC), progress=Silence()
    )  # fmt: skip
    (record,) = [read_run(folder) for folder in sealed_runs(home)]
    assert (record.origin, record.as_of, result.counts["postings"]) == (
        "backfill",
        datetime(2026, 11, 1, tzinfo=UTC),
        1,
    )
    assert [(each.status, each.postings, each.requests) for each in record.companies] == [("complete", 1, 2)]
