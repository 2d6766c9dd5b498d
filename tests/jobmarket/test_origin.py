from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobmarket import origin
from jobmarket.landing import CompanyOutcome, Origin, RunRecord, run_id_for
from jobmarket.origin import BoardsOrigin, check, claim
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import StageError


def land(home: Home, kind: Origin, days: int = 0) -> None:
    as_of = datetime(2026, 8, 20, tzinfo=UTC) + timedelta(days=days)
    run = RunWriter(home, RunRecord(run_id=run_id_for("hn", as_of, 1), board="hn", origin=kind, as_of=as_of))
    run.seal([CompanyOutcome(company_slug="hn", status="complete")])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def marker(home: Home) -> list[str]:
    return (home.root / "origin").read_text(encoding="utf-8").splitlines()


def test_reading_a_home_does_not_bind_it(home: Home) -> None:
    check(home, BoardsOrigin.of("sample"))
    assert not home.root.exists()


@pytest.mark.parametrize("boards", ["sample", "live"])
def test_a_home_can_be_claimed_again_by_the_same_kind(home: Home, boards: str) -> None:
    claim(home, BoardsOrigin.of(boards))
    claim(home, BoardsOrigin.of(boards))
    assert marker(home) == [boards]
    assert [path.name for path in home.root.iterdir()] == ["origin"]


@pytest.mark.parametrize(("current", "requested"), [("sample", "live"), ("live", "sample"), ("sample", "recorded")])
def test_another_kind_is_refused(home: Home, tmp_path: Path, current: str, requested: str) -> None:
    claim(home, BoardsOrigin.of(current))
    boards = str(tmp_path) if requested == "recorded" else requested
    for refused in (check, claim):
        with pytest.raises(
            StageError, match=f"{current} boards and cannot take {requested} ones.*another folder with --home"
        ):
            refused(home, BoardsOrigin.of(boards))
    assert marker(home) == [current]


def test_a_folder_of_recordings_is_the_same_however_its_path_is_written(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    claim(home, BoardsOrigin.of(str(tmp_path / "one")))
    monkeypatch.chdir(tmp_path)
    claim(home, BoardsOrigin.of("other/../one"))
    assert marker(home) == ["recorded", str(tmp_path / "one")]
    with pytest.raises(StageError, match=f"recorded in {tmp_path}/one and cannot take those in {tmp_path}/other"):
        claim(home, BoardsOrigin.of("other"))


def test_a_recorded_home_without_a_folder_and_postings_takes_the_first(home: Home, tmp_path: Path) -> None:
    home.root.mkdir()
    (home.root / "origin").write_text("recorded\n", encoding="utf-8")
    claim(home, BoardsOrigin.of(str(tmp_path)))
    assert marker(home) == ["recorded", str(tmp_path)]


def test_an_empty_marker_is_reported(home: Home) -> None:
    home.root.mkdir()
    (home.root / "origin").touch()
    with pytest.raises(StageError, match="origin is empty: write into it which"):
        check(home, BoardsOrigin.of("sample"))


@pytest.mark.parametrize(("current", "requested"), [("sample", "recorded"), ("live", "sample"), ("recorded", "live")])
def test_if_the_marker_is_lost_what_is_landed_tells_the_kind(
    home: Home, tmp_path: Path, current: Origin, requested: str
) -> None:
    land(home, "backfill", -1)
    land(home, current)
    boards = {"recorded": str(tmp_path)}
    for refused in (check, claim):
        with pytest.raises(
            StageError, match=f"{current} boards and cannot take {requested} ones.*another folder with --home"
        ):
            refused(home, BoardsOrigin.of(boards.get(requested, requested)))
    assert not (home.root / "origin").exists()


@pytest.mark.parametrize("kind", ["sample", "live"])
def test_if_the_marker_is_lost_the_next_crawl_of_the_same_kind_writes_it_again(home: Home, kind: Origin) -> None:
    land(home, kind)
    claim(home, BoardsOrigin.of(kind))
    assert marker(home) == [kind]


@pytest.mark.parametrize("left", [None, "recorded\n"], ids=["no-marker", "without-folder"])
def test_if_the_folder_of_landed_recordings_is_not_known_none_is_taken(
    home: Home, tmp_path: Path, left: str | None
) -> None:
    land(home, "recorded")
    if left is not None:
        (home.root / "origin").write_text(left, encoding="utf-8")
    recordings = BoardsOrigin.of(str(tmp_path))
    for refused in (check, claim):
        with pytest.raises(StageError, match=r"origin does not name the folder .*: write `recorded` on its first"):
            refused(home, recordings)
    (home.root / "origin").write_text(f"recorded\n{tmp_path}\n", encoding="utf-8")
    claim(home, recordings)
    assert marker(home) == ["recorded", str(tmp_path)]


def test_if_the_marker_is_lost_a_run_that_cannot_be_read_does_not_hide_the_others(home: Home) -> None:
    land(home, "live", -1)
    land(home, "live")
    (damaged, _) = sorted(home.landing.rglob("run.json"))
    damaged.write_text("{")
    with pytest.raises(StageError, match="contains live boards"):
        check(home, BoardsOrigin.of("sample"))


@pytest.mark.parametrize("boards", ["sample", "live"])
def test_if_the_marker_is_lost_the_past_of_boards_alone_does_not_tell_the_kind(home: Home, boards: str) -> None:
    land(home, "backfill")
    with pytest.raises(StageError, match=r"origin is missing, .*: write into it which boards .* \(live or recorded\)"):
        claim(home, BoardsOrigin.of(boards))


def test_a_home_claimed_between_two_readings_is_not_taken_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(home, BoardsOrigin.of("sample"))
    readings = iter([None])  # the first one comes before the other crawl's claim
    current = origin._origin_of_marker
    monkeypatch.setattr(origin, "_origin_of_marker", lambda place: next(readings, current(place)))
    with pytest.raises(StageError, match="contains sample boards"):
        claim(home, BoardsOrigin.of("live"))
    assert marker(home) == ["sample"]


def test_if_crawls_of_two_kinds_start_together_only_one_gets_the_home(home: Home) -> None:
    def attempt(boards: str) -> str | None:
        try:
            claim(home, BoardsOrigin.of(boards))
        except StageError:
            return None
        return boards

    with ThreadPoolExecutor(8) as threads:
        got = {boards for boards in threads.map(attempt, ["sample", "live"] * 20) if boards}
    assert [*got] == marker(home)
    assert [path.name for path in home.root.iterdir()] == ["origin"]
