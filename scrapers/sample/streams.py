"""Random numbers that belong to one entity: the same for the same seed and name, whatever else exists."""

from __future__ import annotations

import hashlib
import math
import random
import uuid

_SEPARATOR = "\x1f"


def _digest(seed: int, parts: tuple[object, ...]) -> bytes:
    name = _SEPARATOR.join([str(seed), *(str(part) for part in parts)])
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def stream(seed: int, *parts: object) -> random.Random:
    """A generator of its own for the entity that ``parts`` name.

    Entities draw from separate generators, so one more employer or one more draw shifts nothing elsewhere.
    ``hash()`` is not used: it differs from process to process.
    """
    return random.Random(int.from_bytes(_digest(seed, parts)[:8]))  # noqa: S311 - a simulation, no secret


def stable_uuid(seed: int, *parts: object) -> str:
    """A version 4 looking UUID that depends on the seed and the names alone."""
    return str(uuid.UUID(bytes=_digest(seed, parts), version=4))


def stable_int(seed: int, low: int, high: int, *parts: object) -> int:
    """An integer in ``[low, high)`` that depends on the seed and the names alone."""
    return low + int.from_bytes(_digest(seed, parts)) % (high - low)


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson draw (Knuth's product method: the means here are small)."""
    limit = math.exp(-mean)
    count, product = 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count
