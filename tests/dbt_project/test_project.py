"""Rules that every model follows, and consistency of the project with its tools and documentation."""

from __future__ import annotations

import csv
import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb
import orjson
import pytest
import yaml
from scrapy.exceptions import CannotResolveHostError

from jobmarket.extract import batch
from jobmarket.extract.version import WORD_LISTS
from jobmarket.gap_words import NO_BOARD
from jobmarket.settings import Home
from jobmarket.statistics.watched_lives import lives_by_cell
from scrapers.middlewares import robots
from scrapers.outcomes import NO_ANSWER
from tests.dbt_project import raw_sources
from tests.dbt_project.dbt_runs import ROOT, Node, parsed_for_builds, run_dbt
from tests.dbt_project.raw_world import WEEKS

MODELS = ROOT / "dbt_project" / "models"
# Data tests that enforce the grain of a model
_KEY_TESTS = {"unique", "unique_combination"}


def _model_files() -> list[Path]:
    found = sorted(path for path in MODELS.rglob("*") if path.suffix in (".sql", ".py"))
    assert len(found) > 20
    return found


def _described(path: Path) -> dict[str, Any]:
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
    return dict(model)


@pytest.mark.parametrize("path", _model_files(), ids=lambda path: path.stem)
def test_a_model_has_a_description_with_its_grain_and_a_key_test(path: Path) -> None:
    model = _described(path)
    assert model["name"] == path.stem
    assert re.search(r"One row per [^.]+\.$", model["description"]), f"{path.stem}: end the description with the grain"
    tests = {name for test in model["data_tests"] for name in test}
    assert tests & _KEY_TESTS, f"{path.stem}: no test of its key among {sorted(tests)}"


def _seeds() -> list[dict[str, Any]]:
    found = yaml.safe_load((ROOT / "dbt_project" / "seeds" / "seeds.yml").read_text())["seeds"]
    assert {seed["name"] for seed in found} == {path.stem for path in (ROOT / "dbt_project" / "seeds").glob("*.csv")}
    return list(found)


@pytest.mark.parametrize("seed", _seeds(), ids=lambda seed: str(seed["name"]))
def test_a_seed_states_its_grain_and_has_a_key_test(seed: dict[str, Any]) -> None:
    assert re.search(r"One row per [^.]+\.$", seed["description"]), "end the description with the grain"
    tests = seed.get("data_tests", []) + [test for column in seed["columns"] for test in column.get("data_tests", [])]
    assert {name for test in tests for name in ([test] if isinstance(test, str) else test)} & _KEY_TESTS


# Reports without estimates of the market: coverage of the crawls, and quality of the extraction.
_NO_ESTIMATES = {"rpt_board_coverage_weekly", "rpt_extraction_quality", "rpt_extraction_by_language"}


# Estimate → prefix of its bounds, where that is not the estimate's own name.
_BOUNDS_NAMED = {
    "matched_share": "matched",
    "disclosure_share": "disclosure",
    "in_time_share": "in_time",
    "recent_share": "recent",
    "earlier_share": "earlier",
    "median_days": "median",
    "salary_median_annual": "median",
    "salary_median_usd_annual": "median",
    "matched_median_usd_annual": "matched_median",
    "share_open_30_days": "share_open_30",
}
# Column without an interval → the reason.
_UNBOUNDED = {
    "expected_known_share": "the interval of matched_index accounts for it",
    "known_share": "describes the sample of share_of_known, which has an interval",
    "required_share": "covers part of the postings in share, which has an interval",
    "share_from_board_field": "describes the sources of amounts in the sample, not the market",
    "share_from_markup": "as share_from_board_field",
    "share_from_text": "as share_from_board_field",
    "share_size_from_registry": "describes the sources of employers' sizes in the sample",
    "share_size_from_text": "as share_size_from_registry",
    "demand_index": "a ratio of counts; the estimate is matched_index",
    "median_coverage_effect_usd": "the difference of two medians, each with an interval",
    "top_5_share": "describes the counted openings",
    "delay_median_days": "describes the days behind in_time_share, which has an interval",
    "delay_final_share_days": "a number of days, not a share",
    "change": "the difference of two published values, split by cause",
    "share_of_open": "one employer's share: a single cluster shows no spread between employers",
    "share_of_new_13w": "the same",
}


def _reports() -> dict[str, set[str]]:
    return {
        path.stem: {column["name"] for column in _described(path)["columns"]}
        for path in _model_files()
        if path.stem.startswith("rpt_")
    }


