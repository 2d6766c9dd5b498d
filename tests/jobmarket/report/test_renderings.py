"""The report in its other formats: the same figures, the same bytes, and nothing from a posting runs."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from jobmarket.foreign_text import for_spreadsheets
from jobmarket.report import ReportSpec, Scope, make_report
from jobmarket.report.content import Report
from jobmarket.report.figures import Figure, Section
from jobmarket.report.flat import flat
from jobmarket.report.palette import COLOURS
from jobmarket.report.renderings import render
from jobmarket.report.sections.employers import Newest
from jobmarket.report.stage import composed
from jobmarket.report.tables import Field, table
from jobmarket.report_formats import FORMATS
from jobmarket.settings import Home
from jobmarket.stages import StageError
from tests.jobmarket.report.conftest import composed_report

WORDS = {"text", "words", "prose", "code", "link", "status"}
TEMPLATES = Path(__file__).parents[3] / "jobmarket/report/templates"


@pytest.fixture(scope="module")
def report(sample: Home) -> Report:
    return composed_report(sample.root)


@pytest.fixture(scope="module")
def again(sample: Home, report: Report, drawings: dict[str, str]) -> Report:
    """The report, composed and drawn a second time."""
    drawings.clear()
    return composed(sample, None, ReportSpec())


@pytest.fixture(scope="module")
def attack(hostile: Home) -> Report:
    return composed_report(hostile.root)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_made_again_has_the_same_bytes(report: Report, again: Report, form: str) -> None:
    first, second = render(report, form, "report"), render(again, form, "report")
    assert first
    assert first == second


def sheets(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_the_workbook_has_a_sheet_a_table_with_typed_cells(report: Report) -> None:
    parts = sheets(render(report, "xlsx", "report")["report.xlsx"])
    worksheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    with_table = [figure for figure in report.figures if figure.data]
    assert len(worksheets) == len(with_table) + 1
    skills = parts["xl/worksheets/sheet2.xml"]
    assert 'state="frozen"' in skills
    share = with_table[0].table.rows[0][2].value  # type: ignore[union-attr]
    assert f"<v>{share:.16G}</v>" in skills
    assert report.as_of.strftime("%Y-%m-%dT%H:%M:%SZ") in parts["docProps/core.xml"]
    for number, figure in enumerate(with_table, start=2):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"]
        assert re.search(r'<pane [^>]*topLeftCell="B5"[^>]*state="frozen"', sheet), figure.key
        assert "<autoFilter" in sheet, figure.key
        # A number, a share, a day is a number to the spreadsheet; only words are text.
        headings = len(flat(figure.data))  # type: ignore[arg-type]
        texts = sum(column.unit in WORDS for column in flat(figure.data))  # type: ignore[arg-type]
        n_rows = len(figure.data.rows)  # type: ignore[union-attr]
        assert sheet.count('t="s"') <= 2 + headings + texts * n_rows, figure.key


def test_sheets_are_called_as_their_figures_in_whole_words(report: Report) -> None:
    workbook = etree.fromstring(sheets(render(report, "xlsx", "report")["report.xlsx"])["xl/workbook.xml"].encode())
    names = [sheet.get("name") for sheet in workbook.iter("{*}sheet")][1:]
    assert len({name.lower() for name in names}) == len(names)
    titles = [figure.title for figure in report.figures if figure.data]
    for name, title in zip(names, titles, strict=True):
        head, _, tail = title.rpartition(": ")
        assert re.sub(r" \d+$", "", name).removesuffix(f" {tail}" if head else "") in (head or tail), (name, title)
        assert set(re.sub(r" \d+$", "", name).split()) <= set(re.sub("[/:*?]", " ", title).split()), "whole words"
        assert not head or name.endswith(f" {tail}")


def test_nothing_from_a_posting_is_a_formula_or_a_link_of_a_workbook(attack: Report) -> None:
    parts = sheets(render(attack, "xlsx", "report")["report.xlsx"])
    assert "=HYPERLINK(" in parts["xl/sharedStrings.xml"]
    for name, text in parts.items():
        assert "<f>" not in text, name
        assert "<hyperlink" not in text, name
        assert not {"\u202e", "\x00"} & set(text)
    assert "W" * 1000 not in parts["xl/sharedStrings.xml"]


def test_csv_is_safe_in_a_spreadsheet_and_parquet_is_exact(report: Report) -> None:
    files = render(report, "csv", "report") | render(report, "parquet", "report")
    rows = list(csv.DictReader(io.StringIO(files["report-csv/skills-week.csv"].decode(), newline="")))
    table = pq.read_table(io.BytesIO(files["report-parquet/skills-week.parquet"]))
    assert [float(row["share_low"]) for row in rows] == table["share_low"].to_pylist()
    assert [row["skill_name"] for row in rows] == table["skill_name"].to_pylist()
    assert table.schema.field("n_postings").type == "int64"
    assert len(rows) == 15


def test_nothing_from_a_posting_runs_in_csv_and_it_is_kept_whole_in_parquet(attack: Report) -> None:
    files = render(attack, "csv", "report")
    assert len(files) > 8
    for name, content in files.items():
        for row in csv.reader(io.StringIO(content.decode(), newline="")):
            for cell in row:
                is_number = re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)
                assert is_number or for_spreadsheets(cell) == cell, (name, cell[:40])
                assert not {"\u202e", "\x00"} & set(cell)
    tables = [pq.read_table(io.BytesIO(each)) for each in render(attack, "parquet", "report").values()]
    assert any("<script>alert(1)</script>" in str(row) for table in tables for row in table.to_pylist())


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "＝"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted_in_csv(first: str) -> None:
    from jobmarket.report.renderings.csv import _plain

    assert _plain(f"{first}1+1") == f"'{first}1+1"
    assert _plain(-1.5) == "-1.5"


def test_no_text_of_a_cell_is_cut_and_a_sheet_wraps_it(report: Report) -> None:
    title = (
        "Staff Machine Learning Engineer, Recommendation and Search, Payments Risk and Growth Platform (Île-de-France)"
    )
    assert len(title) > 100
    row = Newest("Société " + "Générale d’Exploitation " * 8, title, "https://jobs.example.com/1")
    shown = table("Employers", [row], Field("company_name", "Employer"), Field("newest_title", "Title", "link"))
    figure = Figure("employers-most", "Employers", table=shown)
    one = replace(report, sections=(Section("employers", "Who", figures=(figure,)),))
    name = " ".join(row.company_name.split())
    page = lxml_html.document_fromstring(render(one, "html", "report")["report.html"].decode())
    assert [" ".join(cell.text_content().split()) for cell in page.iterfind(".//figure//tbody/tr/*")] == [name, title]
    (_, cells) = csv.reader(io.StringIO(render(one, "csv", "report")["report-csv/employers-most.csv"].decode()))
    assert cells == [name, title]
    parts = {name: etree.fromstring(part.encode()) for name, part in
             sheets(render(one, "xlsx", "report")["report.xlsx"]).items() if name.startswith("xl/")}  # fmt: skip
    strings = [element.text for element in parts["xl/sharedStrings.xml"].iter("{*}t")]
    styles = list(parts["xl/styles.xml"].find("{*}cellXfs"))
    written = [cell for cell in parts["xl/worksheets/sheet2.xml"].iter("{*}c") if cell.get("r") in ("A5", "B5")]
    assert [strings[int(cell.findtext("{*}v"))] for cell in written] == [name, title]
    assert all(styles[int(cell.get("s"))].find("{*}alignment").get("wrapText") == "1" for cell in written)


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())


def test_the_pdf_says_what_the_report_says(report: Report) -> None:
    document = render(report, "pdf", "report")["report.pdf"]
    text = text_of(document)
    for sentence in report.lede:
        assert " ".join(sentence.split())[:40] in text
    reader = PdfReader(io.BytesIO(document))
    assert reader.metadata is not None
    assert reader.metadata.title == report.title
    assert reader.metadata.creation_date == report.as_of
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_a_hostile_posting_changes_nothing_in_the_pdf(attack: Report) -> None:
    document = render(attack, "pdf", "report")["report.pdf"]
    assert "<script>alert(1)</script>" in text_of(document)
    reader = PdfReader(io.BytesIO(document))
    assert len(reader.pages) < 15
    for page in reader.pages:
        assert float(page.mediabox.width) == pytest.approx(595.28, abs=0.1)
        for link in page.get("/Annots", ()):
            assert link.get_object()["/A"]["/URI"].startswith("https://")
    assert b"/JavaScript" not in document
    assert b"/JS" not in document


def test_colours_on_paper_are_those_of_the_page() -> None:
    light = (TEMPLATES / "report.css").read_text().split("}")[0]
    assert COLOURS.items() <= dict(re.findall(r"--(\w+): (#\w+);", light)).items()


def test_a_part_of_the_market_has_a_report_of_its_own(sample: Home) -> None:
    made = make_report(sample, spec=ReportSpec(scope=Scope("ml_engineer", "US"), formats=("html", "csv")))
    path = Path(made.counts["report"])
    assert path.name == "report-ml_engineer-in-US.html"
    page = path.read_text(encoding="utf-8")
    assert "<h1>Machine-learning jobs: ML engineer, United States, week 34 of 2026</h1>" in page
    assert 'id="skills-families"' not in page
    assert 'id="pay-countries"' not in page
    rows = list(csv.DictReader((path.parent / "report-ml_engineer-in-US-csv/skills-week.csv").open()))
    whole = composed(sample, None, ReportSpec(scope=Scope("ml_engineer", "US"))).figures[0].table
    assert whole is not None
    assert int(rows[0]["n_postings"]) == whole.rows[0][5].value == 323


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (Scope("plumber"), "no role family 'plumber'"),
        (Scope(country="ZZ"), r"country 'ZZ'\. Countries with postings: CA, DE"),
    ],
)
def test_an_unknown_scope_is_an_error_that_lists_the_known_ones(sample: Home, scope: Scope, message: str) -> None:
    with pytest.raises(StageError, match=message):
        make_report(sample, spec=ReportSpec(scope=scope))


def test_a_format_alone_goes_to_the_file_that_is_named(recorded: Home, tmp_path: Path) -> None:
    make_report(recorded, spec=ReportSpec(formats=("xlsx",), out=tmp_path / "week.xlsx"))
    assert [path.name for path in tmp_path.iterdir()] == ["week.xlsx"]
