"""The postings that extraction is measured on: recorded Ashby boards, or the small recordings of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import orjson

from jobmarket.extract.document import read_documents
from jobmarket.extract.posting_facts import PostingText

_AT_ONCE = 200
_PARAGRAPH_END = "</p>"
# Small recordings are repeated until there are this many postings; the name of the texts says so.
_FEWEST = 400


class Texts(NamedTuple):
    """Postings, their plain texts, and a name for them."""

    name: str
    postings: list[PostingText]
    plain: list[str]

    @property
    def html_megabytes(self) -> float:
        """Megabytes of the descriptions as HTML."""
        return sum(len((posting.html or "").encode()) for posting in self.postings) / 1e6

    @property
    def text_megabytes(self) -> float:
        """Megabytes of the descriptions as plain text, without markup."""
        return sum(len(text.encode()) for text in self.plain) / 1e6

    def part(self, share: float) -> Texts:
        """Return every n-th posting, so that each part has postings of all employers."""
        step = round(1 / share)
        return Texts(self.name, self.postings[::step], self.plain[::step])


def _texts(name: str, postings: list[PostingText]) -> Texts:
    plain: list[str] = []
    for start in range(0, len(postings), _AT_ONCE):
        chunk = postings[start : start + _AT_ONCE]
        plain += [one.text for one in read_documents([(p.title, p.location, p.html, p.text) for p in chunk])]
    return Texts(name, postings, plain)


def recorded(folder: Path) -> Texts:
    """Return all postings in a folder of Ashby responses, in the order of the files.

    Raises:
        ValueError: The folder has none.
    """
    postings: list[PostingText] = []
    for file in sorted(folder.glob("*.json")):
        try:
            jobs = orjson.loads(file.read_bytes())["jobs"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            continue  # a recorded failure
        postings += [
            PostingText(job["title"], job.get("location"), html=job["descriptionHtml"], company=file.stem)
            for job in jobs
            if isinstance(job, dict) and job.get("title") and job.get("descriptionHtml")
        ]
    if not postings:
        # not SystemExit, after which a pool starts its process anew and waits for the result for ever
        raise ValueError(f"no Ashby boards in {folder}: name a folder of recorded responses with --recorded")
    if len(postings) >= _FEWEST:
        return _texts("recorded Ashby boards", postings)
    times = -(-_FEWEST // len(postings))
    return _texts(f"{len(postings)} recorded postings, {times} times", postings * times)


def without_repetition(texts: Texts) -> Texts:
    """Return the postings without paragraphs that an earlier one has, so that remembering lines does not help."""
    seen: set[str] = set()
    postings: list[PostingText] = []
    for posting in texts.postings:
        kept = [one for one in (posting.html or "").split(_PARAGRAPH_END) if one not in seen]
        seen.update(kept)
        html = _PARAGRAPH_END.join(kept)
        postings.append(PostingText(posting.title, posting.location, html=html, company=posting.company))
    return _texts(f"{texts.name}, no paragraph twice", [posting for posting in postings if posting.html])
