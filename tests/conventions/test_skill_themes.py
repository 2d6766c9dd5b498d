"""Themes are made of skills that there are: a slip of the pen would be a theme that leaves out what it is named for."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

# Analysts ask for a theme by its name, and its series is published under it: one that is renamed or gone breaks both.
PUBLISHED = {
    "ai_agents", "ai_assisted_programming", "causal_inference_and_experiments", "classical_machine_learning",
    "computer_vision", "containers_and_orchestration", "data_engineering", "data_labelling_and_curation",
    "deep_learning_frameworks", "distributed_training", "edge_ai", "fine_tuning_and_alignment", "forecasting",
    "gpu_programming", "graphs_and_knowledge", "image_and_video_generation", "large_language_models", "mlops",
    "model_evaluation", "model_serving_and_inference", "natural_language_processing", "public_clouds",
    "reinforcement_learning", "responsible_ai", "retrieval_augmented_generation",
    "robotics_and_autonomous_systems", "search_and_recommendation", "speech_and_voice", "vector_search",
}  # fmt: skip


def rows(root: Path, seed: str) -> list[dict[str, str]]:
    with (root / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_theme_has_skills_and_each_of_them_is_one(root: Path) -> None:
    known, themes = {row["skill_id"] for row in rows(root, "skills")}, rows(root, "skill_themes")
    assert [row for row in themes if row["skill_id"] not in known] == []
    assert [pair for pair, n in Counter((row["theme"], row["skill_id"]) for row in themes).items() if n > 1] == []
    sizes = Counter(row["theme"] for row in themes)
    assert sorted(PUBLISHED - set(sizes)) == []
    assert {theme: n for theme, n in sizes.items() if n < 3} == {}


def test_a_theme_is_named_as_macros_read_it(root: Path) -> None:
    """``theme_named`` lowers what is typed and takes a space for an underscore."""
    names = {row["theme"] for row in rows(root, "skill_themes")}
    assert [name for name in sorted(names) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
