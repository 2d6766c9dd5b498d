"""Profiles: how postings ask for each skill in a role, and what is said of a skill's pairs."""

from __future__ import annotations

from types import SimpleNamespace

import duckdb
import pytest

from jobmarket.profile.cell import ProfileCell, Share
from jobmarket.profile.role import show_description
from jobmarket.profile.subjects import _significant


def shares(**values: float) -> list[Share]:
    return [Share(name, value, 0.0, 1.0, 1) for name, value in sorted(values.items(), key=lambda one: -one[1])]


def test_a_skill_is_called_required_only_where_postings_require_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_description(
        ProfileCell("ml_engineer"),
        skills=shares(python=0.9, annotation=0.77, pytorch=0.65, docker=0.25, rust=0.2),
        required={one.name: one for one in shares(python=0.5, pytorch=0.4, docker=0.24, rust=0.05)},
        preferred={one.name: one for one in shares(python=0.2, pytorch=0.2, rust=0.15)},
        attributes={"Degree, at least": [], "Workplace": []},
        postings=SimpleNamespace(years=None),  # type: ignore[arg-type]
    )
    printed = dict(line.strip().split(":", 1) for line in capsys.readouterr().out.splitlines() if ":" in line)
    assert {label: names.strip() for label, names in printed.items() if label != "To fill in"} == {
        "Required by most": "python",
        "Required by many": "pytorch",
        "Asked for by many": "annotation, docker",
        "Nice to have": "rust",
        "Degree": "–",
        "Workplace": "–",
        "Years": "–",
    }


def test_nothing_is_called_due_to_chance_where_there_are_no_pairs() -> None:
    with duckdb.connect() as published:
        published.execute(
            "create table rpt_skill_pairs (skill_id text, role_family text, status text, is_significant bool)"
        )
        assert _significant(published, "rust") == ""
        published.execute("insert into rpt_skill_pairs values ('rust', 'all', 'final', false)")
        assert _significant(published, "rust") == " (0 of 1 pair significant, so the order may be due to chance)"
