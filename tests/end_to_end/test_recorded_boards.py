"""The complete pipeline on recorded boards: every posting arrives once, and a second run adds nothing."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from jobmarket.cli import FIRST_QUERIES
from tests.measured import show

from .conftest import FinishedRun, run_pipeline

# The test parses these boards itself instead of using the spiders, so that it does not share their mistakes.
SYSTEMS = {
    "greenhouse": re.compile(r"boards-api\.greenhouse\.io/v1/boards/([^/]+)/jobs"),
    "lever": re.compile(r"api\.(?:eu\.)?lever\.co/v0/postings/([^/?]+)"),
    "ashby": re.compile(r"api\.ashbyhq\.com/posting-api/job-board/([^/?]+)"),
}


def recorded_postings(folder: Path) -> dict[str, dict[tuple[str, str], list[dict[str, Any]]]]:
    """Return the recorded JSON objects by board and (company, id), from all successful responses in a folder."""
    recorded: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {name: defaultdict(list) for name in SYSTEMS}
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for board, pattern in SYSTEMS.items():
                match = pattern.search(row["url"])
                if match and row["status"] == "200":
                    body = json.loads((folder / row["file"]).read_text(encoding="utf-8"))
                    for job in body["jobs"] if isinstance(body, dict) else body:
                        if job.get("isListed", True):
                            recorded[board][unquote(match[1]), str(job["id"])].append(job)
    return recorded


def counts(run: FinishedRun) -> dict[str, list[tuple[object, ...]]]:
    """Return the row counts and the vintage, which a second run must not change."""
    raw = """select 'versions', count(*) from raw.posting_versions union all
        select 'sightings', count(*) from raw.sightings union all select 'runs', count(*) from raw.crawl_runs"""
    return {"raw": run.raw(raw), "about": run.published("from about where key = 'vintage_id'")}


@pytest.mark.timeout(900)
def test_every_posting_of_every_response_arrives_once(real_run: FinishedRun, shared_dir: Path) -> None:
    assert real_run.exit_code == 0, real_run.output
    recorded = recorded_postings(shared_dir / "boards")
    expected = {board: len(postings) for board, postings in recorded.items()}
    assert sum(expected.values()) > 2000, "the test does not parse the recordings correctly"
    raw = dict(real_run.raw("select board, count(distinct posting_key) from raw.posting_versions group by board"))
    in_raw = "raw.sightings join raw.posting_versions using (posting_key, content_hash)"
    sighted = dict(real_run.raw(f"select board, count(*) from {in_raw} group by board"))
    published = dict(real_run.published("select board, count(*) from fct_postings group by board"))
    table = [f"{b:<12}{expected[b]:>7,}{raw[b]:>7,}{sighted[b]:>7,}{published[b]:>7,}" for b in expected]
    show("board      recorded    raw   seen  published", table)
    # The recordings also include feeds. Each of their postings must arrive once as well.
    assert raw.keys() > expected.keys()
    assert raw == sighted == published
    assert {board: raw[board] for board in expected} == expected
    for board, number in expected.items():
        assert re.search(rf"{board}\D.*\b{number:,}\b", real_run.output), f"the output does not say {board}: {number}"


@pytest.mark.timeout(900)
def test_a_published_posting_leads_back_to_the_boards_object(real_run: FinishedRun, shared_dir: Path) -> None:
    recorded = recorded_postings(shared_dir / "boards")
    rows = real_run.raw(
        """select facts.board, facts.company_slug, facts.native_id, versions.payload
        from marts.fct_postings as facts
        join raw.posting_versions as versions using (posting_key, content_hash)"""
    )
    assert len(rows) > 2000
    for board, slug, native_id, payload in (row for row in rows if row[0] in recorded):
        candidates = recorded[str(board)][str(slug), str(native_id)]
        assert json.loads(str(payload)) in candidates, (board, slug, native_id)


@pytest.mark.timeout(900)
def test_a_second_crawl_adds_nothing(real_run: FinishedRun, shared_dir: Path) -> None:
    before = counts(real_run)
    for command, arguments in (("crawl", ("--boards", str(shared_dir / "boards"))), ("load", ())):
        again = run_pipeline(real_run.home, *arguments, "--as-of", "2026-08-20", command=command)
        assert again.exit_code == 0, again.output
    assert counts(again) == before


@pytest.mark.timeout(900)
def test_the_last_line_names_missing_boards(real_run: FinishedRun) -> None:
    assert "lever/netflix" in real_run.output.splitlines()[-1]
    [(status, reason)] = real_run.raw("select status, reason from raw.crawl_runs where company_slug = 'netflix'")
    assert status == "failed"
    assert "404" in str(reason)


@pytest.fixture(scope="module")
def small_run(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    # without data tests, which run on the sample world, the real recordings and the small world of tests/dbt_project
    home = tmp_path_factory.mktemp("small") / "home"
    return run_pipeline(home, "--boards", str(recordings), "--as-of", "2026-08-20", is_tested=False)


def test_small_recordings_arrive_once_and_broken_ones_are_named(small_run: FinishedRun) -> None:
    assert small_run.exit_code == 4, small_run.output
    assert small_run.output.splitlines()[-1].startswith("Incomplete: ")
    gaps = small_run.raw("select board || '/' || company_slug, reason from raw.crawl_runs where status <> 'complete'")
    assert len(gaps) >= 5
    for name, reason in gaps:
        assert str(name) in small_run.output
        assert reason
    published = small_run.published("select count(*), count(distinct posting_key) from fct_postings")
    # a comment is landed whole and published as its jobs
    raw = small_run.raw(
        """select count(*), count(*) from (
            select posting_key from raw.posting_versions where board <> 'hn'
            union select posting_key from staging.stg_comment_jobs where rejected_because is null)"""
    )
    assert published == raw
    assert small_run.raw("select count(*) from staging.stg_comment_jobs where rejected_because is not null") == [(1,)]
    assert published[0] > (5, 5)


def test_a_second_run_on_small_recordings_adds_nothing(small_run: FinishedRun, recordings: Path) -> None:
    before, dbt_log = counts(small_run), small_run.home / "logs" / "dbt.log"
    written = dbt_log.stat().st_size
    again = run_pipeline(small_run.home, "--boards", str(recordings), "--as-of", "2026-08-20", is_tested=False)
    assert again.exit_code == small_run.exit_code, "missing boards must be reported again"
    assert again.output.splitlines()[-1] == small_run.output.splitlines()[-1]
    assert counts(again) == before
    assert "Unable to do partial parsing" not in dbt_log.read_text(encoding="utf-8")[written:]


def test_the_queries_in_the_documentation_run(small_run: FinishedRun, root: Path) -> None:
    readme = re.findall(r"```sql\n(.+?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    runbook = re.findall(r"```sql\n(.+?)```", (root / "docs" / "runbook.md").read_text(encoding="utf-8"), re.DOTALL)
    assert readme
    assert runbook
    for query in (*readme, *FIRST_QUERIES):
        small_run.published(query)
    for query in runbook:  # on the private warehouse, unless the query states otherwise
        run_query = small_run.published if query.startswith("-- published database") else small_run.raw
        run_query(query)


def test_the_warehouse_can_be_rebuilt_from_the_landing(small_run: FinishedRun, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(small_run.home / "landing", home / "landing")
    assert run_pipeline(home, command="load").exit_code == 0
    table = "from raw.posting_versions select * exclude (landed_run_id) order by posting_key, content_hash"
    assert FinishedRun(home, 0, "").raw(table) == small_run.raw(table)