def test_every_report_has_sample_interval_status_and_coverage() -> None:
    assert len(_reports()) >= 20
    assert set(_reports()) > _NO_ESTIMATES
    for stem, names in _reports().items():
        if stem not in _NO_ESTIMATES:
            assert {"week_start", "n_postings", "n_companies", "status", "coverage_ratio"} <= names, stem


def test_every_share_median_index_and_change_has_its_interval_or_a_reason() -> None:
    estimate = re.compile(r"(.*_)?(share|median|index|change)(?!.*_(low|high|q_value|rank|significant|reason)$)(_.*)?")
    without = {
        (stem, name)
        for stem, names in _reports().items()
        for name in names
        if stem not in _NO_ESTIMATES and estimate.fullmatch(name) and not name.startswith("is_")
        if not any({f"{named}_low", f"{named}_high"} <= names for named in (name, _BOUNDS_NAMED.get(name, name)))
    }
    assert {name for _, name in without} == set(_UNBOUNDED), sorted(without)


def test_no_two_estimates_of_a_report_have_the_same_interval() -> None:
    """Two medians, in two currencies, beside one `median_low` would leave open which of them it bounds."""
    bounds = Counter(
        (stem, name if f"{name}_low" in names else _BOUNDS_NAMED[name])
        for stem, names in _reports().items()
        for name in names
        if f"{name}_low" in names or f"{_BOUNDS_NAMED.get(name)}_low" in names
    )
    assert len(bounds) > 50
    assert [named for named, number in bounds.items() if number > 1] == []


_LAYERS = ("staging", "intermediate", "marts")


def test_no_model_reads_from_a_layer_above_it() -> None:
    layers = {path.stem: path.parent.name for path in _model_files()}
    read = {
        (path, name)
        for path in _model_files()
        for name in re.findall(r"""\bref\(['"](\w+)['"]\)""", path.read_text(encoding="utf-8"))
        if name in layers
    }
    assert len(read) > 200
    upwards = {f"{path.stem} reads {name}" for path, name in read if _rank(layers[name]) > _rank(path.parent.name)}
    assert upwards == set()


def _rank(layer: str) -> int:
    return _LAYERS.index(layer)


@pytest.mark.parametrize("path", sorted((ROOT / "dbt_project" / "models").rglob("*.py")), ids=lambda path: path.stem)
def test_no_python_model_returns_a_stream(path: Path) -> None:
    # A stream that queries the warehouse while the warehouse reads from it can deadlock, as at 1.1 million postings.
    assert not re.search(r"RecordBatchReader|to_arrow_reader|record_batch\(", path.read_text(encoding="utf-8")), (
        f"{path.name} returns a stream to dbt: write batches to a temporary table and return that"
    )


def test_a_new_column_of_an_incremental_model_reaches_the_table_that_is_there() -> None:
    incremental = {
        path.stem: text
        for path in _model_files()
        if 'materialized="incremental"' in (text := path.read_text(encoding="utf-8"))
    }
    assert len(incremental) >= 3, "too few incremental models were found"
    # dbt's default drops the column silently, and models that select it fail until a full refresh
    assert [name for name, text in incremental.items() if 'on_schema_change="append_new_columns"' not in text] == []


def test_the_methods_name_every_report() -> None:
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert not [stem for stem in _reports() if f"`{stem}`" not in page]


def test_the_described_columns_are_those_of_the_tables(
    ask: Callable[[str], list[dict[str, Any]]],
) -> None:
    differences = []
    for path in _model_files():
        described = [column["name"] for column in _described(path)["columns"]]
        there = ask(f"select column_name from duckdb_columns() where table_name = '{path.stem}' order by column_index")
        actual = [row["column_name"] for row in there]
        if set(described) != set(actual) or len(described) != len(actual):
            differences.append(f"{path.stem}: {sorted(set(described) ^ set(actual))}")
    assert differences == []


def test_sources_are_described_as_in_their_contracts() -> None:
    assert raw_sources.TARGET.read_text(encoding="utf-8") == raw_sources.render(), (
        "raw.sources.yml differs from the contracts: run `python tests/dbt_project/raw_sources.py`"
    )


