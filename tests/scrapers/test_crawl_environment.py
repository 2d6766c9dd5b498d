"""The crawl process gets what it needs from the environment, and no other secret."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from scrapers import stage
from scrapers.planning import CrawlSpec
from scrapers.systems import spiders_by_name
from tests.scrapers.conftest import AS_OF

NEEDED = {"PATH": "/bin", "PYTHONPATH": "/lib", "https_proxy": "http://proxy.example", "NO_PROXY": "x", "TZ": "UTC"}
SECRETS = {
    "AIRFLOW_CONN_ANY": "a",
    "POSTGRES_PASSWORD": "b",
    "JOBMARKET_SMTP_PASSWORD": "c",
    "AWS_SECRET_ACCESS_KEY": "d",
}


def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variables: dict[str, str]) -> set[str]:
    """Return the names of an environment's variables that the crawl process gets."""
    started: dict[str, Any] = {}

    class Process(SimpleNamespace):
        def __init__(self, command: list[str], **choices: Any) -> None:
            started.update(choices)

        def __enter__(self) -> None:
            pass

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(stage.subprocess, "Popen", Process)
    monkeypatch.setattr(stage.os, "environ", variables)
    spec = CrawlSpec(home=tmp_path, boards="live", as_of=AS_OF, log_file=tmp_path / "log")
    with stage._crawl_process(spec):
        pass
    return set(started["env"])


def test_only_the_boards_keys_are_passed_on_of_all_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, root: Path
) -> None:
    keys = {key for spider in spiders_by_name().values() for key in spider.credentials}
    compose = yaml.safe_load((root / "docker-compose.yml").read_text(encoding="utf-8"))["x-airflow"]["environment"]
    assert keys <= set(compose), "the file hands them to the tasks"
    settings = {name for name in compose if name.startswith("JOBMARKET_") and not name.startswith("JOBMARKET_SMTP_")}
    assert given(monkeypatch, tmp_path, NEEDED | SECRETS | dict.fromkeys(compose, "")) == settings | set(NEEDED)
