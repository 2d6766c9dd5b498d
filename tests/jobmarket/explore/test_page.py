"""The explore page shows the right figures, and in a real browser it runs and fetches nothing from outside."""

import re
import shutil
import socket
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from jobmarket.explore import app, queries
from jobmarket.explore.charts import band
from jobmarket.explore.opening import Reader, open_reader
from jobmarket.explore.serve import command, serve
from jobmarket.publishing import published_vintage
from jobmarket.publishing.vintages import make_current
from jobmarket.settings import Home
from jobmarket.stages import StageError
from tests.jobmarket.report.browser import CHROMIUM, Browser
from tests.loopback import free_port, wait_for


def page_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("sys.argv", ["app.py", str(home.root)])
    return AppTest.from_file(app.__file__, default_timeout=120).run()


@pytest.fixture
def own(market: Home, tmp_path: Path) -> Home:
    """Return a copy of the market that no reader has opened, so that the test may change it."""
    shutil.copytree(market.published, tmp_path / "published", symlinks=True)
    return Home(tmp_path)


@pytest.fixture
def page(market: Home, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_data.clear()
    return page_of(market, monkeypatch)


def test_the_page_shows_the_selected_figures_and_their_query(page: AppTest, market: Home) -> None:
    assert not page.exception
    assert "sample world" in page.warning[0].value
    page.sidebar.selectbox[0].select("ml_engineer")
    page.sidebar.selectbox[3].select("pytorch")
    page.run()
    assert not page.exception
    assert "skill_id = 'pytorch'" in page.code[0].value
    assert "role_family = 'ml_engineer'" in page.code[0].value
    assert page.metric[0].label == "Share, last finished week"
    assert page.metric[0].value.endswith("%")
    assert any("postings ask for PyTorch" in text.value for text in page.text)
    assert any("mixes those that state it" in caption.value for caption in page.caption), "pay of several countries"
    week = next(box.value for box in page.selectbox if box.label == "Week of")
    assert week == open_reader(published_vintage(market)).current_week, "the week of the share above"


def test_an_unfinished_week_is_not_called_finished() -> None:
    with duckdb.connect() as published:
        published.execute("create table current_week as select true as is_over")
        assert Reader(published).week_now == "last finished week"
        published.execute("update current_week set is_over = false")
        assert Reader(published).week_now == "unfinished week"


def test_a_share_of_all_levels_is_called_so_where_a_level_is_chosen(page: AppTest) -> None:
    page.sidebar.selectbox[3].select("pytorch").run()
    whole = [metric.value for metric in page.metric if metric.label.startswith("Share, ")]
    assert "PyTorch" in [text.value for text in page.text]
    page.sidebar.selectbox[2].select_index(1)
    page.run()
    assert [metric.value for metric in page.metric if metric.label.startswith("Share, ")] == whole
    assert "PyTorch, all levels" in [text.value for text in page.text]


def test_a_change_of_the_level_does_not_ask_again_what_holds_for_all_levels(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, asked = queries.answer, []

    def noting(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[pd.DataFrame, bool]:
        asked.append(query)
        return answer(connection, query)

    monkeypatch.setattr(queries, "answer", noting)
    page.sidebar.selectbox[2].select_index(1).run()
    assert not page.exception
    assert len(asked) == 2, "pay and the postings of the level"
    assert all("seniority = " in query for query in asked)


def test_the_page_shows_the_vintage_it_names_if_another_is_published_meanwhile(own: Home) -> None:
    shown = published_vintage(own)
    newer = shown.with_name("20990101T000000Z-00000000")
    shutil.copytree(shown, newer)
    make_current(own.published, newer)
    assert published_vintage(own) == newer
    assert app._reader(str(shown)).vintage == shown
    assert app._reader(str(newer)).vintage == newer


def test_the_share_that_states_pay_has_its_own_status(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(own.published / "jobmarket.duckdb")) as published:
        published.execute("update rpt_salary_trend_weekly set status = 'provisional', disclosure_status = 'final'")
    page = page_of(own, monkeypatch)
    (stated,) = [metric for metric in page.metric if metric.label == "Postings that state pay"]
    assert stated.delta.endswith(", final")


def test_the_list_says_which_part_of_the_share_it_shows(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    page.sidebar.selectbox[3].select("pytorch")
    page.sidebar.radio[0].set_value("flow")
    page.run()
    (whole,) = [text.value for text in page.text if "postings ask for PyTorch" in text.value]
    assert not [caption for caption in page.caption if "are shown" in caption.value]
    level = page.sidebar.selectbox[2].options[1]
    page.sidebar.selectbox[2].select_index(1)
    page.run()
    (part,) = [text.value for text in page.text if "postings ask for PyTorch" in text.value]
    assert re.fullmatch(rf"[\d,]+ postings ask for PyTorch, of which at level {level}: [\d,]+\.", part)
    page.sidebar.selectbox[2].select_index(0)
    monkeypatch.setattr(queries, "MOST_ROWS", 3)
    st.cache_data.clear()
    page.run()
    assert int(whole.split()[0].replace(",", "")) > 3
    assert "More than 3 postings ask for PyTorch." in [text.value for text in page.text]
    assert any(caption.value.startswith("Only the first 3 are shown") for caption in page.caption)


def test_no_line_crosses_a_week_without_a_row() -> None:
    weeks = pd.to_datetime(["2026-08-03", "2026-08-10", "2026-08-31"])
    frame = pd.DataFrame({"week_start": weeks, "share": [0.1, 0.2, 0.3], "status": "final"})
    line = band(frame, "share", "share", "share", ".0%").to_dict()["datasets"]
    drawn = {row["week_start"][:10]: row["share"] for rows in line.values() for row in rows}
    assert drawn == {"2026-08-03": 0.1, "2026-08-10": 0.2, "2026-08-17": None, "2026-08-24": None, "2026-08-31": 0.3}


def test_a_wrong_query_is_reported_and_the_page_still_works(page: AppTest) -> None:
    page.text_area[0].set_value("select nonsense from nowhere").run()
    assert not page.exception
    assert "query failed" in page.error[0].value
    assert "nowhere" in page.code[-1].value


def test_a_port_in_use_is_reported_before_anything_is_promised(
    market: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StageError, match=rf"Port {port} is not free\. Choose another one with --port\."):
            serve(market, port)
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(CHROMIUM is None, reason="CHROMIUM IS NOT INSTALLED: the explore page was not looked at")
def test_the_page_in_a_browser(market: Home, tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(command(market, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", 120)
        with pytest.raises(OSError, match="refused"):  # this machine's other addresses do not answer
            socket.create_connection(("127.0.0.2", port), timeout=5)
        browser = Browser(tmp_path / "profile")
        seen = browser.visit(f"http://127.0.0.1:{port}", "The query", tmp_path / "explore.png")
        browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert "Explore the market" in seen.text
    assert "Share of postings that ask for the skill" in seen.text
    assert seen.complaints == []
    assert seen.dialogs == 0
    local = (f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:", "blob:")
    assert [url for url in seen.requests if not url.startswith(local)] == []
    assert (tmp_path / "explore.png").stat().st_size > 15_000
