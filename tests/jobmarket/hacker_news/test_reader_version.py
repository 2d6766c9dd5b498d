"""Jobs of comments are kept until the rules that read them change."""

from __future__ import annotations

import shutil
from pathlib import Path

from jobmarket.hacker_news.jobs import reader_version


def test_a_changed_rule_of_the_model_changes_the_reader_version(root: Path, tmp_path: Path) -> None:
    project = root / "dbt_project"
    model = Path("models/staging/stg_comment_jobs.py")
    (tmp_path / model).parent.mkdir(parents=True)
    shutil.copy(project / model, tmp_path / model)
    before = reader_version(project)
    assert reader_version(tmp_path) == before
    with (tmp_path / model).open("a", encoding="utf-8") as opened:
        opened.write("\n")
    assert reader_version(tmp_path) != before
