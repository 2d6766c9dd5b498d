from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobmarket import origin
from jobmarket.origin import BoardsOrigin, check, claim
from jobmarket.settings import Home
from jobmarket.stages import StageError


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
        with pytest.raises(StageError, match=f"contains {current} boards and cannot take {requested} ones"):
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


def test_a_recorded_home_without_a_folder_takes_the_first(home: Home, tmp_path: Path) -> None:
    home.root.mkdir()
    (home.root / "origin").write_text("recorded\n", encoding="utf-8")
    claim(home, BoardsOrigin.of(str(tmp_path)))
    assert marker(home) == ["recorded", str(tmp_path)]


def test_an_empty_marker_is_reported(home: Home) -> None:
    home.root.mkdir()
    (home.root / "origin").touch()
    with pytest.raises(StageError, match="origin is empty: write into it which"):
        check(home, BoardsOrigin.of("sample"))


def test_a_home_claimed_between_two_readings_is_not_taken_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    claim(home, BoardsOrigin.of("sample"))
    readings = iter([None])  # the first one comes before the other crawl's claim
    current = origin._bound_to
    monkeypatch.setattr(origin, "_bound_to", lambda place: next(readings, current(place)))
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
