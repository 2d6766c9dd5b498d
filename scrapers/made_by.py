"""Which code reads a board: what another version read is read again, whether the board has changed or not."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jobmarket import field_paths, posting
from scrapers import boards, decoding, hacker_news, scope

# What spiders read with. All of them have one version: which spider uses which helper need not be known.
_READ_WITH = [*boards.__path__, *hacker_news.__path__]
_READ_WITH += [each.__file__ or "" for each in (decoding, field_paths, scope, posting)]


@cache
def made_by(module: str) -> str:
    """A hash of the file of a spider's module and of what every spider reads with."""
    places = [Path(each) for each in (sys.modules[module].__file__ or "", *_READ_WITH)]
    files = {file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place])}
    digest = blake2b(digest_size=16)
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
