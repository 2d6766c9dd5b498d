"""The real recorded responses: a count per board that is made without the spiders."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

HOSTS = {"boards-api.greenhouse.io": "greenhouse", "api.lever.co": "lever", "api.ashbyhq.com": "ashby"}


def recorded(folder: Path) -> dict[str, Counter[str]]:
    """Board → id of every object in every 200 answer, with how many answers show it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader((folder / "manifest.csv").open(newline="")):
        board = HOSTS.get(row["url"].split("/")[2])
        if board and row["status"] == "200":
            answer = orjson.loads((folder / row["file"]).read_bytes())
            for job in answer["jobs"] if isinstance(answer, dict) else answer:
                found[board][str(job["id"])] += 1
    return found


def test_every_real_posting_lands_exactly_once(
    shared_dir: Path, crawl_into: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared_dir / "boards"
    expected = recorded(folder)
    landed = crawl_into(tmp_path, folder)
    lines = landed.lines("postings")
    seen = {board: Counter(line["native_id"] for line in lines if line["board"] == board) for board in expected}
    with capsys.disabled():
        print(f"\n{'board':<12}{'recorded':>10}{'distinct':>10}{'landed':>10}")  # noqa: T201 - the table is the point
        for board, ids in sorted(expected.items()):
            print(f"{board:<12}{ids.total():>10,}{len(ids):>10,}{seen[board].total():>10,}")  # noqa: T201
    assert expected.keys() == set(HOSTS.values())
    for board, ids in expected.items():
        assert seen[board] == Counter(ids.keys())
        assert landed.result.counts["by_board"][board] == len(ids)
        copies = sum(outcome.duplicates for (name, _), outcome in landed.outcomes.items() if name == board)
        assert copies == ids.total() - len(ids)
    assert landed.lines("rejected") == []
    assert len(landed.lines("sightings")) == len(lines)
    assert [line["native_id"] for line in lines if str(line["payload"]["id"]) != line["native_id"]] == []

    again = crawl_into(tmp_path, folder)
    assert again.result.counts["postings"] == 0
    assert len(again.records) == len(landed.records) == 3
