from __future__ import annotations

import re
from collections import Counter
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


def test_a_check_that_many_tables_share_is_described_once_and_linked() -> None:
    text = page(SUITES)
    described = Counter(
        re.sub(r'<a id="[^"]+"></a>', "", row) for row in re.findall(r"^\| (?:critical|warning) .+", text, re.M)
    )
    assert len(described) > 100
    assert max(described.values()) < 3
    links = re.findall(r"\]\(#(in-several-tables-\d+)\)", text)
    assert len(links) > 100
    for target in set(links):
        assert text.count(f'<a id="{target}"></a>') == 1
        assert links.count(target) >= 3
