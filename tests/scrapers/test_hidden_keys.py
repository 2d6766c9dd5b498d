from __future__ import annotations

import io
import logging

import pytest

from scrapers.hidden_keys import hide


def test_a_key_is_in_no_line_of_the_log_however_it_is_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
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
