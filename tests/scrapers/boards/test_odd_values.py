"""What a board has not shown yet: any field may be missing, blank or of another type, and any may be new.

Answers of our own making, and the real ones where they lie beside the repository, are changed in one place after the
other. No change is a fault of ours, none loses a posting that still says its id and its title, and nothing is said that
the changed answer does not say.
"""

from __future__ import annotations

import copy
import html
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import ftfy
import orjson
import pytest
from pydantic import ValidationError

from jobmarket.identity import posting_key
from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.fields import NotAPosting, key_of_broken
from scrapers.planning import Company

from .conftest import Bench
from .test_real_responses import Said, bodies, invented, parsed, recorded
from .test_rules import spiders

ODD = (None, "", [], {}, 0, -1.5, True, "x", ["x", None, 3], [{}], {"x": 1}, float("inf"), "0000-99-99T99:99:99", 1e300)
GONE = object()
OURS = {"job", "role"}  # which of a comment's jobs it is (Hacker News): no board says so
MOMENTS = {"date_posted", "valid_through"}  # an odd number is a moment too
ENVELOPE = 2
SEVERAL_OF_EACH = 2
REAL_ONES = 1
COMPARED_WITH_WHAT_IS_SAID = 40
CONSTANTS = {"francetravail": "FR"}

Case = tuple[Company, dict[str, Any]]


def holders(value: Any, depth: int = 99) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) below a value, down to a depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        if depth > 1:
            yield from holders(inner, depth - 1)


def leaves(value: Any) -> Iterator[str]:
    """Every value below, as text."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from leaves(each)
    if not isinstance(value, dict | list) and value is not None:
        yield str(value)


def changed(payload: dict[str, Any], depth: int = 99) -> Iterator[tuple[Any, dict[str, Any]]]:
    """What stood in a field, and the payload with that gone or odd; one field after the other."""
    for number in range(sum(1 for _ in holders(payload, depth))):
        for odd in (GONE, *ODD):
            other = copy.deepcopy(payload)
            container, key = list(holders(other, depth))[number]
            if key in OURS:
                continue
            before = container[key]
            if odd is GONE:
                del container[key]
            else:
                container[key] = odd
            yield before, other


def cases(board: Bench) -> Iterator[Case]:
    """The first objects of each recorded list, and those whose own page was recorded, with it."""
    for name in sorted(board.recordings):
        with suppress(
            UnexpectedShape, AssertionError, NotAPosting, IndexError
        ):  # what is recorded of another answer is no list
            payloads = board.payloads(name)
            yield from ((board.company(name), each) for each in payloads[:SEVERAL_OF_EACH] if isinstance(each, dict))
            if f"{name}_detail" in board.recordings:
                yield board.company(name), board.with_detail(name, f"{name}_detail").payload


def names_it(before: Any, posting: Posting) -> bool:
    """Whether a value is, holds or is a part of what the posting's id or title were made of."""
    own = (posting.native_id, " ".join(posting.title.split()), posting.native_id.rpartition("-")[0] or posting.title)
    said = [" ".join(ftfy.fix_encoding(html.unescape(each)).split()) for each in leaves(before)]
    return any(name in each or (each and each in name) for each in said for name in own)


def mapped(spider: BoardSpider, payload: dict[str, Any], company: Company) -> Posting | None:
    try:
        return spider.to_posting(payload, company)
    except (NotAPosting, ValidationError):
        return None


def made_up(posting: Posting, payload: dict[str, Any], company: Company) -> dict[str, str]:
    """Fields of a posting that its object does not say in these words, nor the registry."""
    said = Said.by(orjson.dumps([payload, company.name, company.slug, CONSTANTS.get(posting.board)]))
    return {what.partition(":")[0]: what for what in invented(posting, said, posting.board)}


def misnamed(
    spider: BoardSpider, company: Company, posting: Posting, before: Any, other: dict[str, Any]
) -> Iterator[str]:
    """What a broken object says wrongly of which posting it is; without its title it says that all the same."""
    key = key_of_broken(lambda: spider.to_posting(other, company))
    if key not in (None, posting_key(posting.board, posting.company_slug, posting.native_id)):
        yield f"without {before!r:.80} taken for another posting"
    if key is None and before == posting.title != posting.native_id:
        yield "without its title taken for any posting"


