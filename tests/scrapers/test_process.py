"""The events that the crawl process writes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from scrapers import process
from scrapers.planning import CrawlSpec


def test_a_full_disk_is_reported_even_if_the_log_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    events: list[tuple[str, dict[str, object]]] = []
    spec = CrawlSpec(home=tmp_path, boards="live", as_of=datetime(2026, 8, 17, tzinfo=UTC), log_file=tmp_path / "log")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(spec.model_dump_json().encode())))
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # main() replaces it, for what libraries print
    monkeypatch.setattr("scrapers.crawling.Crawl", full)
    monkeypatch.setattr(process, "tell", lambda event, **fields: events.append((event, fields)))
    process.main()
    ((event, fields),) = events
    assert event == "failed"
    assert f"No space left on device. Check that the disk of {tmp_path} has room" in str(fields["message"])


def test_the_crawl_process_writes_only_events(tmp_path: Path, root: Path) -> None:
    recordings = root / "tests" / "recordings" / "boards"
    spec = CrawlSpec(home=tmp_path / "home", boards=str(recordings), as_of=datetime(2026, 8, 20, tzinfo=UTC),
                  board_names=("lever",), log_file=tmp_path / "log")  # fmt: skip
    command = [sys.executable, "-P", "-m", "scrapers.process"]
    done = subprocess.run(command, input=spec.model_dump_json().encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "finished"
