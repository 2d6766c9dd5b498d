"""Hacker News, "Who is hiring?"."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.hacker_news.comment import paragraphs
from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import iso_moment, mappings, required, text
from scrapers.decoding import read_json
from scrapers.paging import LEADS_TO_LIST

_API = "https://hn.algolia.com/api/v1"
_THREADS = f"{_API}/search_by_date?tags=story,author_whoishiring&hitsPerPage=20"
_TITLE = re.compile(r"who is hiring\?", re.IGNORECASE)
_KEPT = ("id", "created_at", "created_at_i", "story_id", "story_title", "parent_id", "text")


class HnSpider(BoardSpider):
    """Hacker News: the comments of the month's "Ask HN: Who is hiring?", from Algolia's copy.

    Terms: the comments belong to their authors; a link to the comment. No user name is landed, and no reply.
    Robots: requested from each host and obeyed.
    Pagination: the newest thread of the user whoishiring is looked up and then requested as one answer
    (``items/<id>``). A thread covers one month, and does not close the comments of the month before.
    Quirks (2026-11-22): a comment is free text in HTML with unclosed ``<p>``. Each is landed whole, whether it offers a
    job, several or none, and is split into jobs after landing (:mod:`jobmarket.hacker_news`). Only comments whose text
    was removed are left out.
    """

    name = "hn"
    documentation = "https://hn.algolia.com/api"
    list_url = _THREADS
    url_pattern = re.compile(r"https?://hn\.algolia\.com/api/v1/(?:items/\d+|search(?:_by_date)?)/?(?:[?#]|$)")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Look up the newest thread."""
        return [Request(self.list_url)]

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the comments that answer the thread itself."""
        for comment in comments(read_json(response.body)):
            if not isinstance(comment, dict):
                yield comment
            elif paragraphs(text(comment, "text") or ""):
                yield {key: comment[key] for key in _KEPT if key in comment}
            else:
                self.leave_out(response)

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the thread that the look-up found.

        Raises:
            UnexpectedShape: If it found none: an empty list would say that nobody hires.
        """
        if not response.url.startswith(_THREADS):
            return None
        stories = mappings({"found": read_json(response.body)}, "found", "hits")
        threads = (text(each, "objectID") for each in stories if _TITLE.search(text(each, "title") or ""))
        if (thread := next(filter(None, threads), None)) is None:
            raise UnexpectedShape("the look-up found no thread 'Who is hiring?'")
        return Request(f"{_API}/items/{thread}", meta={LEADS_TO_LIST: True})

    @classmethod
    def history(cls, since: datetime, until: datetime) -> Iterator[tuple[datetime, Request]]:
        """Yield each month's look-up, as of the end of the month, when its thread is complete."""
        begin = since.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        while (end := (begin + timedelta(days=32)).replace(day=1)) <= until:
            within = f"created_at_i>={begin.timestamp():.0f},created_at_i<{end.timestamp():.0f}"
            yield end, Request(f"{_THREADS}&numericFilters={within}")
            begin = end

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the comment as a whole. Its first line stands for a title."""
        comment, written = required(payload, "id"), required(payload, "text")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=comment,
            url=f"https://news.ycombinator.com/item?id={comment}",
            title=paragraphs(written)[0][0][:300],
            description_html=written,
            date_posted=iso_moment(payload, "created_at"),
            payload=payload,
        )


def comments(answer: Any) -> Iterator[Any]:
    """Yield the comments that answer the thread itself, from its tree or from the hits of a search for comments.

    Raises:
        UnexpectedShape: If the answer is neither.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("children", answer.get("hits")), list):
        raise UnexpectedShape("neither 'children' nor 'hits': not the answer of Algolia's Hacker News")
    if "children" in answer:
        yield from answer["children"]
    for hit in mappings(answer, "hits"):
        if "comment_text" in hit and hit.get("parent_id") == hit.get("story_id"):
            yield {**hit, "id": hit.get("objectID"), "text": hit["comment_text"]}
