import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import vl_convert
from lxml import html

from jobmarket.publishing import open_published, private_columns, publish
from jobmarket.report import ReportSpec, Scope, make_report
from jobmarket.report.content import Report
from jobmarket.report.queries import Published, ReportSource, read, read_about
from jobmarket.report.stage import composed
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, LAST_WEEK, build_marts
from tests.jobmarket.report.later_marts import later_home

HOSTILE = '<script>alert(1)</script>"\u202e\u0000=HYPERLINK("https://evil.example")</title></style>' + "W" * 10_000
MARKET = Scope()


def published_home(folder: Path, **market: object) -> Home:
    home = Home(folder)
    build_marts(home, **market)  # type: ignore[arg-type]
    publish(home, Settings(_env_file=None), AS_OF)
    return home


@cache
def report_file(root: Path) -> Path:
    """Write the report of the last week, once for all tests that only read it."""
    return Path(make_report(Home(root), spec=ReportSpec(formats=("html",))).counts["report"])


@cache
def composed_report(root: Path) -> Report:
    """Compose the content of the last week's report, once for all tests that only read it."""
    return composed(Home(root), None, ReportSpec())


def words(element: html.HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def last_week(
    connection: duckdb.DuckDBPyConnection, scope: Scope = MARKET, *, is_complete: bool = True
) -> ReportSource:
    """Return the source of the last week's report."""
    return ReportSource(connection, read_about(connection), LAST_WEEK, is_complete=is_complete, scope=scope)


@contextmanager
def published_week(home: Home, scope: Scope = MARKET) -> Iterator[Published]:
    """Yield the content of the published last week."""
    with open_published(home) as connection:
        yield read(last_week(connection, scope))


@contextmanager
def changed(
    home: Home,
    folder: Path,
    *changes: tuple[str, list[str | None] | None],
    scope: Scope = MARKET,
    is_complete: bool = True,
) -> Iterator[Published]:
    """Yield the last week of a part of the market, read from a copy of the published file after some SQL statements."""
    file = Path(shutil.copy(home.published / "jobmarket.duckdb", folder))
    with duckdb.connect(str(file)) as connection:
        for statement, values in changes:
            connection.execute(statement, values)
        yield read(last_week(connection, scope, is_complete=is_complete))


@pytest.fixture(scope="session", autouse=True)
def drawings() -> Iterator[dict[str, str]]:
    """The drawings so far, by specification. Drawing takes most of a report's time, and many tests draw the same."""
    draw, drawn = vl_convert.vegalite_to_svg, dict[str, str]()

    def draw_once(chart: dict[str, Any], **options: object) -> str:
        key = repr((chart, options))
        if key not in drawn:
            drawn[key] = draw(chart, **options)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vl_convert, "vegalite_to_svg", draw_once)
        yield drawn


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a small drawing in place of each chart, for reports of new figures whose charts are not looked at."""
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda chart, **options: square)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published sample world of 13 weeks."""
    return published_home(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Published recordings of a single week in which every cell is suppressed."""
    return published_home(tmp_path_factory.mktemp("recorded"), origin="recorded", weeks=1, postings=24)


@pytest.fixture(scope="session")
def later(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published market of six weeks with rows in every table that the report knows."""
    return later_home(tmp_path_factory.mktemp("later"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published market whose largest employer, titles and skills are attacks."""
    # published as if it were one in a hundred, because more texts of such a length are refused
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(private_columns, "_TOLERATED_SHARE", 1.0)
        return published_home(tmp_path_factory.mktemp("hostile"), company=HOSTILE)
