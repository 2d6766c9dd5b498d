"""Checksums of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def version_of(files: Iterable[Traversable], *parts: str, digest_size: int) -> str:
    """Return a version that changes with any line of these files, with their names, and with the other parts.

    Args:
        files: In any order.
        parts: Versions of what else counts.
        digest_size: Bytes of the version, which has two hexadecimal digits for each.
    """
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=digest_size)
    for name, content in sorted((file.name, file.read_bytes()) for file in files):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()
