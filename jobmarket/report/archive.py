"""The archive of all reports: a page, an Atom feed and the link to the last one, rebuilt from the files in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from jobmarket.publishing.vintages import vintage_folder
from jobmarket.report.files import write
from jobmarket.report.issues import Issue, issues
from jobmarket.report.language import speaking
from jobmarket.report.latest import link_latest
from jobmarket.report.withdrawn_crawls import notices_of
from jobmarket.settings import Home

INDEX, FEED = "index.html", "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTRIES = 60
_TYPES = {".html": "text/html", ".pdf": "application/pdf",
          ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def write_archive(home: Home) -> tuple[str, ...]:
    """Write ``index.html`` and ``feed.xml`` beside the reports, and point ``latest.html`` to the last one.

    The same reports and withdrawals give the same bytes.

    The files of a report say what was withdrawn when it was written. The archive says what is withdrawn now.

    Returns:
        A line per report that is missing because its note cannot be read.
    """
    from jobmarket.report.renderings.html import environment

    written, unreadable = issues(home)
    kept = [_warning_now(issue, home) for issue in written]
    weeks = [(week, list(of_week)) for week, of_week in groupby(kept, key=lambda issue: issue.iso_week)]
    page = environment().get_template("archive.html.j2").render(weeks=weeks, address=address, files_of=files_of)
    write(home.reports, {INDEX: page.encode("utf-8", errors="replace"), FEED: _feed(_latest(kept)[:_ENTRIES])})
    link_latest(home.reports, written)
    return unreadable


def _warning_now(issue: Issue, home: Home) -> Issue:
    with speaking(issue.language):
        now = notices_of(vintage_folder(home.published, issue.vintage_id))
    return replace(issue, warnings=(*now, *issue.warnings))


def files_of(issue: Issue) -> list[tuple[str, str]]:
    """Return format and name of the files meant for readers."""
    return [
        (suffix[1:].upper(), f"{issue.stem}{suffix}") for suffix in _TYPES if f"{issue.stem}{suffix}" in issue.files
    ]


def address(issue: Issue, name: str) -> str:
    """Return the address of a report's file, relative to the archive."""
    return quote(f"{issue.iso_week}/{issue.vintage_id}/{name}")


def _latest(kept: list[Issue]) -> list[Issue]:
    """Keep the latest vintage of each report: a later vintage updates the same entry."""
    seen: dict[tuple[str, str], Issue] = {}
    for issue in kept:
        seen.setdefault((issue.iso_week, issue.stem), issue)
    return list(seen.values())


def _feed(entries: list[Issue]) -> bytes:
    feed = etree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: "en"}, nsmap={None: _ATOM})  # type: ignore[dict-item]  # the stubs know no default
    _add(feed, "title", "jobmarket: the labour market of machine-learning engineers")
    _add(feed, "id", uuid5(NAMESPACE_URL, "jobmarket:reports").urn)
    _add(feed, "updated", max(map(_updated, entries), default="1970-01-01T00:00:00+00:00"))
    _add(feed, "link", rel="self", href=FEED, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=INDEX, type="text/html")
    _add(_add(feed, "author"), "name", "jobmarket")
    for issue in entries:
        entry = _add(feed, "entry")
        entry.set(_LANGUAGE, issue.language)
        _add(entry, "title", issue.title)
        _add(entry, "id", uuid5(NAMESPACE_URL, f"jobmarket:{issue.iso_week}:{issue.stem}").urn)
        _add(entry, "updated", _updated(issue))
        _add(entry, "summary", " ".join((*issue.warnings, *issue.sentences)))
        for suffix, kind in _TYPES.items():
            if (name := f"{issue.stem}{suffix}") in issue.files:
                relation = "alternate" if suffix == ".html" else "enclosure"
                _add(entry, "link", rel=relation, href=address(issue, name), type=kind)
    made: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return made


def _updated(issue: Issue) -> str:
    """When the data of a report were published, because corrected ones stand for the same moment."""
    return issue.published_at or issue.as_of


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    element.text = text
    return element
