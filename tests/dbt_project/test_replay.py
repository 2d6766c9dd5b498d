"""A repeated build changes nothing, a build as of an earlier day gives the past, a new taxonomy rereads all history."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from math import isclose
from pathlib import Path
from typing import Any

import duckdb
import pytest
from scipy import stats

from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import run_dbt

Ask = Callable[[str], list[dict[str, Any]]]


def _contents(home: Home) -> dict[str, tuple[int, int]]:
    """Return the number of rows and a checksum of each table that dbt makes."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        names = connection.execute(
            """select schema_name || '.' || table_name from duckdb_tables()
            where schema_name in ('intermediate', 'marts')"""
        ).fetchall()
        return {
            name: connection.execute(f"select count(*), bit_xor(hash(t)) from {name} as t").fetchone()  # type: ignore[misc]
            for (name,) in names
        }


def test_a_second_build_keeps_incremental_models_unchanged_and_reads_no_text_again(
    loaded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(loaded.root / name, home.root / name)
    before = _contents(home)
    assert {"intermediate.int_posting_facts", "intermediate.int_pair_findings"} <= set(before)

    def no_extraction(*_: object, **__: object) -> None:
        raise AssertionError("a text was read again")

    monkeypatch.setattr("jobmarket.extract.batch._extract", no_extraction)
    monkeypatch.setattr("jobmarket.extract.batch.Extraction._start", no_extraction)
    # only the incremental models and those that read them: every build makes all others from scratch, and the next test
    # checks that a build after another one gives the same result
    nodes = run_dbt(home, "run", "--select", "config.materialized:incremental+1")
    assert [node.kind for node in nodes].count("model") > 2
    assert _contents(home) == before


def test_builds_week_after_week_give_the_tables_of_a_single_build(loaded: Home, earlier: Home, tmp_path: Path) -> None:
    """Later crawls bring edits, copies, late postings and closings, which change tables built before them."""
    home = Home(tmp_path)
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(earlier.root / name, home.root / name)
    before = _contents(home)
    run_dbt(home, "run")
    after, at_once = _contents(home), _contents(loaded)
    # int_pair_findings keeps findings on contents that have changed since
    for contents in (before, after, at_once):
        contents.pop("intermediate.int_pair_findings")
    assert after == at_once
    changed = {name for name in after if after[name] != before[name]}
    assert {"intermediate.int_posting_facts", "marts.fct_postings", "marts.rpt_skill_demand_weekly"} <= changed


def test_pairs_are_judged_again_under_another_name_of_their_employer(loaded: Home, tmp_path: Path) -> None:
    """The judge removes the employer's name from titles, and the registry may correct it although no text changes."""
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    stale = """select count(*) from intermediate.int_pair_findings as findings
        join intermediate.int_pair_candidates as pairs using (first_content, second_content)
        where findings.place = 'stale' and (pairs.company_key = $name) = $is_it"""
    with duckdb.connect(str(home.warehouse)) as connection:
        name = connection.execute(
            "select company_key from intermediate.int_pair_candidates where company_names[1] is not null limit 1"
        ).fetchall()[0][0]
        connection.execute("update intermediate.int_pair_findings set place = 'stale'")
        connection.execute(
            "update intermediate.int_posting_contents set company_name = company_name || ' Labs' where company_key = ?",
            [name],
        )
        its, others = ({"name": name, "is_it": is_it} for is_it in (True, False))
        before = [connection.execute(stale, chosen).fetchone() for chosen in (its, others)]
    run_dbt(home, "run", "--select", "int_pair_candidates", "int_pair_findings")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        after = [connection.execute(stale, chosen).fetchone() for chosen in (its, others)]
    assert before[0] != (0,)
    assert after == [(0,), before[1]]


def test_a_new_taxonomy_version_re_reads_all_history(
    loaded: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    with duckdb.connect(str(home.warehouse)) as connection:
        before = connection.execute(
            "select count(*), any_value(taxonomy_version) from intermediate.int_posting_facts"
        ).fetchone()
        connection.execute(
            "insert into seeds.skills (skill_id, name, category) values ('our_van', 'Now with a van', 'tool')"
        )
    with caplog.at_level("INFO", "jobmarket.facts"):
        run_dbt(home, "run", "--select", "int_posting_facts")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        versions = connection.execute(
            "select taxonomy_version, count(*) from intermediate.int_posting_facts group by all"
        ).fetchall()
        with_new_skill = connection.execute(
            """select count(*) from intermediate.int_posting_facts
            where list_contains(list_transform(skills, lambda skill: skill.name), 'Now with a van')"""
        ).fetchone()
    assert before is not None
    assert [count for _, count in versions] == [before[0]]
    assert versions[0][0] != before[1]
    assert with_new_skill == (1,)
    n = f"{before[0]:,}"
    assert f"facts: {n} of {n} texts read with taxonomy {versions[0][0]}, {n} of them again" in caplog.messages


def test_texts_are_read_again_if_other_rules_of_staging_made_them(loaded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    by_other_rules = "select count(*) from intermediate.int_posting_facts where staging_version = 'other'"
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "update intermediate.int_posting_facts set staging_version = 'other' where role_family <> 'other'"
        )
        assert connection.execute(by_other_rules).fetchone() != (0,)
    run_dbt(home, "run", "--select", "int_posting_facts")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        assert connection.execute(by_other_rules).fetchone() == (0,)


def test_tables_of_an_earlier_version_get_the_new_columns_and_are_filled_again(loaded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    columns = {"int_posting_facts": "staging_version", "int_pair_findings": "company_names"}
    with duckdb.connect(str(home.warehouse)) as connection:
        for table, column in columns.items():
            connection.execute(f"alter table intermediate.{table} drop column {column}")
    run_dbt(home, "run", "--select", *columns)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        for table, column in columns.items():
            rows = connection.execute(f"select count(*), count({column}) from intermediate.{table}").fetchall()
            assert rows[0][0] == rows[0][1] > 0, table


def test_dbt_by_hand_reads_no_texts_with_other_word_lists_than_those_loaded(loaded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update seeds.sector_words set weight = weight + 1 where value = 'bank'")
    with pytest.raises(AssertionError, match="The seeds sector_words in the warehouse are not the same as in"):
        run_dbt(home, "run", "--select", "int_posting_facts")


def test_as_of_an_earlier_day_later_crawls_do_not_exist(ask_earlier: Ask) -> None:
    rows = ask_earlier("select native_id from marts.fct_postings where native_id in ('fresh', 'n2', 'n1', 'back')")
    assert sorted(row["native_id"] for row in rows) == ["back", "n1"]
    rows = ask_earlier(
        """select native_id, last_seen_at, closed_at, n_reopened from marts.fct_postings
        where native_id in ('back', 'h0', 't1') order by native_id"""
    )
    fifth, twelfth, nineteenth = (datetime(2026, 1, day, 6) for day in (5, 12, 19))  # noqa: DTZ001
    assert [tuple(row.values()) for row in rows] == [
        ("back", fifth, twelfth, 0),
        ("h0", fifth, None, 0),
        ("t1", nineteenth, None, 0),
    ]
    assert ask_earlier("select max(week_start) as last from marts.rpt_board_coverage_weekly") == [
        {"last": date(2026, 1, 19)}
    ]


def test_shares_above_the_floor_carry_interval_coverage_and_status(ask_earlier: Ask) -> None:
    rows = ask_earlier(
        """select week_start, n_postings, n_companies, n_with_skill, n_required, share, share_low, share_high,
            required_share, status, round(coverage_ratio, 4) as coverage_ratio
        from marts.rpt_skill_demand_weekly
        where measure = 'stock' and role_family = 'all' and country = 'all' and skill_id = 'kubernetes'
            and seniority = 'all' and workplace = 'all'
        order by week_start"""
    )
    # of 21, 22 and 22 openings, one has no text and one is not in the market; every text prefers Kubernetes
    assert [(r["n_postings"], r["n_companies"], r["n_with_skill"], r["n_required"]) for r in rows] == [
        (19, 4, 19, 0),
        (20, 5, 20, 0),
        (20, 5, 20, 0),
    ]
    # As of the 19th no week ended 14 days ago. Of the 21 and 22 last known postings, hollow's 1 and in the third week
    # acme's 5 are not covered. In the second week, newcomer's 2 are crawled for the first time.
    assert [(r["status"], r["coverage_ratio"]) for r in rows] == [
        ("provisional", round(20 / 21, 4)),
        ("coverage_break", round(21 / 22, 4)),
        ("coverage_break", round(16 / 22, 4)),
    ]
    # the similarity of an employer's postings is unknown, so the effective number is that of employers of equal size
    effective = ask_earlier(
        """select sum(n) ** 2 / sum(n * n) as employers from (
            select weeks.week_start, postings.company_key, count(*) as n
            from marts.fct_posting_weeks as weeks join marts.fct_postings as postings using (posting_key)
            where weeks.measure = 'stock' and weeks.is_canonical and postings.has_description group by all)
        group by week_start order by week_start"""
    )
    for row, employers in zip(rows, (float(week["employers"]) for week in effective), strict=True):
        assert row["share"] == row["share_high"] == 1.0
        t = stats.t.ppf(0.975, employers + 3)
        assert isclose(row["share_low"], 1 / (1 + t**2 / employers), rel_tol=1e-3)
        assert row["required_share"] == 0.0
