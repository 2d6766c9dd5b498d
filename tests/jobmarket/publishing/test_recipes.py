"""Recipes of the cookbook: one interval has its stated coverage, and a posting that was not read counts in no share."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.measured import show

EMPLOYERS, SHARED = 24, 12
# The samples of the recipe, as (seniority, is now, sign).
_SAMPLES = [("senior", True, 1), ("senior", False, -1), ("junior", True, -1), ("junior", False, 1)]


def recipe(root: Path, title: str = "Do two shares, or two changes, differ") -> str:
    page = (root / "docs" / "cookbook.md").read_text(encoding="utf-8")
    found = re.search(rf"### {re.escape(title)}.*?```sql\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def market(rng: np.random.Generator, moves: float) -> pd.DataFrame:
    """Draw postings of employers, half of which hire both seniors and juniors; demand rises in those for seniors."""
    taste = rng.beta(3.2, 4.8, EMPLOYERS) * 0.8
    of_one = (EMPLOYERS - SHARED) // 2
    rows = []
    for sample, (seniority, is_now, _) in enumerate(_SAMPLES):
        n = 1 + rng.poisson(4, EMPLOYERS)
        n[slice(of_one) if seniority == "junior" else slice(EMPLOYERS - of_one, None)] = 0
        employer = np.repeat(np.arange(EMPLOYERS), n)
        chance = taste + (moves if seniority == "senior" and is_now else 0.0)
        rows.append(
            pd.DataFrame(
                {
                    "posting_key": [f"{sample}-{number}" for number in range(len(employer))], "seniority": seniority,
                    "is_now": is_now, "company_key": employer,
                    "asks_for_it": rng.random(len(employer)) < chance[employer],
                }
            )
        )  # fmt: skip
    return pd.concat(rows)


@pytest.fixture
def published() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """create table drawn (posting_key varchar, seniority varchar, is_now boolean, company_key integer,
            asks_for_it boolean);
        create view fct_postings as select posting_key, company_key from drawn;
        create table rpt_skill_demand_weekly as select date '2026-07-20' as week_start, 'final' as status;
        create macro postings_behind(skill, week, seniority := 'all') as table
            select posting_key, asks_for_it from drawn as postings
            where postings.seniority = seniority and is_now = (week = date '2026-07-20')"""
    )
    return connection


def judged(
    published: duckdb.DuckDBPyConnection, query: str, postings: pd.DataFrame
) -> tuple[float, float, float, float]:
    published.execute("delete from drawn")
    published.register("market", postings)
    published.execute("insert into drawn select * from market")
    found = published.execute(query).fetchone()
    assert found
    return found[0], found[1], found[2], found[3]


def test_the_interval_covers_the_difference_of_two_changes(root: Path, published: duckdb.DuckDBPyConnection) -> None:
    rng, query, planted = np.random.default_rng(3), recipe(root), 0.15
    results = [judged(published, query, market(rng, planted)) for _ in range(200)]
    coverage = np.mean([low <= planted <= high for _, low, high, _ in results])
    width = np.mean([high - low for _, low, high, _ in results])
    show(f"coverage {coverage:.3f}, {width:.3f} wide")
    assert 0.93 <= coverage <= 0.99
    assert np.mean([difference for difference, *_ in results]) == pytest.approx(planted, abs=0.02)
    assert width < 0.8


def test_employers_in_both_cells_are_not_counted_as_independent(
    root: Path, published: duckdb.DuckDBPyConnection
) -> None:
    """An employer that asks in all its postings, or in none, does not move the difference, however employers differ."""
    postings = market(np.random.default_rng(1), 0.0)
    shared = postings[postings.company_key.between((EMPLOYERS - SHARED) // 2, (EMPLOYERS + SHARED) // 2 - 1)]
    alike = pd.concat(
        shared.drop_duplicates("company_key").assign(
            posting_key=lambda rows, sample=sample: f"{sample}-" + rows.company_key.astype(str),
            seniority=seniority, is_now=is_now, asks_for_it=lambda rows: rows.company_key % 2 == 0,
        )
        for sample, (seniority, is_now, _) in enumerate(_SAMPLES)
    )  # fmt: skip
    # one employer has recently begun to ask juniors too
    alike.loc[(alike.company_key == 7) & (alike.seniority == "junior") & alike.is_now, "asks_for_it"] = True
    difference, low, high, effective = judged(published, recipe(root), alike)
    assert difference == pytest.approx(-1 / SHARED)
    assert effective < 3
    assert low < difference < high


@pytest.mark.parametrize(
    "title",
    [
        "Which employers state pay, and which do not?",
        "How does pay differ with and without a skill?",
        "How many open postings are remote?",
        "What experience and degrees are asked for?",
    ],
)
def test_a_posting_without_a_text_counts_in_no_share_of_a_recipe(root: Path, title: str) -> None:
    published = duckdb.connect()
    published.execute(
        """create table fct_postings as
        select number as posting_key, number % 2 = 0 as has_description, number % 4 = 0 as has_pay,
            true as is_canonical, 1 as company_key, 'Acme' as company_name, 'ml_engineer' as role_family,
            'US' as country, 'senior' as seniority, 'senior' as experience_band, 100 as salary_max_usd_annual,
            if(has_description, 'remote', 'unspecified') as workplace, if(has_description, 'phd', 'none') as degree_min
        from range(100) as numbers (number);
        create view open_postings as from fct_postings;
        create view open_ml_postings as from fct_postings;
        create table dim_companies as select 1 as company_key, 'Acme' as company_name;
        create table fct_posting_skills as
        select posting_key, 'pytorch' as skill_id, 'required' as level from fct_postings where has_pay"""
    )
    query = recipe(root, title)
    answer = published.sql(query).fetchall()
    published.execute("delete from fct_postings where not has_description")
    assert answer == published.sql(query).fetchall() != []
