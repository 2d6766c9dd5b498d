"""The documentation builds without warnings and is complete."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml


def test_the_site_builds_without_a_warning(root: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "mkdocs"
    done = subprocess.run(
        [str(program), "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'src="http' not in page, "the site must not load anything from another host"
    assert 'rel="stylesheet" href="http' not in page


def test_every_page_is_in_the_navigation(root: Path) -> None:
    listed = str(yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])
    pages = [path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")]
    assert len(pages) >= 10
    assert [page for page in pages if f"'{page}'" not in listed] == []


def test_queries_on_skills_in_the_docs_use_the_level_to_exclude_boilerplate(root: Path) -> None:
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    shown = [query for page in pages for query in re.findall(r"```sql\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    of_skills = [query for query in shown if re.search(r"\b(?:fct_posting|version)_skills\b", query)]
    assert of_skills
    assert [query for query in of_skills if not re.search(r"\blevel\b", query)] == []
