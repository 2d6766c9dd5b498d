"""Findings are kept until the judge changes, which includes the seeds that its input is made with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobmarket.duplicates.findings import judge_version
from jobmarket.extract import version


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(root / "dbt_project", tmp_path / "project")


def append_line(file: Path) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n")


@pytest.mark.parametrize(
    "changed",
    ["seeds/board_systems.csv", "seeds/company_aliases.csv", "seeds/pay_period_factors.csv", "seeds/skills.csv",
     "seeds/skill_aliases.csv", "macros/contents.sql"],
)  # fmt: skip
def test_a_changed_seed_or_staging_rule_of_the_project_changes_the_judge_version(
    root: Path, project: Path, changed: str
) -> None:
    before = judge_version(root / "dbt_project")
    assert judge_version(project) == before
    append_line(project / changed)
    assert judge_version(project) != before


def test_a_changed_word_list_of_the_extractor_changes_the_judge_version(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = judge_version(project)
    lists = shutil.copytree(project / "seeds", tmp_path / "lists")
    monkeypatch.setattr(version, "SEEDS", lists)
    assert judge_version(project) == before
    append_line(lists / "place_aliases.csv")
    assert judge_version(project) != before
