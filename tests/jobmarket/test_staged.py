"""What staging makes of the landed contents has a version."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from jobmarket.staged import STAGED, staging_version

# Models that staging reads, and why another rule of theirs gives no other fields to the same content.
READ_WITHOUT_RULES = {
    "stg_comment_jobs": "has a version of its own, and other fields are another content",
    "stg_sighted_contents": "chooses contents",
    "stg_backfill_sightings": "chooses contents",
}


def staged_texts(project: Path) -> str:
    return "".join((project / name).read_text(encoding="utf-8") for name in STAGED)


@pytest.mark.parametrize("changed", STAGED)
def test_a_changed_rule_of_staging_changes_the_version(root: Path, tmp_path: Path, changed: str) -> None:
    for name in STAGED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "dbt_project" / name, tmp_path / name)
    before = staging_version(root / "dbt_project")
    assert staging_version(tmp_path) == before
    with (tmp_path / changed).open("a", encoding="utf-8") as opened:
        opened.write("\n")
    assert staging_version(tmp_path) != before


def test_the_version_covers_the_macros_that_staging_calls_and_no_others(root: Path) -> None:
    project = root / "dbt_project"
    defined = {
        macro: path.relative_to(project).as_posix()
        for path in sorted((project / "macros").glob("*.sql"))
        for macro in re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8"))
    }
    texts = staged_texts(project)
    called = {macro for macro in defined if re.search(rf"(?<!macro )\b{macro}\(", texts)}
    assert called == {macro for macro, file in defined.items() if file in STAGED}


def test_the_version_covers_every_model_that_staging_reads(root: Path) -> None:
    read = set(re.findall(r"\bref\('(\w+)'\)", staged_texts(root / "dbt_project")))
    covered = {Path(name).stem for name in STAGED if name.startswith("models/")}
    assert read - covered == set(READ_WITHOUT_RULES)