def check(spider: BoardSpider, company: Company, payload: dict[str, Any], chance: random.Random) -> list[str]:
    """What changes of an object do that they must not."""
    posting, wrong = mapped(spider, payload, company), []
    if posting is None:
        return []
    others = list(changed(payload))
    made = made_up(posting, payload, company)  # what is put together: an address of an id, a text of its parts
    looked_into = set(chance.sample(range(len(others)), min(COMPARED_WITH_WHAT_IS_SAID, len(others))))
    for number, (before, other) in enumerate(others):
        found = mapped(spider, other, company)
        if found is None:
            wrong += misnamed(spider, company, posting, before, other)
        if found is None or (found.native_id, found.title) != (posting.native_id, posting.title):
            wrong += [] if names_it(before, posting) else [f"lost without {before!r:.80}"]
        elif number in looked_into:
            said = made_up(found, other, company)
            wrong += [f"without {before!r:.80} says {said[name]}" for name in said.keys() - made.keys() - MOMENTS]
    return wrong


@pytest.mark.parametrize("name", sorted(spiders()))
def test_odd_values_are_no_fault_of_ours(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders()[name])
    found = list(cases(board))
    assert any(mapped(board.spider, payload, company) for company, payload in found)
    chance = random.Random(name)  # noqa: S311 - which of them are looked into is the same each time
    assert [what for company, payload in found for what in check(board.spider, company, payload, chance)] == []


def real_cases(board: str, folder: Path) -> Iterator[Case]:
    """The first objects of each real response, as landed."""
    for row in recorded(folder).get(board, []):
        path = folder / row["file"]
        if path.suffix == ".xml" and board == "jsonld":
            continue  # a sitemap
        postings = [posting for body in bodies(path) for posting in parsed(spiders()[board](), path, body)]
        for posting in postings[:SEVERAL_OF_EACH]:
            yield Company(slug=posting.company_slug), posting.payload


@pytest.mark.parametrize("name", sorted(spiders()))
def test_nor_are_odd_values_in_real_responses(shared_dir: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - as above
    smallest = sorted(real_cases(name, shared_dir / "boards"), key=lambda case: len(orjson.dumps(case[1])))
    spider = spiders()[name]()
    wrong = [what for company, payload in smallest[:REAL_ONES] for what in check(spider, company, payload, chance)]
    assert wrong == []


def answers(board: Bench) -> Iterator[tuple[str, Any]]:
    """The recorded lists that are JSON."""
    for name in sorted(board.recordings):
        with suppress(UnexpectedShape, AssertionError, orjson.JSONDecodeError):
            if board.spider.slug_of(board.recording(name).url) and board.payloads(name):
                yield name, orjson.loads(board.response(name).body)


def ids_of(board: Bench, name: str, answer: Any) -> set[str]:
    """The postings that an answer shows; whatever follows it is asked for too."""
    response, company = board.response(name).replace(body=orjson.dumps(answer)), board.company(name)
    found = [mapped(board.spider, each, company) for each in board.spider.postings(response) if isinstance(each, dict)]
    board.spider.next_page(response, company)
    return {posting.native_id for posting in found if posting}


@pytest.mark.parametrize("name", sorted(spiders()))
def test_an_odd_object_costs_no_other(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders()[name])
    for recording, answer in answers(board):
        before = ids_of(board, recording, answer)
        for number in range(sum(isinstance(each[key], list) for each, key in holders([answer]))):
            for odd in (None, 7, "x", [], {}, {"x": None}):
                other = [copy.deepcopy(answer)]
                arrays = [each[key] for each, key in holders(other) if isinstance(each[key], list)]
                arrays[number].insert(0, odd)
                assert ids_of(board, recording, other[0]) >= before, (recording, number, odd)


@pytest.mark.parametrize("name", sorted(spiders()))
def test_an_envelope_that_is_not_as_promised_is_told(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders()[name])
    for recording, answer in answers(board):
        for other in (*ODD, *(each for _, each in changed(answer, ENVELOPE) if isinstance(answer, dict))):
            with suppress(UnexpectedShape):  # in words of ours; any other error is a fault
                ids_of(board, recording, other)
        if isinstance(answer, dict):
            assert ids_of(board, recording, {**answer, "added": [{"id": "new"}]}) == ids_of(board, recording, answer)
