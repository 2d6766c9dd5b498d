"""Sections read only columns of the marts' contracts: a column renamed there fails here."""

from dataclasses import fields
from datetime import date

import duckdb
import pytest
import yaml

from jobmarket.report import queries
from jobmarket.report.changes import WEEKS_OF_SKILLS_COMPARED
from jobmarket.report.sections import (
    agencies,
    attributes,
    claims,
    conditions,
    coverage,
    demand,
    duration,
    emerging,
    employers,
    extraction,
    grid,
    groups,
    levels,
    moved,
    movement,
    movers,
    pairs,
    premiums,
    seniority,
    since,
    themes,
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
    (agencies.ByAgencies, agencies.TABLE, {}),
    (claims.Claim, claims.TABLE, {}),
    (duration.Duration, duration.TABLE, {}),
    (emerging.EmergingTerm, emerging.TABLE, {}),
    (employers.Hiring, employers.TABLE, {}),
    (extraction.FieldQuality, extraction.QUALITY, {}),
    (grid.GridCell, grid.TABLE, {}),
    (pairs.SkillPair, pairs.TABLE, {"lift_low": "lift_selected_low", "lift_high": "lift_selected_high"}),
    *(
        (
            kind,
            table,
            {"name": name, "premium_low": "premium_selected_low", "premium_high": "premium_selected_high"},
        )
        for kind, table, name in (
            (premiums.Premium, premiums.SKILLS, "skill_name"),
            (premiums.Premium, premiums.SPECIALISATIONS, "specialisation"),
            (premiums.ValuePremium, premiums.ATTRIBUTES, "attribute_value"),
        )
    ),
    (groups.GroupShare, groups.TABLE, {}),
    (movement.TrendWeek, demand.TABLE, {}),
    (
        demand.SkillDemand,
        demand.TABLE,
        {
            "preferred_share": "n_preferred",
            "flow_share": "share",
            "flow_share_low": "share_low",
            "flow_share_high": "share_high",
            "flow_n_postings": "n_postings",
        },
    ),
    (levels.Firmness, demand.TABLE, {"preferred_share": "n_preferred", "named_share": "n_required"}),
    *(
        (
            movers.Mover,
            demand.TABLE,
            {
                "weeks": "week_start",
                "points": f"change_{weeks}w",
                "points_low": f"change_{weeks}w_selected_low",
                "points_high": f"change_{weeks}w_selected_high",
                "q_value": f"change_{weeks}w_q_value",
                "is_significant": f"is_significant_{weeks}w",
            },
        )
        for weeks in WEEKS_OF_SKILLS_COMPARED
    ),
    (coverage.Gap, coverage.TABLE, {"n_companies_missed": "n_companies_expected"}),
    (vintages.Revision, vintages.TABLE, {}),
    (volume.OpeningsWeek, volume.TABLE, {}),
    (seniority.LevelPay, seniority.TABLE, {}),
    (
        themes.Theme,
        themes.TABLE,
        {"change_13w_low": "change_13w_selected_low", "change_13w_high": "change_13w_selected_high"},
    ),
]


def contracted(relation: str) -> list[dict[str, str]]:
    """The columns of a mart's contract."""
    contract = yaml.safe_load((ROOT / "dbt_project" / "models" / "marts" / f"{relation}.yml").read_text())
    columns: list[dict[str, str]] = contract["models"][0]["columns"]
    return columns


@pytest.mark.parametrize(("kind", "relation", "names"), READ, ids=[relation for _, relation, _ in READ])
def test_columns_are_those_of_the_contract(kind: type, relation: str, names: dict[str, str]) -> None:
    columns = {column["name"] for column in contracted(relation)}
    read = {names.get(field.name, field.name) for field in fields(kind)}
    assert read <= columns


def test_columns_of_both_weeks_are_those_of_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    """The query runs on tables that have a contract's columns and no others; none of them counts as lacking."""
    monkeypatch.setattr(queries.ReportSource, "column", lambda self, table, name: name)
    with duckdb.connect() as published:
        for relation in (since.OPENINGS, since.PAY, coverage.TABLE, moved.SKILLS):
            columns = ", ".join(f"{column['name']} {column['data_type']}" for column in contracted(relation))
            published.execute(f"create table {relation} ({columns})")
        source = queries.ReportSource(published, {}, date(2026, 8, 10), is_complete=True, scope=queries.Scope())
        figure, *_ = since.since_section(queries.Published(source, [], [], [], [])).figures
    assert figure.absence, "of no rows"
