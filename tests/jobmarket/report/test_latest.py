"""Which of several reports of a week is the one that ``latest.html``, the archive, the feed and the mail lead to."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree, html

from jobmarket.publishing.vintages import make_current, remove, reported, vintage_as_of, vintage_folder
from jobmarket.publishing.withdrawn_runs import forget_withdrawn_runs, note_withdrawn_run
from jobmarket.report import ReportSpec, make_report, written_report
from jobmarket.report.archive import write_archive
from jobmarket.settings import Home

pytestmark = pytest.mark.usefixtures("undrawn")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
# Hashes of two vintages of one moment, in both orders.
ORDERS = [("00000000", "ffffffff"), ("ffffffff", "00000000")]


@pytest.fixture(params=ORDERS, ids=["later hash", "earlier hash"])
def twice_published(published_home: Home, request: pytest.FixtureRequest) -> tuple[Home, str, str]:
    """A home with two vintages of one moment, each with its report; returns their ids, the one published first first.

    The report of the first one is written last.
    """
    home = published_home
    (vintage,) = (home.published / "vintages").iterdir()
    moment = vintage.name.split("-")[0]
    first, second = (f"{moment}-{ending}" for ending in request.param)
    published = datetime(2026, 8, 24, 5, tzinfo=UTC)
    for vintage_id, hours in ((second, 2), (first, 0)):
        copy = Path(shutil.copytree(vintage, vintage.with_name(vintage_id)))
        _change(copy / "manifest.json", published_at=(published + timedelta(hours=hours)).isoformat())
        make_current(home.published, copy)
        written = Path(make_report(home, spec=ReportSpec(formats=("html",))).counts["report"])
        if written.parent.name != vintage_id:  # the copied file calls itself by its first name
            written.parent.rename(written.parent.with_name(vintage_id))
        _change(
            written.parent.with_name(vintage_id) / "report.json",
            vintage_id=vintage_id,
            published_at=(published + timedelta(hours=hours)).isoformat(),
        )
    shutil.rmtree(vintage)
    make_current(home.published, vintage_folder(home.published, second))
    return home, first, second


def _change(file: Path, **values: str) -> None:
    file.chmod(0o644)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | values), encoding="utf-8")


def leads_to(home: Home) -> set[str]:
    """The vintages that the link, the archive's first entry and the feed's only one lead to."""
    write_archive(home)
    index = html.document_fromstring((home.reports / "index.html").read_text(encoding="utf-8"))
    (entry,) = etree.fromstring((home.reports / "feed.xml").read_bytes()).findall("a:entry", ATOM)
    link = entry.find("a:link", ATOM)
    assert link is not None
    first = index.find(".//article")
    assert first is not None
    page = first.find(".//a")
    assert page is not None
    assert first.find("p[@class='prose']") is not None, "the summary is that of the first"
    return {
        (home.reports / "latest.html").resolve().parent.name,
        page.get("href", "").split("/")[1],
        link.get("href", "").split("/")[1],
    }


def test_readers_get_the_report_of_the_vintage_that_was_published_last(
    twice_published: tuple[Home, str, str],
) -> None:
    home, first, second = twice_published
    assert leads_to(home) == {second}
    os.utime(home.reports / "2026-W34" / first / "report.html")
    assert leads_to(home) == {second}, "when a file was written decides nothing"
    assert written_report(home).vintage == second
    assert reported(home.published, home.reports) == {second}
    (home.published / "current").unlink()
    assert leads_to(home) == {second}, "without the link, the manifests still say which came last"
    for vintage_id in (first, second):
        remove(vintage_folder(home.published, vintage_id))
    assert leads_to(home) == {second}, "the reports' notes say so, once neither vintage is kept"


def test_readers_get_the_report_of_data_that_were_published_again(twice_published: tuple[Home, str, str]) -> None:
    """A withdrawal that was undone makes the first vintage the current one again."""
    home, first, _ = twice_published
    make_current(home.published, vintage_folder(home.published, first))
    assert leads_to(home) == {first}
    assert written_report(home).vintage == first
    assert vintage_as_of(home.published, datetime(2099, 1, 1, tzinfo=UTC)) == vintage_folder(home.published, first)


def test_readers_get_a_report_of_which_nothing_is_withdrawn(twice_published: tuple[Home, str, str]) -> None:
    home, first, second = twice_published
    withdrawn = vintage_folder(home.published, second)
    note_withdrawn_run(withdrawn, "ashby-20260817T000000Z-1")
    assert leads_to(home) == {first}
    forget_withdrawn_runs(withdrawn)
    assert leads_to(home) == {second}
    withdrawn.with_name(f"{second}.withdrawn").touch()  # the vintage itself
    assert leads_to(home) == {first}


def test_withdrawn_runs_take_nobody_back_to_an_earlier_moment(twice_published: tuple[Home, str, str]) -> None:
    """Such a report may be of a week that was not over."""
    home, first, second = twice_published
    earlier = "20260820T060000Z-12345678"
    folder = shutil.copytree(home.reports / "2026-W34" / first, home.reports / "2026-W34" / earlier)
    _change(folder / "report.json", vintage_id=earlier, as_of="2026-08-20T06:00:00+00:00")
    for vintage_id in (first, second):
        note_withdrawn_run(vintage_folder(home.published, vintage_id), "ashby-20260817T000000Z-1")
    assert leads_to(home) == {second}


def test_the_link_leads_to_no_other_part_of_the_market_and_to_no_file_that_is_gone(published_home: Home) -> None:
    home = published_home
    made = Path(make_report(home, spec=ReportSpec(formats=("html",))).counts["report"])
    make_report(home, spec=ReportSpec(language="de", formats=("html",)))
    assert (home.reports / "latest.html").resolve() == made
    made.unlink()
    (home.reports / "latest.html").unlink()
    write_archive(home)
    assert not (home.reports / "latest.html").is_symlink()
