"""Crawling again lands nothing twice and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket.landing import Withdrawal, sealed_runs, write_withdrawal
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import load, withdraw

SETTINGS = Settings(_env_file=None)
LATER = datetime(2026, 11, 21, tzinfo=UTC)
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
JOB = {"id": "1", "title": "Machine Learning Engineer", "descriptionHtml": "<p>Models.</p>"}


def board(*jobs: dict[str, Any]) -> tuple[int, str, bytes]:
    return 200, "application/json", orjson.dumps({"jobs": list(jobs), "apiVersion": "1"})


@pytest.fixture
def loaded_and_moved_away(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> tuple[Home, Path]:
    """Return a home whose only run was loaded and its folder then moved away, and the boards it was crawled from."""
    home, boards = Home(tmp_path / "home"), board_folder({ASHBY.format("good"): board(JOB)})
    (folder,) = sealed_runs(crawl_into(home.root, boards).home)
    load(home, SETTINGS)
    folder.rename(tmp_path / "damaged")
    return home, boards


def test_crawls_of_one_moment_add_up_and_the_next_day_adds_only_changes(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    broken = (500, "text/html", b"<html>")
    first = crawl_into(home, board_folder({ASHBY.format("good"): board(JOB), ASHBY.format("bad"): broken}))
    assert (first.result.counts["postings"], first.result.counts["failed"]) == (1, 1)

    again = crawl_into(home, board_folder({ASHBY.format("good"): board(JOB), ASHBY.format("bad"): broken}))
    assert again.result.summary == (
        "nothing to crawl: everything up to 2026-11-20T00:00:00Z is landed; "
        "--retry-failed crawls again what is incomplete"
    )
    assert (again.result.counts["postings"], len(again.records)) == (0, 1)

    # Only the company that is new as of the same moment is crawled, as the next attempt.
    fixed = {
        ASHBY.format("good"): board(JOB),
        ASHBY.format("bad"): board(JOB | {"id": "2"}),
        ASHBY.format("new"): board(),
    }
    added = crawl_into(home, board_folder(fixed))
    assert [each.company_slug for each in added.records[-1].companies] == ["new"]
    assert added.result.summary.startswith("0 postings of 1 company on 1 board in ")
    assert added.result.summary.endswith("; landed before: 1 posting of 2 companies")

    # retry_failed crawls what is incomplete, and the last attempt counts.
    retried = crawl_into(home, board_folder(fixed), retry_failed=True)
    assert [record.run_id for record in retried.records] == [f"ashby-20261120T000000Z-{n}" for n in (1, 2, 3)]
    assert [each.company_slug for each in retried.records[-1].companies] == ["bad"]
    assert retried.result.summary.endswith("; landed before: 1 posting of 2 companies")
    assert retried.outcomes["ashby", "bad"].status == "complete"
    for retry_failed in (True, False):
        nothing = crawl_into(home, board_folder(fixed), retry_failed=retry_failed).result
        assert nothing.summary == "nothing to crawl: everything up to 2026-11-20T00:00:00Z is landed"
        assert nothing.counts["postings"] == 0

    # The next day every posting is seen again, and only the changed one has new content.
    changed = fixed | {ASHBY.format("good"): board(JOB | {"title": "Senior Machine Learning Engineer"})}
    later = crawl_into(home, board_folder(changed), LATER)
    assert (later.result.counts["postings"], later.result.counts["new_contents"]) == (2, 1)
    assert len(later.lines("sightings")) == 4
    assert [line["title"] for line in later.lines("postings") if line["native_id"] == "1"] == [
        "Machine Learning Engineer",
        "Senior Machine Learning Engineer",
    ]


@pytest.mark.parametrize("damage", [lambda record: record.write_text("{"), lambda record: record.unlink()])
def test_a_run_whose_record_is_damaged_is_crawled_again_and_named(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path, damage: Callable[[Path], Any]
) -> None:
    home, boards = tmp_path / "home", board_folder({ASHBY.format("good"): board(JOB)})
    (folder,) = sealed_runs(crawl_into(home, boards).home)
    damage(folder / "run.json")
    again = crawl_into(home, boards).result
    assert again.counts["postings"] == 1
    assert [str(folder / "run.json") in gap for gap in again.gaps] == [True]
    assert folder.with_name("run=ashby-20261120T000000Z-2").is_dir()


def test_a_crawl_in_place_of_a_loaded_run_that_was_moved_away_is_loaded(
    loaded_and_moved_away: tuple[Home, Path], crawl_into: Callable[..., Any]
) -> None:
    home, boards = loaded_and_moved_away
    crawl_into(home.root, boards)
    assert load(home, SETTINGS).counts["runs"] == 1
    assert [run.name for run in sealed_runs(home)] == ["run=ashby-20261120T000000Z-2"]
    assert crawl_into(home.root, boards).result.summary.startswith("nothing to crawl")


def test_a_withdrawn_run_leaves_no_gap_in_the_crawl_that_replaces_it(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    home, good = tmp_path / "home", {ASHBY.format("good"): board(JOB)}
    misread = crawl_into(home, board_folder(good | {ASHBY.format("bad"): (500, "text/html", b"<html>")}))
    assert [gap.split(":")[0] for gap in misread.result.gaps] == ["ashby/bad"]
    (folder,) = sealed_runs(misread.home)
    write_withdrawal(folder, Withdrawal(reason="of another employer", withdrawn_at=LATER))
    for _ in range(2):  # the second time, everything is landed
        again = crawl_into(home, board_folder(good))
        assert again.result.gaps == ()
    assert [record.run_id[-1] for record in again.records] == ["1", "2"]
    assert again.result.summary.startswith("nothing to crawl")


def test_the_mark_of_a_withdrawn_run_that_was_moved_away_is_no_run_of_the_crawl(
    loaded_and_moved_away: tuple[Home, Path], crawl_into: Callable[..., Any]
) -> None:
    home, boards = loaded_and_moved_away
    withdraw(home, SETTINGS, "ashby-20261120T000000Z-1", "damaged", LATER)
    again = crawl_into(home.root, boards).result
    assert (again.gaps, again.counts["postings"], again.counts["new_contents"]) == ((), 1, 1)
    assert load(home, SETTINGS).counts["runs"] == 1
    nothing = crawl_into(home.root, boards).result
    assert (nothing.gaps, nothing.summary.partition(":")[0]) == ((), "nothing to crawl")


def test_another_folder_is_refused_even_if_everything_is_landed(
    board_folder: Callable[..., Path], crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    crawl_into(home, board_folder({ASHBY.format("good"): board(JOB)}, "one"))
    other = board_folder({ASHBY.format("good"): board(JOB, JOB | {"id": "2"})}, "other")
    with pytest.raises(StageError, match=r"home contains the boards recorded in .*/one and cannot .*/other"):
        crawl_into(home, other)
    assert crawl_into(tmp_path / "home2", other).result.counts["postings"] == 2


def test_only_the_chosen_boards_and_companies_are_crawled(
    recordings: Path, crawl_into: Callable[..., Any], tmp_path: Path
) -> None:
    chosen = crawl_into(tmp_path / "home", recordings, board_names=["lever", "ashby"], companies=["tidewater"])
    assert list(chosen.outcomes) == [("lever", "tidewater")]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"board_names": ["monster"]}, "No board is called monster."),
        (
            {"companies": ["tidewater", "tidewatr"]},
            r"company called tidewatr\. .* Did you mean 'tidewater'\?",
        ),
        ({"board_names": ["ashby"], "companies": ["tidewater"]}, "Nothing to crawl"),
    ],
)
def test_an_unknown_board_or_company_is_an_error(
    recordings: Path, crawl_into: Callable[..., Any], tmp_path: Path, choice: dict[str, Any], message: str
) -> None:
    with pytest.raises(StageError, match=message):
        crawl_into(tmp_path / "home", recordings, **choice)
    assert not (tmp_path / "home" / "landing").exists()
    assert not (tmp_path / "home" / "origin").exists()
