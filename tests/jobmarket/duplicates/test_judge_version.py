"""Findings are kept until the judge changes, which includes the seeds that it reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobmarket.duplicates import findings
from jobmarket.extract import version


@pytest.mark.parametrize("changed", ["board_systems.csv", "company_aliases.csv", "place_aliases.csv"])
def test_a_changed_seed_changes_the_judge_version(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = findings.judge_version()
    seeds = shutil.copytree(version.SEEDS, tmp_path / "seeds")
    for module in (findings, version):
        monkeypatch.setattr(module, "SEEDS", seeds)
    assert findings.judge_version() == before
    (seeds / changed).write_text((seeds / changed).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert findings.judge_version() != before
