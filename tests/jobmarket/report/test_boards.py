"""Every board system that is crawled is named as readers know it."""

from pathlib import Path

import yaml

from jobmarket.report.boards import board_name, board_page


def test_every_source_has_its_name_and_its_page(root: Path) -> None:
    boards = yaml.safe_load((root / "scrapers" / "sources.yml").read_text(encoding="utf-8"))
    assert len(boards) > 30
    named = {board: board_name(board) for board in boards}
    assert len(set(named.values())) == len(named)
    assert [board for board in boards if board_page(board) is None] == ["jsonld"]
    assert board_name("unheard_of") == "Unheard_of"
