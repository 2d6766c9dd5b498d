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

_SHARES = f"""insert into rpt_agency_share_weekly by name select date '{LAST_WEEK}' as week_start, measure, role_family,
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


def test_agencies_are_not_listed_among_employers(later: Home, tmp_path: Path) -> None:
    listed = {}
    for is_agency in (True, False):
        changes = [
            (f"update rpt_employers set is_agency = {is_agency}", None),
            (f"update dim_companies set is_agency = {is_agency}", None),
        ]
        with changed(later, tmp_path, *changes) as published:
            largest, newest, _ = employers_section(published).figures
            listed[is_agency] = [figure.table is not None for figure in (largest, newest)]
    assert "Companies recognised as agencies by their name, if any, count in the total, but are neither" in largest.note
    assert listed == {True: [False, False], False: [True, True]}
