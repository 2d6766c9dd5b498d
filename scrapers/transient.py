"""Which failures pass by themselves: another try may find the board answering."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from scrapy.exceptions import DownloadCancelledError

from jobmarket.landing import CompanyOutcome
from scrapers.outcomes import NO_ANSWER

_STATUS = re.compile(r"(?:5\d\d|429): (?:asked to wait (?P<seconds>\d+) s)?")
_UNREACHABLE = re.compile(r"not asked: (?:\d+ connections to \S+ in a row failed|\S+ failed in the last \d+ crawls)")
_NO_RULES = re.compile(r"no robots\.txt to be had \(")
_NO_ANSWER = frozenset(words for kind, words in NO_ANSWER.items() if kind is not DownloadCancelledError)  # too large


def is_transient(outcome: CompanyOutcome, now: datetime) -> bool:
    """Whether a company's crawl failed, or lacks something, for a reason that may be gone by ``now`` (UTC).

    Such are 5xx, 429, and answers that did not come in time or not at all; those of a host that asked to be left alone
    for a while, once that is over. What a board refuses or shows otherwise than expected is as it was.
    """
    reasons = (outcome.reason or "").split("; ")
    return any(_passes(reason, outcome.finished_at or now, now) for reason in reasons)


def _passes(reason: str, said_at: datetime, now: datetime) -> bool:
    if status := _STATUS.match(reason):
        return now >= said_at + timedelta(seconds=int(status["seconds"] or 0))
    return reason in _NO_ANSWER or any(words.match(reason) for words in (_UNREACHABLE, _NO_RULES))
