"""The generator writes a board that can be crawled at once, with tests that name what is still missing."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import yaml
from scrapy.http import TextResponse

from jobmarket.csv_file import read_rows
from scrapers.new_board import write
from scrapers.planning import Company
from scrapers.replay.recordings import read_manifest
from tests.scrapers.boards.conftest import Bench


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The files of the repository that the generator changes, as an editor leaves them that strips their last end."""
    for name in ("scrapers/sources.yml", "dbt_project/seeds/board_systems.csv", "tests/recordings/boards/manifest.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((root / name).read_bytes().rstrip(b"\n"))
    for folder in ("scrapers/boards", "tests/scrapers/boards"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    return tmp_path


def test_a_new_board_comes_with_tests_that_fail_for_what_is_missing(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spider_file, test_file, folder, manifest, sources, systems = write("quillboard", copy, "2026-11-20")
    entries = yaml.safe_load(sources.read_text())
    assert entries["quillboard"]["robots"]["verdict"] == "unknown"
    assert list(entries) == sorted(entries)
    assert list(read_rows(systems))[-1][1] == {
        "board": "quillboard",
        "kind": "employer",
        "shows": "all",
        "text": "whole",
        "archive_period": "",
    }
    rows, rejected = read_manifest(manifest.parent)
    assert rejected == [] or all("quillboard" not in line for line in rejected)
    own = {row.body_file.stem: row for row in rows if row.body_file and row.body_file.parent == folder}

    described = spec_from_file_location("scrapers.boards.quillboard", spider_file)
    assert described is not None
    assert described.loader is not None
    module = module_from_spec(described)
    described.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "scrapers.boards.quillboard", module)
    tests: dict[str, Any] = {}
    exec(compile(test_file.read_text(), test_file, "exec"), tests)  # noqa: S102 - what was generated
    board = Bench(module.QuillboardSpider(), own)
    tests["test_the_list_is_read_to_its_last_page"](board)
    (odd,) = board.spider.requests_for(Company(slug="R&D/Labs"))
    page = TextResponse(odd.url, body=b'{"jobs": [], "next": 2}', request=odd)
    following = board.spider.next_page(page, Company(slug="R&D/Labs"))
    assert following is not None
    assert following.url == f"{odd.url}?page=2"
    for name in (
        "test_every_field_of_a_posting_is_mapped",
        "test_odd_pay_is_kept_as_stated",
        "test_the_docstring_names_the_terms",
    ):
        with pytest.raises(AssertionError):
            tests[name](board)


@pytest.mark.parametrize("name", ["", "Two Words", "9lives", "ashby!"])
def test_an_invalid_name_is_refused(copy: Path, name: str) -> None:
    with pytest.raises(SystemExit, match="lower-case letters and digits only"):
        write(name, copy, "2026-11-20")


def test_nothing_is_overwritten(copy: Path) -> None:
    write("quillboard", copy, "2026-11-20")
    with pytest.raises(SystemExit, match="already exists"):
        write("quillboard", copy, "2026-11-20")
