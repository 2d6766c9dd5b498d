"""Why an employer was not observed, in words for readers; crawls note the reason for operators."""

from __future__ import annotations

import re

from jobmarket import gap_words
from jobmarket.report.formats import whole
from jobmarket.report.language import mark, say

_NOTED = {
    gap_words.NO_ANSWER_IN_TIME: mark("no answer in time"),
    gap_words.REFUSED: mark("the board could not be reached"),
    gap_words.NO_CONNECTION: mark("the board could not be reached"),
    gap_words.NO_ADDRESS: mark("the board could not be reached"),
    gap_words.BROKE_OFF: mark("the board’s response was cut off"),
    gap_words.TOO_LARGE: mark("part of the responses could not be read"),
    gap_words.NOT_A_LIST: mark("part of the responses could not be read"),
    gap_words.NO_BOARD_THERE: mark("there is no board of this name"),
    gap_words.ANOTHER_BOARD: mark("the board’s address leads to another board"),
    gap_words.ONLY_NOT_MODIFIED: mark("the board’s address leads to another board"),
    gap_words.TRUNCATED_JSON: mark("the board’s response was cut off"),
    gap_words.TRUNCATED_XML: mark("the board’s response was cut off"),
    gap_words.TRUNCATED_HTML: mark("the board’s response was cut off"),
    gap_words.NO_NUMBER: mark("the board showed only part of its list"),
    gap_words.NO_CURSOR: mark("the board showed only part of its list"),
    gap_words.EMPTY_PAGE: mark("the board showed only part of its list"),
    gap_words.NOTHING_NEW: mark("the board showed only part of its list"),
    gap_words.GOES_ON: mark("the board showed only part of its list"),
    gap_words.SHRANK: mark("the board’s list changed while it was being read"),
    gap_words.ORDER_CHANGED: mark("the board’s list changed while it was being read"),
    gap_words.SHOWS_AT_MOST: mark("the board showed only part of its list"),
    gap_words.SHOWS_FEWER: mark("the board showed only part of its list"),
    gap_words.COUNTS_NO_MORE: mark("the board showed only part of its list"),
    gap_words.PARTS_LACK: mark("the board showed only part of its list"),
    gap_words.REJECTED: mark("part of the responses could not be read"),
    gap_words.PUT_OFF_ONE: mark("some postings have yet to be read on their own pages"),
    gap_words.PUT_OFF: mark("some postings have yet to be read on their own pages"),
    gap_words.WITHOUT_PAGE: mark("some listed postings have no page of their own"),
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
    if reason in gap_words.WORDS_OF_CODES:
        return say(gap_words.WORDS_OF_CODES[reason])
    if noted := next((words for known, words in _NOTED.items() if gap_words.in_these_words(reason, known)), None):
        return say(noted)
    answered = re.match(r"(\d{3}): ", reason)
    if answered is None:
        return whole(reason)
    status = int(answered[1])
    if status >= 500:
        return say("the board’s server failed")
    return say(_REFUSALS[status]) if status in _REFUSALS else whole(reason)
