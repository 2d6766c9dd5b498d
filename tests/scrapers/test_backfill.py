"""Backfilling a board's past: separate dated runs, requested once, resumable, and never taken for a crawl."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket import json_lines, warehouse
from jobmarket.landing import Withdrawal, read_run, sealed_runs, write_withdrawal
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence, StageError
from scrapers import history_files
from scrapers.backfill import backfill, history_months
from tests.scrapers.invented.almanac import AlmanacSpider

SINCE, UNTIL = datetime(2019, 1, 1, tzinfo=UTC), datetime(2019, 4, 1, tzinfo=UTC)
MONTH = "https://almanac.example/2019-0{}"


def ad(number: int, title: str = "ML Engineer", posted: str = "2019-02-03T10:00:00Z", **fields: Any) -> dict[str, Any]:
    return {"id": str(number), "title": title, "posted": posted, "author": "Jane Doe", **fields}


def test_every_month_is_a_separate_run_and_a_failed_one_is_retried(
    drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    good = {MONTH.format(n): (200, "application/json", orjson.dumps([ad(n), ad(10 + n)])) for n in (1, 2, 3)}
    broken = good | {MONTH.format(2): (500, "text/html", b"<html>")}
    choice = {"spiders": "invented", "since": SINCE, "board_names": ("almanac",), "retry_failed": True}
    home = tmp_path / "home"
    first = drive(home, board_folder(broken), UNTIL, **choice)
    assert [(record.as_of.month, record.origin, record.companies[0].status) for record in first.records] == [
        (2, "backfill", "complete"), (3, "backfill", "failed"), (4, "backfill", "complete"),
    ]  # fmt: skip
    again = drive(home, board_folder(good), UNTIL, **choice)
    assert [Path(folder).name for folder in again.result.runs] == ["run=almanac-20190301T000000Z-2"]
    assert len(again.lines("postings")) == 6
    assert all("author" not in line["payload"] for line in again.lines("postings"))
    assert drive(home, board_folder(good), UNTIL, **choice).result.runs == []

    warehouse.load(Home(home), Settings())
    with warehouse.connect(Home(home), Settings(), read_only=True) as connection:
        judged = connection.execute("select distinct origin, qualifies from raw.crawl_runs").fetchall()
    assert judged == [("backfill", None)]


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Land files of the invented feed."""
    from tests.scrapers.driver import INVENTED

    monkeypatch.setattr(history_files, "spider_of", lambda board: AlmanacSpider)
    monkeypatch.setattr(history_files, "sources", lambda: {"almanac": INVENTED})
    monkeypatch.setattr(history_files, "objection", lambda board, live: None)

    def land(*files: Path, boards: str = "live", since: datetime = SINCE, **choice: Any) -> Any:
        choice |= {"files": files, "progress": Silence(), "clock": lambda: datetime(2020, 1, 1, tzinfo=UTC)}
        return backfill(Home(tmp_path / "home"), Settings(), boards, "almanac", since, **choice)

    return land


def test_files_are_landed_once_with_ads_in_scope_of_the_period(archive: Callable[..., Any], tmp_path: Path) -> None:
    ads = [ad(1), ad(2, "Cook"), ad(3, posted="2018-12-31T23:00:00Z"), ad(1), {"id": "9"}]
    lines = b"\n".join(map(orjson.dumps, ads)) + b"\n\n{broken\n"
    plain, packed, zipped = (tmp_path / name for name in ("a.jsonl", "b.jsonl.gz", "c.zip"))
    plain.write_bytes(lines)
    packed.write_bytes(gzip.compress(orjson.dumps(ad(5, posted="2019-07-31T22:00:00Z"))))
    with zipfile.ZipFile(zipped, "w") as archived:
        archived.writestr("c.jsonl", orjson.dumps(ad(6)))
    result = archive(zipped, plain, packed)
    assert result.counts == {"postings": 3}
    assert result.gaps == ("a.jsonl: partial, 2 rejected: no title (1), not an ad (1)",)
    folders = list(sealed_runs(Home(tmp_path / "home")))
    records = [read_run(folder) for folder in folders]
    assert [(record.origin, f"{record.as_of:%Y-%m-%d}") for record in records] == [
        ("backfill", "2019-02-04"), ("backfill", "2019-02-04"), ("backfill", "2019-08-01"),
    ]  # fmt: skip
    again = archive(plain, packed, zipped)
    assert again.counts == {"postings": 0}
    assert again.notes == ("a.jsonl: already landed", "b.jsonl.gz: already landed", "c.zip: already landed")