def test_sources_have_the_columns_of_the_tables(ask: Callable[[str], list[dict[str, Any]]]) -> None:
    for table, columns in raw_sources.raw_tables().items():
        there = ask(
            f"""select column_name, data_type from duckdb_columns()
            where schema_name = 'raw' and table_name = '{table}' order by column_index"""
        )
        plain = {column["name"]: column["data_type"].replace('"', "") for column in columns}
        assert plain == {row["column_name"]: row["data_type"].replace('"', "") for row in there}, table


def test_the_build_ran_every_kind_of_node(first_build: list[Node]) -> None:
    kinds = [node.kind for node in first_build]
    assert kinds.count("model") == len(_model_files())
    assert kinds.count("unit_test") >= 25
    assert kinds.count("test") >= 50
    assert {node.status for node in first_build} == {"success", "pass"}


def test_dbt_started_by_hand_records_the_moment_of_its_marts(
    first_build: list[Node],
    ask: Callable[[str], list[dict[str, Any]]],
    ask_earlier: Callable[[str], list[dict[str, Any]]],
) -> None:
    """A complete `dbt build` is recorded as passed; a `dbt run`, which leaves out some nodes, only as begun."""
    builds = "select as_of, outcome from ops.builds order by started_at"
    built = {"as_of": WEEKS[-1].replace(tzinfo=None), "outcome": "passed"}
    # other tests may have built again since
    assert ask(builds)[0] == built
    assert ask_earlier(builds)[:2] == [built, {"as_of": WEEKS[2].replace(tzinfo=None), "outcome": "begun"}]


