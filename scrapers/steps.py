"""What the crawl of a company yields, and how it passes through Scrapy's engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from scrapy import Request

from jobmarket.landed_index import Shown
from jobmarket.posting import Posting
from jobmarket.run_writer import Finished
from scrapers.planning import Company

# The engine's bookkeeping for one item takes as long as mapping a posting, so postings pass in batches of this size.
_LARGEST_BATCH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """An object that a board listed as a posting, on its way through the pipelines."""

    company: Company
    payload: Any
    posting: Posting | None = None
    """The mapped object, if the walk needed it already."""
    key: str | None = None
    """The posting key, if the posting has an own page."""
    listed: str | None = None
    """Hash of the listed object and of the code that reads it, if the posting has an own page."""
    is_known: bool = False
    """Whether its own page was read before and is only read again to see whether it was edited."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Postings that have not changed since they were landed: posting key and content hash of each."""

    company_slug: str
    sightings: tuple[tuple[str, str], ...]
    shown: Shown | None = None
    """How the list showed the posting when its own page was read, if it has one."""


@dataclass(frozen=True, slots=True)
class Through:
    """The end of a company's crawl, after all its postings: ``end`` is called once they are landed."""

    end: Callable[[], Finished]


Step: TypeAlias = Request | Found | Seen | Through
"""A request, something found, or the end of the company's crawl."""

Batch: TypeAlias = list[Found | Seen | Through]
"""What was found, in order: the item that Scrapy passes from pipeline to pipeline."""


def in_batches(steps: Iterable[Step]) -> Iterator[Request | Batch]:
    """Yield the steps in order, with everything found between two requests as one batch."""
    batch: Batch = []
    for step in steps:
        if batch and (isinstance(step, Request) or len(batch) == _LARGEST_BATCH):
            yield batch
            batch = []
        if isinstance(step, Request):
            yield step
        else:
            batch.append(step)
    if batch:
        yield batch
