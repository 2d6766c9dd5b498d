"""The probe: does each board system answer as expected, with the known fields?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.settings import Settings
from jobmarket.stages import Silence, StageError
from scrapers import known_fields, probe
from scrapers.known_fields import KnownFields
from scrapers.systems import spiders_by_name

GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
LEVER = "https://api.lever.co/v0/postings/{}?mode=json"


def test_known_fields_are_those_of_the_recordings(recordings: Path) -> None:
    assert orjson.loads(known_fields.PATH.read_bytes()) == known_fields.learnt(recordings), (
        "known_fields.json differs: run `python -m scrapers.known_fields tests/recordings/boards`"
    )
    assert set(known_fields.known_fields()) == set(spiders_by_name())


def test_new_and_lost_fields_are_listed() -> None:
    known = KnownFields(always=frozenset({"id", "place", "place.city"}), sometimes=frozenset({"team"}))
    assert known.new([{"id": 1, "place": [{"city": "x", "code": "y"}]}, {"level": 3}]) == ["level", "place.code"]
    assert known.lost([{"id": 1, "place": {}}, {"id": 2}]) == ["place.city"]
    assert known.lost([]) == []


def test_the_probe_shows_which_boards_answer_and_what_has_changed(
    board_folder: Callable[..., Path], recordings: Path
) -> None:
    jobs = orjson.loads((recordings / "greenhouse" / "northwindlabs.json").read_bytes())["jobs"]
    changed = [{key: value for key, value in job.items() if key != "location"} | {"pay": 1} for job in jobs]
    folder = board_folder(
        {
            GREENHOUSE.format("northwindlabs"): (200, "application/json", orjson.dumps({"jobs": changed})),
            GREENHOUSE.format("second"): (500, "text/html", b"the first company of a system is asked alone"),
            ASHBY.format("acme"): (503, "text/html", b"<html>"),
            LEVER.format("acme"): (200, "text/html", b"<html>"),
        }
    )
    probes, _ = probe.check(Settings(), str(folder), (), progress=Silence())
    greenhouse, ashby, lever = (next(each for each in probes if each.board == name) for name in
                                ("greenhouse", "ashby", "lever"))  # fmt: skip
    assert (greenhouse.company, greenhouse.reachable, greenhouse.as_expected) == ("northwindlabs", True, True)
    assert (greenhouse.postings, greenhouse.new_fields) == (len(jobs), ("pay",))
    assert {"location", "location.name"} <= set(greenhouse.lost_fields)
    assert (ashby.reachable, ashby.as_expected, ashby.shape) == (False, False, "503: service unavailable")
    assert (lever.reachable, lever.as_expected, lever.shape) == (True, False, "not JSON: HTML page")

    result = CliRunner().invoke(main, ["boards", "check", "--boards", str(folder), "greenhouse"])
    assert result.exit_code == 0, result.output
    assert [line.split()[:3] for line in result.output.splitlines() if "northwindlabs" in line] == [
        ["greenhouse", "northwindlabs", "yes"]
    ]
    bad = CliRunner().invoke(main, ["boards", "check", "--boards", str(folder), "ashby"])
    assert bad.exit_code == 4
    assert "Not as expected: 1 of 1: ashby" in bad.output


def test_the_probe_needs_a_contact_and_refuses_the_sample_boards() -> None:
    with pytest.raises(StageError, match="set JOBMARKET_CONTACT"):
        probe.check(Settings(contact=None), "live", (), progress=Silence())
    with pytest.raises(StageError, match="generated here"):
        probe.check(Settings(), "sample", (), progress=Silence())
