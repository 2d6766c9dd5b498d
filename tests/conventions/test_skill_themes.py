"""Themes agree with their definitions. A skill missing from its theme would be demand that the theme does not count."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

# The themes that analysts query by name. Renaming or removing one would break their queries and end its series.
PUBLISHED = {
    "ai_agents", "ai_assisted_programming", "causal_inference_and_experiments", "classical_machine_learning",
    "computer_vision", "containers_and_orchestration", "data_engineering", "data_labelling_and_curation",
    "deep_learning_frameworks", "distributed_training", "edge_ai", "fine_tuning_and_alignment", "forecasting",
    "gpu_programming", "graphs_and_knowledge", "image_and_video_generation", "large_language_models", "mlops",
    "model_evaluation", "model_serving_and_inference", "natural_language_processing", "public_clouds",
    "reinforcement_learning", "responsible_ai", "retrieval_augmented_generation",
    "robotics_and_autonomous_systems", "search_and_recommendation", "speech_and_voice", "vector_search",
}  # fmt: skip
# The categories of products for agents, all of which run on language models. Concepts are excluded, because "persistent
# memory" and "multi-agent systems" existed before language models.
PRODUCTS = {"library", "framework", "tool", "protocol", "cloud_service"}


def rows(root: Path, seed: str) -> list[dict[str, str]]:
    with (root / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def skills_of(root: Path, theme: str) -> set[str]:
    return {row["skill_id"] for row in rows(root, "skill_themes") if row["theme"] == theme}


def test_published_themes_exist_and_each_theme_has_skills(root: Path) -> None:
    sizes = Counter(row["theme"] for row in rows(root, "skill_themes"))
    themes = {row["theme"] for row in rows(root, "themes")}
    assert sorted(PUBLISHED - themes) == []
    assert {theme: sizes[theme] for theme in themes if sizes[theme] < 3} == {}


def test_theme_names_have_the_form_that_macros_expect(root: Path) -> None:
    """The macro ``theme_named`` converts its input to lower case and spaces to underscores."""
    names = {row["theme"] for row in rows(root, "themes")}
    assert [name for name in sorted(names) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_definitions_refer_to_existing_themes(root: Path) -> None:
    themes = rows(root, "themes")
    named = {word for row in themes for word in re.findall(r"[a-z]+(?:_[a-z]+)+", row["definition"])}
    assert len(named) >= 3
    assert named <= {row["theme"] for row in themes}


def test_every_product_for_agents_is_also_in_the_theme_of_language_models(root: Path) -> None:
    category = {row["skill_id"]: row["category"] for row in rows(root, "skills")}
    products = {skill for skill in skills_of(root, "ai_agents") if category[skill] in PRODUCTS}
    assert len(products) >= 20
    assert sorted(products - skills_of(root, "large_language_models")) == []


def test_every_skill_named_after_forecasting_is_in_its_theme(root: Path) -> None:
    named = {row["skill_id"] for row in rows(root, "skills") if "forecast" in row["name"].lower()}
    assert len(named) >= 7
    assert sorted(named - skills_of(root, "forecasting")) == []