def test_a_complete_build_drops_what_no_model_makes(
    first_build: list[Node], ask: Callable[[str], list[dict[str, Any]]]
) -> None:
    there = ask(
        "select schema_name || '.' || table_name as name from duckdb_tables() union all "
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    names = {row["name"] for row in there}
    assert {"marts.fct_postings", "raw.sightings", "ops.builds", "seeds.skills"} <= names
    assert not [name for name in names if name.endswith("_renamed") or name.startswith("main.")]


def test_a_partial_build_is_not_recorded_as_passed(loaded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(loaded.root / name, home.root / name)
    run_dbt(home, "build", "--exclude-resource-type", "model", "unit_test", "test")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        outcome = connection.execute("select outcome from ops.builds order by started_at desc limit 1").fetchone()
    assert outcome == ("begun",)


def test_a_posting_first_seen_beyond_the_end_of_the_curve_is_not_in_its_sample() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """create table int_posting_cells as
            select posting_key, 0 as version_no, 'all' as role_family, 'all' as country
            from (values ('young'), ('last'), ('old')) as postings(posting_key);
            create table int_posting_durations as
            select *, 0 as version_no, 'c' as company_key, entered_day + 5 as last_seen_day,
                entered_day + 12 as missed_day
            from (values ('young', 3), ('last', 365), ('old', 366)) as entered(posting_key, entered_day)"""
        )
        relations = map(connection.table, ("int_posting_durations", "int_posting_cells"))
        ((cell, columns),) = lives_by_cell(connection, *relations)
    assert cell == ("all", "all")
    assert columns["entered_day"].tolist() == [3, 365]


@pytest.mark.parametrize("n_postings", [0, 1, 40])
def test_quarter_survival_has_a_row_per_cell_and_quarter_with_informative_postings(n_postings: int) -> None:
    model = _model("int_quarter_survival")
    floors = {"min_postings": "30", "min_companies": "5", "max_company_share": "0.5"}
    with duckdb.connect() as connection:
        connection.execute(
            f"""create table int_posting_cells as
            select n as posting_key, 0 as version_no, unnest(['all', 'ml_engineer']) as role_family, 'all' as country
            from range({n_postings}) as numbers(n);
            create table int_quarter_durations as
            select n as posting_key, 0 as version_no, 'c' || n % 8 as company_key, quarter::date as quarter_start,
                0 as entered_day, n as last_seen_day, n + 1 as missed_day, true as is_watched_quarter_before,
                true as is_watched_quarter_after, false as is_watched_year_before, false as is_watched_year_after
            from range({n_postings}) as numbers(n), unnest(['2026-01-01', '2026-04-01']) as quarters(quarter)"""
        )
        dbt = SimpleNamespace(ref=connection.table, config=SimpleNamespace(meta_get=floors.get))
        rows = model.model(dbt, connection).to_pylist()
    samples = [(str(row["quarter_start"]), row["role_family"], row["n_postings"]) for row in rows]
    quarters = ("2026-01-01", "2026-04-01") if n_postings else ()
    assert samples == [(quarter, family, n_postings) for family in ("all", "ml_engineer") for quarter in quarters]
    assert {row["median_days"] for row in rows} == ({20} if n_postings == 40 else {None} if n_postings else set())


def _model(name: str) -> ModuleType:
    """Load a Python model from its file, as dbt does."""
    spec = importlib.util.spec_from_file_location(name, MODELS / "intermediate" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_extractor_gets_every_text_once_with_all_its_columns_grouped_by_employer(
    loaded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = _model("int_posting_facts")
    monkeypatch.setattr(model, "CONTENTS_AT_ONCE", 10)
    monkeypatch.setattr(model, "ROWS_AT_ONCE", 7)
    with duckdb.connect(str(loaded.warehouse), read_only=True) as connection:
        connection.execute("create temp view postings as from staging.stg_postings")
        connection.execute(model.PENDING.format(condition="", known="false"))
        total, _ = connection.execute(model.COUNTS).fetchone() or (0, 0)
        tables = list(model.texts(connection, total))
    assert total >= 3 * model.CONTENTS_AT_ONCE
    assert max(table.num_rows for table in tables) <= model.ROWS_AT_ONCE
    assert {tuple(table.column_names) for table in tables} == {batch.COLUMNS}
    contents = [key for table in tables for key in table["content_hash"].to_pylist()]
    assert len(contents) == len(set(contents)) == total
    employers = [name for table in tables for name in table["company_name"].to_pylist()]
    # an employer's texts are consecutive, so that its repeated paragraphs are remembered
    assert len(list(groupby(employers))) == len(set(employers)) > 1


def test_a_build_without_new_texts_reads_none(loaded: Home) -> None:
    model = _model("int_posting_facts")
    with duckdb.connect(str(loaded.warehouse), read_only=True) as connection:
        connection.execute("create temp view postings as from staging.stg_postings")
        connection.execute(model.PENDING.format(condition="where false", known="false"))
        assert list(model.texts(connection, 0)) == []


def test_departures_are_recognised_by_the_words_of_the_crawl() -> None:
    words = NO_ANSWER[CannotResolveHostError]
    sql = (MODELS / "staging" / "stg_crawl_runs.sql").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"regexp_full_match\(\s+crawl_runs\.reason,\s+'(.+)'", sql)
    assert re.fullmatch(pattern, words)
    assert re.fullmatch(pattern, str(robots._unknown(words)))
    assert f"starts_with(crawl_runs.reason, '{NO_BOARD}')" in sql


def test_the_project_parses_without_a_warning() -> None:
    # parsing takes long, so it is done once for all tests, with warnings as errors
    assert Path(parsed_for_builds()["DBT_PARTIAL_PARSE_FILE_PATH"]).is_file()


def test_docs_can_be_generated(loaded: Home) -> None:
    run_dbt(loaded, "docs", "generate", "--no-compile")  # each model was compiled to be built
    catalog = orjson.loads((loaded.dbt_target / "catalog.json").read_bytes())
    share = catalog["nodes"]["model.jobmarket.rpt_skill_demand_weekly"]["columns"]["share"]
    assert share["type"] == "DOUBLE"
    manifest = orjson.loads((loaded.dbt_target / "manifest.json").read_bytes())
    parents = set(manifest["parent_map"]["model.jobmarket.int_posting_facts"])
    # the lineage includes the seeds that the extractor reads itself
    read = {f"seed.jobmarket.{name}" for name in ("skills", "skill_aliases", *WORD_LISTS)}
    assert read | {"model.jobmarket.stg_postings"} <= parents


@pytest.mark.parametrize(("origin", "registry"), [("live", "companies.csv"), ("sample", "sample/companies.csv")])
def test_the_registry_of_the_checkout_is_read_by_default(
    origin: str, registry: str, loaded: Home, tmp_path: Path
) -> None:
    with (ROOT / "scrapers" / registry).open(encoding="utf-8", newline="") as file:
        listed = {(row["board"], row["slug"]) for row in csv.DictReader(file)}
    home = Home(tmp_path)
    shutil.copy(loaded.warehouse, home.warehouse)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update raw.crawl_runs set origin = ? where origin <> 'backfill'", [origin])
    run_dbt(home, "run", "--select", "stg_companies", companies_csv=None)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        read = connection.execute("select board, company_slug from staging.stg_companies").fetchall()
    assert len(read) == len(listed) > 0
    assert set(read) == listed
