"""Workers run their tasks, and do not outlive the process that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from jobmarket.workers import workers

_PARENT = """
import os, signal, sys
from jobmarket.workers import workers
if __name__ == "__main__":
    pool = workers(2)
    print(*{pool.submit(os.getpid).result() for _ in range(50)}, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_worker_is_started_with_its_initialiser(tmp_path: Path) -> None:
    with workers(1, os.chdir, tmp_path) as pool:
        assert pool.submit(os.getcwd).result() == str(tmp_path.resolve())


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    killed = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60)
    assert killed.returncode == -9, killed.stderr
    pids = [int(pid) for pid in killed.stdout.split()]
    assert pids
    deadline = time.monotonic() + 20
    while any(map(_is_there, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if _is_there(pid)] == []
