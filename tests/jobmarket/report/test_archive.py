import json
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from lxml import etree, html

from jobmarket.publishing import publish
from jobmarket.report import ReportSpec, make_report
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_a_block_that_turns_out_damaged_says_how_to_mend_it(
    sample: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:  # where such a block lies differs from file to file
        raise duckdb.IOException("Corrupt database file: computed checksum 1 does not match stored checksum 2")

    home = Home(tmp_path)
    home.root.joinpath("published").symlink_to(sample.published)
    monkeypatch.setattr("jobmarket.report.stage.composed", damaged)
    with pytest.raises(StageError, match="Corrupt database file.*Run `jobmarket publish`, which writes it again"):
        make_report(home, spec=ReportSpec(formats=("html",)))


@pytest.mark.usefixtures("undrawn")
def test_the_archive_and_the_feed_hold_every_issue(sample: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.root.joinpath("published").symlink_to(sample.published)
    for week in (date(2026, 8, 20), date(2026, 8, 12)):
        make_report(home, spec=ReportSpec(week=week, formats=("html", "xlsx")))
    index, feed = home.reports / "index.html", home.reports / "feed.xml"
    before = index.read_bytes(), feed.read_bytes()
    make_report(home, spec=ReportSpec(formats=("html",)))
    assert (index.read_bytes(), feed.read_bytes()) == before
    page = html.document_fromstring(index.read_text(encoding="utf-8"))
    assert [heading.text for heading in page.iter("h2")] == ["2026-W34", "2026-W33"]
    links = [link.get("href") for link in page.iter("a")]
    assert len([link for link in links if link.endswith((".html", ".xlsx"))]) == 4
    assert all((home.reports / link).exists() for link in links)
    entries = etree.fromstring(feed.read_bytes()).findall("a:entry", ATOM)
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == [
        "Machine-learning jobs, week 34 of 2026",
        "Machine-learning jobs, week 33 of 2026",
    ]
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in entries}) == 2
    assert "Python is asked for" in (entries[0].findtext("a:summary", namespaces=ATOM) or "")
    published = json.loads((sample.published / "manifest.json").read_bytes())["published_at"]
    assert {entry.findtext("a:updated", namespaces=ATOM) for entry in entries} == {published}
    assert all((home.reports / link.get("href", "")).exists() for link in entries[0].findall("a:link", ATOM))


@pytest.mark.parametrize(
    "content", [b"", b'{"stem": "report", "iso', b"[]", b'{"stem": "report"}', b"\xff"],
    ids=["empty", "cut off", "a list", "fields missing", "not UTF-8"],
)  # fmt: skip
def test_a_damaged_note_ends_no_report(sample: Home, tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path)
    home.root.joinpath("published").symlink_to(sample.published)
    earlier = ReportSpec(week=date(2026, 8, 12), formats=("html",))
    make_report(home, spec=earlier)
    (note,) = home.reports.glob("2026-W33/*/report.json")
    note.write_bytes(content)

    last = make_report(home, spec=ReportSpec(formats=("html",)))
    assert [gap.split(" is ")[0] for gap in last.gaps] == [str(note)]
    assert "2026-W34" in (home.reports / "index.html").read_text(encoding="utf-8")
    assert b"2026-W33" not in (home.reports / "feed.xml").read_bytes()

    assert make_report(home, spec=earlier).gaps == ()
    assert b"2026-W33" in (home.reports / "feed.xml").read_bytes()


def test_a_note_of_a_later_version_is_read(sample: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.root.joinpath("published").symlink_to(sample.published)
    spec = ReportSpec(formats=("html",))
    make_report(home, spec=spec)
    before = (home.reports / "feed.xml").read_bytes()
    (note,) = home.reports.glob("*/*/report.json")
    note.write_text(json.dumps(json.loads(note.read_bytes()) | {"later": 1}), encoding="utf-8")
    assert make_report(home, spec=spec).gaps == ()
    assert (home.reports / "feed.xml").read_bytes() == before


@pytest.mark.usefixtures("undrawn")
def test_a_later_vintage_updates_the_entry_of_its_week(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for postings in (60, 61):
        build_marts(home, weeks=1, postings=postings)
        publish(home, Settings(_env_file=None), AS_OF)
        make_report(home, spec=ReportSpec(formats=("html",)))
    assert len(list(home.reports.glob("2026-W34/*/report.html"))) == 2
    feed = etree.fromstring((home.reports / "feed.xml").read_bytes())
    assert len(feed.findall("a:entry", ATOM)) == 1


def test_hostile_text_stays_text_in_the_archive_and_the_feed(hostile: Home) -> None:
    make_report(hostile, spec=ReportSpec(formats=("html",)))
    index = (hostile.reports / "index.html").read_text(encoding="utf-8")
    assert "<script" not in index
    assert "&lt;script&gt;alert(1)" in index
    etree.fromstring((hostile.reports / "feed.xml").read_bytes())
    (note,) = hostile.reports.glob("2026-W34/*/report.json")
    assert "\u202e" not in json.loads(note.read_text(encoding="utf-8"))["title"]


@pytest.mark.parametrize("world", ["sample", "hostile"])
def test_the_feed_is_atom(world: str, request: pytest.FixtureRequest) -> None:
    """What RFC 4287 asks of a feed and of its entries (4.1.1, 4.1.2, 4.2.6, 4.2.7, 3.3)."""
    home = request.getfixturevalue(world)
    make_report(home, spec=ReportSpec(formats=("html", "pdf"), language="fr"))
    feed = etree.fromstring((home.reports / "feed.xml").read_bytes())
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    entries = feed.findall("a:entry", ATOM)
    assert entries
    for element in (feed, *entries):
        for once in ("id", "title", "updated"):
            (found,) = element.findall(f"a:{once}", ATOM)
            assert (found.text or "").strip(), once
        moment = element.findtext("a:updated", namespaces=ATOM) or ""
        assert datetime.fromisoformat(moment).tzinfo is not None
        assert "T" in moment
        assert (element.findtext("a:id", namespaces=ATOM) or "").startswith("urn:uuid:")
    assert feed.findtext("a:author/a:name", namespaces=ATOM), "an entry without an author has the feed's"
    assert [link.get("href") for link in feed.findall("a:link[@rel='self']", ATOM)] == ["feed.xml"]
    ids = [element.findtext("a:id", namespaces=ATOM) for element in (feed, *entries)]
    assert len(ids) == len(set(ids))
    for entry in entries:
        alternates = entry.findall("a:link[@rel='alternate']", ATOM)
        assert len(alternates) == 1, "without content, an entry has one alternate"
        for link in entry.findall("a:link", ATOM):
            assert (home.reports / link.get("href", "")).is_file()
            assert "/" in link.get("type", "")
    assert {entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in entries} >= {"fr"}
    known = {"feed", "entry", "author", "name", "id", "title", "updated", "link", "summary"}
    assert {etree.QName(element).localname for element in feed.iter("*")} <= known
