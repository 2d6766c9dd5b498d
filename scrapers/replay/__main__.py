"""``python -m scrapers.replay BOARDS``: see :mod:`scrapers.replay.server`."""

import sys

from scrapers.replay.server import serve

if __name__ == "__main__":
    serve(sys.argv[1])
