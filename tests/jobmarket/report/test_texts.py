"""Open postings without a description: the report states that no share counts them, and names their employers."""

from pathlib import Path

import pytest

from jobmarket.report.headline import headline
from jobmarket.report.language import speaking
from jobmarket.report.sections.coverage import coverage_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.test_later_tables import changed

_STOCK = f"week_start = '{LAST_WEEK}' and measure = 'stock'"
_WITH_TEXT = f"""(select any_value(n_postings) from rpt_skill_demand_weekly
    where {_STOCK} and role_family = 'all' and country = 'all')"""


def without_text(n_each: int, *employers: str) -> list[tuple[str, None]]:
    """Statements after which so many open postings of each of these employers have no description."""
    keys = ", ".join(f"'{employer}'" for employer in employers)
    n = n_each * len(employers)
    return [
        ("update fct_posting_weeks set is_canonical = true, measure = 'stock'", None),
        (f"update fct_posting_weeks set week_start = '{LAST_WEEK}' where company_key in ({keys})", None),
        ("update fct_postings set has_description = true", None),
        (
            f"""update fct_postings set has_description = false where posting_key in (
                select posting_key from fct_posting_weeks where company_key in ({keys})
                qualify dense_rank() over (partition by company_key order by posting_key) <= {n_each})""",
            None,
        ),
        ("delete from fct_posting_weeks where rowid not in "
         "(select min(rowid) from fct_posting_weeks group by week_start, posting_key)", None),
        (f"update rpt_role_demand_weekly set n_postings = {n} + {_WITH_TEXT} where {_STOCK}", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n_each", "employers", "whose", "names"),
    [
        (3, ("company-1",), "3 more open postings at Company 1 have", "from Company 1 (3)."),
        (1, ("company-1",), "1 more open posting at Company 1 has", "from Company 1 (1)."),
        (2, ("company-1", "company-4"), "4 more open postings at 2 employers have",
         "from Company 1 (2) and Company 4 (2)."),
        (1, ("company-1", "company-4", "company-9", "company-16"), "4 more open postings at 4 employers have",
         "from 4 employers, most of them from Company 1 (1), Company 16 (1) and Company 4 (1)."),
    ],
)  # fmt: skip
def test_employers_whose_postings_have_no_description_are_named(
    later: Home, tmp_path: Path, n_each: int, employers: tuple[str, ...], whose: str, names: str
) -> None:
    with changed(later, tmp_path, *without_text(n_each, *employers)) as published:
        first, (texts,) = headline(published)[0], coverage_section(published).sentences
        assert f"{whose} no full description and" in first
        assert texts.endswith(f"Those without one are {names}")
        with speaking("de"):
            assert "von Company 1" in headline(published)[0] or f"von {len(employers)} Arb" in headline(published)[0]


def test_the_share_with_a_description_is_of_all_postings(later: Home, tmp_path: Path) -> None:
    all_but_one = (f"update rpt_role_demand_weekly set n_postings = 1 + {_WITH_TEXT} where {_STOCK}", None)
    with changed(later, tmp_path, all_but_one) as published:
        (n,) = published.source.connection.execute(f"select {_WITH_TEXT}").fetchone() or (0,)
        (text,) = coverage_section(published).sentences
    share = f"{n / (n + 1):.1%}"
    assert text.startswith(f"{n} of the week’s {n + 1} open postings have a full description ({share}). Demand is read")
