"""A wrong row of a seed or of the registry is named with its file, its line and what to do, before it is used."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from jobmarket import transform
from jobmarket.extract import taxonomy
from jobmarket.extract.seeds import seed_rows
from jobmarket.extract.version import WORD_LISTS
from jobmarket.seeds import require_loaded_word_lists, require_registry, require_seeds
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError
from jobmarket.yaml_file import read_yaml
from tests.jobmarket.cli.commands import invoke


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
        ("skill_aliases", "pytorch,Torch9,es,any,", "language 'es' is not one of any, fr, de."),
        ("skill_aliases", "keras,Kerass,any,Any,", "case 'Any' is not one of any, exact, capital."),
        ("skill_rules", "go_language,need_line,any", "condition 'need_line' is not one of words, skills, not_"),
        ("skill_rules", "sales_software,skills,salesfroce", "value 'salesfroce' is not a skill_id in skills.csv."),
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
        ("skills", "new_skill,Python,tool,", "name 'Python' repeats line "),
        ("skill_themes", "large_language_models,small_language_models", "repeats line 3. Keep one of the two rows."),
        ("specialisations", "computer_vision,skill,Pythn,3", "value 'Pythn' is not a name in skills.csv."),
        ("specialisations", "computer_vision,title,cv,much", "weight 'much' is not of type integer."),
        ("specialisations", "computer_vision,title,cv,4", "the row does not meet the condition "),
        ("board_tokens", "ashbi,workplace,x,remote", "board 'ashbi' is not a board in board_systems.csv."),
    ],
)
def test_a_wrong_row_is_named(project: Path, seed: str, row: str, said: str) -> None:
    file = project / "seeds" / f"{seed}.csv"
    line = add(file, row)
    with pytest.raises(StageError) as refused:
        require_seeds(project)
    assert str(refused.value).startswith(f"{file.name}, line {line}: ")
    assert said in str(refused.value)


def test_a_contradiction_in_the_taxonomy_is_named(project: Path) -> None:
    add(project / "seeds" / "skill_aliases.csv", "keras,PyTorch,any,any,")
    with pytest.raises(StageError, match=r"'PyTorch' is an alias of 'keras' and of 'pytorch'"):
        require_seeds(project)


@pytest.mark.parametrize(
    ("column", "allowed"), [("case", taxonomy._CASES), ("condition", taxonomy._CONDITIONS)], ids=["case", "condition"]
)
def test_the_declared_values_are_those_that_the_extractor_knows(
    project: Path, column: str, allowed: tuple[str, ...]
) -> None:
    declared = [
        test["accepted_values"]["arguments"]["values"]
        for seed in read_yaml((project / "seeds" / "seeds.yml").read_text(encoding="utf-8"))["seeds"]
        for each in seed["columns"]
        if each["name"] == column
        for test in each["data_tests"]
    ]
    assert [sorted(values) for values in declared] == [sorted(allowed)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ashbi,acme,Acme,,,,,", "board: ashbi is not among the boards in sources.yml"),
        ("ashby,acme,Acme,sorcery,,,,", "sector: 'sorcery' is not one of ai, software, internet, "),
        ("ashby,acme,Acme,,huge,,,", "size_band: 'huge' is not one of 1-50, "),
        ("ashby,acme,Acme,,,USA,,", "hq_country: 'USA' is not an ISO 3166 code of two capitals"),
        ("ashby,acme,Acme,,,,,2026/11/22", "checked_on: '2026/11/22' is not a date: write it as 2026-11-22"),
        ("adzuna,de,Acme,,,,,", "adzuna, de repeats line 2."),
    ],
)
def test_a_build_refuses_what_a_crawl_refuses_in_the_registry(
    project: Path, tmp_path: Path, row: str, said: str
) -> None:
    line = add(tmp_path / "scrapers" / "companies.csv", row)
    settings = Settings(_env_file=None, dbt_project=project)  # type: ignore[call-arg]  # no field, but an argument
    with pytest.raises(StageError) as refused:
        transform.build(Home(tmp_path / "home"), settings, datetime(2026, 8, 20, tzinfo=UTC))
    assert str(refused.value).startswith(f"Not built: companies.csv, line {line}")
    assert said in str(refused.value)


def test_a_build_refuses_a_registry_without_employers(project: Path, tmp_path: Path) -> None:
    (tmp_path / "scrapers" / "companies.csv").write_text("", encoding="utf-8")
    with pytest.raises(StageError, match=r"^companies\.csv is empty: "):
        require_registry(project)


def test_a_project_without_a_registry_can_be_built(project: Path, tmp_path: Path) -> None:
    (tmp_path / "scrapers" / "companies.csv").unlink()
    require_registry(project)


@pytest.mark.parametrize("command", ["extract", "pairs"])
def test_files_are_not_read_with_a_wrong_seed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    line = add(project / "seeds" / "skills.csv", "new_skill,,tool,")
    monkeypatch.setenv("JOBMARKET_DBT_PROJECT", str(project))
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("", encoding="utf-8")
    result = invoke(command, "--input", str(source), "--output", str(target))
    assert (result.exit_code, result.output) == (
        1, f"skills.csv, line {line}: name is empty. Fill it in.\n",
    )  # fmt: skip
    assert not target.exists()


@pytest.mark.parametrize("folder", ["nowhere", "."])
@pytest.mark.parametrize("command", ["extract", "pairs"])
def test_a_folder_that_is_not_the_dbt_project_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, command: str
) -> None:
    monkeypatch.setenv("JOBMARKET_DBT_PROJECT", str(tmp_path / folder))
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("", encoding="utf-8")
    result = invoke(command, "--input", str(source), "--output", str(target))
    assert (result.exit_code, result.output) == (
        1, f"{tmp_path / folder / 'seeds' / 'seeds.yml'} is missing. Restore it, or correct "
        "JOBMARKET_DBT_PROJECT, the dbt project's folder.\n",
    )  # fmt: skip
    assert not target.exists()


@pytest.mark.parametrize("name", WORD_LISTS)
def test_a_project_with_other_word_lists_than_the_extractors_is_refused(project: Path, root: Path, name: str) -> None:
    file = project / "seeds" / f"{name}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(PermanentError) as refused:
        require_seeds(project)
    assert str(refused.value) == (
        f"{name}.csv in {project / 'seeds'} is not the same as in {root / 'dbt_project' / 'seeds'}, which the "
        "extractor reads whatever JOBMARKET_DBT_PROJECT is. Make both the same."
    )


@pytest.mark.parametrize("name", WORD_LISTS)
def test_a_warehouse_with_other_word_lists_than_the_extractors_is_refused(name: str) -> None:
    loaded = {each: pa.Table.from_pylist(seed_rows(f"{each}.csv")) for each in WORD_LISTS}
    require_loaded_word_lists(loaded)
    with pytest.raises(PermanentError, match=rf"The seeds {name} in the warehouse are not the same as in .*seeds, whi"):
        require_loaded_word_lists(loaded | {name: loaded[name].slice(1)})


def test_a_project_may_have_other_skills_and_other_ends_of_lines(project: Path) -> None:
    add(project / "seeds" / "skills.csv", "new_skill,New Skill,tool,")
    for name in WORD_LISTS:
        file = project / "seeds" / f"{name}.csv"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    require_seeds(project)


def test_the_first_problems_are_named_and_the_others_counted(project: Path) -> None:
    line = add(project / "seeds" / "skill_themes.csv", *(f"ai_agents,no_skill_{n}" for n in range(5)))
    with pytest.raises(StageError) as refused:
        require_seeds(project)
    assert [f"line {line + n}:" in str(refused.value) for n in range(5)] == [True, True, True, False, False]
    assert str(refused.value).endswith("And 2 more.")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_seed_without_rows_is_named(project: Path, is_there: bool) -> None:
    file = project / "seeds" / "skill_aliases.csv"
    header, _, _ = file.read_text(encoding="utf-8").partition("\n")
    if is_there:
        file.write_text(f"{header}\n", encoding="utf-8")
    else:
        file.unlink()
    with pytest.raises(StageError, match=r"^skill_aliases\.csv is missing or has no rows: restore it\.$"):
        require_seeds(project)


def test_a_column_that_is_missing_is_named(project: Path) -> None:
    file = project / "seeds" / "skill_themes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("skill_id", "skil_id", 1), encoding="utf-8")
    with pytest.raises(StageError, match=r"skill_themes\.csv, line 1: the column skill_id is missing"):
        require_seeds(project)


def test_a_build_checks_the_seeds_before_it_opens_the_warehouse(project: Path, tmp_path: Path) -> None:
    add(project / "seeds" / "skill_aliases.csv", "pytorhc,Torch9,any,any,")
    home = Home(tmp_path / "home")
    settings = Settings(_env_file=None, dbt_project=project)  # type: ignore[call-arg]
    with pytest.raises(StageError, match=r"Not built: skill_aliases\.csv, line \d+: skill_id 'pytorhc'"):
        transform.build(home, settings, datetime(2026, 8, 20, tzinfo=UTC))
    assert not home.warehouse.exists()
