"""A list with broken postings, from the crawl to the open postings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import orjson

from jobmarket import warehouse
from jobmarket.identity import posting_key
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt
from tests.scrapers.conftest import AS_OF

ASHBY = "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true"
KEPT, CLOSED, BROKEN, LOST = (
    {"id": name, "title": f"ML Engineer {name}"} for name in ("kept", "closed", "broken", "lost")
)
NAMELESS: list[Any] = [{"title": "ML Engineer lost"}, None]
# Day → the list; on the second day it has two objects that do not state their ids.
DAYS = [
    [KEPT, CLOSED, BROKEN, LOST],
    [KEPT, *[KEPT | {"id": f"further {n}"} for n in range(60)], CLOSED, {"id": "broken"}, *NAMELESS],
    [KEPT, *[KEPT | {"id": f"further {n}"} for n in range(60)], {"id": "broken"}, *NAMELESS],
]
SPELLS = "select * exclude (board, company_slug) from intermediate.int_posting_spells"


def key(posting: dict[str, str]) -> str:
    return posting_key("ashby", "acme", posting["id"])


def test_broken_postings_stay_open_and_unidentified_objects_close_nothing(
    crawl_into: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    for day, jobs in enumerate(DAYS):
        folder = board_folder({ASHBY: (200, "application/json", orjson.dumps({"jobs": jobs}))}, "hostile")
        crawled = crawl_into(tmp_path / "home", folder, AS_OF + timedelta(days=day))
    reasons = {record.companies[0].reason for record in crawled.records}
    assert reasons == {None, "3 rejected: no title (1), no id (1), not an object (1)"}
    rejected = [line["posting_key"] for line in crawled.lines("rejected")]
    assert rejected == [key(BROKEN), None, None] * 2

    assert warehouse.load(crawled.home, SETTINGS).gaps == ()
    (crawled.home.root / "companies.csv").write_text("board,slug,company,sector,size_band,hq_country,basis\n")
    run_dbt(
        crawled.home, "build", "--select", "+int_posting_spells", "--exclude-resource-type", "test", "unit_test"
    )  # fmt: skip
    with duckdb.connect(str(crawled.home.warehouse), read_only=True) as connection:
        found = connection.execute(f"select posting_key, last_seen_at, closed_at from ({SPELLS})").fetchall()
    first, second, third = (AS_OF.replace(tzinfo=None) + timedelta(days=day) for day in range(3))
    spells = {str(posting): (last_seen, closed) for posting, last_seen, closed in found}
    assert len(spells) == len(found) == 64
    assert spells[key(KEPT)] == (third, None)
    assert spells[key(BROKEN)] == (third, None), "it is listed, without its title"
    assert spells[key(LOST)] == (first, None), "it may be one of those without an id"
    assert spells[key(CLOSED)] == (second, third), "it was seen beside those without an id, so it is none of them"
