"""The judge against labelled pairs of real postings: scores must not fall."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jobmarket.duplicates.jsonl import employer_boards, judge_file

# Scores of 2026-11-26, rounded down, with at most six pairs per employer. Rules were written with these pairs in view;
# docs/decisions/0007-pairs-by-questions.md has the scores on pairs of new employers.
FLOORS = {"precision": 0.98, "recall": 0.95, "relation_accuracy": 0.95}


@pytest.fixture(scope="module")
def scores(shared_dir: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    labelled = shared_dir / "dedup" / "pairs.jsonl"
    predicted = tmp_path_factory.mktemp("pairs") / "predicted.jsonl"
    result = judge_file(labelled, predicted, employer_boards(root / "dbt_project" / "seeds"))
    assert not result.errors
    scorer = [sys.executable, str(shared_dir / "tools" / "score_pairs.py"), str(labelled), str(predicted)]
    scored = subprocess.run([*scorer, "--cap", "6", "--json"], capture_output=True, check=True, text=True)
    return json.loads(scored.stdout)


def test_scores_do_not_fall(scores: dict[str, Any]) -> None:
    assert scores["pairs"] >= 200
    assert {measure: scores[measure] for measure, floor in FLOORS.items() if scores[measure] < floor} == {}


def test_no_twin_in_another_city_is_merged(scores: dict[str, Any]) -> None:
    twins = {table: n for table, n in scores["table"].items() if table.startswith("twin_opening")}
    assert sum(twins.values()) >= 30
    assert [table for table in twins if table.endswith(("same_job", "repost"))] == []
