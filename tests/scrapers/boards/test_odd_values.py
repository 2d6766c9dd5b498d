"""Values that a board has not shown yet: any field may be missing, blank, of another type, or new.

The tests change invented answers, and real ones if they are beside the repository, in one place after the other. No
change may cause an error or lose a posting that still has its id and title, and no posting may contain what the changed
answer does not state.
"""

from __future__ import annotations

import html
import pickle
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import ftfy
import orjson
import pytest
from pydantic import ValidationError

from jobmarket.hacker_news.comment import paragraphs
from jobmarket.identity import posting_key
from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.fields import NotAPosting, key_of_broken
from scrapers.planning import Company
from scrapers.systems import spiders_by_name

from .conftest import Bench
from .test_real_responses import ResponseText, bodies, invented, parsed, recorded

ODD = (None, "", [], {}, 0, -1.5, True, "x", ["x", None, 3], [{}], {"x": 1}, float("inf"), "0000-99-99T99:99:99", 1e300)
GONE = object()
MOMENTS = {"date_posted", "valid_through"}  # an odd number may be a moment too
ENVELOPE = 2
SEVERAL_OF_EACH = 2
REAL_ONES = 1
COMPARED_WITH_ITS_SOURCE = 40
CONSTANTS = {"francetravail": "FR"}

Case = tuple[Company, dict[str, Any]]


def places(value: Any, depth: int = 99) -> Iterator[tuple[Any, ...]]:
    """Yield the keys that lead to each value below a value, down to a depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (key,)
        if depth > 1:
            yield from ((key, *further) for further in places(inner, depth - 1))


def at(value: Any, place: tuple[Any, ...]) -> Any:
    """Return the value at a place."""
    return reduce(getitem, place, value)


def leaves(value: Any) -> Iterator[str]:
    """Return every value below a value, as text."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from leaves(each)
    if not isinstance(value, dict | list) and value is not None:
        yield str(value)


def changed(payload: dict[str, Any], depth: int = 99) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield each field's value, and the payload with that value missing or odd."""
    packed = pickle.dumps(payload)  # to unpack it takes a fifth of the time of a deep copy
    for *way, key in places(payload, depth):
        for odd in (GONE, *ODD):
            other = pickle.loads(packed)  # noqa: S301 - of this process
            container = at(other, tuple(way))
            before = container[key]
            if odd is GONE:
                del container[key]
            else:
                container[key] = odd
            yield before, other


def cases(board: Bench) -> Iterator[Case]:
    """Return the first objects of each recorded list, with their own pages if those are recorded."""
    for name in sorted(board.recordings):
        with suppress(
            UnexpectedShape, AssertionError, NotAPosting, IndexError
        ):  # recordings of other answers are not lists
            payloads = board.payloads(name)
            yield from ((board.company(name), each) for each in payloads[:SEVERAL_OF_EACH] if isinstance(each, dict))
            if f"{name}_detail" in board.recordings:
                yield board.company(name), board.with_detail(name, f"{name}_detail").payload


def names_it(before: Any, posting: Posting) -> bool:
    """Return whether a value is, contains or is a part of the source of the posting's id or title."""
    own = (posting.native_id, " ".join(posting.title.split()), posting.native_id.rpartition("-")[0] or posting.title)
    texts = list(leaves(before))
    texts += [lines[0] for each in texts for lines in paragraphs(each)[:1]]  # a comment's first line is its title
    stated = [" ".join(ftfy.fix_encoding(html.unescape(each)).split()) for each in texts]
    return any(name in each or (each and each in name) for each in stated for name in own)


def mapped(spider: BoardSpider, payload: dict[str, Any], company: Company) -> Posting | None:
    try:
        return spider.to_posting(payload, company)
    except (NotAPosting, ValidationError):
        return None


def made_up(posting: Posting, payload: dict[str, Any], company: Company) -> dict[str, str]:
    """Return the fields of a posting that neither its object nor the register states in these words."""
    stated = ResponseText.by(orjson.dumps([payload, company.name, company.slug, CONSTANTS.get(posting.board)]))
    return {what.partition(":")[0]: what for what in invented(posting, stated, posting.board)}


def misnamed(
    spider: BoardSpider, company: Company, posting: Posting, before: Any, other: dict[str, Any]
) -> Iterator[str]:
    """Return the faults in a broken object's posting key; it must be right even without a title."""
    key = key_of_broken(lambda: spider.to_posting(other, company))
    if key not in (None, posting_key(posting.board, posting.company_slug, posting.native_id)):
        yield f"without {before!r:.80} taken for another posting"
    if key is None and before == posting.title != posting.native_id:
        yield "without its title taken for any posting"


