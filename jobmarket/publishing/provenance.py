"""The facts about a vintage: where its postings come from, which versions read them, how complete it is."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from jobmarket.publishing import questions
from jobmarket.publishing.variables import stated_variables
from jobmarket.settings import Settings
from jobmarket.stages import as_of_text

# Raised when readers of this version cannot use earlier vintages, because a table, column or fact has changed.
SCHEMA = "5"
# A change makes a new vintage of the same marts.
SCHEMA_VERSION = f"{SCHEMA}.{questions.digest()}"
# Seconds that git may take.
_PATIENCE_S = 30


# The families that make up "all" are read from the marts, so that there is no second list to maintain.
_ML_FAMILIES = (
    "select role_family from (select role_family from marts.rpt_skill_demand_weekly union "
    "select role_family from marts.rpt_salary_trend_weekly) where role_family <> 'all'"
)
# Facts that are one query each, by their keys in `about`.
_COUNTED = {
    "taxonomy_version": (
        "select string_agg(distinct taxonomy_version, ', ' order by taxonomy_version) from marts.fct_postings"
    ),
    "extractor_version": (
        "select string_agg(distinct extractor_version, ', ' order by extractor_version) from marts.fct_postings"
    ),
    "ml_role_families": f"select string_agg(role_family, ', ' order by role_family) from ({_ML_FAMILIES})",
    "boards": "select string_agg(distinct board, ', ' order by board) from marts.fct_postings",
    # One line per source, in the wording it requires.
    "attribution": (
        "select string_agg(attribution, chr(10) order by board) from raw.attributions "
        "where attribution is not null and board in (select board from marts.fct_postings)"
    ),
    "n_postings": "select count(*) from marts.fct_postings",
    # Openings with at least one open copy: as many as in the views open_postings and open_ml_postings.
    "n_postings_open": "select count(distinct canonical_posting_key) from marts.fct_postings where is_open",
    "n_postings_open_ml": (
        "select count(distinct canonical_posting_key) from marts.fct_postings "
        f"where is_open and role_family in ({_ML_FAMILIES})"
    ),
    "n_companies": "select count(company_name) from marts.dim_companies",
    "first_week": "select min(week_start) from marts.rpt_board_coverage_weekly",
    "last_week": "select max(week_start) from marts.rpt_board_coverage_weekly",
}


def about(
    connection: duckdb.DuckDBPyConnection, settings: Settings, vintage_id: str, as_of: datetime
) -> dict[str, str]:
    """Return the rows of table ``about``, from the marts and the runs. Unknown facts are left out.

    Args:
        connection: The warehouse, read-only.
        settings: The installation's settings.
        vintage_id: The id of this publication.
        as_of: The moment of the marts, UTC without time zone.
    """
    facts = {
        "vintage_id": vintage_id,
        "as_of": as_of_text(as_of),
        **_origin(connection, as_of),
        "schema_version": SCHEMA_VERSION,
        "version": _version("jobmarket"),
        "duckdb_version": duckdb.__version__,
        "git_sha": _git_sha(settings),
        **{key: connection.sql(query).fetchall()[0][0] for key, query in _COUNTED.items()},
        **_coverage(connection),
        **stated_variables(settings.dbt_project),
    }
    return {key: str(value) for key, value in facts.items() if value is not None}


def runs(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> list[str]:
    """Return the runs up to a moment, UTC without time zone."""
    rows = connection.execute("select distinct run_id from raw.crawl_runs where as_of <= ? order by run_id", [as_of])
    return [run_id for (run_id,) in rows.fetchall()]


def _origin(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, str]:
    """Return the origin of the crawls. Backfilled history beside them is only in the tables of history."""
    ((origin,),) = connection.execute(
        "select coalesce(string_agg(distinct origin, ', ' order by origin) filter (where origin <> 'backfill'), "
        "any_value(origin)) from raw.crawl_runs where as_of <= ?",
        [as_of],
    ).fetchall()
    return {"origin": origin, "sample_world": str("sample" in str(origin).split(", ")).lower()}


def _coverage(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Return the coverage of the current week."""
    row = connection.execute(
        "select week_start, coverage_ratio, n_companies_qualified, n_companies_expected "
        "from marts.rpt_board_coverage_weekly join marts.dim_weeks using (week_start) "
        "where board = 'all' and is_current and is_over",
    ).fetchone()
    week, ratio, qualified, expected = row or (None, None, None, None)
    return {
        "coverage_week": week,
        "coverage_ratio": None if ratio is None else f"{ratio:.4f}",
        "coverage_companies_qualified": qualified,
        "coverage_companies_expected": expected,
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _git_sha(settings: Settings) -> str | None:
    """Return the commit of this code, followed by ``-dirty`` if files differ. An image gets it from a setting."""
    if settings.git_sha:
        return settings.git_sha
    root, git = Path(__file__).parents[2], shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    try:
        described = subprocess.run(
            [git, "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
    except subprocess.TimeoutExpired:  # a publication must not fail because git is slow on a busy machine
        return None
    return described.stdout.strip() or None if described.returncode == 0 else None
