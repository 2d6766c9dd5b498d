"""The version of the code that reads a board: after a change of the code, even an unchanged board is read again."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jobmarket import field_paths, posting
from jobmarket.extract.version import extractor_version
from jobmarket.hacker_news import comment
from scrapers import boards, decoding, scope

# Everything that spiders read with counts as one version, so that nobody has to track which spider uses which helper.
_READ_WITH = [*boards.__path__]
_READ_WITH += [each.__file__ or "" for each in (comment, decoding, field_paths, scope, posting)]


@cache
def made_by(module: str) -> str:
    """Hash the file of a spider's module together with the code that every spider reads with."""
    places = [Path(each) for each in (sys.modules[module].__file__ or "", *_READ_WITH)]
    files = {file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place])}
    digest = blake2b(digest_size=16)
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def chosen_by(module: str) -> str:
    """Return the version of the code that reads a list and chooses, by their titles, which own pages are read."""
    return f"{made_by(module)} {extractor_version()}"
