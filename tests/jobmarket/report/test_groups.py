"""Skills by level and workplace: the groups listed, and how many postings are in none of them."""

from pathlib import Path

import pytest

from jobmarket.report.sections.groups import TABLE, levels_and_workplaces
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed

_WEEK = f"week_start = date '{LAST_WEEK}' and measure = 'stock' and role_family = 'all' and country = 'all'"


@pytest.mark.parametrize(("of_seniors", "words"), [(400, "Not listed: 600 of 1,000 postings, which"), (1000, None)])
def test_postings_of_levels_that_are_not_listed_are_counted(
    sample: Home, tmp_path: Path, of_seniors: int, words: str | None
) -> None:
    # levels that are too small, and what states no level, have no rows
    only_seniors = (
        f"delete from {TABLE} where {_WEEK} and (seniority <> 'all' or workplace <> 'all')",
        f"update {TABLE} set n_postings = 1000 where {_WEEK}",
        f"insert into {TABLE} select * replace ('senior' as seniority, {of_seniors} as n_postings) from {TABLE} "
        f"where {_WEEK}",
    )
    with changed(sample, tmp_path, *((change, None) for change in only_seniors)) as published:
        levels, workplaces = levels_and_workplaces(published)
    assert workplaces.absence
    assert levels.table is not None
    assert [row[0].text for row in levels.table.rows] == ["Senior"]
    note = levels.note.replace("\u202f", " ")
    assert (words in note) if words else ("Not listed" not in note)
