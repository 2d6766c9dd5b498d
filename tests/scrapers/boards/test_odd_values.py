"""Any field of any board may be missing, blank or of another type: a posting comes of it, or a plain reason why not."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from pydantic import ValidationError

from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.fields import NotAPosting
from scrapers.planning import Company

from .conftest import Bench
from .test_rules import spiders

ODD = (None, "", [], {}, 0, -1.5, True, "x", ["x", None, 3], [{}], {"x": 1}, float("inf"), "0000-99-99T99:99:99", 1e300)
GONE = object()


def holders(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        yield from holders(inner)


def changed(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload with one field after the other gone or odd."""
    for number in range(sum(1 for _ in holders(payload))):
        for odd in (GONE, *ODD):
            other = copy.deepcopy(payload)
            container, key = list(holders(other))[number]
            if odd is GONE:
                del container[key]
            else:
                container[key] = odd
            yield other


def first_payload(board: Bench) -> tuple[Company, dict[str, Any]]:
    """The first object of a board's page, or of its first recording that shows one."""
    for name in sorted(board.recordings, key=lambda each: each != "page"):
        with suppress(UnexpectedShape, AssertionError):  # what is recorded of another answer is no list
            if payloads := board.payloads(name):
                return board.company(name), payloads[0]
    raise LookupError("no recording shows a posting")


@pytest.mark.parametrize("name", sorted(spiders()))
def test_odd_values_are_no_fault_of_ours(bench: Callable[[type[BoardSpider]], Bench], name: str) -> None:
    board = bench(spiders()[name])
    company, payload = first_payload(board)
    mapped = 0
    for other in changed(payload):
        try:
            board.spider.to_posting(other, company)
            mapped += 1
        except (NotAPosting, ValidationError):
            continue
    assert mapped > 10
