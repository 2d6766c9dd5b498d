"""Run the pipeline once; write seconds per stage, postings and peak memory as one JSON line.

``python -m benchmarks.one_run BOARDS HOME``
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from jobmarket.pipeline import STAGES, Job, run_stage
from jobmarket.settings import Home, Settings
from jobmarket.stages import Silence


def main() -> None:
    """Run all stages on an empty home, and write the figures to standard output."""
    boards, home = sys.argv[1:]
    job = Job(Home(Path(home)), Settings(), boards, None, Silence())
    seconds: dict[str, float] = {}
    postings = 0
    for stage in STAGES:
        started = time.perf_counter()
        result = run_stage(job, stage)
        seconds[stage] = time.perf_counter() - started
        if stage == "crawl":
            postings = result.counts["postings"]
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures = {"seconds": seconds, "postings": postings, "peak_mebibytes": peak / 1024}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
