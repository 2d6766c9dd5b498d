"""Themes are made of skills that there are: a slip of the pen would be a theme that leaves out what it is named for."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path


def rows(root: Path, seed: str) -> list[dict[str, str]]:
    with (root / "dbt_project" / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_theme_has_skills_and_each_of_them_is_one(root: Path) -> None:
    known, themes = {row["skill_id"] for row in rows(root, "skills")}, rows(root, "skill_themes")
    assert [row for row in themes if row["skill_id"] not in known] == []
    assert [pair for pair, n in Counter((row["theme"], row["skill_id"]) for row in themes).items() if n > 1] == []
    sizes = Counter(row["theme"] for row in themes)
    assert len(sizes) >= 12
    assert {theme: n for theme, n in sizes.items() if n < 3} == {}


def test_a_theme_is_named_as_macros_read_it(root: Path) -> None:
    """``theme_named`` lowers what is typed and takes a space for an underscore."""
    names = {row["theme"] for row in rows(root, "skill_themes")}
    assert [name for name in sorted(names) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
