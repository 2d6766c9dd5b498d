"""Why an employer was not observed, in words for readers; crawls note the reason for operators."""

from __future__ import annotations

import re

from jobmarket.report.formats import whole
from jobmarket.report.language import mark, say

_REASONS = {
    "empty answer; counts when repeated on three days": mark("an empty list, accepted from the third day on"),
    "fewer than a quarter of the usual postings": mark("fewer than a quarter of the usual postings"),
    "the list was replaced between two crawls": mark("postings may have come and gone between two crawls"),
    "errors during the crawl": mark("part of the responses could not be read"),
    "no answer in time": mark("no answer in time"),
    "connection refused": mark("the board could not be reached"),
    "the connection failed": mark("the board could not be reached"),
    "the host name has no public address": mark("the board could not be reached"),
    "the connection broke before the answer was complete": mark("the board’s response was cut off"),
}
# Beginnings of reasons that contain numbers or names.
_BEGINNINGS = {
    r"the list('s order changed| shrank from) ": mark("the board’s list changed while it was being read"),
    r"(the list|a page of the list|page [\d,]+) (has|shows|goes on|is empty)\b": mark(
        "the board showed only part of its list"
    ),
    r"not a list: |[\d,]+ rejected: ": mark("part of the responses could not be read"),
    r"no (number|cursor) under the key ": mark("the board showed only part of its list"),
    r"truncated (JSON|XML|HTML): ": mark("the board’s response was cut off"),
    r"no board of this name: ": mark("there is no board of this name"),
    r"moved to ": mark("the board’s address leads to another board"),
    r"[\d,]+ postings? ha(s|ve) yet to be read ": mark("some postings have yet to be read on their own pages"),
    r"[\d,]+ of [\d,]+ listed postings have no page ": mark("some listed postings have no page of their own"),
}
# Reasons by the HTTP status of the board's response.
_REFUSALS = {
    401: mark("the board requires a key"),
    403: mark("the board refuses to be read"),
    404: mark("there is no board of this name"),
    410: mark("the board no longer exists"),
    429: mark("the board received too many requests"),
}


def in_words(reason: str | None) -> str | None:
    """Translate a known reason; return an unknown one as it was noted, and None for None."""
    if reason is None:
        return None
    plain = re.sub(r", \d+ times$", "", reason)
    if plain in _REASONS:
        return say(_REASONS[plain])
    if begun := next((words for beginning, words in _BEGINNINGS.items() if re.match(beginning, plain)), None):
        return say(begun)
    answered = re.match(r"(\d{3}): ", plain)
    if answered is None:
        return whole(reason)
    status = int(answered[1])
    if status >= 500:
        return say("the board’s server failed")
    return say(_REFUSALS[status]) if status in _REFUSALS else whole(reason)
