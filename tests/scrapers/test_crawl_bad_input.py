"""Faults of a board or a folder: the rest is crawled, and the gaps are reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.stages import StageError

ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
LEVER = "https://api.lever.co/v0/postings/{}?mode=json"
JOB = {"id": "1", "title": "Machine Learning Engineer", "descriptionHtml": "<p>Models.</p>"}


def board(*jobs: dict[str, Any]) -> tuple[int, str, bytes]:
    return 200, "application/json", orjson.dumps({"jobs": list(jobs), "apiVersion": "1"})


def nested(depth: int) -> bytes:
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    return b'{"apiVersion":"1","jobs":[{"id":"1","title":"Deep","x":' + deep + b'},{"id":"2","title":"Flat"}]}'


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, crawl_into: Callable[..., Any]) -> Any:
    """One crawl of a folder in which nearly everything is wrong."""
    folder = tmp_path_factory.mktemp("wrong")
    answers = {
        ASHBY.format("giant"): board(JOB | {"descriptionHtml": "<p>" + "word " * 1_000_000 + "</p>"}),
        ASHBY.format("deep"): (200, "application/json", nested(300)),
        ASHBY.format("deeper"): (200, "application/json", nested(5000)),
        ASHBY.format("empty-body"): (200, "application/json", b""),
        ASHBY.format("refused"): (403, "text/html", b"<html>"),
        ASHBY.format("gone"): (410, "text/html", b"<html>"),
        ASHBY.format("busy"): (429, "text/plain", b"slow down"),
        ASHBY.format("moved"): (302, "text/html", b""),  # without a Location there is nothing to follow
        ASHBY.format("teapot"): (418, "text/plain", b"short and stout"),
        ASHBY.format("good"): board(JOB, JOB, JOB | {"id": 2}),
        "https://api.lever.co/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /v0/postings/private\n"),
        LEVER.format("private"): (200, "application/json", b'[{"id":"1","text":"Secret"}]'),
        LEVER.format("public"): (200, "application/json", b'[{"id":"1","text":"Open"}]'),
    }
    lines = ["url,method,status,content_type,file,recorded_on"]
    for number, (url, (status, content_type, body)) in enumerate(answers.items()):
        (folder / f"{number}.body").write_bytes(body)
        lines.append(f"{url},GET,{status},{content_type},{number}.body,2026-11-20")
    lines.append(f"{ASHBY.format('lost')},GET,200,application/json,lost.json,2026-11-20")
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")
    return crawl_into(tmp_path_factory.mktemp("home"), folder)


@pytest.mark.parametrize(
    ("company", "status", "reason"),
    [
        ("giant", "complete", None),
        ("deep", "partial", "1 rejected: nested too deeply to be stored (1)"),
        ("deeper", "failed", "JSON nested too deeply to be read"),
        ("empty-body", "failed", "empty answer instead of JSON"),
        ("refused", "failed", "403: the server refuses the request"),
        ("gone", "failed", "410: the board is gone"),
        ("busy", "failed", "429: too many requests, 3 times"),
        ("moved", "failed", "302: found"),
        ("teapot", "failed", "418: i'm a teapot"),
        ("good", "complete", None),
    ],
)
def test_every_company_ends_with_its_outcome(crawled: Any, company: str, status: str, reason: str | None) -> None:
    outcome = crawled.outcomes["ashby", company]
    assert (outcome.status, outcome.reason) == (status, reason)


def test_a_description_of_five_megabytes_is_landed_in_full(crawled: Any) -> None:
    (line,) = [line for line in crawled.lines("postings") if line["company_slug"] == "giant"]
    assert len(line["description_html"]) == 5_000_007


def test_an_object_too_deep_to_be_written_is_kept_as_text(crawled: Any) -> None:
    (line,) = [line for line in crawled.lines("rejected") if line["company_slug"] == "deep"]
    assert line["payload"].startswith("{'id': '1', 'title': 'Deep', 'x': {'a': {'a': ")
    assert [line["title"] for line in crawled.lines("postings") if line["company_slug"] == "deep"] == ["Flat"]


def test_further_copies_in_one_answer_are_dropped(crawled: Any) -> None:
    outcome = crawled.outcomes["ashby", "good"]
    assert (outcome.postings, outcome.duplicates) == (2, 1)
    assert [line["native_id"] for line in crawled.lines("postings") if line["company_slug"] == "good"] == ["1", "2"]


def test_robots_txt_is_obeyed_and_costs_no_request(crawled: Any) -> None:
    private, public = crawled.outcomes["lever", "private"], crawled.outcomes["lever", "public"]
    assert (private.status, private.reason, private.requests) == ("failed", "robots.txt forbids it", 0)
    assert (public.status, public.postings) == ("complete", 1)
    assert "lever/private: failed, robots.txt forbids it" in crawled.result.notes
    assert "Secret" not in {line["title"] for line in crawled.lines("postings")}


def test_a_bad_row_of_the_manifest_is_a_gap(crawled: Any) -> None:
    assert "manifest.csv, line 15 skipped: file 'lost.json' does not exist" in crawled.result.gaps
    assert ("ashby", "lost") not in crawled.outcomes


def test_without_any_usable_answer_the_stage_fails_and_the_gap_is_recorded(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    folder = board_folder({ASHBY.format("bad"): (500, "text/html", b"<html>")})
    with pytest.raises(
        StageError, match="No board gave a usable answer .* ashby/bad: failed, 500: internal server error"
    ):
        crawl_into(tmp_path / "home", folder)
    (record,) = (tmp_path / "home" / "landing").rglob("run.json")
    assert orjson.loads(record.read_bytes())["companies"][0]["status"] == "failed"


def test_a_folder_without_a_manifest_or_known_boards_is_an_error(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    with pytest.raises(StageError, match=r"manifest\.csv does not exist"):
        crawl_into(tmp_path / "home", tmp_path / "nowhere")
    with pytest.raises(StageError, match="Nothing to crawl"):
        crawl_into(tmp_path / "home", board_folder({"https://example.com/jobs": (200, "text/html", b"")}))
    assert not (tmp_path / "home" / "landing").exists()
