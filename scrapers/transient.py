"""Recognises failures that pass by themselves, so that another attempt may succeed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from scrapy.exceptions import DownloadCancelledError

from jobmarket.landing import CompanyOutcome
from scrapers.outcomes import NO_ANSWER

_STATUS = re.compile(r"(?:5\d\d|429): (?:asked to wait (?P<seconds>\d+) s)?")
_UNREACHABLE = re.compile(
    r"not requested: (?:\d+ connections to \S+ in a row failed|\S+ failed in the last \d+ crawls)"
)
_NO_RULES = re.compile(r"robots\.txt is not available \(")
_NO_ANSWER = frozenset(words for kind, words in NO_ANSWER.items() if kind is not DownloadCancelledError)  # too large


def is_transient(outcome: CompanyOutcome, now: datetime) -> bool:
    """Return whether a company's crawl is incomplete for a reason that may have passed by ``now`` (UTC).

    5xx, 429 and answers that came late or not at all may pass; if the host asked for a pause, once it is over. A
    refusal or an unexpected answer does not pass by itself.
    """
    reasons = (outcome.reason or "").split("; ")
    return any(_passes(reason, outcome.finished_at or now, now) for reason in reasons)


def _passes(reason: str, finished_at: datetime, now: datetime) -> bool:
    if status := _STATUS.match(reason):
        return now >= finished_at + timedelta(seconds=int(status["seconds"] or 0))
    return reason in _NO_ANSWER or any(words.match(reason) for words in (_UNREACHABLE, _NO_RULES))
