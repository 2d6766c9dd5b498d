"""The facts about a vintage: where its postings come from, which versions read them, how complete it is."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from jobmarket.publishing import questions
from jobmarket.settings import Settings
from jobmarket.stages import as_of_text

# Version of about, gate_results, manifest.json and the questions. A change makes a new vintage of the same marts.
SCHEMA_VERSION = f"3.{questions.digest()}"


def about(connection: duckdb.DuckDBPyConnection, vintage_id: str, as_of: datetime) -> dict[str, str]:
    """Return the rows of table ``about``, from the marts and the runs. Unknown facts are left out.

    Args:
        connection: The warehouse, read-only.
        vintage_id: The id of this publication.
        as_of: The moment of the marts, UTC without time zone.
    """

    def one(query: str, *values: datetime) -> object:
        row = connection.execute(query, list(values)).fetchone()
        return None if row is None else row[0]

    # The origin of the crawls. Backfilled history beside them is only in the tables of history.
    origin = one(
        "select coalesce(string_agg(distinct origin, ', ' order by origin) filter (where origin <> 'backfill'), "
        "any_value(origin)) from raw.crawl_runs where as_of <= ?",
        as_of,
    )
    coverage = connection.execute(
        "select week_start, coverage_ratio, n_companies_qualified, n_companies_expected "
        "from marts.rpt_board_coverage_weekly join marts.dim_weeks using (week_start) "
        "where board = 'all' and is_current and is_over",
    ).fetchone()
    week, ratio, qualified, expected = coverage or (None, None, None, None)
    # The families that make up "all" are read from the marts, so that there is no second list to maintain.
    ml_families = (
        "select role_family from (select role_family from marts.rpt_skill_demand_weekly union "
        "select role_family from marts.rpt_salary_trend_weekly) where role_family <> 'all'"
    )
    facts = {
        "vintage_id": vintage_id,
        "as_of": as_of_text(as_of),
        "origin": origin,
        "sample_world": str("sample" in str(origin).split(", ")).lower(),
        "schema_version": SCHEMA_VERSION,
        "version": _version("jobmarket"),
        "duckdb_version": duckdb.__version__,
        "git_sha": git_sha(),
        "taxonomy_version": one(
            "select string_agg(distinct taxonomy_version, ', ' order by taxonomy_version) from marts.fct_postings"
        ),
        "extractor_version": one(
            "select string_agg(distinct extractor_version, ', ' order by extractor_version) from marts.fct_postings"
        ),
        "ml_role_families": one(f"select string_agg(role_family, ', ' order by role_family) from ({ml_families})"),  # noqa: S608  # only constants
        "boards": one("select string_agg(distinct board, ', ' order by board) from marts.fct_postings"),
        # One line per source, in the wording it requires.
        "attribution": one(
            "select string_agg(attribution, chr(10) order by board) from raw.attributions "
            "where attribution is not null and board in (select board from marts.fct_postings)"
        ),
        "n_postings": one("select count(*) from marts.fct_postings"),
        # Openings with at least one open copy: as many as in the views open_postings and open_ml_postings.
        "n_postings_open": one("select count(distinct canonical_posting_key) from marts.fct_postings where is_open"),
        "n_postings_open_ml": one(
            "select count(distinct canonical_posting_key) from marts.fct_postings "
            f"where is_open and role_family in ({ml_families})"  # noqa: S608  # only constants
        ),
        "n_companies": one("select count(company_name) from marts.dim_companies"),
        "first_week": one("select min(week_start) from marts.rpt_board_coverage_weekly"),
        "last_week": one("select max(week_start) from marts.rpt_board_coverage_weekly"),
        "coverage_week": week,
        "coverage_ratio": None if ratio is None else f"{ratio:.4f}",
        "coverage_companies_qualified": qualified,
        "coverage_companies_expected": expected,
    }
    return {key: str(value) for key, value in facts.items() if value is not None}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def git_sha() -> str | None:
    """Return the commit of this code, followed by ``-dirty`` if files differ. An image gets it from a setting."""
    if configured := Settings().git_sha:
        return configured
    root, git = Path(__file__).parents[2], shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    described = subprocess.run(
        [git, "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return described.stdout.strip() or None if described.returncode == 0 else None
