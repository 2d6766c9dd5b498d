"""Random numbers that belong to one entity: they depend on the seed and its name, and on nothing else."""

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
    """Return a separate random generator for the entity that ``parts`` name.

    Because each entity has its own generator, another employer or another draw shifts nothing elsewhere.
    ``hash()`` is unsuitable as a seed because it differs between processes.
    """
    return random.Random(int.from_bytes(_digest(seed, parts)[:8]))  # noqa: S311 - a simulation, no secret


def stable_uuid(seed: int, *parts: object) -> str:
    """Return a UUID in the form of version 4 that depends only on the seed and the names."""
    return str(uuid.UUID(bytes=_digest(seed, parts), version=4))


def stable_int(seed: int, low: int, high: int, *parts: object) -> int:
    """Return an integer in ``[low, high)`` that depends only on the seed and the names."""
    return low + int.from_bytes(_digest(seed, parts)) % (high - low)


def poisson(rng: random.Random, mean: float) -> int:
    """Draw from a Poisson distribution by Knuth's product method, which suits the small means here."""
    limit = math.exp(-mean)
    count, product = 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count
