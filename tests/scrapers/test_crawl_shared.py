"""The real recorded responses, compared with counts per board that are made without the spiders."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from lxml import etree

# Host → board, and where its answers contain the postings and their ids, read here without the spiders.
HOSTS = {
    "boards-api.greenhouse.io": ("greenhouse", "jobs", "id"),
    "api.lever.co": ("lever", None, "id"),
    "api.ashbyhq.com": ("ashby", "jobs", "id"),
    "remotive.com": ("remotive", "jobs", "id"),
    "remoteok.com": ("remoteok", None, "id"),
    "www.arbeitnow.com": ("arbeitnow", "data", "slug"),
    "weworkremotely.com": ("weworkremotely", "channel", "guid"),
    "himalayas.app": ("himalayas", "jobs", "guid"),
    "jobicy.com": ("jobicy", "jobs", "id"),
}


def recorded(folder: Path) -> dict[str, Counter[str]]:
    """Map each board to the id of every object in every 200 answer, with the number of answers that show it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in csv.DictReader((folder / "manifest.csv").open(newline="")):
        board, key, id_field = HOSTS.get(row["url"].split("/")[2], ("", None, ""))
        if board and row["status"] == "200":
            body = (folder / row["file"]).read_bytes()
            if row["file"].endswith(".xml"):
                items = etree.fromstring(body).iter("item")
                jobs = [{id_field: item.findtext(id_field)} for item in items]
            else:
                answer = orjson.loads(body)
                jobs = answer[key] if isinstance(answer, dict) else answer
            found[board].update(str(job[id_field]) for job in jobs if id_field in job)
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
    assert expected.keys() == {board for board, _, _ in HOSTS.values()}
    for board, ids in expected.items():
        assert seen[board] == Counter(ids.keys())
        assert landed.result.counts["by_board"][board] == len(ids)
        copies = sum(outcome.duplicates for (name, _), outcome in landed.outcomes.items() if name == board)
        assert copies == ids.total() - len(ids)
    assert landed.lines("rejected") == []
    assert len(landed.lines("sightings")) == len(lines)
    id_fields = {board: id_field for board, _, id_field in HOSTS.values()}
    known = [line for line in lines if line["board"] in id_fields]
    assert len(known) >= sum(map(len, expected.values()))
    assert [each for each in known if str(each["payload"][id_fields[each["board"]]]) != each["native_id"]] == []

    again = crawl_into(tmp_path, folder)
    assert again.result.counts["postings"] == 0
    assert len(again.records) == len(landed.records) >= len(HOSTS)
