"""A registry of fifty employers on one host, half of which cannot be crawled."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from scrapers.result import crawl_result
from tests.scrapers.board_server import BoardServer, Reply

GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
AS_LIVE = {
    "CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "REFUSED_AFTER": 5, "DOWNLOAD_TIMEOUT": 2,
    "CONTACT": "crawler@example.org",
}  # fmt: skip


def hangs(_: BaseHTTPRequestHandler) -> None:
    time.sleep(4)


ANSWERS: dict[str, Any] = {
    "there": Reply(200, b'{"jobs": [{"id": 1, "title": "Cook"}]}', {"Content-Type": "application/json"}),
    "gone": Reply(404),
    "busy": Reply(429, headers={"Retry-After": "1"}),
    "slow": hangs,
}


def test_what_can_be_crawled_is_and_the_operator_learns_why_the_rest_is_not(
    drive: Callable[..., Any], served: BoardServer, board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    kinds = ["there", "gone", "there", "busy", "there", "gone"] * 8 + ["slow"] * 2
    kind_of = {f"{kind}{number}": kind for number, kind in enumerate(kinds)}
    served.answers |= {GREENHOUSE.format(name): ANSWERS[kind] for name, kind in kind_of.items()}
    folder = board_folder({GREENHOUSE.format(name): (200, "application/json", b"") for name in kind_of})
    now = datetime.now(UTC).replace(microsecond=0)
    crawled = drive(tmp_path / "home", folder, now, address=served.address, origin="live", settings=AS_LIVE)

    reasons: dict[str, set[str | None]] = {kind: set() for kind in ANSWERS}
    for (_, name), outcome in crawled.outcomes.items():
        reasons[kind_of[name]].add(outcome.reason)
    # their retries come last: the fifth refusal in a row ends these, and each company still has its own reason
    refused = "429: given up after 5 refusals in a row"
    assert reasons == {
        "there": {None},
        "gone": {"404: no board of this name"},
        "busy": {f"429: too many requests; {refused}"},
        "slow": {f"no answer in time; {refused}"},
    }
    requested = served.take_requested()
    assert set(requested) == {GREENHOUSE.format(name) for name in kind_of}
    assert len(requested) <= 50 + 2 * 5, "a host that refuses is left alone"

    result = crawl_result(crawled.result, now, seconds=1.0, log_file=tmp_path / "log")
    assert result.summary.startswith("24 postings of 50 companies on 1 board")
    assert result.gaps == (
        f"greenhouse, 8 companies: failed, 429: too many requests; {refused} (busy3, busy9, busy15 and 5 more)",
        f"greenhouse/slow48: failed, no answer in time; {refused}",
        f"greenhouse/slow49: failed, no answer in time; {refused}",
    )
    assert len(result.notes) == 16
    assert result.counts["may_pass"] == 10
    log = (tmp_path / "home" / "crawl.log").read_text()
    warnings = [line.split("] WARNING: ")[1] for line in log.splitlines() if "] WARNING: " in line]
    assert f"greenhouse.io gets no further request in this run: {refused}" in warnings
    assert not any("Referer" in line for line in warnings), "no page leads to a request"
