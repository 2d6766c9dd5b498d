"""A report of a vintage says in every rendering that runs of the vintage were withdrawn since."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from email import message_from_bytes, policy

import pyarrow.parquet as pq
import pytest
from lxml import html
from pypdf import PdfReader

from jobmarket.publishing.vintages import current_vintage
from jobmarket.publishing.withdrawn_runs import note_withdrawn_run
from jobmarket.report import ReportSpec
from jobmarket.report.content import Report
from jobmarket.report.issues import Issue
from jobmarket.report.language import speaking
from jobmarket.report.renderings import FORMATS, render
from jobmarket.report.stage import composed
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import composed_report

SENTENCE = "Some data behind this report were withdrawn after publication: its figures may be wrong."


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
    """Return a home whose published vintage has a withdrawn run."""
    home = Home(tmp_path_factory.mktemp("withdrawn"))
    shutil.copytree(sample.published, home.published, symlinks=True)
    vintage = current_vintage(home.published)
    assert vintage is not None
    note_withdrawn_run(vintage, "ashby-20260820T000000Z-1")
    return home


@pytest.fixture(scope="module")
def report(home: Home) -> Report:
    return composed(home, None, ReportSpec())


@pytest.mark.parametrize("form", FORMATS)
def test_every_rendering_has_the_notice(report: Report, form: str) -> None:
    texts = TEXTS[form](render(report, form, "report"))
    assert texts
    assert [text for text in texts if SENTENCE not in " ".join(text.split())] == []


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_notice_is_translated(home: Home, language: str) -> None:
    with speaking(language):
        (notice, *_) = composed(home, None, ReportSpec()).banners
    assert ("retirée" if language == "fr" else "zurückgezogen") in notice.sentence


def test_the_archive_and_the_feed_take_it_over(report: Report) -> None:
    assert SENTENCE in Issue.of(report, "report", {}).warnings


def test_a_vintage_without_withdrawn_runs_has_none(sample: Home) -> None:
    assert all("withdrawn" not in banner.sentence for banner in composed_report(sample.root).banners)
