"""The taxonomy of the seeds and its matcher, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy


@pytest.fixture(scope="session")
def seeds(root: Path) -> Path:
    return root / "dbt_project" / "seeds"


@pytest.fixture(scope="session")
def taxonomy(seeds: Path) -> Taxonomy:
    return Taxonomy.from_seeds(seeds)


@pytest.fixture(scope="session")
def matcher(taxonomy: Taxonomy) -> SkillMatcher:
    return SkillMatcher(taxonomy)
