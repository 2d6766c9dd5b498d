"""Judge many pairs in parallel processes: from rows of postings to rows of findings.

A finding depends only on two contents, so it is computed once and kept. When the postings were open is left to the
models that read it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from jobmarket.checksum import version_of
from jobmarket.duplicates.advert import Advert, read_advert
from jobmarket.duplicates.comparison import Headers, compare_headers
from jobmarket.duplicates.employers import Similarity
from jobmarket.duplicates.judge import OneJob, examine
from jobmarket.duplicates.spans import Span
from jobmarket.duplicates.texts import Wording, compare_all
from jobmarket.extract.facts import Location
from jobmarket.extract.version import extractor_version
from jobmarket.staged import staging_version
from jobmarket.workers import workers

_UNDATED = Span(None, None, None, is_exact=False)
_SEEDS_READ = ("board_systems", "company_aliases", "pay_period_factors", "skills", "skill_aliases", "skill_rules")
# With fewer pairs a second process costs more (startup, loading the gazetteer) than it saves.
_WORTH_A_PROCESS = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a posting from the warehouse."""

    content_hash: str
    board: str
    company: str | None
    title: str
    location: str | None
    locations: tuple[Location, ...]
    text: str
    is_own_board: bool


Pair: TypeAlias = tuple[str, str]
"""Two content hashes."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """A batch of pairs of contents, and the contents they refer to."""

    contents: tuple[Content, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class FoundPair:
    """The finding for one pair, named like the warehouse's columns.

    ``text_class`` and ``score`` are None where titles or places alone make the pair two jobs: texts are not compared.
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
        batches: Consumed in order, a few ahead of the judging.
        n_pairs: The total number of pairs; a small number is judged in this process.
        processes: The maximum number of processes.
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
    """Judge the pairs of one batch, reading each content once."""
    adverts = {content.content_hash: _advert(content) for content in batch.contents}
    headers = [compare_headers(adverts[first], adverts[second]) for first, second in batch.pairs]
    wordings = iter(compare_all([(one.first.text, one.second.text) for one in headers if not one.make_two_jobs]))
    return [
        _found(pair, one, None if one.make_two_jobs else next(wordings))
        for pair, one in zip(batch.pairs, headers, strict=True)
    ]


def _found(pair: Pair, headers: Headers, wording: Wording | None) -> FoundPair:
    if wording is None:
        return FoundPair(*pair, OneJob.NEVER.value, headers.has_one_title, headers.place.value, None, None)
    finding = examine(headers, employer=Similarity.SAME, wording=wording)
    # agencies word their clients' openings alike, so without an employer's name only the same text is the same job
    is_open = bool(headers.first.company) or wording.alike == 1.0
    return FoundPair(
        *pair,
        finding.one_job.value if is_open else OneJob.NEVER.value,
        finding.has_one_title,
        finding.place.value,
        finding.text_class,
        finding.score,
    )


def judge_version(project: Path) -> str:
    """Return eight hexadecimal digits that identify the judge, the extractor it uses, and what makes its input.

    The seeds define which employer names are removed from titles, which boards are the employer's own, and what is
    compared of pay and skills between two languages.

    Args:
        project: Folder of the dbt project, with these seeds and the staging of the texts.
    """
    own = [file for file in files("jobmarket.duplicates").iterdir() if file.name.endswith(".py")]
    seeds = [project / "seeds" / f"{name}.csv" for name in _SEEDS_READ]
    return version_of([*own, *seeds], extractor_version(), staging_version(project), digest_size=4)


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
