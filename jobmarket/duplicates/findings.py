"""What the judge finds of many pairs: from postings' rows to findings' rows, in as many processes as there are.

A finding depends on the words of two contents alone, so it is made once and kept; when the postings were there is for
whoever reads it.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeAlias

from jobmarket.duplicates.advert import Advert, read_advert
from jobmarket.duplicates.employers import Likeness
from jobmarket.duplicates.judge import Headers, OneJob, compare_headers, examine
from jobmarket.duplicates.spans import Span
from jobmarket.duplicates.texts import SAME_WORDING, Wording, compare_all
from jobmarket.extract.facts import Location
from jobmarket.extract.version import SEEDS, extractor_version
from jobmarket.workers import workers

_UNDATED = Span(None, None, None, is_exact=False)
_SEEDS_READ = ("board_systems", "company_aliases")
# Below this many pairs a second process costs more (its start, its gazetteer) than it saves.
_WORTH_A_PROCESS = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """A posting's words, as the warehouse has them. ``text`` is null where no pair needs it."""

    content_hash: str
    board: str
    company: str | None
    title: str
    location: str | None
    locations: tuple[Location, ...]
    text: str | None
    is_own_board: bool


# Two content hashes, and whether every sentence of theirs is shared.
Pair: TypeAlias = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Some pairs of contents, and the contents that they name."""

    contents: tuple[Content, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class FoundPair:
    """One pair's finding, under the names of the warehouse's columns.

    ``text_class`` and ``score`` are null where titles or places make two jobs of a pair: its texts are not compared.
    """

    first_content: str
    second_content: str
    one_job: str
    has_one_title: bool
    place: str
    text_class: str | None
    score: float | None


def find_all(batches: Iterable[Candidates], n_pairs: int, processes: int) -> Iterator[FoundPair]:
    """Judge the pairs of all batches.

    Args:
        batches: Read one after the other, a few ahead of what is judged.
        n_pairs: How many pairs they hold together; few are judged in this process.
        processes: How many processes may share the work.
    """
    if processes <= 1 or n_pairs < _WORTH_A_PROCESS:
        for batch in batches:
            yield from find(batch)
        return
    started: deque[Future[list[FoundPair]]] = deque()
    with workers(processes) as pool:
        for batch in batches:
            started.append(pool.submit(find, batch))
            if len(started) > 2 * processes:
                yield from started.popleft().result()
        while started:
            yield from started.popleft().result()


def find(batch: Candidates) -> list[FoundPair]:
    """Judge the pairs of one batch; each content is read once."""
    adverts = {content.content_hash: _advert(content) for content in batch.contents}
    headers = [compare_headers(adverts[first], adverts[second]) for first, second, _ in batch.pairs]
    texts = [
        (one.first.text, one.second.text) for one, pair in zip(headers, batch.pairs, strict=True) if _asks(one, pair)
    ]
    wordings = iter(compare_all(texts))
    return [
        _found(one, pair, next(wordings) if _asks(one, pair) else SAME_WORDING)
        for one, pair in zip(headers, batch.pairs, strict=True)
    ]


def _asks(headers: Headers, pair: Pair) -> bool:
    """Whether the texts of a pair have to be compared."""
    return not headers.make_two_jobs and not pair[2]


def _found(headers: Headers, pair: Pair, wording: Wording) -> FoundPair:
    first, second, _ = pair
    if headers.make_two_jobs:
        return FoundPair(first, second, OneJob.NEVER.value, headers.has_one_title, headers.place.value, None, None)
    finding = examine(headers, employer=Likeness.SAME, wording=wording)
    return FoundPair(
        first,
        second,
        finding.one_job.value,
        finding.has_one_title,
        finding.place.value,
        finding.text_class,
        finding.score,
    )


def judge_version() -> str:
    """Eight hexadecimal digits of the judge, the extractor that reads titles and places for it, and its seeds.

    The seeds tell whose name is taken out of a title, and which board is the employer's own.
    """
    digest = hashlib.blake2b(extractor_version().encode(), digest_size=4)
    own = [file for file in files("jobmarket.duplicates").iterdir() if file.name.endswith(".py")]
    for source in sorted((*own, *(SEEDS / f"{name}.csv" for name in _SEEDS_READ)), key=lambda file: file.name):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def _advert(content: Content) -> Advert:
    return read_advert(
        board=content.board,
        native_id=None,  # the warehouse has one row per id
        company=content.company or "",
        title=content.title,
        location=content.location,
        html=content.text,
        span=_UNDATED,
        is_own_board=content.is_own_board,
        places=content.locations,
    )
