"""A withdrawn run counts no more, in any warehouse."""

from __future__ import annotations

import re

import pytest

from jobmarket.settings import Home
from jobmarket.stages import StageError
from jobmarket.warehouse import load, withdraw
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land, rows


def test_a_withdrawn_run_is_removed_and_not_loaded_again(home: Home) -> None:
    land(home, 0, postings=2)
    load(home, SETTINGS)
    result = withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert result.details == ()
    assert rows(home, "select count(*) from raw.sightings") == [(0,)]
    assert load(home, SETTINGS).counts["crawl_runs"] == 0
    again = withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "again", DAY)
    assert re.fullmatch(r"run ashby-\S+-1 is already withdrawn, since 20\S+Z \(a test crawl\)", again.summary)
    assert rows(home, "select reason from ops.withdrawn_runs") == [("a test crawl",)]
    with pytest.raises(StageError, match=r"No run nothing in .*\. Similar names: none"):
        withdraw(home, SETTINGS, "nothing", "x", DAY)
    for day in range(4):
        land(home, day + 1, postings=2)
    load(home, SETTINGS)
    near = "ashby-20260803T000000Z-1, ashby-20260805T000000Z-1, ashby-20260804T000000Z-1"
    with pytest.raises(StageError, match=rf"Similar names: {near}\."):
        withdraw(home, SETTINGS, "ashby-20260803T000000Z", "x", DAY)


def test_a_run_missing_from_the_landing_is_not_withdrawn(home: Home) -> None:
    land(home, 0, postings=2)
    load(home, SETTINGS)
    away = home.landing.rename(home.root / "moved away")
    before = rows(home, "from raw.crawl_runs"), rows(home, "from raw.sightings order by all")
    with pytest.raises(StageError, match=r"/landing/board=ashby is missing, so run ashby-20260801T000000Z-1 cannot be"):
        withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert (rows(home, "from raw.crawl_runs"), rows(home, "from raw.sightings order by all")) == before
    assert rows(home, "from ops.withdrawn_runs") == []
    away.rename(home.landing)
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert rows(home, "from raw.sightings") == []


def test_a_run_that_was_moved_away_is_withdrawn_and_its_place_is_marked(home: Home) -> None:
    landed, _ = land(home, 0, postings=2), land(home, 1, postings=2)
    load(home, SETTINGS)
    away = home.root / "moved away"
    (landed / "run.json").rename(home.root / "lost.json")
    with pytest.raises(StageError, match=r"run\.json is missing\. Restore it, or move the run's folder away"):
        withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "damaged", DAY)
    landed.rename(away)
    result = withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "damaged", DAY)
    assert [detail.partition(",")[0] for detail in result.details] == ["Its files are not in the landing"]
    assert rows(home, "select distinct run_id from raw.sightings") == [("ashby-20260802T000000Z-1",)]
    assert [path.name for path in landed.iterdir()] == ["withdrawn.json"]

    home.warehouse.unlink()
    assert load(home, SETTINGS).gaps == ()
    # brought back into its place, as from a backup, it stays withdrawn
    (home.root / "lost.json").rename(landed / "run.json")
    for file in away.iterdir():
        file.rename(landed / file.name)
    load(home, SETTINGS)
    assert rows(home, "select distinct run_id from raw.sightings") == [("ashby-20260802T000000Z-1",)]
    assert rows(home, "select run_id, reason from ops.withdrawn_runs") == [("ashby-20260801T000000Z-1", "damaged")]


def test_a_withdrawn_run_stays_out_of_a_recreated_warehouse(home: Home) -> None:
    land(home, 0, postings=2)
    land(home, 1, postings=2)
    load(home, SETTINGS)
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    home.warehouse.unlink()
    load(home, SETTINGS)
    assert rows(home, "select distinct run_id from raw.sightings") == [("ashby-20260802T000000Z-1",)]
    assert rows(home, "select run_id, reason from ops.withdrawn_runs") == [("ashby-20260801T000000Z-1", "a test crawl")]
    orphans = "from raw.sightings anti join raw.posting_versions using (posting_key, content_hash)"
    assert rows(home, orphans) == [], "content that the withdrawn run landed and another run sighted is kept"


def test_a_mistaken_withdrawal_ends_with_its_file_and_the_warehouse(home: Home) -> None:
    landed = land(home, 0, postings=2)
    load(home, SETTINGS)
    before = rows(home, "from raw.sightings order by all")
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a mistake", DAY)
    (landed / "withdrawn.json").unlink()
    home.warehouse.unlink()
    load(home, SETTINGS)
    assert rows(home, "from raw.sightings order by all") == before
    assert rows(home, "from ops.withdrawn_runs") == []


def test_a_withdrawal_that_cannot_be_read_is_a_named_gap(home: Home) -> None:
    cut = land(home, 0, postings=1)
    land(home, 1, postings=2)
    (cut / "withdrawn.json").write_text('{"reason": "wrong')
    (gap,) = load(home, SETTINGS).gaps
    assert gap.startswith(f"run ashby-20260801T000000Z-1: {cut / 'withdrawn.json'} cannot be read")
    assert "pydantic" not in gap
    assert rows(home, "select run_id from raw.crawl_runs") == [("ashby-20260802T000000Z-1",)]
