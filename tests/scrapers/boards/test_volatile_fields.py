"""A field that changes although the posting does not makes no new content, so nothing may be mapped from it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.identity import content_hash
from scrapers.boards.base import BoardSpider
from scrapers.systems import spiders_by_name

from .conftest import Bench
from .test_odd_values import cases, mapped

VOLATILE = [
    (name, field) for name, spider in sorted(spiders_by_name().items()) for field in sorted(spider.volatile_fields)
]
# Fields of which only the order changes, and which are mapped in an order of their own.
ANY_ORDER = {("nofluffjobs", "location.places")}


def later(value: Any) -> Any:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return [] if isinstance(value, list) else {} if isinstance(value, dict) else f"{value or ''}1"


def holders(payload: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the objects that may have the field at a dotted path."""
    reached: list[Any] = [payload]
    for key in field.split(".")[:-1]:
        inner = [each[key] for each in reached if isinstance(each, dict) and key in each]
        reached = [each for one in inner for each in (one if isinstance(one, list) else [one])]
    return [each for each in reached if isinstance(each, dict)]


def changes(payload: dict[str, Any], field: str, turn: Callable[[Any], Any]) -> Iterator[dict[str, Any]]:
    """Yield an object with another value in a field, which it need not have; nothing if it cannot have it."""
    other, last = copy.deepcopy(payload), field.rpartition(".")[2]
    for holder in holders(other, field):
        holder[last] = turn(holder.get(last))
    if other != payload:
        yield other


@pytest.mark.parametrize(("name", "field"), VOLATILE)
def test_a_volatile_field_makes_no_new_content(
    bench: Callable[[type[BoardSpider]], Bench], name: str, field: str
) -> None:
    board, compared = bench(spiders_by_name()[name]), 0
    turn: Callable[[Any], Any] = (lambda each: [*reversed(each or ())]) if (name, field) in ANY_ORDER else later
    for company, payload in cases(board):
        others = list(changes(payload, field, turn))
        if turn is later:
            others.append(without_fields(payload, [field]))
        first = mapped(board.spider, payload, company)
        for again in (mapped(board.spider, each, company) for each in others):
            if first is None or again is None or first.native_id != again.native_id:
                continue  # another posting, which has contents of its own
            before, after = first.fields(), again.fields()
            read_from_it = [key for key, value in before.items() if key != "payload" and value != after[key]]
            assert read_from_it == []
            assert len({content_hash(each, board.spider.volatile_fields) for each in (before, after)}) == 1
            compared += again.payload != payload
    assert compared, f"no recording of {name} could have {field}"
