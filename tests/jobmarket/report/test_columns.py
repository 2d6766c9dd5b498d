"""What sections read stands in the contracts of the marts: a column that is renamed there is found here."""

from dataclasses import fields

import pytest
import yaml

from jobmarket.report import queries
from jobmarket.report.sections import (
    attributes,
    claims,
    conditions,
    duration,
    emerging,
    employers,
    extraction,
    grid,
    groups,
    pairs,
    premiums,
    since,
    vintages,
    volume,
)
from tests.conftest import ROOT

ATTRIBUTES = {
    conditions.WORKPLACE: "workplace", conditions.REQUIREMENTS: "requirement", conditions.PAY: "pay_statement",
    conditions.CERTIFICATIONS: "certification", employers.SECTORS: "sector",
}  # fmt: skip
READ = [
    (queries.SkillWeek, "rpt_skill_demand_weekly", {}),
    (queries.PayWeek, "rpt_salary_trend_weekly", {}),
    (queries.BoardWeek, "rpt_board_coverage_weekly", {}),
    *((attributes.Part, relation, {"value": column}) for relation, column in ATTRIBUTES.items()),
    (claims.Claim, claims.TABLE, {}),
    (duration.Duration, duration.TABLE, {}),
    (emerging.EmergingTerm, emerging.TABLE, {}),
    (employers.Hiring, employers.TABLE, {}),
    (extraction.FieldQuality, extraction.QUALITY, {}),
    (grid.GridCell, grid.TABLE, {}),
    (pairs.Pair, pairs.TABLE, {}),
    (premiums.Premium, premiums.SKILLS, {"name": "skill_name"}),
    (premiums.Premium, premiums.SPECIALISATIONS, {"name": "specialisation"}),
    (since.Opening, since.OPENINGS, {}),
    (groups.GroupShare, groups.TABLE, {}),
    (vintages.Revision, vintages.TABLE, {}),
    (volume.Week, volume.TABLE, {}),
]


@pytest.mark.parametrize(("kind", "relation", "names"), READ, ids=[relation for _, relation, _ in READ])
def test_columns_are_those_of_the_contract(kind: type, relation: str, names: dict[str, str]) -> None:
    contract = yaml.safe_load((ROOT / "dbt_project" / "models" / "marts" / f"{relation}.yml").read_text())
    columns = {column["name"] for column in contract["models"][0]["columns"]}
    read = {names.get(field.name, field.name) for field in fields(kind)}
    assert read <= columns