def with_password(archive: Path) -> None:
    """Mark a zip's only member as encrypted, in its local header and in the directory."""
    content = bytearray(archive.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    archive.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (with_password, "locked.jsonl has a password: land the unpacked file instead"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"\x08\x00", b"\x63\x00")), "That compression method"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "File is not a zip file"),
    ],
)
def test_a_zip_that_cannot_be_read_is_named_and_the_other_files_are_landed(
    archive: Callable[..., Any], tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    locked, plain = tmp_path / "a.zip", tmp_path / "b.jsonl"
    with zipfile.ZipFile(locked, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("locked.jsonl", orjson.dumps(ad(1)))
    spoil(locked)
    plain.write_bytes(orjson.dumps(ad(2)))
    result = archive(locked, plain)
    assert result.counts == {"postings": 1}
    (gap,) = result.gaps
    assert gap.startswith(f"a.zip: cannot be read: {why}")
    with pytest.raises(StageError, match="Nothing of almanac could be landed: a.zip: cannot be read"):
        archive(locked)


def test_a_landed_file_is_read_again_only_for_a_longer_period(archive: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join(orjson.dumps(ad(month, posted=f"2019-0{month}-03T10:00:00Z")) for month in (2, 4, 6)))

    def postings(since: int, until: int | None = None) -> int:
        end = datetime(2019, until, 1, tzinfo=UTC) if until else None
        return int(archive(file, since=datetime(2019, since, 1, tzinfo=UTC), until=end).counts["postings"])

    assert postings(4, until=6) == 1
    assert postings(4, until=5) == 0  # part of what is landed
    assert postings(4) == 2
    assert postings(2) == 3
    assert postings(3, until=6) == 0
    assert [len(read_run(folder).companies) for folder in sealed_runs(Home(tmp_path / "home"))] == [1, 1, 1]


def test_ads_without_a_known_time_are_rejected_and_counted(archive: Callable[..., Any], tmp_path: Path) -> None:
    mixed, undated = tmp_path / "mixed.jsonl", tmp_path / "undated.jsonl"
    future, none = ad(2, posted="2999-01-01T00:00:00Z"), {"id": "3", "title": "ML Engineer"}
    mixed.write_bytes(b"\n".join(map(orjson.dumps, [ad(1), future, none, {"id": "4", "title": "Cook"}])))
    undated.write_bytes(orjson.dumps(none))
    result = archive(mixed, undated)
    assert result.counts == {"postings": 1}
    assert result.gaps == (
        "mixed.jsonl: partial, 2 rejected: dated in the future (1), no date (1)",
        "undated.jsonl: no ad in scope since 2019-01-01, 1 rejected: no date (1)",
    )
    (record,) = map(read_run, sealed_runs(Home(tmp_path / "home")))
    assert (f"{record.as_of:%Y-%m-%d}", record.companies[0].rejected) == ("2019-02-04", 2)


def test_a_file_and_a_folder_cannot_be_given_together(archive: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(orjson.dumps(ad(1)))
    with pytest.raises(StageError, match="--file replaces the requests: leave out --boards folder"):
        archive(file, boards="folder")


def test_a_truncated_file_lands_nothing_and_is_named(archive: Callable[..., Any], tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl.gz"
    whole.write_bytes(orjson.dumps(ad(1)))
    body = gzip.compress(b"\n".join(orjson.dumps(ad(n, text="x" * 99)) for n in range(5_000)))
    cut.write_bytes(body[: len(body) // 2])
    result = archive(whole, cut)
    assert result.counts == {"postings": 1}
    assert result.gaps[0].startswith("cut.jsonl.gz: cannot be read: ")
    assert len(list(sealed_runs(Home(tmp_path / "home")))) == 1
    with pytest.raises(StageError, match="Nothing of almanac could be landed"):
        archive(cut)


def test_a_line_longer_than_any_ad_is_not_read_into_memory(
    archive: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "_LONGEST_LINE", 1 << 20)
    files = {name: tmp_path / name for name in ("a.jsonl", "b.jsonl.gz", "c.zip", "d.jsonl")}
    body = orjson.dumps(ad(1)) + b"\n[" + b" " * (3 << 20)
    files["a.jsonl"].write_bytes(body)
    files["b.jsonl.gz"].write_bytes(gzip.compress(body))
    with zipfile.ZipFile(files["c.zip"], "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("2019.jsonl", body)
    files["d.jsonl"].write_bytes(orjson.dumps(ad(2)) + b"\n" + b" " * ((1 << 20) - 1) + b"\n")
    result = archive(*files.values())
    assert result.counts == {"postings": 1}
    why = "line 2 is longer than 1 MiB. Each line must be one JSON object"
    places = ["a.jsonl: cannot be read: ", "b.jsonl.gz: cannot be read: ", "c.zip: cannot be read: 2019.jsonl, "]
    assert [gap.partition(";")[0] for gap in result.gaps] == [place + why for place in places]


def test_a_file_of_a_withdrawn_run_is_landed_again(archive: Callable[..., Any], tmp_path: Path) -> None:
    file, home = tmp_path / "a.jsonl", Home(tmp_path / "home")
    file.write_bytes(orjson.dumps(ad(1)))
    archive(file)
    (folder,) = sealed_runs(home)
    write_withdrawal(folder, Withdrawal(reason="misread", withdrawn_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert archive(file).counts == {"postings": 1}
    assert archive(file).notes == ("a.jsonl: already landed",)
    assert len(list(sealed_runs(home))) == 2


def test_an_empty_file_is_refused_before_the_home_is_made(archive: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    with pytest.raises(StageError, match=r"^Nothing is landed: .*/a\.jsonl is empty\.$"):
        archive(tmp_path / "a.jsonl")
    assert not (tmp_path / "home").exists()


def test_a_damaged_run_and_a_full_disk_are_not_the_files_fault(
    archive: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(orjson.dumps(ad(1)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(RunWriter, "write", full)
        with pytest.raises(StageError, match=r"^Not landed: a\.jsonl: .*No space left.*Is there room"):
            archive(file)
    archive(file)
    (folder,) = sealed_runs(Home(tmp_path / "home"))
    (folder / "run.json").write_text("{")
    with pytest.raises(StageError, match="run.json cannot be read"):
        archive(file)


def test_boards_without_an_archive_are_refused(tmp_path: Path, recordings: Path) -> None:
    def ask(boards: str, board: str) -> None:
        backfill(Home(tmp_path), Settings(), boards, board, SINCE, progress=Silence())

    with pytest.raises(StageError, match="The sample boards have no archive"):
        ask("sample", "ashby")
    with pytest.raises(StageError, match=r"ashby has no archive\. These boards have one: hn, jobtech"):
        ask(str(recordings), "ashby")
    with pytest.raises(StageError, match=r"nosuch has no archive\. These boards have one: hn, jobtech\."):
        ask(str(recordings), "nosuch")


def test_a_home_of_other_boards_is_refused_before_a_missing_contact(tmp_path: Path) -> None:
    (tmp_path / "origin").write_text("sample\n", encoding="utf-8")
    settings = Settings(_env_file=None, contact=None)  # type: ignore[call-arg]
    with pytest.raises(StageError, match="contains sample boards and cannot take live ones"):
        backfill(Home(tmp_path), settings, "live", "hn", SINCE, progress=Silence())


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        ((2020, 2), None, r"The past ends on 2020-01-05, and 2020-02-01 is after that"),
        ((2019, 2), (2020, 2), r"The past ends on 2020-01-05, and 2020-02-01 is after that"),
        ((2019, 2), (2019, 2), r"The period from 2019-02-01 to 2019-02-01 is empty: it must begin before"),
        ((2020, 1), None, r"covers nothing between 2020-01-01 and 2020-01-05: it is read by complete months"),
        ((2019, 12), None, "JOBMARKET_CONTACT"),
    ],
)
def test_a_period_that_is_not_over_is_refused_before_any_request(
    since: tuple[int, int], until: tuple[int, int] | None, message: str, tmp_path: Path
) -> None:
    begin, end = (month and datetime(*month, 1, tzinfo=UTC) for month in (since, until))
    settings = Settings(_env_file=None, contact=None)  # type: ignore[call-arg]
    clock = lambda: datetime(2020, 1, 5, tzinfo=UTC)  # noqa: E731
    with pytest.raises(StageError, match=message):
        backfill(Home(tmp_path / "home"), settings, "live", "hn", begin, until=end, progress=Silence(), clock=clock)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ((0, 9, 6), r"The past ends on 2026-11-26T06:00:00Z, and 2026-11-26T09:00:00Z is after that"),
        ((5, 4, 6), r"The period from 2026-11-26T05:00:00Z to 2026-11-26T04:00:00Z is empty:"),
        ((4, 0, 6), r"The period from 2026-11-26T04:00:00Z to 2026-11-26 is empty:"),
    ],
)
def test_moments_of_one_day_are_written_with_their_time(hours: tuple[int, int, int], message: str) -> None:
    with pytest.raises(StageError, match=message):
        history_months("hn", *(datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in hours))
