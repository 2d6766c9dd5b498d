"""The first weeks of the sample boards: one run per board and week, which lands what the board shows then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobmarket.stages import StageError
from scrapers.sample.world import SampleWorld
from scrapers.stage import default_as_of


def test_each_week_of_the_sample_boards_is_one_run_per_board(crawl_into: Callable[..., Any], tmp_path: Path) -> None:
    world = SampleWorld()
    assert default_as_of("sample") == world.observation_dates[-1]
    first, second = world.observation_dates[:2]
    with pytest.raises(StageError, match="The sample boards begin on"):
        crawl_into(tmp_path, "sample", first.replace(year=first.year - 1))

    landed = crawl_into(tmp_path, "sample", second)
    assert {(record.board, record.as_of) for record in landed.records} == {
        (board, moment) for board in ("ashby", "greenhouse", "lever") for moment in (first, second)
    }
    assert {record.origin for record in landed.records} == {"sample"}
    n_outcomes: Counter[Any] = Counter()
    for record in landed.records:
        for outcome in record.companies:
            n_outcomes[record.as_of] += 1
            planned = world.outage_at(record.board, outcome.company_slug, record.as_of)
            shown = len(world.shown_at(record.board, outcome.company_slug, record.as_of))
            if planned is None:
                assert (outcome.status, outcome.postings, outcome.company_name is not None) == ("complete", shown, True)
            elif planned in ("error", "missing"):
                assert outcome.status == "failed"
            else:
                assert (outcome.status, outcome.postings < max(shown, 1)) == ("complete", True)
    assert n_outcomes == {moment: len(world.companies_at(moment)) for moment in (first, second)}
    assert landed.result.gaps == ()
    assert landed.result.counts["new_contents"] < landed.result.counts["postings"]
    runs = landed.records
    assert "error" in {world.outage_at(run.board, each.company_slug, second) for run in runs for each in run.companies}
    for is_further_try in (False, True):  # planned outages do not pass
        assert crawl_into(tmp_path, "sample", second, retry_transient=is_further_try).result.counts["postings"] == 0
        assert landed.records == runs
