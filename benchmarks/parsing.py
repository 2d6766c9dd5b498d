"""Measure the CPU seconds of parsing the DAG folder, beyond importing Airflow: ``python -m benchmarks.parsing``.

Each measurement is its own process, with byte code already compiled. Reports the median of several.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

DAGS = Path(__file__).resolve().parents[1] / "dags"
TIMES = 5
# What a DAG processor has imported before it reads our files.
_AIRFLOW = "import airflow.sdk, airflow.dag_processing.processor, airflow.dag_processing.dagbag"
_PARSED = f"""
import sys, time
{_AIRFLOW}
began = time.process_time()
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
assert not bag.import_errors, bag.import_errors
print(len(bag.dags), time.process_time() - began)
"""


def measure(dags: Path = DAGS) -> tuple[int, float]:
    """Parse all files of the folder once; return the number of DAGs and the CPU seconds beyond Airflow's own import."""
    done = subprocess.run(
        [sys.executable, "-c", _PARSED, str(dags)],
        env=os.environ | {"AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONPATH": str(dags)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    number, seconds = done.stdout.splitlines()[-1].split()
    return int(number), float(seconds)


def main() -> None:
    """Print the median of several measurements."""
    found = [measure() for _ in range(TIMES)]
    seconds = [each for _, each in found]
    sys.stdout.write(
        f"{found[0][0]} DAGs: {median(seconds):.2f} s of CPU (of {TIMES}: {min(seconds):.2f} to {max(seconds):.2f})\n"
    )


if __name__ == "__main__":
    main()
