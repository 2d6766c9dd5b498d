"""What the crawl of a company hands on, and how it passes Scrapy's engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from scrapy import Request

from jobmarket.landed_index import Shown
from jobmarket.posting import Posting
from jobmarket.run_writer import Finished
from scrapers.planning import Company

# The engine's bookkeeping for an item takes as long as the mapping of a posting: it is done once for so many.
_LARGEST_BATCH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """An object that a board listed as a posting, on its way through the pipelines."""

    company: Company
    payload: Any
    posting: Posting | None = None
    """What the object says, where the walk had to know already."""
    key: str | None = None
    listed: str | None = None
    """Posting key, and hash of the object and of what reads it, where the posting has a page of its own."""
    is_known: bool = False
    """Whether its own page was read before, and is only read again to see whether it was edited."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Postings that are as they were when they were landed: posting key and content hash of each."""

    company_slug: str
    sightings: tuple[tuple[str, str], ...]
    shown: Shown | None = None
    """How the list showed the posting when its own page was read, of one that has one."""


@dataclass(frozen=True, slots=True)
class Through:
    """The end of a company's crawl, behind all that was found: to be called when that is landed."""

    end: Callable[[], Finished]


Step: TypeAlias = Request | Found | Seen | Through
"""What to ask, what was found, and in the end that the company is through."""

Batch: TypeAlias = list[Found | Seen | Through]
"""What was found, in its order: the item that Scrapy hands from pipeline to pipeline."""


def in_batches(steps: Iterable[Step]) -> Iterator[Request | Batch]:
    """Steps in their order, what was found between two requests together."""
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
