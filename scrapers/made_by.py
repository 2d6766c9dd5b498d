"""Which code reads a board: an answer that another version read is read again, whether it has changed or not."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jobmarket import posting
from scrapers import decoding
from scrapers.boards import fields


@cache
def made_by(module: str) -> str:
    """A hash of the file of a spider's module and of what every spider reads with."""
    files = (sys.modules[module].__file__ or "", fields.__file__, decoding.__file__, posting.__file__)
    return blake2b(b"".join(Path(file).read_bytes() for file in files), digest_size=16).hexdigest()
