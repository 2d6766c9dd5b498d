"""Rows are loaded once, unedited, and all or none; and the rules by which crawls qualify."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner

from jobmarket import pipeline
from jobmarket.cli import main
from jobmarket.identity import object_hash, posting_key
from jobmarket.landing import CompanyOutcome, RunRecord, read_run, run_id_for
from jobmarket.pipeline import Job, run_stage
from jobmarket.posting import Pay, Place, Posting
from jobmarket.publishing import open_published
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, Silence, StageError, StageResult
from jobmarket.warehouse import connect, connection, load, loading, withdraw

DAY = datetime(2026, 8, 1, tzinfo=UTC)
SETTINGS = Settings(memory_limit="1GiB", threads=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def land(
    home: Home,
    day: float,
    postings: int,
    status: str = "complete",
    errors: int = 0,
    rejected: int = 0,
    attempt: int = 1,
) -> Path:
    as_of = DAY + timedelta(days=day)
    run_id = run_id_for("ashby", as_of, attempt)
    run = RunWriter(home, RunRecord(run_id=run_id, board="ashby", origin="recorded", as_of=as_of))
    for number in range(postings):
        run.write(
            Posting(
                board="ashby", company_slug="acme", native_id=str(number), title="Engineer", date_posted=DAY,
                job_locations=(Place(text="Paris", address_country="France"),),
                base_salary=(Pay(min_value=1, max_value=2, currency="EUR", unit_text="1 YEAR"),),
                payload={"id": number, "text": "\u0000 ü"},
            )
        )  # fmt: skip
    for number in range(rejected):
        run.reject("acme", "no title", {"id": number})
    outcome = CompanyOutcome.model_validate(
        {"company_slug": "acme", "status": status, "postings": postings, "errors": errors + rejected,
         "rejected": rejected, "http_codes": {"200": 1}}
    )  # fmt: skip
    return run.seal([outcome])


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with connect(home, SETTINGS, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_loading_twice_changes_nothing(home: Home) -> None:
    land(home, 0, postings=3, rejected=1)
    land(home, 1, postings=3)
    first = load(home, SETTINGS)
    assert first.counts == {
        "runs": 2, "crawl_runs": 2, "posting_versions": 3, "sightings": 6, "rejected_postings": 1,
    }  # fmt: skip
    again = load(home, SETTINGS)
    assert again.summary == "nothing new in the landing"
    assert set(again.counts.values()) == {0}


@pytest.mark.parametrize("runs", [1, 50])
def test_content_landed_by_several_runs_is_kept_once_as_of_the_first(
    home: Home, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    monkeypatch.setattr(loading, "_RUNS_PER_TRANSACTION", runs)
    land(home, 0, postings=2)
    elsewhere = Home(home.root.parent / "elsewhere")
    land(elsewhere, 1, postings=3)
    shutil.copytree(elsewhere.landing, home.landing, dirs_exist_ok=True)
    land(home, 2, postings=4)
    assert load(home, SETTINGS).counts["posting_versions"] == 4
    assert rows(home, "select landed_run_id, count(*) from raw.posting_versions group by all order by all") == [
        ("ashby-20260801T000000Z-1", 2), ("ashby-20260802T000000Z-1", 1), ("ashby-20260803T000000Z-1", 1),
    ]  # fmt: skip
    orphans = "from raw.sightings anti join raw.posting_versions using (posting_key, content_hash)"
    assert rows(home, orphans) == []


def test_a_content_landed_again_in_a_tenth_attempt_was_landed_by_the_second(home: Home) -> None:
    for attempt in (10, 2):
        elsewhere = Home(home.root.parent / f"elsewhere-{attempt}")
        land(elsewhere, 0, postings=1, attempt=attempt)
        shutil.copytree(elsewhere.landing, home.landing, dirs_exist_ok=True)
    load(home, SETTINGS)
    assert rows(home, "select landed_run_id from raw.posting_versions") == [("ashby-20260801T000000Z-2",)]


@pytest.mark.parametrize(("runs", "size", "expected"), [(2, 10**9, [2, 2, 1]), (50, 1, [1] * 5), (50, 10**9, [5])])
def test_a_transaction_has_a_limit_of_runs_and_bytes(
    home: Home, monkeypatch: pytest.MonkeyPatch, runs: int, size: int, expected: list[int]
) -> None:
    monkeypatch.setattr(loading, "_RUNS_PER_TRANSACTION", runs)
    monkeypatch.setattr(loading, "_BYTES_PER_TRANSACTION", size)
    of_each: list[int] = []
    insert = loading.insert_runs

    def noted(connection: duckdb.DuckDBPyConnection, batch: list[tuple[Path, RunRecord]]) -> None:
        of_each.append(len(batch))
        insert(connection, batch)

    monkeypatch.setattr(loading, "insert_runs", noted)
    for day in range(5):
        land(home, day, postings=day + 1)
    assert load(home, SETTINGS).counts["posting_versions"] == 5
    assert of_each == expected


def test_loaded_rows_are_stored_in_small_row_groups_that_the_build_keeps(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_ROWS_WRITTEN_TOGETHER", 2_048)
    land(home, 0, postings=2_500)
    load(home, SETTINGS)
    groups = """select row_group_id, sum(count)::integer from pragma_storage_info('raw.posting_versions')
        where column_name = 'title' and segment_type = 'VARCHAR' group by all order by all"""
    assert rows(home, groups) == [(0, 2_048), (1, 452)]
    profile = yaml.safe_load((SETTINGS.dbt_project / "profiles.yml").read_text())
    build = profile["jobmarket"]["outputs"]["warehouse"]["config_options"]
    with duckdb.connect(str(home.warehouse)) as warehouse:
        warehouse.execute("set max_vacuum_tasks = $most", {"most": build["max_vacuum_tasks"]})
        warehouse.execute("create table made as from range(10_000); checkpoint")
    assert rows(home, groups) == [(0, 2_048), (1, 452)]


def test_values_arrive_unedited(home: Home) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    [row] = rows(
        home,
        """select title, date_posted, job_locations, base_salary[1].unit_text, payload, landed_run_id
        from raw.posting_versions""",
    )
    place = {"text": "Paris", "address_locality": None, "address_region": None, "address_country": "France"}
    payload = '{"id":0,"text":"\\u0000 ü"}'
    assert row == ("Engineer", DAY.replace(tzinfo=None), [place], "1 YEAR", payload, "ashby-20260801T000000Z-1")


def test_a_damaged_run_is_left_out_and_named_and_the_rest_goes_on(home: Home) -> None:
    broken = land(home, 0, postings=1)
    land(home, 1, postings=2)
    (broken / "sightings.jsonl.gz").write_bytes(b"cut")
    result = load(home, SETTINGS)
    assert [gap for gap in result.gaps if "sightings.jsonl.gz differs" in gap]
    assert rows(home, "select distinct run_id from raw.sightings") == [("ashby-20260802T000000Z-1",)]


def test_load_names_a_run_without_its_record_until_it_is_restored(home: Home) -> None:
    land(home, 0, postings=1)
    lost = land(home, 1, postings=2) / "run.json"
    record = lost.read_bytes()
    lost.unlink()
    # a crawl is under way, which is not damage
    writing = home.crawl_state / "unsealed" / "sample" / "ashby-20260803T000000Z-1"
    writing.mkdir(parents=True)
    (writing / "finished.jsonl").write_text("{}\n", encoding="utf-8")
    command = ["load", "--home", str(home.root)]
    for _ in range(2):  # the second load has nothing new, and reports the gap again
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 4, done.output
        assert f"  run ashby-20260802T000000Z-1: {lost} is missing. Restore it, or move the run's folder" in done.output
        assert done.output.splitlines()[-1] == "Incomplete: 1 missing: run ashby-20260802T000000Z-1"
        assert rows(home, "select run_id from raw.crawl_runs") == [("ashby-20260801T000000Z-1",)]
    lost.write_bytes(record)
    assert CliRunner().invoke(main, command).exit_code == 0
    assert rows(home, "select count(*) from raw.crawl_runs") == [(2,)]


def test_an_invalid_record_is_described_in_one_line(home: Home) -> None:
    record = land(home, 0, postings=1) / "run.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"recorded"', '"hearsay"'), encoding="utf-8")
    (gap,) = load(home, SETTINGS).gaps
    assert gap == (
        f"run ashby-20260801T000000Z-1: {record} cannot be read: origin: Input should be 'sample', 'recorded', 'live' "
        "or 'backfill'. Restore it, or move the run's folder away."
    )


@pytest.mark.parametrize(
    "failing",
    ["select * from nowhere", "set memory_limit = '1MB'; create temp table large as select range from range(9000000)"],
)
def test_an_error_outside_the_runs_ends_the_stage_and_loads_nothing(
    home: Home, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(home, 0, postings=1)
    monkeypatch.setattr("jobmarket.warehouse.inserting.qualify", lambda connection: connection.execute(failing))
    with pytest.raises(
        StageError, match=r"(?s)Not loaded, from .*run=ashby-20260801T000000Z-1 on: .*continues with the rest"
    ):
        load(home, SETTINGS)
    assert rows(home, "select count(*) from raw.posting_versions") == [(0,)]
    monkeypatch.undo()
    assert load(home, SETTINGS).counts["posting_versions"] == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(b'{"title": \n', mtime=0), "cannot be loaded"),
        (b'{"title": "no gzip at all"}\n', "does not unpack"),
    ],
)
def test_one_unreadable_run_does_not_hold_up_the_others(home: Home, content: bytes, message: str) -> None:
    land(home, 0, postings=1)
    broken = land(home, 1, postings=2)
    lines = broken / "postings.jsonl.gz"
    lines.write_bytes(content)
    record = read_run(broken)
    digest = hashlib.sha256(lines.read_bytes()).hexdigest()
    record.files["postings.jsonl.gz"] = record.files["postings.jsonl.gz"].model_copy(
        update={"sha256": digest, "lines": 1}
    )
    (broken / "run.json").write_text(record.model_dump_json(), encoding="utf-8")
    result = load(home, SETTINGS)
    assert [gap for gap in result.gaps if message in gap and broken.name in gap]
    assert rows(home, "select run_id from raw.crawl_runs") == [("ashby-20260801T000000Z-1",)]


@pytest.mark.parametrize("name", ["postings.jsonl.gz", "sightings.jsonl.gz", "rejected.jsonl.gz"])
@pytest.mark.parametrize("is_whole_gzip", [False, True])
def test_a_file_that_was_cut_off_before_its_checksum_was_made_is_a_named_gap(
    home: Home, name: str, is_whole_gzip: bool
) -> None:
    land(home, 0, postings=1)
    cut = land(home, 1, postings=300, rejected=300)
    file, record = cut / name, read_run(cut)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(gzip.compress(b"".join(lines[:150])) if is_whole_gzip else half)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    record.files[name] = record.files[name].model_copy(update={"sha256": digest})
    (cut / "run.json").write_text(record.model_dump_json(), encoding="utf-8")
    land(home, 2, postings=301)
    (gap,) = load(home, SETTINGS).gaps
    message = f"{name} has 150 lines, but run.json says {len(lines)}" if is_whole_gzip else f"{name} does not unpack"
    assert gap.startswith(f"run {cut.name.removeprefix('run=')}: ")
    assert message in gap
    assert rows(home, "select distinct run_id from raw.sightings order by all") == [
        ("ashby-20260801T000000Z-1",), ("ashby-20260803T000000Z-1",),
    ]  # fmt: skip


def test_a_withdrawal_that_cannot_be_read_is_a_named_gap(home: Home) -> None:
    cut = land(home, 0, postings=1)
    land(home, 1, postings=2)
    (cut / "withdrawn.json").write_text('{"reason": "wrong')
    (gap,) = load(home, SETTINGS).gaps
    assert gap.startswith(f"run ashby-20260801T000000Z-1: {cut / 'withdrawn.json'} cannot be read")
    assert "pydantic" not in gap
    assert rows(home, "select run_id from raw.crawl_runs") == [("ashby-20260802T000000Z-1",)]


def test_only_runs_up_to_the_moment_are_loaded(home: Home) -> None:
    land(home, 0, postings=1)
    land(home, 5, postings=1)
    assert load(home, SETTINGS, DAY + timedelta(days=2)).counts["runs"] == 1
    assert load(home, SETTINGS).counts["runs"] == 1


def qualifying(home: Home) -> list[tuple[object, ...]]:
    return [row[0] for row in rows(home, "select qualifies from raw.crawl_runs order by as_of")]  # type: ignore[misc]


def test_a_truncated_crawl_does_not_qualify(home: Home) -> None:
    for day, postings in enumerate([20, 20, 4, 5]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, True, False, True]


@pytest.mark.parametrize("full", [1, 12])
def test_a_list_that_stays_short_qualifies_after_fourteen_days(home: Home, full: int) -> None:
    for day in range(full + 18):
        land(home, day, postings=20 if day < full else 4)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * full + [False] * 14 + [True] * 4


def test_the_third_short_weekly_crawl_qualifies(home: Home) -> None:
    for week, postings in enumerate([20, 4, 4, 4, 4]):
        land(home, 7 * week, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, True]


def test_the_third_short_monthly_crawl_qualifies(home: Home) -> None:
    for month, postings in enumerate([20, 4, 4, 4]):
        land(home, 30 * month, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True]


def test_a_full_list_in_between_restarts_the_fourteen_days(home: Home) -> None:
    sizes = [20] * 3 + [4] * 10 + [20] + [4] * 15
    for day, postings in enumerate(sizes):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * 3 + [False] * 10 + [True] + [False] * 14 + [True]


def test_a_list_that_shrinks_further_restarts_the_wait(home: Home) -> None:
    sizes = [100] * 2 + [20] * 12 + [2] * 15
    for day, postings in enumerate(sizes):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True] * 2 + [False] * 26 + [True]


def test_crawls_that_do_not_qualify_do_not_set_the_usual_size(home: Home) -> None:
    for day, postings in enumerate([20, 20, 4, 4, 4, 4, 4, 4]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert rows(home, "select distinct trailing_median from raw.crawl_runs where trailing_median > 0") == [(20,)]


def test_empty_answers_count_from_the_third_day_in_a_row(home: Home) -> None:
    days = (0, 1, 1.1, 1.2, 2, 2.1, 3, 4)
    for day in days:
        land(home, day, postings=0 if day else 9)
    load(home, SETTINGS)
    assert qualifying(home) == [day in (0, 3, 4) for day in days]


def test_a_filled_answer_restarts_the_days_of_empty_ones(home: Home) -> None:
    for day, postings in enumerate([9, 0, 0, 9, 0, 0, 0]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, False, False, True]


def test_a_copied_or_renamed_run_is_left_out_and_named(home: Home) -> None:
    run = land(home, 0, postings=2)
    copies = [run.with_name(f"{run.name}-copy"), run.parent.with_name("dt=2026-08-02") / run.name]
    for copy in copies:
        shutil.copytree(run, copy)
    gaps = load(home, SETTINGS).gaps
    assert [
        str(copy) in gap and f"contains the run {run.parent.parent.name}/" in gap
        for copy, gap in zip(copies, gaps, strict=True)
    ] == [True, True]
    load(home, SETTINGS)
    assert rows(home, "select count(*) from raw.crawl_runs") == [(1,)]
    assert rows(home, "select count(*) from raw.sightings") == [(2,)]


def test_one_empty_answer_of_a_mostly_empty_board_closes_nothing(home: Home) -> None:
    for day, postings in enumerate([1, 0, 0, 0, 0, 1, 0]):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, True, True, True, False]


def test_an_employer_that_never_had_postings_qualifies_empty(home: Home) -> None:
    land(home, 0, postings=0)
    load(home, SETTINGS)
    assert qualifying(home) == [True]


@pytest.mark.parametrize(
    ("sizes", "later"),
    [
        ([0, 0, 0], [False, False, True]),  # an empty answer counts on the third day, as after complete crawls
        ([2, 5], [False, True]),  # a quarter of 20
        ([2] * 15, [False] * 14 + [True]),
    ],
)
def test_an_employer_whose_crawls_were_all_partial_has_a_size(home: Home, sizes: list[int], later: list[bool]) -> None:
    for day in range(2):
        land(home, day, postings=20, status="partial", errors=1)
    for day, postings in enumerate(sizes, start=2):
        land(home, day, postings)
    load(home, SETTINGS)
    assert qualifying(home) == [False, False, *later]


def test_a_short_partial_crawl_does_not_hide_how_long_the_list_was(home: Home) -> None:
    for week, (postings, errors) in enumerate([(20, 0), (4, 0), (4, 1), (4, 0), (4, 0)]):
        land(home, 7 * week, postings, status="partial" if errors else "complete", errors=errors)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False, False, True]


def test_errors_and_failures_do_not_qualify(home: Home) -> None:
    land(home, 0, postings=5, status="partial", errors=1)
    land(home, 1, postings=0, status="failed", errors=1)
    load(home, SETTINGS)
    assert qualifying(home) == [False, False]


@pytest.mark.parametrize(
    ("postings", "rejected", "qualifies"),
    [(2, 1, True), (2, 2, False), (100, 5, True), (100, 6, False)],
)
def test_a_crawl_with_a_few_broken_objects_still_qualifies(
    home: Home, postings: int, rejected: int, qualifies: bool
) -> None:
    land(home, 0, postings, status="partial", rejected=rejected)
    load(home, SETTINGS)
    assert qualifying(home) == [qualifies]


def test_the_posting_of_a_broken_object_is_loaded_and_older_landings_may_lack_it(home: Home) -> None:
    key = posting_key("ashby", "acme", "1")
    for day, details in enumerate([(key, ["at"]), (None,)]):
        moment = DAY + timedelta(days=day)
        record = RunRecord(run_id=run_id_for("ashby", moment, 1), board="ashby", origin="recorded", as_of=moment)
        run = RunWriter(home, record)
        run.reject("acme", "no title", {"id": 1, "at": day}, *details)
        run.seal([CompanyOutcome(company_slug="acme", status="partial", errors=1, rejected=1)])
    older = land(home, 2, postings=1, status="partial", rejected=1)
    lines = gzip.compress(b'{"company_slug":"acme","reason":"no title","payload":{"id":0}}\n', mtime=0)
    (older / "rejected.jsonl.gz").write_bytes(lines)
    record = read_run(older)
    landed = record.files["rejected.jsonl.gz"]
    landed.bytes, landed.sha256 = len(lines), hashlib.sha256(lines).hexdigest()
    (older / "run.json").write_text(record.model_dump_json())
    # a warehouse from before broken objects recorded their posting
    with connect(home, SETTINGS) as connection:
        for column in ("posting_key", "object_hash"):
            connection.execute(f"alter table raw.rejected_postings drop column {column}")
    assert load(home, SETTINGS).gaps == ()
    query = "select posting_key::varchar, object_hash = ?, payload->>'id' from raw.rejected_postings order by run_id"
    with connect(home, SETTINGS, read_only=True) as connection:
        found = connection.execute(query, [object_hash({"id": 1})]).fetchall()
    assert found == [(key, True, "1"), (None, False, "1"), (None, None, "0")]


def test_broken_objects_do_not_excuse_an_answer_that_failed(home: Home) -> None:
    land(home, 0, postings=100, status="partial", errors=1, rejected=1)
    load(home, SETTINGS)
    assert qualifying(home) == [False]


def test_a_late_run_is_judged_in_chronological_order(home: Home) -> None:
    land(home, 0, postings=20)
    land(home, 2, postings=4)
    land(home, 3, postings=4)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False]
    land(home, 1, postings=6)
    load(home, SETTINGS)
    assert qualifying(home) == [True, True, True, True]  # the median of 20 and 6 is 13; a quarter of it is 3.25


def test_eleven_attempts_at_one_moment_are_judged_in_their_order(home: Home) -> None:
    for attempt in range(1, 12):
        land(home, 0, postings=10 * attempt, attempt=attempt)
    load(home, SETTINGS)
    usual_sizes = "select attempt, trailing_median from raw.crawl_runs order by attempt"
    assert rows(home, usual_sizes) == [
        (1, None), (2, 10), (3, 15), (4, 20), (5, 25), (6, 30), (7, 35), (8, 40), (9, 45), (10, 55), (11, 65),
    ]  # fmt: skip
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-2", "it was somebody else's board", DAY)
    assert rows(home, usual_sizes)[-2:] == [(10, 55), (11, 65)]
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-10", "it was somebody else's board", DAY)
    assert rows(home, usual_sizes)[-1:] == [(11, 55)]


def test_runs_after_a_withdrawn_run_are_judged_again(home: Home) -> None:
    land(home, 0, postings=20)
    for day in (1, 2):
        land(home, day, postings=4)
    load(home, SETTINGS)
    assert qualifying(home) == [True, False, False]
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "it was somebody else's board", DAY)
    assert qualifying(home) == [True, True]


def test_a_withdrawn_run_is_removed_and_not_loaded_again(home: Home) -> None:
    land(home, 0, postings=2)
    load(home, SETTINGS)
    result = withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert result.details[0].startswith("The marts and the published database may still contain it")
    assert rows(home, "select count(*) from raw.sightings") == [(0,)]
    assert load(home, SETTINGS).counts["crawl_runs"] == 0
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
    with pytest.raises(StageError, match=r"run ashby-20260801T000000Z-1 is not in .*/landing"):
        withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert (rows(home, "from raw.crawl_runs"), rows(home, "from raw.sightings order by all")) == before
    assert rows(home, "from ops.withdrawn_runs") == []
    away.rename(home.landing)
    withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "a test crawl", DAY)
    assert rows(home, "from raw.sightings") == []


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


def test_a_home_with_an_odd_path_is_loaded_like_any_other(tmp_path: Path) -> None:
    odd = Home(tmp_path / "run=1" / "board=x" / "Bücher & mehr")
    land(odd, 0, postings=1, rejected=1)
    load(odd, SETTINGS)
    assert rows(odd, "select run_id from raw.sightings") == [("ashby-20260801T000000Z-1",)]
    assert rows(odd, "select run_id, board from raw.rejected_postings") == [("ashby-20260801T000000Z-1", "ashby")]


@pytest.mark.parametrize(
    "change", ["alter table raw.crawl_runs drop column reason", "alter table ops.builds add column reason varchar"]
)
def test_the_error_for_a_warehouse_of_another_version_says_what_to_do(home: Home, change: str) -> None:
    with connect(home, SETTINGS):
        pass
    with duckdb.connect(str(home.warehouse)) as plain:
        plain.execute(change)
    message = r"was made by another version: (raw\.crawl_runs|ops\.builds) differs in reason\. Move it away"
    for read_only in (True, False):
        with pytest.raises(StageError, match=message), connect(home, SETTINGS, read_only=read_only):
            pass


def test_a_warehouse_that_lacks_later_columns_is_kept(home: Home) -> None:
    land(home, 0, postings=1, attempt=12)
    load(home, SETTINGS)
    with duckdb.connect(str(home.warehouse)) as plain:
        plain.execute("alter table raw.crawl_runs drop column attempt")
    message = "an earlier version: raw.crawl_runs lacks attempt. Run `jobmarket load` once"
    with pytest.raises(StageError, match=message), connect(home, SETTINGS, read_only=True):
        pass
    load(home, SETTINGS)
    assert rows(home, "select attempt from raw.crawl_runs") == [(12,)]


def test_reasons_that_an_earlier_version_stored_in_words_become_codes(home: Home) -> None:
    with connect(home, SETTINGS) as connection:
        connection.execute(
            """insert into raw.crawl_runs (qualifies_reason) values
            ('empty answer; counts when repeated on three days'), ('fewer than a quarter of the usual postings'),
            ('403: the server refuses the request'), ('errors during the crawl'), ('empty_list'), (null)"""
        )
    with connect(home, SETTINGS):
        pass
    assert rows(home, "select qualifies_reason from raw.crawl_runs") == [
        ("empty_list",), ("few_postings",), ("incomplete",), ("incomplete",), ("empty_list",), (None,),
    ]  # fmt: skip


@pytest.mark.parametrize(("kept", "message"), [(0, "not a valid DuckDB"), (4_096, "checksum")])
def test_a_damaged_warehouse_is_not_reported_as_locked(home: Home, kept: int, message: str) -> None:
    with connect(home, SETTINGS):
        pass
    home.landing.mkdir(exist_ok=True)
    whole = home.warehouse.read_bytes()
    home.warehouse.write_bytes(whole[: min(kept, 12)] + b"elsewise" + whole[20:kept])
    with pytest.raises(StageError, match=rf"cannot be opened: .*{message}.*Move it away") as refused:
        load(home, SETTINGS)
    assert "locked by another process" not in str(refused.value)


def test_a_truncated_warehouse_says_how_to_rebuild_it(home: Home) -> None:
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute("create table raw.more as select range::varchar as value from range(100_000)")
    home.warehouse.write_bytes(home.warehouse.read_bytes()[: home.warehouse.stat().st_size // 2])
    with pytest.raises(PermanentError, match="Move it away"), connect(home, SETTINGS):
        pass


def test_a_locked_warehouse_gives_a_clear_message(home: Home) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    holder = subprocess.Popen(
        [sys.executable, "-c",
         f"import duckdb; c = duckdb.connect({str(home.warehouse)!r}); print('held', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(StageError, match=rf"locked by another process \(PID {holder.pid}"):
        load(home, SETTINGS)
    holder.communicate(b"\n")
    load(home, SETTINGS)


def test_exchange_rates_are_loaded_and_plausible(home: Home) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    [(euro, dollar, days)] = rows(
        home,
        """select min(per_eur) filter (where currency = 'EUR'), min(per_eur) filter (where currency = 'USD'),
            count(distinct rate_date) from raw.exchange_rates""",
    )
    assert euro == 1.0
    assert 0.7 < float(str(dollar)) < 1.0  # the lowest the dollar ever stood was 0.8252, in October 2000
    assert int(str(days)) > 6000


def test_stages_create_no_home_if_nothing_was_crawled(home: Home) -> None:
    with pytest.raises(StageError, match=r"no landing in .*/home\. `jobmarket crawl"):
        load(home, SETTINGS)
    with pytest.raises(StageError, match="no warehouse in"):
        withdraw(home, SETTINGS, "ashby-20260801T000000Z-1", "x", DAY)
    for stage in ("gate-raw", "build", "gate-marts", "publish"):
        with pytest.raises(StageError, match="no warehouse in"):
            run_stage(Job(home, SETTINGS, "sample", DAY, Silence()), stage)
    for stage in ("archive-landing", "compact-warehouse", "prune-vintages"):  # these have nothing to do yet
        run_stage(Job(home, Settings(landing_archive=home.root / "archive"), "sample", DAY, Silence()), stage)
    assert not home.root.exists()


def test_a_stage_is_recorded_with_its_moment_even_if_none_was_requested(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "publish", lambda _, as_of: StageResult("publish", f"as of {as_of:%F}"))
    run_stage(Job(home, SETTINGS, "sample", None, Silence()), "publish")
    noted = rows(home, "select as_of, summary from ops.stage_runs where stage = 'publish'")
    assert noted == [(DAY.replace(tzinfo=None), f"as of {DAY:%F}")]


def test_a_stage_that_cannot_be_recorded_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def locked(*_: object, **__: object) -> Iterator[None]:
        raise StageError("locked by another process")
        yield

    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "publish", lambda *_: StageResult("publish", "done", ("a detail",)))
    monkeypatch.setattr(pipeline.warehouse, "connect", locked)
    result = run_stage(Job(home, SETTINGS, "sample", DAY, Silence()), "publish")
    assert result.details == ("a detail", "not recorded in ops.stage_runs: locked by another process")


@pytest.mark.parametrize(
    ("error", "outcome", "summary"),
    [
        (KeyboardInterrupt(), "interrupted", "ended by Ctrl-C or a signal"),
        (RuntimeError("Query interrupted"), "interrupted", "ended by Ctrl-C or a signal"),
        (StageError("dbt: 1 node failed"), "failed", "dbt: 1 node failed"),
        (OSError(28, "No space left on device"), "failed", "[Errno 28] No space left on device"),
    ],
)
def test_a_stage_that_does_not_end_is_recorded_with_the_reason(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: BaseException, outcome: str, summary: str
) -> None:
    def fail(job: Job, as_of: datetime) -> StageResult:
        raise error

    land(home, 0, postings=1)
    load(home, SETTINGS)
    monkeypatch.setitem(pipeline._OF_A_MOMENT, "build", fail)
    with pytest.raises(type(error)):
        run_stage(Job(home, SETTINGS, "sample", None, Silence()), "build")
    assert rows(home, "select outcome, summary from ops.stage_runs where stage = 'build'") == [(outcome, summary)]


def test_a_suggested_command_quotes_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "my home")
    for refuse in (lambda: load(home, SETTINGS), lambda: connection.must_exist(home), lambda: open_published(home)):
        with pytest.raises(StageError, match=f"--home '{tmp_path}/my home'`"):
            refuse()


def test_reading_without_a_warehouse_says_what_to_do(home: Home) -> None:
    with pytest.raises(StageError, match=r"no warehouse in .* yet"), connect(home, SETTINGS, read_only=True):
        pass


def test_the_attribution_of_a_source_comes_from_its_newest_run(home: Home) -> None:
    for day, attribution in ((1, "Source: Ashby"), (0, "Older words"), (2, None)):
        as_of = DAY + timedelta(days=day)
        run_id = run_id_for("ashby", as_of, 1)
        record = RunRecord(run_id=run_id, board="ashby", origin="recorded", as_of=as_of, attribution=attribution)
        RunWriter(home, record).seal([CompanyOutcome(company_slug="acme", status="complete")])
        load(home, SETTINGS)
        expected = None if day == 2 else "Source: Ashby"
        assert rows(home, "select board, attribution from raw.attributions") == [("ashby", expected)]
