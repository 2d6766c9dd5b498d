"""Rows are loaded once, unedited, and all or none."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.identity import object_hash, posting_key
from jobmarket.landing import CompanyOutcome, RunRecord, read_run, run_id_for
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import StageError
from jobmarket.warehouse import connect, connection, load, loading
from tests.jobmarket.warehouse.runs import DAY, SETTINGS, land, rows


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


def test_only_runs_up_to_the_moment_are_loaded(home: Home) -> None:
    land(home, 0, postings=1)
    land(home, 5, postings=1)
    assert load(home, SETTINGS, DAY + timedelta(days=2)).counts["runs"] == 1
    assert load(home, SETTINGS).counts["runs"] == 1


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
    assert load(home, SETTINGS).gaps == ()
    query = "select posting_key::varchar, object_hash = ?, payload->>'id' from raw.rejected_postings order by run_id"
    with connect(home, SETTINGS, read_only=True) as connection:
        found = connection.execute(query, [object_hash({"id": 1})]).fetchall()
    assert found == [(key, True, "1"), (None, False, "1"), (None, None, "0")]


def test_a_home_with_an_odd_path_is_loaded_like_any_other(tmp_path: Path) -> None:
    odd = Home(tmp_path / "run=1" / "board=x" / "Bücher & mehr")
    land(odd, 0, postings=1, rejected=1)
    load(odd, SETTINGS)
    assert rows(odd, "select run_id from raw.sightings") == [("ashby-20260801T000000Z-1",)]
    assert rows(odd, "select run_id, board from raw.rejected_postings") == [("ashby-20260801T000000Z-1", "ashby")]


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


def test_the_attribution_of_a_source_comes_from_its_newest_run(home: Home) -> None:
    for day, attribution in ((1, "Source: Ashby"), (0, "Older words"), (2, None)):
        as_of = DAY + timedelta(days=day)
        run_id = run_id_for("ashby", as_of, 1)
        record = RunRecord(run_id=run_id, board="ashby", origin="recorded", as_of=as_of, attribution=attribution)
        RunWriter(home, record).seal([CompanyOutcome(company_slug="acme", status="complete")])
        load(home, SETTINGS)
        expected = None if day == 2 else "Source: Ashby"
        assert rows(home, "select board, attribution from raw.attributions") == [("ashby", expected)]
