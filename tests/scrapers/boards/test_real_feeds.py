"""Every shared real response of the feeds through its spider: all postings read, fields filled, nothing invented."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from ftfy import fix_encoding
from scrapy import Request
from scrapy.http import TextResponse

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider
from scrapers.paging import NotStated
from scrapers.planning import Company
from scrapers.systems import spiders_by_name

# Board → a URL to which its files could be the answers.
ADDRESSES = {
    "adzuna": "https://api.adzuna.com/v1/api/jobs/us/search/1",
    "arbeitnow": "https://www.arbeitnow.com/api/job-board-api?page=1",
    "bundesagentur": "https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc/v6/jobs?was=x&page=1",
    "francetravail": "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search?range=0-149",
    "getonbrd": "https://www.getonbrd.com/api/v0/categories/machine-learning-ai/jobs?page=1",
    "himalayas": "https://himalayas.app/jobs/api?limit=20",
    "hn": "https://hn.algolia.com/api/v1/items/1",
    "jobicy": "https://jobicy.com/api/v2/remote-jobs?count=100",
    "jobtech": "https://jobsearch.api.jobtechdev.se/search?q=x",
    "justjoin": "https://api.justjoin.it/v2/user-panel/offers/by-cursor?from=0",
    "landingjobs": "https://landing.jobs/api/v1/jobs.json?offset=0",
    "nofluffjobs": "https://nofluffjobs.com/api/search/posting?page=1",
    "reed": "https://www.reed.co.uk/api/1.0/search?keywords=x",
    "remoteok": "https://remoteok.com/api",
    "remotive": "https://remotive.com/api/remote-jobs",
    "themuse": "https://www.themuse.com/api/public/jobs?page=0",
    "usajobs": "https://data.usajobs.gov/api/search?Keyword=x",
    "weworkremotely": "https://weworkremotely.com/remote-jobs.rss",
}
# What a board states in its documentation and not in a field; the spiders' docstrings explain it.
BY_DOCUMENTATION = {
    "adzuna": {"USD", "year"}, "bundesagentur": {"EUR", "Vollzeit", "Teilzeit"}, "francetravail": {"FR"},
    "getonbrd": {"USD", "month"}, "himalayas": {"annual"},
    "hn": {"REMOTE", "HYBRID", "ONSITE", "Full-time", "Part-time", "Contract", "Internship"},
    "landingjobs": {"year"}, "nofluffjobs": {"month", "fullyRemote"}, "remoteok": {"USD", "year"}, "usajobs": {"USD"},
}  # fmt: skip
# Added by the project, or checked elsewhere: ids and times in each board's own tests, texts because of their headings.
NOT_COMPARED = {
    "board", "company_slug", "native_id", "payload", "description_html", "description_text", "date_posted",
    "valid_through", "url", "apply_url",
}  # fmt: skip
FIELDS = [name for name, info in Posting.model_fields.items() if not info.is_required()]


def envelope(board: str, body: bytes) -> bytes:
    """Restore the envelope of the real answer, if only its content was recorded."""
    if board == "themuse":
        return orjson.dumps({"page": 0, "page_count": 1, "results": orjson.loads(body)["jobs"]})
    answer = orjson.loads(body) if body[:1] in b"[{" else {}
    if board == "hn" and "sources" in answer:
        comments = [job for job in answer["jobs"] if job["source"] == "who_is_hiring"]
        return orjson.dumps({"children": [{**job, "created_at": "2026-05-01T15:00:00.000Z"} for job in comments]})
    if board == "bundesagentur" and "ergebnisliste" not in answer:
        return orjson.dumps({"ergebnisliste": [answer]})
    return body


def listed(board: str, body: bytes) -> int:
    """Count the postings that an answer lists, without the spider."""
    if board == "weworkremotely":
        return body.count(b"<item>")
    answer = orjson.loads(body)
    keys = ("jobs", "data", "ergebnisliste", "resultats", "results", "postings", "hits")
    found = answer if isinstance(answer, list) else next((answer[key] for key in keys if key in answer), answer)
    found = found if isinstance(found, list) else found.get("hits") or found["SearchResult"]["SearchResultItems"]
    return sum("legal" not in each for each in found)


def texts(value: Any) -> Iterator[str]:
    """Yield every text and number below a value."""
    if isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


def plain(text: str) -> str:
    """Reduce a text to repaired, unescaped letters and digits, which are the same in payload and posting."""
    return "".join(filter(str.isalnum, html.unescape(html.unescape(fix_encoding(text)))))


def invented(posting: Posting, board: str) -> list[str]:
    """Return the texts and amounts of a posting that its payload does not contain."""
    source = plain(" ".join(texts(posting.payload)))
    stated = posting.model_dump(mode="json", exclude=NOT_COMPARED)
    pieces = (piece for text in texts(stated) for piece in re.split(r"; | \| |https?://\S+", text))
    known = BY_DOCUMENTATION.get(board, set())
    return [
        piece for piece in pieces
        if piece not in known and plain(piece.removesuffix(".0")) not in source and not piece.startswith("<")
    ]  # fmt: skip


@pytest.fixture(scope="module")
def read(shared_dir: Path) -> dict[str, list[Posting]]:
    """Map each board to its postings."""
    found: dict[str, list[Posting]] = {}
    for board, address in ADDRESSES.items():
        spider: BoardSpider = spiders_by_name()[board]()
        company = Company(slug=spider.slug_of(address) or "", name="the feed itself")
        for path in sorted((shared_dir / "boards" / board).iterdir()):
            body = envelope(board, path.read_bytes())
            response = TextResponse(address, body=body, encoding="utf-8", request=Request(address))
            postings = [spider.to_posting(payload, company) for payload in spider.postings(response)]
            if board != "hn":
                assert len(postings) == listed(board, body), path.name
            with suppress(NotStated):  # only the postings of some answers were recorded
                spider.next_page(response, company)
            found.setdefault(board, []).extend(postings)
    return found


def test_exactly_the_listed_postings_are_read(
    read: dict[str, list[Posting]], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        for board, postings in read.items():
            filled = Counter(
                name for posting in postings for name in FIELDS if getattr(posting, name) not in (None, ())
            )
            examples = " ".join(f"{name}={filled[name]}" for name in FIELDS if filled[name])
            print(f"\n{board:<15}{len(postings):>6,} {examples}", end="")  # noqa: T201 - the table is the point
        print()  # noqa: T201
    assert set(read) == set(ADDRESSES)
    for board, postings in read.items():
        assert all(posting.company_name != "the feed itself" for posting in postings), board


@pytest.mark.parametrize("board", ADDRESSES)
def test_no_field_is_invented(read: dict[str, list[Posting]], board: str) -> None:
    assert read[board]
    for posting in read[board]:
        assert invented(posting, board) == [], json.dumps(posting.payload)[:300]
