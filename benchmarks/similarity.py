"""Measure how similar an employer's postings are in the skills they ask for: `python -m benchmarks.similarity HOME`.

For each cell shown in the current published week: the similarity behind its intervals (docs/methods.md, "Share and its
interval"), pooled over its skills, with a bootstrap interval over employers. Below the table: how much single skills of
the largest cell differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from jobmarket.publishing.reader import open_published
from jobmarket.settings import Home
from jobmarket.statistics.panel import Numbers
from jobmarket.statistics.proportions import pooled_similarity

_CELLS = """
select distinct measure, role_family, country, n_postings
from rpt_skill_demand_weekly
where week_start = (from current_week select week_start) and seniority = 'all' and workplace = 'all'
    and status <> 'suppressed'
order by measure desc, n_postings desc, role_family, country
"""
# One row per posting of a cell, with the skills it asks for: the postings that `postings_behind` lists.
_POSTINGS = """
select
    any_value(weeks.company_key) as company,
    list(mentions.skill_name) filter (mentions.skill_id is not null) as skills
from fct_posting_weeks as weeks
join posting_versions as versions using (posting_key, version_no)
left join (from version_skills where level <> 'context') as mentions using (posting_key, version_no)
where weeks.week_start = (from current_week select week_start) and weeks.measure = $measure and weeks.is_canonical
    and versions.has_description and $role_family in ('all', versions.role_family)
    and ($country = 'all' or list_contains(versions.countries, $country))
group by posting_key
"""
# Fewest employers that must ask for a skill for its own similarity to mean anything.
_LEAST_EMPLOYERS = 5


class Cell(NamedTuple):
    """Postings of each employer, and how many of them name each skill: (employers,) and (employers, skills)."""

    size: Numbers
    having: Numbers
    skills: list[str]


def cell_of(postings: pd.DataFrame) -> Cell:
    """Count the postings of a cell: rows with a company and a list of skills, or None."""
    size = postings.groupby("company").size()
    named = postings.explode("skills").dropna(subset="skills")
    having = pd.crosstab(named["company"], named["skills"]).reindex(size.index, fill_value=0)
    return Cell(size.to_numpy(float), having.to_numpy(float), list(having.columns))


def similarity(cell: Cell, weights: Numbers) -> Numbers:
    """Return the pooled similarity for each row of ``weights``, which says how often each employer counts."""
    total, squares, cubes = ((weights @ cell.size**power)[:, None] for power in (1, 2, 3))
    share = (weights @ cell.having) / total
    apart = (
        weights @ cell.having**2
        - 2 * share * (weights @ (cell.having * cell.size[:, None]))
        + share**2 * squares
    )  # fmt: skip
    # what the sum comes to if the postings of each employer are identical
    divisor = 1 - 2 * cubes / (total * squares) + squares / total**2
    return pooled_similarity(share, apart / total**2 / divisor, total, squares)[:, 0]


def drawn(n_employers: int, draws: int, random: np.random.Generator) -> Numbers:
    """Return (draws, employers): how often each employer appears in a bootstrap sample of all employers."""
    return random.multinomial(n_employers, np.full(n_employers, 1 / n_employers), size=draws).astype(float)


def cells(published: duckdb.DuckDBPyConnection) -> Iterator[tuple[tuple[str, str, str], Cell]]:
    """Yield (measure, family, country) and the counts of each shown cell of the current week."""
    for measure, role_family, country, _ in published.execute(_CELLS).fetchall():
        cell = {"measure": measure, "role_family": role_family, "country": country}
        yield (measure, role_family, country), cell_of(published.execute(_POSTINGS, cell).df())


def single_skills(cell: Cell) -> pd.Series[float]:
    """Return the similarity of each skill that enough employers ask for."""
    each = np.ones((1, len(cell.size)))
    asking = np.count_nonzero(cell.having, axis=0)
    return pd.Series(
        {
            name: similarity(Cell(cell.size, cell.having[:, [number]], [name]), each)[0]
            for number, name in enumerate(cell.skills)
            if asking[number] >= _LEAST_EMPLOYERS
        },
        dtype=float,
    ).dropna()


def main(arguments: list[str] | None = None) -> None:
    """Measure, and write the tables to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, metavar="HOME")
    parser.add_argument("--draws", type=int, default=2_000, help="bootstrap draws per interval")
    options = parser.parse_args(arguments)
    random = np.random.default_rng(20260820)
    found = []
    with open_published(Home(options.home)) as published:
        for names, cell in cells(published):
            whole = similarity(cell, np.ones((1, len(cell.size))))[0]
            low, high = np.nanquantile(similarity(cell, drawn(len(cell.size), options.draws, random)), [0.025, 0.975])
            found.append((names, cell, whole))
            if len(found) == 1:
                sys.stdout.write(
                    "| measure | family | country | employers | postings | skills | similarity | 95 % interval |\n"
                    "|---|---|---|---|---|---|---|---|\n"
                )
            row = [*names, len(cell.size), int(cell.size.sum()), len(cell.skills), f"{whole:.2f}"]
            sys.stdout.write(f"| {' | '.join(map(str, row))} | {low:.2f} to {high:.2f} |\n")
    if not found:
        sys.exit("No cell of the current week is above the floors.")
    every = np.array([whole for _, _, whole in found])
    sys.stdout.write(f"\n{len(every)} cells: {every.min():.2f} to {every.max():.2f}, median {np.median(every):.2f}\n")
    names, cell, _ = max(found, key=lambda entry: entry[1].size.sum())
    alone = single_skills(cell)
    if alone.empty:
        return
    low, middle, high, most = alone.quantile([0.25, 0.5, 0.75, 0.95])
    sys.stdout.write(
        f"{len(alone)} skills of {', '.join(names)}, by {_LEAST_EMPLOYERS} employers or more: half between "
        f"{low:.2f} and {high:.2f}, median {middle:.2f}, nineteen of twenty below {most:.2f}, largest "
        f"{alone.max():.2f} ({alone.idxmax()})\n"
    )


if __name__ == "__main__":
    main()
