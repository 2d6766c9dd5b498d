"""Rules that apply to every board's spider."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scrapers.boards.base import BoardSpider
from scrapers.middlewares.backends import backend_of_request
from scrapers.planning import Company
from scrapers.registry import companies, companies_on
from scrapers.systems import spiders_by_name

READERS = {
    "addresses", "elements", "employers_fields", "fields", "hosts", "icims_rows", "job_posting_schema", "places",
    "redirected_pages", "repeated_rows", "several_on_page", "sitemaps",
    "workday_facets", "workday_pages",
}  # fmt: skip
NOT_BOARDS = {"__init__", "base", *READERS}
MAX_CODE_LINES = 60


def board_files(root: Path) -> dict[str, Path]:
    return {path.stem: path for path in (root / "scrapers" / "boards").glob("*.py") if path.stem not in NOT_BOARDS}


def test_file_name_and_class_match(root: Path) -> None:
    found = spiders_by_name()
    assert len(found) >= 3
    assert set(found) == set(board_files(root))
    for name, spider in found.items():
        assert (spider.name, spider.__module__) == (name, f"scrapers.boards.{name}")
        assert spider.__name__.lower() == f"{name}spider"


def code_lines(source: str) -> int:
    """Count the lines that are neither blank, comment, docstring nor import (a wrapped import has a line per name)."""
    lines = {number for number, line in enumerate(source.splitlines(), 1) if line.strip() and line.strip()[0] != "#"}
    for node in ast.walk(ast.parse(source)):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or isinstance(node, ast.Import | ast.ImportFrom):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_a_board_is_a_short_file(root: Path) -> None:
    too_long = {name: code_lines(path.read_text()) for name, path in board_files(root).items()}
    assert {name: lines for name, lines in too_long.items() if lines > MAX_CODE_LINES} == {}


def test_no_board_imports_a_board(root: Path) -> None:
    files = board_files(root)
    for name, path in files.items():
        imported = set(re.findall(r"scrapers\.boards\.(\w+)", path.read_text()))
        assert imported - NOT_BOARDS == set(), name
        assert "base" in imported


@pytest.mark.parametrize("word", ["Terms:", "Robots:", "Pagination:", "Quirks (20"])
def test_every_docstring_states_terms_robots_pagination_and_quirks(word: str) -> None:
    for name, spider in spiders_by_name().items():
        assert word in (spider.__doc__ or ""), name


def first_company(spider: type[BoardSpider]) -> Company:
    """Return a registered company; for a board without one, an invented one or its feed."""
    invented = "Some Name.co" if "slug" in spider.url_pattern.groupindex else spider.feed_slug
    return Company(slug=next((row.slug for row in companies_on(spider.name)), invented))


def test_every_spider_recognises_its_own_requests() -> None:
    for spider in spiders_by_name().values():
        assert spider.documentation.startswith("https://")
        company = first_company(spider)
        for request in spider().requests_for(company):
            assert spider.slug_of(request.url) == company.slug, spider.name
            assert urlsplit(request.url).scheme == "https"
        assert isinstance(spider.volatile_fields, frozenset)
        assert spider.custom_settings is None  # all boards are crawled with the same settings


def test_keys_come_from_environment_variables_with_the_projects_prefix() -> None:
    names = {name for spider in spiders_by_name().values() for name in spider.credentials}
    assert len(names) >= 8
    assert all(re.fullmatch(r"JOBMARKET_[A-Z_]+", name) for name in names)


def test_no_two_boards_request_the_same_servers() -> None:
    """Each board keeps its own pace, so only servers that belong to one board get at most one request per second."""
    found, boards_of = spiders_by_name(), defaultdict(set)
    for row in companies():
        for request in found[row.board]().requests_for(Company(slug=row.slug)):
            boards_of[backend_of_request(request)].add(row.board)
    assert len(boards_of) > 20
    assert {backend: boards for backend, boards in boards_of.items() if len(boards) > 1} == {}


def test_no_two_spiders_claim_a_url() -> None:
    found = spiders_by_name()
    for spider in found.values():
        for request in spider().requests_for(first_company(spider)):
            assert [name for name, other in found.items() if other.slug_of(request.url)] == [spider.name]
