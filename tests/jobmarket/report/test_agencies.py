"""The report states how many openings agencies advertise, and does not list agencies among the employers."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobmarket.report.language import speaking
from jobmarket.report.sections.coverage import coverage_section
from jobmarket.report.sections.employers import employers_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed

_SHARES = f"""create table rpt_agency_share_weekly as select date '{LAST_WEEK}' as week_start, measure, role_family,
    'all' as country, share, share - 0.01 as share_low, share + 0.02 as share_high
    from (values ('stock', 'all', $share::double), ('flow', 'all', 0.3), ('stock', 'ml_engineer', 0.4))
    as shares(measure, role_family, share)"""


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (
            "0.042",
            "Of the open postings with a full description, 4.2% are by agencies (3.2–6.2%). These postings count "
            "like all others.",
        ),
        ("0", None),
        (None, None),
    ],
)
def test_the_share_of_agencies_is_stated_if_there_are_any(
    later: Home, tmp_path: Path, share: str | None, said: str | None
) -> None:
    statement = _SHARES.replace("$share", "null" if share is None else share)
    with changed(later, tmp_path, (statement, None)) as published:
        assert [sentence for sentence in coverage_section(published).sentences if "agencies" in sentence] == (
            [said] if said else []
        )
        with speaking("de"):
            assert any("Personalvermittlern" in sentence for sentence in coverage_section(published).sentences) == bool(
                said
            )


def test_an_earlier_vintage_also_has_a_row_for_employers(later: Home, tmp_path: Path) -> None:
    with_employers = """create or replace table rpt_agency_share_weekly as
        select shares.* replace (share * weight as share), advertised_by
        from rpt_agency_share_weekly as shares,
            (values ('agency', 1), ('employer', 3)) as kinds(advertised_by, weight)"""
    with changed(later, tmp_path, (_SHARES.replace("$share", "0.2"), None), (with_employers, None)) as published:
        said = [sentence for sentence in coverage_section(published).sentences if "agencies" in sentence]
    assert [sentence.split(" are by")[0][-5:] for sentence in said] == ["20.0%"]


def test_a_vintage_without_the_table_says_nothing(later: Home, tmp_path: Path) -> None:
    with changed(later, tmp_path) as published:
        assert not any("agencies" in sentence for sentence in coverage_section(published).sentences)


def test_a_vintage_without_agencies_says_nothing_of_them_beside_its_employers(later: Home, tmp_path: Path) -> None:
    without = "alter table rpt_employers drop column if exists is_agency"
    with changed(later, tmp_path, (without, None)) as published:
        largest, *_ = employers_section(published).figures
    assert largest.table is not None
    assert "gencies" not in largest.note


def test_agencies_are_not_listed_among_employers(later: Home, tmp_path: Path) -> None:
    listed = {}
    for is_agency in (True, False):
        changes = [
            (f"create or replace table rpt_employers as select *, {is_agency} as is_agency from rpt_employers", None),
            (f"update dim_companies set is_agency = {is_agency}", None),
        ]
        with changed(later, tmp_path, *changes) as published:
            largest, newest, _ = employers_section(published).figures
            listed[is_agency] = [figure.table is not None for figure in (largest, newest)]
    assert "Companies recognised as agencies by their name, if any, count in the total, but are neither" in largest.note
    assert listed == {True: [False, False], False: [True, True]}
