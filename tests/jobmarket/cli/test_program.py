"""The program around the commands: what it imports, and what ends it before a command begins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.usefixtures("default_signals")
def test_ctrl_c_ends_a_program_that_is_still_starting_without_a_traceback(root: Path, tmp_path: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"]["jobmarket"] == "jobmarket.__main__:main"
    (tmp_path / "click.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(20)\n")
    done = run("from jobmarket.__main__ import main; main()", PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]))
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("command", ["cli", "sql_shell", "status"])
def test_commands_start_without_what_only_stages_need(command: str) -> None:
    slow = {"scrapy", "dbt", "great_expectations", "pyarrow", "pandas", "numpy", "jobmarket.extract"}
    done = run(f"import sys, jobmarket.cli, jobmarket.{command}\nprint(*{slow!r} & set(sys.modules))")
    assert (done.stdout, done.stderr) == ("\n", "")


def test_the_crawl_stage_starts_no_reactor_in_the_process_of_its_caller() -> None:
    done = run("import sys, scrapers.stage\nprint('twisted.internet.reactor' in sys.modules)")
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_ctrl_c_is_not_lost_while_duckdb_imports_pandas(tmp_path: Path) -> None:
    code = f"""
import sys
from jobmarket.cli import main, running
running.run_stage = lambda *_: sys.exit("pandas" not in sys.modules)
main(["load", "--home", {str(tmp_path)!r}])
"""
    assert run(code).returncode == 0


def test_a_closed_standard_stream_does_not_become_the_next_file_opened(tmp_path: Path) -> None:
    code = f"""
import sys
from jobmarket.__main__ import main
sys.argv = ["jobmarket", "--version"]
try:
    main()
finally:
    with open({str(tmp_path / "database")!r}, "w") as file:
        file.write(str(file.fileno()))
"""
    subprocess.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", code], check=True, timeout=60)
    assert int((tmp_path / "database").read_text()) > 2
