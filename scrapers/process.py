"""The crawl process: ``python -m scrapers.process``, started by :mod:`scrapers.stage`.

Reads an :class:`scrapers.planning.CrawlSpec` as JSON from standard input and writes events as JSON lines to its output:

- ``{"event": "progress", "as_of", "boards", "companies", "of_companies", "postings"}``
- ``{"event": "failed", "message", "kind"}``: nothing could be crawled, or the crawl could not go on
- ``{"event": "finished", …}`` with the fields of :class:`scrapers.planning.CrawlReport`
"""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack

import orjson

from jobmarket.landing import LandingError
from jobmarket.stages import StageError
from scrapers.planning import CrawlSpec
from scrapers.replay.client import replay_server

_OUTPUT = sys.stdout.buffer


def main() -> None:
    """Run the crawl of the spec on standard input."""
    sys.stdout = sys.stderr  # the output is for events only, whatever a library prints
    spec = CrawlSpec.model_validate_json(sys.stdin.buffer.read())
    with ExitStack() as stack:
        # Both take a while, so the server starts while Scrapy is imported.
        server = None if spec.boards == "live" else stack.enter_context(replay_server(spec.boards))
        from scrapers.crawling import Crawl, worded

        try:
            tell("finished", **Crawl(spec, server, tell).run().model_dump())
        except (StageError, LandingError) as error:
            tell("failed", message=str(error), kind=type(error).__name__)
        except OSError as error:  # a full disk cannot take the log either
            tell("failed", message=worded(error, spec.home), kind=type(error).__name__)
    gc.freeze()  # saves a garbage collection over all imports as the process ends


def tell(event: str, **fields: object) -> None:
    """Write one event to the output."""
    _OUTPUT.write(orjson.dumps({"event": event, **fields}, option=orjson.OPT_APPEND_NEWLINE))
    _OUTPUT.flush()


if __name__ == "__main__":
    main()
