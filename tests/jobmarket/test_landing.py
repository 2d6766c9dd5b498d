"""Landing: content-addressed, sealed in one step, one crawl of a board at a time."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from jobmarket import run_writer
from jobmarket.landed_index import EarlierAnswer, Shown
from jobmarket.landing import (
    DATA_FILES,
    LandingError,
    Origin,
    RunRecord,
    Withdrawal,
    moment_of,
    read_run,
    run_id_for,
    sealed_runs,
    verify_run,
    write_withdrawal,
)
from jobmarket.posting import Posting
from jobmarket.run_writer import Finished, RunWriter, unsealed_runs
from jobmarket.settings import Home

MONDAY = datetime(2026, 8, 17, tzinfo=UTC)
TUESDAY = datetime(2026, 8, 18, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def posting(native_id: str = "1", **fields: Any) -> Posting:
    payload = fields.pop("payload", {"id": native_id})
    return Posting(board="ashby", company_slug="acme", native_id=native_id, title="Engineer", payload=payload, **fields)


def writer(
    home: Home, as_of: datetime = MONDAY, attempt: int = 1, board: str = "ashby", origin: Origin = "recorded"
) -> RunWriter:
    run_id = run_id_for(board, as_of, attempt)
    return RunWriter(home, RunRecord(run_id=run_id, board=board, origin=origin, as_of=as_of))


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rb") as file:
        return [orjson.loads(line) for line in file]


ENDED = Finished(company_slug="acme", status="complete", postings=1)
DONE = [ENDED.landed()]


def nested(depth: int) -> dict[str, Any]:
    """Make an object nested more deeply than a line can be."""
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"in": found}
    return found


def test_a_posting_that_cannot_be_written_is_neither_landed_nor_seen(home: Home) -> None:
    """Its hash leaves out the volatile field that cannot be written."""
    run = writer(home)
    with pytest.raises(TypeError):
        run.write(posting(payload={"id": "1", "views": nested(300)}), ("views",))
    assert run.write(posting(payload={"id": "1", "views": 7}), ("views",))
    folder = run.seal(DONE)
    assert (len(lines(folder, "postings")), len(lines(folder, "sightings"))) == (1, 1)


def test_what_a_withdrawn_run_showed_is_read_again(home: Home) -> None:
    run = writer(home)
    run.is_shown_as("1", "listed")
    run.sight("acme", "1", "hash", Shown("listed", "hash"))
    run.write(posting())
    run.add_answer("GET", EarlierAnswer("code", None, None, "body", 0, {}, ()))
    folder = run.seal(DONE)
    known = writer(home, TUESDAY)
    assert (known.shown("1"), known.answer("GET") is None) == (Shown("listed", "hash"), False)
    known.abandon()
    write_withdrawal(folder, Withdrawal(reason="misread", withdrawn_at=TUESDAY))
    for _ in range(2):  # found once, and remembered
        later = writer(home, TUESDAY)
        assert (later.shown("1"), later.answer("GET")) == (None, None)
        assert not later.write(posting())  # another run may have sighted the content: it stays landed
        later.abandon()


def test_nothing_is_visible_before_a_run_is_sealed(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    assert list(sealed_runs(home)) == []
    folder = run.seal(DONE)
    assert list(sealed_runs(home)) == [folder]
    assert sorted(path.name for path in folder.iterdir()) == [
        "postings.jsonl.gz", "rejected.jsonl.gz", "run.json", "sightings.jsonl.gz",
    ]  # fmt: skip


def test_content_is_landed_once_and_its_sighting_every_time(home: Home) -> None:
    first, second = writer(home), None
    assert first.write(posting())
    first.seal(DONE)
    second = writer(home, TUESDAY)
    assert not second.write(posting())
    assert second.write(posting(url="https://example.com/edited"))
    folder = second.seal(DONE)
    assert len(lines(folder, "sightings")) == 2
    assert [line["url"] for line in lines(folder, "postings")] == ["https://example.com/edited"]


def test_a_volatile_field_makes_no_new_content_but_stays_in_the_payload(home: Home) -> None:
    run = writer(home)
    assert run.write(posting(payload={"id": "1", "updated_at": "a"}), ("updated_at",))
    assert not run.write(posting(payload={"id": "1", "updated_at": "b"}), ("updated_at",))
    assert lines(run.seal(DONE), "postings")[0]["payload"] == {"id": "1", "updated_at": "a"}


def test_an_abandoned_run_leaves_nothing_and_its_contents_are_new_again(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    run.abandon()
    assert list(sealed_runs(home)) == []
    assert writer(home).write(posting())


def test_two_crawls_of_one_board_are_refused_and_of_two_boards_are_not(home: Home) -> None:
    run = writer(home)
    with pytest.raises(LandingError, match="Another crawl of ashby is under way"):
        writer(home, TUESDAY)
    writer(home, board="lever").abandon()
    run.abandon()
    writer(home, TUESDAY).abandon()


def test_a_sealed_run_is_not_written_again(home: Home) -> None:
    writer(home).seal(DONE)
    with pytest.raises(LandingError, match="already landed"):
        writer(home)
    writer(home, attempt=2).abandon()  # the refusal left no lock behind


def test_the_index_is_rebuilt_from_the_landing(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    run.seal(DONE)
    shutil.rmtree(home.crawl_state)
    assert not writer(home, TUESDAY).write(posting())


def test_the_contents_of_a_removed_run_are_landed_again(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    shutil.rmtree(run.seal(DONE))
    assert writer(home, TUESDAY).write(posting())


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("a", "b"):
        run = writer(Home(tmp_path / name))
        run.write(posting())
        run.reject("acme", "no title", {"id": 2})
        digests.append({n: f.sha256 for n, f in read_run(run.seal(DONE)).files.items()})
    assert digests[0] == digests[1]


def test_runs_are_read_in_the_order_of_their_moments_and_attempts(home: Home) -> None:
    order = [("workday", 4, 1), ("ashby", 18, 1), ("ashby", 18, 2), ("ashby", 18, 10)]
    folders = []
    for board, hour, attempt in order:
        folders.append(writer(home, MONDAY.replace(hour=hour), attempt, board).seal(DONE))
    assert list(sealed_runs(home)) == folders


def test_damaged_files_are_named(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    folder = run.seal(DONE)
    verify_run(folder, read_run(folder))
    (folder / "postings.jsonl.gz").write_bytes(b"cut")
    with pytest.raises(LandingError, match=r"postings\.jsonl\.gz differs from the checksum"):
        verify_run(folder, read_run(folder))
    (folder / "run.json").write_text("{")
    with pytest.raises(LandingError, match=r"run\.json cannot be read"):
        read_run(folder)


def test_a_damaged_index_or_run_is_named(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    folder = run.seal(DONE)
    index = home.crawl_state / "contents-ashby.sqlite"
    index.write_bytes(b"no database at all" * 100)
    with pytest.raises(LandingError, match=r"contents-ashby\.sqlite is damaged"):
        writer(home, TUESDAY)
    index.unlink()
    (folder / "postings.jsonl.gz").write_bytes(b"cut")
    with pytest.raises(LandingError, match=r"postings\.jsonl\.gz cannot be read"):
        writer(home, TUESDAY)
    shutil.rmtree(folder)
    writer(home, TUESDAY).abandon()  # no lock was left behind


def test_a_run_that_cannot_be_sealed_is_kept_complete_for_the_next_writer(home: Home) -> None:
    run = writer(home)
    run.write(posting())
    run.company_finished(ENDED)
    home.landing.mkdir(parents=True)
    (home.landing / "board=ashby").write_text("in the way, as a disk that is not there would be")
    with pytest.raises(OSError, match="board=ashby"):
        run.seal(DONE)
    assert [moment_of(run_id) for run_id in unsealed_runs(home, "recorded")] == [MONDAY]
    (home.landing / "board=ashby").unlink()
    again = writer(home)  # the index's lock was released
    assert [outcome.company_slug for outcome in again.finished] == ["acme"]
    folder = again.seal(again.finished)
    verify_run(folder, read_run(folder))
    assert [line["native_id"] for line in lines(folder, "postings")] == ["1"]
    assert unsealed_runs(home, "recorded") == []


def test_a_run_in_the_landing_counts_as_landed_whatever_fails_afterwards(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def flush(path: Path) -> None:
        if path.is_relative_to(home.landing):
            raise OSError(22, "Invalid argument", str(path))

    monkeypatch.setattr(run_writer, "flush", flush)
    run = writer(home)
    run.write(posting())
    folder = run.seal(DONE)
    assert list(sealed_runs(home)) == [folder]
    verify_run(folder, read_run(folder))
    assert "is landed, but a power cut may still undo that: [Errno 22]" in caplog.text
    next_day = writer(home, TUESDAY)
    assert next_day.write(posting()) is False, "the next index reads what this one lacks"
    next_day.abandon()


def test_a_landed_run_is_complete_and_on_disk_before_the_index_lists_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    run = writer(home)
    run.write(posting())
    run.company_finished(ENDED)
    monkeypatch.setattr(run_writer, "flush", flushed.append)

    def killed() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run._index, "commit", killed)
    with pytest.raises(KeyboardInterrupt):
        run.seal(DONE)
    run.abandon()
    (folder,) = sealed_runs(home)
    verify_run(folder, read_run(folder))
    assert flushed[-4:] == [folder.parent, folder.parent.parent, home.landing, home.root]
    assert writer(home, TUESDAY).write(posting()) is False


def half_written(home: Home) -> Path:
    """Leave the files of a writer that died: `acme` is finished, `later` is not."""
    run = writer(home)
    run.write(posting("1"))
    run.write(posting("2"))
    run.reject("acme", "no title", {})
    run.company_finished(Finished(company_slug="acme", status="complete", postings=2, rejected=1))
    run.write(posting("3").model_copy(update={"company_slug": "later"}))
    run._index.close()  # as the end of a process does
    for file in run._files.values():
        file._file.close()
    return home.crawl_state / "unsealed" / "recorded" / run_id_for("ashby", MONDAY, 1)


def test_companies_that_a_dead_writer_finished_are_taken_over(home: Home) -> None:
    half_written(home)
    assert [moment_of(run_id) for run_id in unsealed_runs(home, "recorded")] == [MONDAY]
    run = writer(home)
    assert [outcome.company_slug for outcome in run.finished] == ["acme"]
    run.write(posting("3").model_copy(update={"company_slug": "later"}))
    folder = run.seal(run.finished)
    assert [line["native_id"] for line in lines(folder, "postings")] == ["1", "2", "3"]
    assert len(lines(folder, "sightings")) == 3
    assert [line["reason"] for line in lines(folder, "rejected")] == ["no title"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*DATA_FILES, "run.json"])
    assert unsealed_runs(home, "recorded") == []
    assert writer(home, TUESDAY).write(posting("1")) is False  # the index lists the contents that were taken over


def test_a_resumed_run_names_the_versions_that_read_its_companies(home: Home) -> None:
    def began(jobmarket: str) -> RunWriter:
        versions = {"jobmarket": jobmarket, "scrapy": "2.13"}
        run_id = run_id_for("ashby", MONDAY, 1)
        record = RunRecord(run_id=run_id, board="ashby", origin="live", as_of=MONDAY, versions=versions)
        return RunWriter(home, record)

    for jobmarket, company in (("1.0", "acme"), ("1.1", "later")):
        run = began(jobmarket)
        run.company_finished(Finished(company_slug=company, status="complete"))
        run.leave()
    run = began("1.2")  # it only seals what the others read
    record = read_run(run.seal([each.landed() for each in run.finished]))
    assert record.versions == {"jobmarket": "1.0, 1.1", "scrapy": "2.13"}


def test_a_run_that_is_sealed_while_runs_are_looked_for_is_none_of_them(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = writer(home)
    run.company_finished(ENDED)
    found = Path.glob

    def glob_then_seal(folder: Path, pattern: str) -> list[Path]:
        journals = list(found(folder, pattern))
        monkeypatch.undo()
        assert len(journals) == 1
        run.seal(DONE)
        return journals

    monkeypatch.setattr(Path, "glob", glob_then_seal)
    assert unsealed_runs(home, "recorded") == []


def test_what_a_crawl_of_another_origin_finished_is_not_taken_over(home: Home) -> None:
    half_written(home)
    assert unsealed_runs(home, "live") == []
    live = writer(home, origin="live")
    assert live.finished == []
    live.abandon()
    assert [outcome.company_slug for outcome in writer(home).finished] == ["acme"]


@pytest.mark.parametrize("name", ["postings.jsonl.gz", "sightings.jsonl.gz", "rejected.jsonl.gz"])
def test_a_company_with_a_lost_line_is_requested_again(home: Home, name: str) -> None:
    left = half_written(home)
    (left / name).write_bytes((left / name).read_bytes()[:30])
    run = writer(home)
    assert run.finished == []
    run.abandon()


@pytest.mark.parametrize("lost", [bytes(40) + b"\n", b'{"company_slug": "later", "of_another_version": 1}\n'])
def test_an_unreadable_line_of_the_journal_loses_only_its_company(home: Home, lost: bytes) -> None:
    """A power cut may leave NUL bytes, and a journal may be of another version."""
    journal = half_written(home) / "finished.jsonl"
    journal.write_bytes(lost + journal.read_bytes())
    run = writer(home)
    assert [outcome.company_slug for outcome in run.finished] == ["acme"]
    run.abandon()


def test_a_writer_that_dies_during_a_takeover_loses_nothing(home: Home) -> None:
    left = half_written(home)
    left.rename(left.with_name(left.name + ".left"))
    left.mkdir()
    (left / "finished.jsonl").write_bytes(b'{"company_slug": "ac')
    run = writer(home)
    assert [outcome.company_slug for outcome in run.finished] == ["acme"]
    run.abandon()


def kill_while_removing(monkeypatch: pytest.MonkeyPatch, removed: str) -> None:
    """Let the process end while it removes a folder, after the first of its files is gone."""

    def killed(path: Path, *_: Any, **__: Any) -> None:
        if path.is_dir() and path.name.endswith(removed):
            (path / "postings.jsonl.gz").unlink()
            raise KeyboardInterrupt
        real(path, ignore_errors=True)

    real = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", killed)


def test_a_writer_that_dies_while_it_removes_what_it_took_over_loses_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_written(home)
    with monkeypatch.context() as patched:
        kill_while_removing(patched, ".left")
        with pytest.raises(KeyboardInterrupt):
            writer(home)
    run = writer(home)
    assert [outcome.company_slug for outcome in run.finished] == ["acme"]
    assert [line["native_id"] for line in lines(run.seal(run.finished), "postings")] == ["1", "2"]
    assert list((home.crawl_state / "unsealed" / "recorded").iterdir()) == []


def test_a_writer_that_dies_while_it_abandons_its_run_leaves_nothing_to_take_over(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_written(home)
    run = writer(home)
    with monkeypatch.context() as patched:
        kill_while_removing(patched, "-1")
        with pytest.raises(KeyboardInterrupt):
            run.abandon()
    assert writer(home).finished == []
