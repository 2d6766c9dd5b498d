"""The default sample world, built once, and requests to its boards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import orjson
import pytest

from scrapers.sample.firms import Employer
from scrapers.sample.response import Response
from scrapers.sample.world import SampleWorld

ADDRESSES = {
    "greenhouse": ("boards-api.greenhouse.io", "/v1/boards/{}/jobs?content=true"),
    "lever": ("api.lever.co", "/v0/postings/{}?mode=json"),
    "ashby": ("api.ashbyhq.com", "/posting-api/job-board/{}?includeCompensation=true"),
}

Fetch = Callable[[SampleWorld, datetime, Employer], Response]


@pytest.fixture(scope="session")
def world() -> SampleWorld:
    return SampleWorld()


@pytest.fixture(scope="session")
def fetch() -> Fetch:
    """Return a function that requests the list of one board as of a moment."""

    def get(world: SampleWorld, as_of: datetime, company: Employer) -> Response:
        host, path = ADDRESSES[company.board]
        answer = world.response(as_of, host, path.format(quote(company.slug)))
        assert answer is not None
        return answer

    return get


@pytest.fixture(scope="session")
def postings(world: SampleWorld, fetch: Fetch) -> dict[str, list[dict[str, Any]]]:
    """Every JSON object that the ninth crawl receives, by board system."""
    moment = world.observation_dates[8]
    received: dict[str, list[dict[str, Any]]] = {board: [] for board in ADDRESSES}
    for company in world.companies:
        answer = fetch(world, moment, company)
        if answer.status == 200:
            body = orjson.loads(answer.body)
            received[company.board] += body if company.board == "lever" else body["jobs"]
    return received
