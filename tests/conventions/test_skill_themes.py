"""Themes are made by their definitions: a skill left out of one would be demand that nobody counts."""

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
# What is sold or written for agents, which run on language models. Words for what agents do are others' words too:
# memory was persistent, and systems had many agents, before there were such models.
PRODUCTS = {"library", "framework", "tool", "protocol", "cloud_service"}


def rows(root: Path, seed: str) -> list[dict[str, str]]:
    with (root / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def skills_of(root: Path, theme: str) -> set[str]:
    return {row["skill_id"] for row in rows(root, "skill_themes") if row["theme"] == theme}


def test_each_theme_has_skills(root: Path) -> None:
    sizes = Counter(row["theme"] for row in rows(root, "skill_themes"))
    themes = {row["theme"] for row in rows(root, "themes")}
    assert sorted(PUBLISHED - themes) == []
    assert {theme: sizes[theme] for theme in themes if sizes[theme] < 3} == {}


def test_a_theme_is_named_as_macros_read_it(root: Path) -> None:
    """``theme_named`` lowers what is typed and takes a space for an underscore."""
    names = {row["theme"] for row in rows(root, "themes")}
    assert [name for name in sorted(names) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_a_definition_names_other_themes_as_they_are_called(root: Path) -> None:
    themes = rows(root, "themes")
    named = {word for row in themes for word in re.findall(r"[a-z]+(?:_[a-z]+)+", row["definition"])}
    assert len(named) >= 3
    assert named <= {row["theme"] for row in themes}


def test_every_product_for_agents_is_of_language_models(root: Path) -> None:
    category = {row["skill_id"]: row["category"] for row in rows(root, "skills")}
    products = {skill for skill in skills_of(root, "ai_agents") if category[skill] in PRODUCTS}
    assert len(products) >= 20
    assert sorted(products - skills_of(root, "large_language_models")) == []
