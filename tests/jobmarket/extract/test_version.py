"""Whatever may change a fact changes the extractor's version."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from jobmarket.extract import version


@pytest.mark.parametrize("changed", ["role.py", "role_evidence.csv", "title_words.csv"])
def test_a_changed_line_of_the_package_changes_the_version(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(version.__file__).parent
    copied = shutil.copytree(package, tmp_path / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    before = version.extractor_version()
    monkeypatch.setattr(version, "files", lambda _: copied)
    assert version.extractor_version() == before
    with (copied / changed).open("a", encoding="utf-8") as file:
        file.write("# a line more\n")
    assert version.extractor_version() != before


@pytest.mark.parametrize("name", version.WORD_LISTS)
def test_an_added_row_in_a_word_list_changes_the_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for word_list in version.WORD_LISTS:
        shutil.copy(version.SEEDS / f"{word_list}.csv", tmp_path)
    before = version.extractor_version()
    monkeypatch.setattr(version, "SEEDS", tmp_path)
    assert version.extractor_version() == before
    with (tmp_path / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write("a,row,more\n")
    assert version.extractor_version() != before


def test_a_changed_list_of_cities_changes_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.extractor_version()
    monkeypatch.setattr(version, "version", lambda _: "another")
    assert version.extractor_version() != before


def test_every_list_that_the_package_reads_is_part_of_the_version() -> None:
    package = Path(version.__file__).parent
    own = {file.stem for file in package.glob("*.csv")}
    read = {name for file in package.glob("*.py") for name in re.findall(r'"(\w+)\.csv"', file.read_text("utf-8"))}
    assert read - own == {*version.WORD_LISTS, "skills", "skill_aliases", "skill_rules"}
