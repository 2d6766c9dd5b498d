"""``make new-board NAME=…``: writes a new board system's spider, its recordings, and tests that fail at first.

Writes ``scrapers/boards/<name>.py``, ``tests/scrapers/boards/test_<name>.py``, the recordings ``page``, ``last_page``,
``empty``, ``unknown_board`` and ``odd_pay`` with their rows in the manifest, the entry in ``sources.yml`` and the row
in ``board_systems.csv``. The tests fail until everything that only a person can know is filled in.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import UTC
from pathlib import Path
from string import Template

import orjson

from scrapers.moments import utc_now

ROOT = Path(__file__).resolve().parents[1]

_SPIDER = Template('''\
"""$title."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import required, text
from scrapers.decoding import read_json
from scrapers.paging import turned_to


class ${title}Spider(BoardSpider):
    """$title: a list with 100 postings per page, ``{"jobs": […], "next": 2}``.

    Terms: unknown. Robots: requested from each host and obeyed.
    Pagination: ``page``, until ``next`` is null. Unknown board: 404.
    Quirks ($day): none seen.
    """

    name = "$name"
    documentation = "https://$name.example/docs"
    list_url = "https://$name.example/boards/{slug}/jobs"
    url_pattern = re.compile(r"https?://$name\\.example/boards/(?P<slug>[^/?#]+)/jobs/?(?:[?#]|$$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``."""
        return self.listed(response, "jobs")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the page that the answer names."""
        following = text(read_json(response.body), "next")
        return turned_to(response, "page", following) if following else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map $title's fields."""
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=required(payload, "title"),
            company_name=company.name,
            payload=payload,
        )
''')

_TEST = Template("""\
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jobmarket.posting import Pay, Posting
from scrapers.boards.$name import ${title}Spider


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(${title}Spider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    (posting,) = board.items("page")
    assert posting == Posting(
        board="$name",
        company_slug="fernworks",
        native_id="1",
        url="https://$name.example/boards/fernworks/jobs/1",
        title="Machine Learning Engineer",
        company_name="Fernworks",
        location_text="Utrecht",
        description_html="<p>Models that answer in time.</p>",
        payload=posting.payload,
    )


def test_the_list_is_read_to_its_last_page(board: Any) -> None:
    assert board.next_page("page").url == board.recording("last_page").url
    assert board.next_page("last_page") is None
    assert board.items("empty") == []
    assert board.recording("unknown_board").status == 404


def test_odd_pay_is_kept_as_stated(board: Any) -> None:
    (posting,) = board.items("odd_pay")
    assert posting.base_salary == (Pay(min_value=52_000, max_value=64_000, currency="EUR", unit_text="year"),)


def test_the_docstring_names_the_terms(board: Any) -> None:
    assert "unknown" not in board.spider.__doc__.split("Terms:")[1].split("Robots:")[0]
    assert ".example/" not in board.spider.documentation
""")

_SOURCE = Template("""\
$name:
  licence: unknown
  terms: unknown
  robots: {verdict: unknown, checked_on: $day}
  attribution: null
  requests_per_minute: 20
  personal_data: unknown
""")


def write(name: str, root: Path, day: str) -> list[Path]:
    """Write everything that a new board needs.

    Args:
        name: The board's name: lower-case letters and digits.
        root: The repository.
        day: Today, ISO 8601.

    Returns:
        The paths written, in the order in which to edit them.

    Raises:
        SystemExit: If the name cannot name a file, or is taken.
    """
    spider = root / "scrapers" / "boards" / f"{name}.py"
    if not re.fullmatch(r"[a-z][a-z0-9]+", name):
        raise SystemExit(f"NAME={name}: use lower-case letters and digits only; it names the file, class and rows")
    if spider.exists():
        raise SystemExit(f"{spider} already exists")
    words = {"name": name, "title": name.capitalize(), "day": day}
    test = root / "tests" / "scrapers" / "boards" / f"test_{name}.py"
    spider.write_text(_SPIDER.substitute(words), encoding="utf-8")
    test.write_text(_TEST.substitute(words), encoding="utf-8")
    recordings = root / "tests" / "recordings" / "boards"
    folder = recordings / name
    folder.mkdir(parents=True, exist_ok=True)
    answers = _answers(f"https://{name}.example/boards")
    for case, (url, status, body) in answers.items():
        (folder / f"{case}.json").write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2))
        row = (url, "GET", str(status), "application/json", f"{name}/{case}.json", day)
        _append(recordings / "manifest.csv", row)
    sources = root / "scrapers" / "sources.yml"
    _insert_sorted(sources, _SOURCE.substitute(words))
    systems = root / "dbt_project" / "seeds" / "board_systems.csv"
    _append(systems, (name, "employer", "all", "whole", ""))
    return [spider, test, folder, recordings / "manifest.csv", sources, systems]


def _answers(boards: str) -> dict[str, tuple[str, int, object]]:
    """Map each case to URL, status and body: an employer with two pages, one without postings, an unknown one."""
    job = {
        "id": 1,
        "title": "Machine Learning Engineer",
        "url": f"{boards}/fernworks/jobs/1",
        "place": "Utrecht",
        "text": "<p>Models that answer in time.</p>",
    }
    pay = {"from": 52_000, "to": 64_000, "currency": "EUR", "per": "year"}
    return {
        "page": (f"{boards}/fernworks/jobs", 200, {"jobs": [job], "next": 2}),
        "last_page": (f"{boards}/fernworks/jobs?page=2", 200, {"jobs": [job | {"id": 2}], "next": None}),
        "empty": (f"{boards}/stillwater/jobs", 200, {"jobs": [], "next": None}),
        "unknown_board": (f"{boards}/nosuchboard/jobs", 404, {"error": "not found"}),
        "odd_pay": (f"{boards}/oddwages/jobs", 200, {"jobs": [job | {"pay": pay}], "next": None}),
    }


def _append(path: Path, row: tuple[str, ...]) -> None:
    """Append a row to a CSV file, whose last line may lack its end."""
    is_open = not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("\n" * is_open)
        csv.writer(file, lineterminator="\n").writerow(row)


def _insert_sorted(path: Path, entry: str) -> None:
    """Insert an entry into ``sources.yml`` in alphabetical order."""
    head, *entries = re.split(r"^(?=[a-z0-9]+:\n)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(head + "".join(sorted([*entries, entry], key=lambda each: each.split(":")[0])), encoding="utf-8")


if __name__ == "__main__":
    for written in write(sys.argv[1] if len(sys.argv) > 1 else "", ROOT, f"{utc_now().astimezone(UTC):%Y-%m-%d}"):
        print(written)  # noqa: T201 - the command's output
