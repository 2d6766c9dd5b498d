"""The query beside a figure gives the figure's numbers: run on the published file, row by row."""

import re
from datetime import UTC, date, datetime

import duckdb
import pytest
from lxml import html

from jobmarket.publishing import open_published
from jobmarket.report import ReportSpec, Scope
from jobmarket.report.figures import Figure
from jobmarket.report.flat import flat
from jobmarket.report.language import speaking
from jobmarket.report.renderings import render
from jobmarket.report.sql import literal, written
from jobmarket.report.stage import composed
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import composed_report

# Columns in words of the report's language, beside the published value.
IN_WORDS = {
    "cell", "newest_title", "direction", "main_reason", "is_significant", "is_region_premium_significant",
    "measured_with", "about", "name", "pay_region_name",
}  # fmt: skip


def query_result(home: Home, figure: Figure) -> list[dict[str, object]]:
    """Run the text of a figure's query on the published file."""
    with open_published(home) as published:
        found = published.execute(figure.query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def differing(figure: Figure, answer: list[dict[str, object]]) -> list[tuple[str, object, object]]:
    """Return the cells of a figure's data that differ from its query's result."""
    assert figure.data is not None
    found: list[tuple[str, object, object]] = []
    for column in flat(figure.data):
        if column.name in IN_WORDS or column.unit == "words":
            continue
        answers = [row[column.name] for row in answer]
        found += [(column.name, a, b) for a, b in zip(column.values, answers, strict=True) if a != b]
    return found


@pytest.mark.parametrize("world", ["sample", "recorded", "later"])
def test_a_figures_query_gives_its_numbers(world: str, request: pytest.FixtureRequest) -> None:
    home: Home = request.getfixturevalue(world)
    figures = [figure for figure in composed_report(home.root).figures if figure.data is not None]
    assert len(figures) > (4 if world == "recorded" else 15)
    assert [figure.key for figure in figures if not figure.query] == []
    assert {figure.key: wrong for figure in figures if (wrong := differing(figure, query_result(home, figure)))} == {}


@pytest.mark.parametrize("scope", [Scope("ml_engineer"), Scope(country="US"), Scope("ml_engineer", "US")], ids=str)
def test_queries_of_a_scope_give_its_numbers(sample: Home, scope: Scope) -> None:
    with speaking("de"):
        figures = [
            figure for figure in composed(sample, None, ReportSpec(scope=scope)).figures if figure.data is not None
        ]
    assert len(figures) > 10
    assert {figure.key: wrong for figure in figures if (wrong := differing(figure, query_result(sample, figure)))} == {}


@pytest.mark.parametrize("world", ["recorded", "later"])
def test_numbers_that_stand_in_place_of_a_chart_have_their_query_too(
    world: str, request: pytest.FixtureRequest
) -> None:
    home: Home = request.getfixturevalue(world)
    with_numbers = [figure for figure in composed_report(home.root).figures if re.search(r"\d", figure.absence or "")]
    assert with_numbers
    assert {figure.key: figure.absence for figure in with_numbers if not figure.query} == {}
    for figure in with_numbers:
        query_result(home, figure)


def named_by(name: str, rows: list[list[str]]) -> list[list[str]]:
    """Return the rows named in a mark's name: by the longest first cell, then by the second cell if one matches."""

    def stands(text: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", name) is not None

    named = [row for row in rows if stands(row[0])]
    longest = max((len(row[0]) for row in named), default=0)
    named = [row for row in named if len(row[0]) == longest]
    return [row for row in named if stands(row[1])] or named


def test_every_mark_of_a_chart_is_a_row_of_its_data(sample: Home) -> None:
    """A mark shows a name and an estimate: the first row that the name names has that estimate."""
    drawn = 0
    for figure in composed_report(sample.root).figures:
        drawings = [drawing for drawing in (figure.wide, *figure.multiples) if drawing is not None]
        marks = re.findall(r"<title>(.*?): ([^ (<]*\d[^ (<]*)", " ".join(drawing.svg for drawing in drawings))
        if not marks:
            continue
        assert figure.data is not None
        columns = flat(figure.data)
        rows = [[column.texts[number] for column in columns] for number in range(len(figure.data.rows))]
        strays = [(name, number) for name, number in marks
                  if not any(number in row[1:] for row in named_by(name, rows))]  # fmt: skip
        assert strays == [], figure.key
        drawn += len(marks)
    assert drawn > 100


def test_the_page_shows_the_query_as_it_can_be_run(later: Home) -> None:
    report = composed_report(later.root)
    page = html.document_fromstring(render(report, "html", "report")["report.html"].decode())
    shown = {figure.get("id"): figure.findtext("./details/pre/code") for figure in page.iter("figure")}
    assert {key: text for key, text in shown.items() if text} == {
        figure.key: f"{figure.query};" for figure in report.figures if figure.query
    }


def test_a_query_is_laid_out_and_its_values_stay_whole() -> None:
    query = written(
        """select name, (select count(*) from range($n)) as counted, row_number() over (order by name) as place
        from (select unnest($names) as name union all select 'from where')
        where name <> $not order by name""",
        {"n": 3, "names": ["it's  from here", "x" * 120], "not": "a $n"},
    )
    assert query.splitlines()[-2:] == ["where name <> 'a $n'", "order by name"]
    assert all(len(line) <= 100 for line in query.splitlines() if "xxx" not in line)
    assert "over (order by name) as place" in query, "a window stays in its line"
    rows = duckdb.sql(query).fetchall()
    assert [row[:2] for row in rows] == [("from where", 3), ("it's  from here", 3), ("x" * 120, 3)]
    assert literal(date(2026, 8, 10)) == "date '2026-08-10'"
    for other in (None, datetime(2026, 8, 10, 13, 5, tzinfo=UTC)):
        with pytest.raises(TypeError):
            literal(other)


@pytest.mark.parametrize("before", range(30, 110, 7))
def test_a_text_that_stands_in_a_query_stays_whole(before: int) -> None:
    text = "two  words, it's\nmore of them (from $here) where"
    name, quoted = "x" * before, text.replace("'", "''")
    query = written(f"select {name}, '{quoted}' as quoted_text, $n as n from range(1) as numbers({name})", {"n": 3})
    assert len(query.splitlines()) > 2
    assert duckdb.sql(query).fetchall() == [(0, text, 3)]