def check(spider: BoardSpider, company: Company, payload: dict[str, Any], chance: random.Random) -> list[str]:
    """Return the forbidden effects of changes to an object."""
    posting, wrong = mapped(spider, payload, company), []
    if posting is None:
        return []
    others = list(changed(payload))
    made = made_up(posting, payload, company)  # composed values: an address from an id, a text from its parts
    looked_into = set(chance.sample(range(len(others)), min(COMPARED_WITH_ITS_SOURCE, len(others))))
    for number, (before, other) in enumerate(others):
        found = mapped(spider, other, company)
        if found is None:
            wrong += misnamed(spider, company, posting, before, other)
        if found is None or (found.native_id, found.title) != (posting.native_id, posting.title):
            wrong += [] if names_it(before, posting) else [f"lost without {before!r:.80}"]
        elif number in looked_into:
            added = made_up(found, other, company)
            wrong += [f"without {before!r:.80} states {added[name]}" for name in added.keys() - made.keys() - MOMENTS]
    return wrong


@pytest.mark.parametrize("name", sorted(spiders_by_name()))
def test_odd_values_in_own_recordings_are_handled(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders_by_name()[name])
    found = list(cases(board))
    assert any(mapped(board.spider, payload, company) for company, payload in found)
    chance = random.Random(name)  # noqa: S311 - which of them are looked into is the same each time
    assert [what for company, payload in found for what in check(board.spider, company, payload, chance)] == []


def real_cases(board: str, folder: Path) -> Iterator[Case]:
    """Return the first objects of each real response, as landed."""
    for row in recorded(folder).get(board, []):
        path = folder / row["file"]
        if path.suffix == ".xml" and board == "jsonld":
            continue  # a sitemap
        postings = [posting for body in bodies(path) for posting in parsed(spiders_by_name()[board](), path, body)]
        for posting in postings[:SEVERAL_OF_EACH]:
            yield Company(slug=posting.company_slug), posting.payload


@pytest.mark.parametrize("name", sorted(spiders_by_name()))
def test_odd_values_in_real_responses_are_handled(shared_dir: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - as above
    smallest = sorted(real_cases(name, shared_dir / "boards"), key=lambda case: len(orjson.dumps(case[1])))
    spider = spiders_by_name()[name]()
    wrong = [what for company, payload in smallest[:REAL_ONES] for what in check(spider, company, payload, chance)]
    assert wrong == []


def answers(board: Bench) -> Iterator[tuple[str, Any]]:
    """Return the recorded lists that are JSON."""
    for name in sorted(board.recordings):
        with suppress(UnexpectedShape, AssertionError, orjson.JSONDecodeError):
            if board.spider.slug_of(board.recording(name).url) and board.payloads(name):
                yield name, orjson.loads(board.response(name).body)


def ids_of(board: Bench, name: str, answer: Any) -> set[str]:
    """Return the postings that an answer shows, and build the request after it too."""
    response, company = board.response(name).replace(body=orjson.dumps(answer)), board.company(name)
    found = [mapped(board.spider, each, company) for each in board.spider.postings(response) if isinstance(each, dict)]
    board.spider.next_page(response, company)
    return {posting.native_id for posting in found if posting}


@pytest.mark.parametrize("name", sorted(spiders_by_name()))
def test_an_odd_object_does_not_affect_the_others(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders_by_name()[name])
    for recording, answer in answers(board):
        before, packed = ids_of(board, recording, answer), pickle.dumps(answer)
        for place in ((), *places(answer)):
            if not isinstance(at(answer, place), list):
                continue
            for odd in (None, 7, "x", [], {}, {"x": None}):
                other = pickle.loads(packed)  # noqa: S301 - as above
                at(other, place).insert(0, odd)
                assert ids_of(board, recording, other) >= before, (recording, place, odd)


@pytest.mark.parametrize("name", sorted(spiders_by_name()))
def test_an_unexpected_envelope_is_reported(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders_by_name()[name])
    for recording, answer in answers(board):
        for other in (*ODD, *(each for _, each in changed(answer, ENVELOPE) if isinstance(answer, dict))):
            with suppress(UnexpectedShape):  # a reported fault; any other error is a bug
                ids_of(board, recording, other)
        if isinstance(answer, dict):
            assert ids_of(board, recording, {**answer, "added": [{"id": "new"}]}) == ids_of(board, recording, answer)
