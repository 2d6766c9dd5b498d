"""An edit counts from the week in which it is seen: figures published for earlier weeks do not change."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import run_dbt

# In the third week's crawls every text asks for TensorFlow instead of PyTorch and for a doctorate, offers remote work,
# and states other pay and another date. An engineer and an accountant swap titles, and jobs in Dublin move to Berlin.
_EDIT = """
create temp table later as select run_id from raw.crawl_runs where as_of >= timestamp '2026-01-19';
create temp table edited as
    select distinct posting_key, content_hash, md5(content_hash || ' edited')::uuid as new_hash
    from raw.sightings where run_id in (from later);
insert into raw.posting_versions
    select versions.* replace (
        edited.new_hash as content_hash,
        case native_id when 's0' then 'Accountant' when 's3' then 'Machine Learning Engineer' else title end as title,
        if(company_slug = 'shrunk', 'Berlin, Germany', location_text) as location_text,
        if(company_slug = 'shrunk', (
            select any_value(job_locations) from raw.posting_versions where company_slug = 'steady'
        ), job_locations) as job_locations,
        null as base_salary,
        timestamp '2025-12-01' as date_posted,
        replace(description_html, 'PyTorch', 'TensorFlow')
            || '<p>A PhD is required. Fully remote. Salary: $150,000 - $160,000 per year.</p>' as description_html
    )
    from raw.posting_versions as versions join edited using (posting_key, content_hash);
update raw.sightings set content_hash = edited.new_hash
    from edited
    where edited.posting_key = sightings.posting_key and edited.content_hash = sightings.content_hash
        and sightings.run_id in (from later);
"""
# These estimate from all lives up to the moment of the build, whatever week_start their rows have.
_OF_THE_MOMENT = {"rpt_time_to_close", "rpt_time_to_close_quarterly"}


def _weekly(connection: duckdb.DuckDBPyConnection) -> list[str]:
    names = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'marts' and table_name like 'rpt_%' "
        "and column_name = 'week_start' order by all"
    ).fetchall()
    return [name for (name,) in names if name not in _OF_THE_MOMENT]


def _rows(connection: duckdb.DuckDBPyConnection, table: str, weeks: str) -> list[str]:
    """Return the rows of some weeks as text, with numbers to nine digits."""
    kinds = connection.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = 'marts' and table_name = ?", [table]
    ).fetchall()
    shown = ", ".join(f"format('{{:.9g}}', {name})" if kind == "DOUBLE" else name for name, kind in kinds)
    return [
        str(row)
        for row in connection.execute(f"select {shown} from marts.{table} where {weeks} order by all").fetchall()
    ]


@pytest.fixture(scope="module")
def edited(earlier: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The world as of the third week, with all its texts edited in that week's crawls."""
    home = Home(tmp_path_factory.mktemp("edited"))
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(Path(earlier.root) / name, home.root / name)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(_EDIT)
    run_dbt(home, "run", as_of="2026-01-19T06:00:00Z", min_postings=4, min_companies=3)
    return home


def test_an_edit_changes_no_figure_of_earlier_weeks(earlier: Home, edited: Home) -> None:
    with (
        duckdb.connect(str(earlier.warehouse), read_only=True) as before,
        duckdb.connect(str(edited.warehouse), read_only=True) as after,
    ):
        tables = _weekly(after)
        assert {"rpt_skill_demand_weekly", "rpt_salary_grid", "rpt_employers", "rpt_vintages"} < set(tables)
        past, running = "week_start < date '2026-01-19'", "week_start >= date '2026-01-19'"
        moved = {table for table in tables if _rows(before, table, past) != _rows(after, table, past)}
        assert moved == set()
        assert sum(len(_rows(after, table, past)) for table in tables) > 200
        counted = {table for table in tables if _rows(before, table, running) != _rows(after, table, running)}
        assert {"rpt_skill_demand_weekly", "rpt_role_demand_weekly", "rpt_salary_trend_weekly"} <= counted


def test_each_week_counts_the_content_from_before_or_after_the_edit(edited: Home) -> None:
    with duckdb.connect(str(edited.warehouse), read_only=True) as connection:
        skills = connection.execute(
            """select weeks.week_start::varchar, string_agg(skills.skill_id, ' ' order by skills.skill_id)
            from marts.fct_posting_weeks as weeks
            join marts.fct_postings as postings using (posting_key)
            join (
                from marts.fct_posting_skills union all by name from marts.fct_earlier_version_skills
            ) as skills on skills.posting_key = weeks.posting_key and skills.version_no = weeks.version_no
            where postings.native_id = 't1' and weeks.measure = 'stock' and skills.level <> 'context'
            group by all order by all"""
        ).fetchall()
        assert skills == [
            ("2026-01-05", "kubernetes python pytorch"),
            ("2026-01-12", "kubernetes python pytorch"),
            ("2026-01-19", "kubernetes python tensorflow"),
        ]
        moved = connection.execute(
            """select postings.native_id, weeks.week_start::varchar from marts.fct_posting_weeks as weeks
            join marts.fct_postings as postings using (posting_key)
            where postings.native_id in ('s0', 's3') and weeks.measure = 'stock' order by all"""
        ).fetchall()
        assert moved == [("s0", "2026-01-05"), ("s0", "2026-01-12"), ("s3", "2026-01-19")]
