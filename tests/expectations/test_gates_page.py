from __future__ import annotations

from pathlib import Path

from expectations.gates_page import page
from expectations.suites import SUITES


def test_the_page_matches_the_suites(root: Path) -> None:
    assert (root / "docs" / "gates.md").read_text(encoding="utf-8") == page(SUITES), (
        "docs/gates.md differs from the suites: run `python -m expectations.gates_page`"
    )


def test_every_check_has_an_anchor() -> None:
    text = page(SUITES)
    anchors = [suite.anchor(one.key) for suite in SUITES for _, one in suite]
    assert len(anchors) > 100
    assert len(anchors) == len(set(anchors))
    for anchor in [*anchors, "a-table-that-cannot-be-read"]:
        assert text.count(f'<a id="{anchor}"></a>') == 1
