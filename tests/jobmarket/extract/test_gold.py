"""The complete extraction against the labelled postings: no score may fall below its floor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jobmarket.extract.jsonl import extract_file
from jobmarket.extract.taxonomy import Taxonomy

# Floors are the scores reached on the development set on 2026-11-29, rounded down. Raise one when its score rises;
# lower one only with a reason beside it.
FLOORS = {
    # Its labels leave out business functions, and general words in duties. Without the former, and with the latter only
    # where they are asked for, 25 findings in 1,000 more are correct here, for 17 labels in 1,000 fewer; of 157 unseen
    # postings, labelled in the same manner, 40 more for 17 fewer.
    ("skills", "precision"): 0.924,
    ("skills", "recall"): 0.894,
    ("skills", "f1"): 0.909,
    ("skills", "recall_common"): 0.946,
    ("skills", "level_accuracy"): 0.888,
    ("salaries", "precision"): 0.99,
    ("salaries", "recall"): 0.99,
    ("countries", "f1"): 0.99,
    ("cities", "f1"): 0.97,
    ("role_family", "accuracy"): 0.97,
    ("seniority", "accuracy"): 0.99,
    ("workplace", "accuracy"): 0.98,
    ("employment_type", "accuracy"): 0.99,
    ("degree_min", "accuracy"): 0.99,
    ("years_min", "accuracy"): 0.99,
}


@pytest.fixture(scope="module")
def scores(
    shared_dir: Path, taxonomy: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, float]]:
    predicted = tmp_path_factory.mktemp("gold") / "predicted.jsonl"
    gold = shared_dir / "gold"
    result = extract_file(gold / "dev_postings.jsonl", predicted, taxonomy)
    assert not result.errors
    scorer = [
        sys.executable,
        str(shared_dir / "tools" / "score_extraction.py"),
        str(gold / "dev.jsonl"),
        str(predicted),
    ]
    scored = subprocess.run([*scorer, "--json"], capture_output=True, check=True, text=True)
    return json.loads(scored.stdout)


def test_every_labelled_posting_is_answered(scores: dict[str, dict[str, float]]) -> None:
    assert scores["postings"] >= 100
    assert scores["without_prediction"] == 0


@pytest.mark.parametrize(("part", "measure"), FLOORS)
def test_no_score_falls_below_its_floor(scores: dict[str, dict[str, float]], part: str, measure: str) -> None:
    assert scores[part][measure] >= FLOORS[part, measure], f"{part}: {scores[part]}"
