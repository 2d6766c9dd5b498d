"""The words for what was not read: those in which a crawl notes it, and those of the codes why a crawl does not count.

``{}`` stands for a number, a name or an address, and :func:`in_these_words` recognises a text whatever stands there.
Reasons that are only for operators (*403: robots.txt …*) are written where they arise.
The report translates both into its readers' languages.
"""

from __future__ import annotations

import re
from functools import cache

# Answers by their HTTP status.
STATUS_WORDS = {
    401: "the server requires a key",
    403: "the server refuses the request",
    404: "no board of this name",
    410: "the board is gone",
    429: "too many requests",
}
NO_BOARD = STATUS_WORDS[404]

# Requests without an answer.
NO_ADDRESS = "the host name has no public address"
REFUSED = "connection refused"
NO_ANSWER_IN_TIME = "no answer in time"
BROKE_OFF = "the connection broke before the answer was complete"
TOO_LARGE = "the answer is larger than the limit"
NO_CONNECTION = "the connection failed"

# Answers that are not the list.
NOT_A_LIST = "not a list: the answer is of the type {}"
NO_BOARD_THERE = NO_BOARD + ": redirected to {}"
ANOTHER_BOARD = "moved to {}, another board"
ONLY_NOT_MODIFIED = "moved to {}, which only answers 304"
TRUNCATED_JSON = "truncated JSON: it breaks off after {} characters"
TRUNCATED_XML = "truncated XML: it breaks off after {} bytes"
TRUNCATED_HTML = "truncated HTML: it breaks off after {} bytes"
NO_NUMBER = "no number under the key '{}': more pages may follow"
NO_CURSOR = "no cursor under the key '{}': more pages may follow"

# Lists that were not shown whole.
EMPTY_PAGE = "a page of the list is empty but says that more follow"
NOTHING_NEW = "page {} shows nothing new but says that more follow"
GOES_ON = "the list goes on after {} pages"
SHRANK = "the list shrank from {} postings to {} while it was read"
ORDER_CHANGED = "the list's order changed while it was read: {} came twice, and as many may have been skipped"
SHOWS_AT_MOST = "the list has {} postings, but the board shows at most {}"
SHOWS_FEWER = "the list shows {} of the {} postings that it states"
COUNTS_NO_MORE = "the list has {} postings or more, but the board counts and shows no more"
PARTS_LACK = "the list has {} postings, but its parts by {} have {}"

# Postings that were not read, or whose own pages were not.
REJECTED = "{} rejected: {}"
PUT_OFF_ONE = "{} posting has yet to be read on its own page, by the next crawls"
PUT_OFF = "{} postings have yet to be read on their own pages, by the next crawls"
WITHOUT_PAGE = "{} of {} listed postings have no page of their own"

# Why a crawl does not qualify, or a week has a gap: the codes in ``raw.crawl_runs.qualifies_reason`` and, beside the
# crawls' own reasons, in ``main_reason``. Tables contain codes, so that a change of words changes no table.
INCOMPLETE = "incomplete"
EMPTY_LIST = "empty_list"
FEW_POSTINGS = "few_postings"
LIST_REPLACED = "list_replaced"
NOT_CRAWLED = "not_crawled"
NOT_FOLLOWED_UP = "not_followed_up"
WORDS_OF_CODES = {
    INCOMPLETE: "part of the responses could not be read",
    EMPTY_LIST: "an empty list, accepted from the third day on",
    FEW_POSTINGS: "fewer than a quarter of the usual postings",
    LIST_REPLACED: "postings may have come and gone between two crawls",
    NOT_CRAWLED: "not crawled",
    NOT_FOLLOWED_UP: "no complete crawl after the week so far",
}


def in_words(column: str) -> str:
    """Return SQL for a column of reasons with each code in words. Other reasons stay as they are."""
    words = " ".join(f"when '{code}' then '{words}'" for code, words in WORDS_OF_CODES.items())
    return f"case {column} {words} else {column} end"


def in_these_words(reason: str, words: str) -> bool:
    """Return whether a reason begins with these words, whatever stands for each ``{}``."""
    return _pattern(words).match(reason) is not None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("[^;]+?".join(map(re.escape, words.split("{}"))))
