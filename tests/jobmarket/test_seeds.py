"""A wrong row of a seed is named with its file, its line and what to do, before dbt starts."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobmarket import transform
from jobmarket.seeds import require_seeds
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "dbt_project" / "seeds", tmp_path / "dbt_project" / "seeds")
    (tmp_path / "scrapers").mkdir()
    shutil.copy(root / "scrapers" / "companies.csv", tmp_path / "scrapers")
    return tmp_path / "dbt_project"


def add(file: Path, *rows: str) -> int:
    """Add rows to a file, and return the line of the first."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return text.count("\n") + 1


def test_the_seeds_of_the_project_pass(project: Path) -> None:
    require_seeds(project)


@pytest.mark.parametrize(
    ("seed", "row", "said"),
    [
        (
            "skill_aliases",
            "pytorhc,Torch9,any,any,",
            "skill_id 'pytorhc' is not a skill_id in skills.csv. Did you mean 'pytorch'? Correct it, or add a row to "
            "skills.csv.",
        ),
        ("skill_aliases", ",Torch9,any,any,", "skill_id is empty. Fill it in."),
        ("skill_aliases", "pytorch,,any,any,", "alias is empty. Fill it in."),
        ("skill_aliases", "pytorch,Torch9,any,any,no_rule", "rule 'no_rule' is not a rule in skill_rules.csv."),
        ("skill_aliases", "pytorch,Torch9,es,any,", "language 'es' is not one of any, en, fr, de."),
        ("skill_aliases", "keras,Kerass,any,Any,", "case 'Any' is not one of any, exact, capital."),
        ("skill_rules", "go_language,need_line,any", "condition 'need_line' is not one of words, not_before, "),
        ("skill_rules", "go_language,needs_posting,docker|doker", "value 'doker' is not a skill_id in skills.csv."),
        ("skill_rules", "go_language,needs_line,libary", "value 'libary' is not a category in skills.csv."),
        ("skill_themes", "ai_agents,no_skill", "skill_id 'no_skill' is not a skill_id in skills.csv."),
        (
            "skills",
            "Neu Skill,New Skill,tool,",
            "skill_id 'Neu Skill' may consist only of lower-case letters, digits and underscores.",
        ),
        ("skills", "new_skill,,tool,", "name is empty. Fill it in."),
        ("skills", "new_skill,New Skill,tol,", "category 'tol' is not one of certification, "),
        ("skills", "new_skill,Python,tool,", "name 'Python' repeats line 2. Keep one of the two rows."),
        ("skill_themes", "large_language_models,small_language_models", "repeats line 3. Keep one of the two rows."),
        ("specialisations", "computer_vision,skill,Pythn,3", "value 'Pythn' is not a name in skills.csv."),
        ("specialisations", "computer_vision,title,cv,much", "weight 'much' is not of type integer."),
        ("specialisations", "computer_vision,title,cv,4", "the row does not meet the condition "),
        ("board_tokens", "ashbi,workplace,x,remote", "board 'ashbi' is not a board in board_systems.csv."),
        ("../../scrapers/companies", "ashbi,acme,Acme,,,,,", "board 'ashbi' is not a board in board_systems.csv."),
        (
            "../../scrapers/companies",
            "ashby,acme,Acme,,,,,22.11.2026",
            "checked_on '22.11.2026' is not a date: write it as 2026-11-22.",
        ),
        ("../../scrapers/companies", "ashby,acme,Acme,,,,,2026/11/22", "checked_on '2026/11/22' is not a date: "),
        ("../../scrapers/companies", "adzuna,de,Acme,,,,,", "board, slug 'adzuna, de' repeats line 2."),
    ],
)
def test_a_wrong_row_is_named(project: Path, seed: str, row: str, said: str) -> None:
    file = project / "seeds" / f"{seed}.csv"
    line = add(file, row)
    with pytest.raises(StageError) as refused:
        require_seeds(project)
    assert str(refused.value).startswith(f"Not built: {file.name}, line {line}: ")
    assert said in str(refused.value)


def test_a_contradiction_in_the_taxonomy_is_named(project: Path) -> None:
    add(project / "seeds" / "skill_aliases.csv", "keras,PyTorch,any,any,")
    with pytest.raises(StageError, match=r"'PyTorch' is an alias of 'keras' and of 'pytorch'"):
        require_seeds(project)


def test_the_first_problems_are_named_and_the_others_counted(project: Path) -> None:
    line = add(project / "seeds" / "skill_themes.csv", *(f"ai_agents,no_skill_{n}" for n in range(5)))
    with pytest.raises(StageError) as refused:
        require_seeds(project)
    assert [f"line {line + n}:" in str(refused.value) for n in range(5)] == [True, True, True, False, False]
    assert str(refused.value).endswith("And 2 more.")


def test_a_column_that_is_missing_is_named(project: Path) -> None:
    file = project / "seeds" / "skill_themes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("skill_id", "skil_id", 1), encoding="utf-8")
    with pytest.raises(StageError, match=r"skill_themes\.csv, line 1: the column skill_id is missing"):
        require_seeds(project)


def test_a_build_checks_the_seeds_before_it_opens_the_warehouse(project: Path, tmp_path: Path) -> None:
    add(project / "seeds" / "skill_aliases.csv", "pytorhc,Torch9,any,any,")
    home = Home(tmp_path / "home")
    settings = Settings(_env_file=None, dbt_project=project)  # type: ignore[call-arg]
    with pytest.raises(StageError, match="pytorhc"):
        transform.build(home, settings, datetime(2026, 8, 20, tzinfo=UTC))
    assert not home.warehouse.exists()
