"""Career sites whose sitemap still lists a job that has expired: its address redirects to another page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.test_lost_parts import SITEMAP, sitemap

JOB = "https://moss.example/jobs/{}"
KEEPER, RANGER, OLD = JOB.format("1-data-engineer"), JOB.format("2-ai-engineer"), JOB.format("3-ml-engineer")


def page(*jobs: dict[str, str]) -> Reply:
    scripts = b"".join(
        b'<script type="application/ld+json">' + orjson.dumps({"@type": "JobPosting", **job}) + b"</script>"
        for job in jobs
    )
    return Reply(200, b"<html>" + scripts + b"</html>", {"Content-Type": "text/html"})


def redirect(to: str) -> Reply:
    return Reply(302, headers={"Location": to})


@pytest.mark.parametrize(
    ("there", "stated", "is_gone"),
    [
        (RANGER, None, True),
        (RANGER + "/?expired=3", None, True),
        (JOB.format("latest"), RANGER, True),  # the JobPosting says whose it is
        (JOB.format("latest"), None, False),
        (OLD + "/", None, False),
        (OLD + "?utm=1", RANGER, False),
        (JOB.format("3-senior-ml-engineer"), None, False),  # it has moved, and the list lags
    ],
)
def test_a_page_that_redirects_to_another_listed_job_is_gone(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path,
    there: str, stated: str | None, is_gone: bool,
) -> None:  # fmt: skip
    index = SITEMAP.format("jobs").partition("#")[0]
    end = {"title": "There", "description": "text of the page there"} | ({"url": stated} if stated else {})
    served.answers |= {
        index: sitemap("urlset", KEEPER, RANGER, OLD),
        KEEPER: page({"title": "Data Engineer"}),
        OLD: redirect(there.replace("https://", "http://")),
        there.replace("https://", "http://"): redirect(there),
        there: page(end),
    }
    if there != RANGER:
        served.answers[RANGER] = page({"title": "AI Engineer"})
    folder = board_folder({SITEMAP.format("jobs"): (200, "text/xml", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address)
    (outcome,) = crawled.outcomes.values()
    landed = {line["url"]: line["description_text"] for line in crawled.lines("postings")}
    assert (outcome.status, outcome.postings) == ("complete", 2 if is_gone else 3), outcome.reason
    assert landed.get(OLD) == (None if is_gone else "text of the page there")
    assert (OLD in landed) is not is_gone


def links(*addresses: str) -> Reply:
    there = "".join(f'<a href="{address}">a job</a>' for address in addresses)
    return Reply(200, f"<html>{there}<a href='mailto:us'>us</a></html>".encode(), {"Content-Type": "text/html"})


@pytest.mark.parametrize(
    ("there", "is_gone"),
    [
        (links("/jobs/1-data-engineer/", RANGER), True),
        (page({"title": "Data Engineer", "url": KEEPER}, {"title": "AI Engineer", "url": RANGER}), True),
        (links(KEEPER, RANGER, OLD), False),  # it is still open, and only its own page is out of order
        (links(KEEPER), False),  # a login page whose footer leads to the latest job
        (links(), False),  # a bot wall
        (Reply(503), False),
    ],
)
def test_a_page_that_redirects_to_an_overview_of_the_other_jobs_is_gone(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path,
    there: Reply, is_gone: bool,
) -> None:  # fmt: skip
    index, overview = SITEMAP.format("jobs").partition("#")[0], "https://moss.example/careers"
    served.answers |= {
        index: sitemap("urlset", KEEPER, RANGER, OLD),
        KEEPER: page({"title": "Data Engineer"}),
        RANGER: page({"title": "AI Engineer"}),
        OLD: redirect(overview),
        overview: there,
    }
    folder = board_folder({SITEMAP.format("jobs"): (200, "text/xml", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address)
    (outcome,) = crawled.outcomes.values()
    landed = {line["url"] for line in crawled.lines("postings")}
    assert (outcome.status, OLD in landed) == (("complete", False) if is_gone else ("partial", True)), outcome.reason
    assert landed >= {KEEPER, RANGER}


def test_of_several_postings_on_a_page_the_one_with_its_address_is_read(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    index, overview = SITEMAP.format("jobs").partition("#")[0], "https://moss.example/jobs"
    similar = {"title": "Similar", "description": "similar", "url": "/jobs/9-mlops-engineer"}
    served.answers |= {
        index: sitemap("urlset", KEEPER, OLD),
        KEEPER: page(similar, {"title": "Data Engineer", "description": "its own", "url": KEEPER}),
        OLD: redirect(overview),
        overview: page(similar, similar | {"url": "/jobs/8"}),
    }
    folder = board_folder({SITEMAP.format("jobs"): (200, "text/xml", b"")})
    crawled = drive(tmp_path / "home", folder, address=served.address)
    (outcome,) = crawled.outcomes.values()
    landed = {line["url"]: line["description_text"] for line in crawled.lines("postings")}
    assert landed == {KEEPER: "its own", OLD: None}
    assert (outcome.status, outcome.reason) == ("partial", "redirected to a page of several postings")
