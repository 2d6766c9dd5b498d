"""Random worlds, built once for all tests of this folder by the project's models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import run_dbt
from tests.statistics import worlds

PLAIN = worlds.Plan(tuple(f"P{number:03d}" for number in range(200)), employers=45, openings=4, growth=0.06)
# The share of seniors rises and pay hardly grows. The markets are large enough to detect one percentage point.
SHIFTED = worlds.Plan(
    tuple(f"M{number:03d}" for number in range(3)), employers=250, openings=14, growth=0.04, seniors=(0.3, 0.6)
)
_MODELS = (
    "int_cell_samples", "int_skill_series", "rpt_skill_demand_weekly",
    "int_attribute_series", "rpt_theme_demand_weekly",
    "int_posting_pay", "int_pay_cells", "int_matched_pay", "rpt_salary_trend_weekly",
    "int_window_sources", "int_window_openings", "int_window_coverage",
    "int_company_sizes", "int_recent_openings", "int_pay_effects", "rpt_skill_salary_premium",
    "rpt_specialisation_salary", "rpt_attribute_salary_premium", "rpt_salary_grid",
)  # fmt: skip


@pytest.fixture(scope="session")
def random_worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Many small markets, transformed by the weekly models."""
    home = Home(tmp_path_factory.mktemp("worlds"))
    Path(home.root).mkdir(exist_ok=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        worlds.write(connection, [PLAIN, SHIFTED], seed=2026)
    run_dbt(home, "run", "--select", *_MODELS)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        yield connection
