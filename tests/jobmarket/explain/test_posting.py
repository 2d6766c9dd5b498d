"""`jobmarket explain POSTING_KEY` prints published values as text, not as Python literals."""

import duckdb
import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.explain import posting
from jobmarket.explain.printed import in_words
from jobmarket.publishing import open_published, publish
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, change_marts


def place(city: str | None, country: str, region: str | None = None) -> dict[str, str | None]:
    return {"city": city, "region": region, "country": country}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["nlp_llm"], "nlp_llm"),
        (["nlp_llm", "computer_vision"], "nlp_llm, computer_vision"),
        ([place("Berlin", "DE"), place("Paris", "FR")], "Berlin, DE; Paris, FR"),
        ([place("Toronto", "CA", "ON"), place(None, "US")], "Toronto, ON, CA; US"),
        (["a\x1b]0;b\x07", None], "a]0;b"),
        (3, "3"),
        (True, "True"),
    ],
)
def test_lists_and_places_are_written_as_text(value: object, text: str) -> None:
    assert in_words(value) == text


def test_a_posting_is_explained_without_python_literals(home: Home) -> None:
    change_marts(
        home,
        "update marts.fct_postings set content_hash = uuid()",
        "update marts.fct_postings set specialisations = ['nlp_llm'], locations = "
        "[{'city': 'Berlin', 'region': null, 'country': 'DE'}, {'city': 'Paris', 'region': null, 'country': 'FR'}]",
    )
    publish(home, Settings(_env_file=None), AS_OF)
    with open_published(home) as published:
        (key,) = published.execute("select posting_key::text from fct_postings limit 1").fetchone() or ("",)
    explained = CliRunner().invoke(main, ["explain", "--home", str(home.root), key])
    assert explained.exit_code == 0, explained.output
    values = {line[:22].strip(): line[22:].partition("    ")[0] for line in explained.output.splitlines()}
    assert values["locations"] == "Berlin, DE; Paris, FR"
    assert values["specialisations"] == "nlp_llm"
    assert "certifications" not in values, "an empty list is left out"


def test_the_newest_crawls_of_a_posting_are_shown() -> None:
    with duckdb.connect() as warehouse:
        warehouse.execute("create schema raw; create schema staging")
        warehouse.execute(
            "create table raw.crawl_runs as select 'ashby' as board, 'acme' as company_slug, 'complete' as status, "
            "true as qualifies, 1 as attempt, timestamp '2026-01-01' + to_days(day::integer) as as_of, "
            "day::varchar as run_id from range(300) as days (day)"
        )
        warehouse.execute("create table staging.stg_sightings as select run_id, 7 as posting_key, 0 as content_hash "
                          "from raw.crawl_runs")  # fmt: skip
        seen = warehouse.execute(posting._LIFE, {"key": 7, "board": "ashby", "company_slug": "acme"}).fetchall()
    assert [run_id for _, run_id, *_ in seen] == [str(day) for day in range(299, 99, -1)]
