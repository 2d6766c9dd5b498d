from __future__ import annotations

import io
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.utils.test import get_crawler

from scrapers.crawling import Crawl
from scrapers.hidden_keys import hide
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun, Company, CrawlSpec
from tests.scrapers.conftest import AS_OF


def test_no_log_line_contains_a_key_in_any_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    hide(["a/key", "other"])
    hide([])
    log = logging.getLogger("somewhere.below")
    log.warning("Gave up retrying %s", "<GET https://jooble.org/api/a%2Fkey>")
    log.warning("app_key=other&app_id=a/key, %d times", 3)
    log.warning("nothing to hide: 100 %")
    assert written.getvalue().splitlines() == [
        "Gave up retrying <GET https://jooble.org/api/***>",
        "app_key=***&app_id=***, 3 times",
        "nothing to hide: 100 %",
    ]


def test_no_traceback_contains_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(written)])
    hide(["a/key"])
    try:
        raise ValueError("no answer of https://jooble.org/api/a%2Fkey")
    except ValueError:
        logging.getLogger("somewhere").exception("cannot read", stack_info=True)
    assert "ValueError: no answer of https://jooble.org/api/***" in written.getvalue()
    assert "Traceback" in written.getvalue()
    assert "a%2Fkey" not in written.getvalue()


def test_no_landed_reason_contains_a_key() -> None:
    run = BoardRun(
        run_id="jooble-1", home=Path(), board="jooble", origin="live", as_of=AS_OF, companies=[Company(slug="all")]
    )
    counted = Outcomes(run, lambda: AS_OF, hide(["a/key"]))
    counted.opened("all")
    counted.unanswered("all", RuntimeError("no way to https://jooble.org/api/a%2Fkey"))
    counted.rejected("all", "ValueError: a/key")
    assert counted.closed("all").reason == (
        "RuntimeError: no way to https://jooble.org/api/***; 1 rejected: ValueError: *** (1)"
    )


def test_no_reason_for_a_missing_run_contains_a_key(
    recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBMARKET_JOOBLE_KEY", "a/key")
    spec = CrawlSpec(home=tmp_path, boards=str(recordings), as_of=AS_OF, log_file=tmp_path / "log")
    crawl = Crawl(spec, cast("Any", SimpleNamespace(address=lambda: "127.0.0.1:9")), lambda *_, **__: None)
    run = BoardRun(run_id="jooble-1", home=tmp_path, board="jooble", origin="live", as_of=AS_OF, companies=())
    crawl._note_end(run, get_crawler(), RuntimeError("no way to https://jooble.org/api/a%2Fkey"))
    assert crawl._report.not_landed == ["jooble: no way to https://jooble.org/api/***"]


def test_without_keys_texts_stay_as_they_are() -> None:
    assert hide([]).out_of("as they are") == "as they are"
