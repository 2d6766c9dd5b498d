"""A report of a vintage says in every rendering that runs of the vintage were withdrawn since."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import html
from pypdf import PdfReader

from jobmarket.publishing.vintages import current_vintage, vintage_folder
from jobmarket.publishing.withdrawn_runs import note_withdrawn_run
from jobmarket.report import ReportSpec
from jobmarket.report.archive import FEED, INDEX, write_archive
from jobmarket.report.content import Report
from jobmarket.report.issues import Issue
from jobmarket.report.language import speaking
from jobmarket.report.renderings import render
from jobmarket.report.stage import composed
from jobmarket.report.withdrawn_crawls import boards_and_days
from jobmarket.report_formats import FORMATS
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import composed_report

RUNS = ["ashby-20260817T000000Z-1", "ashby-20260820T000000Z-1"]
SENTENCE = (
    "2 crawls behind this report were withdrawn after publication: Ashby (17 August 2026 and 20 August 2026). "
    "The report’s figures may be wrong."
)


def _page(content: bytes) -> str:
    return html.document_fromstring(content.decode()).text_content()


def _mail(content: bytes, kind: str) -> str:
    body = message_from_bytes(content, policy=policy.default).get_body((kind,))
    assert body is not None
    return body.get_content()


# Format → the texts of its files in which a reader must find the notice.
TEXTS: dict[str, Callable[[dict[str, bytes]], list[str]]] = {
    "html": lambda files: [_page(files["report.html"])],
    "pdf": lambda files: [PdfReader(io.BytesIO(files["report.pdf"])).pages[0].extract_text()],
    "xlsx": lambda files: [
        zipfile.ZipFile(io.BytesIO(files["report.xlsx"])).read("xl/sharedStrings.xml").decode(),
    ],
    "csv": lambda files: [
        value
        for key, value in csv.reader(io.StringIO(files["report-csv/about.csv"].decode(), newline=""))
        if key == "notice" and "withdrawn" in value
    ],
    "parquet": lambda files: [
        pq.read_schema(io.BytesIO(content)).metadata[b"notices"].decode() for content in files.values()
    ],
    "mail": lambda files: [
        _mail(files["report.eml"], "plain"),
        html.document_fromstring(_mail(files["report.eml"], "html")).text_content(),
    ],
}


@pytest.fixture(scope="module")
def home(sample: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home whose published vintage has two withdrawn runs."""
    home = Home(tmp_path_factory.mktemp("withdrawn"))
    shutil.copytree(sample.published, home.published, symlinks=True)
    vintage = current_vintage(home.published)
    assert vintage is not None
    for run in RUNS:
        note_withdrawn_run(vintage, run)
    return home


@pytest.fixture(scope="module")
def report(home: Home) -> Report:
    return composed(home, None, ReportSpec())


@pytest.mark.parametrize("form", FORMATS)
def test_every_rendering_has_the_notice(report: Report, form: str) -> None:
    texts = TEXTS[form](render(report, form, "report"))
    assert texts
    assert [text for text in texts if SENTENCE not in " ".join(text.split())] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "2 collectes utilisées dans ce rapport ont été retirées après la publication : Ashby (17 août 2026 et 20 "
            "août 2026). Les chiffres du rapport peuvent donc être faux.",
        ),
        (
            "de",
            "2 Abrufe hinter diesem Bericht wurden nach der Veröffentlichung zurückgezogen: Ashby (17. August 2026 und "
            "20. August 2026). Die Zahlen des Berichts können daher falsch sein.",
        ),
    ],
)
def test_the_notice_is_translated(home: Home, language: str, sentence: str) -> None:
    with speaking(language):
        (notice, *_) = composed(home, None, ReportSpec()).banners
    assert " ".join(notice.sentence.split()) == sentence


@pytest.mark.parametrize(
    ("runs", "named"),
    [
        (["ashby-20260820T000000Z-1", "ashby-20260820T000000Z-2"], "Ashby (20 August 2026)"),
        (
            ["hn-20260820T000000Z-1", "ashby-20260820T000000Z-1"],
            "Ashby (20 August 2026) and Hacker News (20 August 2026)",
        ),
        (
            [f"lever-202608{day}T000000Z-1" for day in (10, 11, 14, 20)],
            "Lever (4 days from 10 August 2026 to 20 August 2026)",
        ),
    ],
)
def test_boards_and_days_tell_what_may_be_wrong(runs: list[str], named: str) -> None:
    assert boards_and_days(runs) == named


def test_the_archive_and_the_feed_say_what_is_withdrawn_now(report: Report, tmp_path: Path) -> None:
    """A third crawl was withdrawn after the report was written, which already has the notice of two."""
    home = Home(tmp_path)
    Issue.of(report, "report", {}, None).keep(home.reports / report.iso_week / report.vintage_id)
    for run in (*RUNS, "lever-20260820T000000Z-1"):
        note_withdrawn_run(vintage_folder(home.published, report.vintage_id), run)
    write_archive(home)
    for name in (INDEX, FEED):
        page = (home.reports / name).read_text(encoding="utf-8")
        assert page.count("crawls behind this report were withdrawn") == 1
        assert "3 crawls behind this report were withdrawn" in page
        assert "This is a sample world." in page


def test_a_vintage_without_withdrawn_runs_has_none(sample: Home) -> None:
    assert all("withdrawn" not in banner.sentence for banner in composed_report(sample.root).banners)


@pytest.mark.parametrize(
    ("withdrawn", "of_previous", "said"),
    [
        ([], RUNS, "2 crawls behind the previous vintage were withdrawn: Ashby (17 August 2026 and 20 August 2026)."),
        (RUNS[1:], RUNS, "1 crawl behind the previous vintage was withdrawn: Ashby (17 August 2026)."),
        (RUNS, RUNS, None),
        ([], [], None),
    ],
    ids=["both lack now", "this one still has one", "this one has both", "none withdrawn"],
)
def test_crawls_that_the_previous_vintage_had_are_named(
    later: Home, tmp_path: Path, withdrawn: list[str], of_previous: list[str], said: str | None
) -> None:
    home = Home(tmp_path)
    shutil.copytree(later.published, home.published, symlinks=True)
    this = current_vintage(home.published)
    assert this is not None
    for vintage, runs in ((this, withdrawn), (this.with_name("v0"), of_previous)):
        for run in runs:
            note_withdrawn_run(vintage, run)
    (figure,) = [figure for figure in composed(home, None, ReportSpec()).figures if figure.key == "since-vintage"]
    assert figure.note is not None
    assert figure.note.startswith("Figures for the whole market" if said is None else said)
