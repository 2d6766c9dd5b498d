"""Rules that every model keeps, and that the project's own tools agree with it."""

from __future__ import annotations

import csv
import importlib.util
import re
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb
import orjson
import pytest
import yaml

from jobmarket.extract import batch
from jobmarket.extract.version import WORD_LISTS
from jobmarket.settings import Home
from jobmarket.statistics.watched_lives import lives_by_cell
from tests.dbt_project import raw_sources
from tests.dbt_project.dbt_runs import ROOT, Node, parsed_for_builds, run_dbt
from tests.dbt_project.raw_world import WEEKS

MODELS = ROOT / "dbt_project" / "models"
# Column | data tests that hold the grain of a model
_KEY_TESTS = {"unique", "unique_combination"}


def _model_files() -> list[Path]:
    found = sorted(path for path in MODELS.rglob("*") if path.suffix in (".sql", ".py"))
    assert len(found) > 20
    return found


def _described(path: Path) -> dict[str, Any]:
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
    return dict(model)


@pytest.mark.parametrize("path", _model_files(), ids=lambda path: path.stem)
def test_a_model_has_its_description_beside_it_with_its_grain_and_a_key_test(path: Path) -> None:
    model = _described(path)
    assert model["name"] == path.stem
    assert re.search(r"One row per [^.]+\.$", model["description"]), f"{path.stem}: the description ends with the grain"
    tests = {name for test in model["data_tests"] for name in test}
    assert tests & _KEY_TESTS, f"{path.stem}: no test of its key among {sorted(tests)}"


def _seeds() -> list[dict[str, Any]]:
    found = yaml.safe_load((ROOT / "dbt_project" / "seeds" / "seeds.yml").read_text())["seeds"]
    assert {seed["name"] for seed in found} == {path.stem for path in (ROOT / "dbt_project" / "seeds").glob("*.csv")}
    return list(found)


@pytest.mark.parametrize("seed", _seeds(), ids=lambda seed: str(seed["name"]))
def test_a_seed_tells_its_grain_and_has_a_key_test(seed: dict[str, Any]) -> None:
    assert re.search(r"One row per [^.]+\.$", seed["description"]), "the description ends with the grain"
    tests = seed.get("data_tests", []) + [test for column in seed["columns"] for test in column.get("data_tests", [])]
    assert {name for test in tests for name in ([test] if isinstance(test, str) else test)} & _KEY_TESTS


# Reports that estimate nothing of the market: what crawls reached, and how well texts are read.
_NO_ESTIMATES = {"rpt_board_coverage_weekly", "rpt_extraction_quality"}


# Bounds whose name is not their estimate's with `_low` and `_high` added.
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
_UNBOUNDED = {
    "expected_known_share": "how much is yet to be found, which the interval of matched_index holds",
    "known_share": "says how many of the sample share_of_known is of, which has an interval",
    "required_share": "a part of the postings of share, which has an interval",
    "share_from_board_field": "where amounts of the sample are from, which is no figure of the market",
    "share_from_markup": "as share_from_board_field",
    "share_from_text": "as share_from_board_field",
    "share_size_from_registry": "where sizes of the sample's employers are from",
    "share_size_from_text": "as share_size_from_registry",
    "demand_index": "a count over a count; what it estimates is matched_index",
    "median_coverage_effect_usd": "the difference of two medians, each with an interval",
    "top_5_share": "of the openings counted, whoever they are of",
    "delay_median_days": "of the days that make in_time_share, which has an interval",
    "delay_final_share_days": "days by which final_share is met, and no share",
    "change": "the difference of two published values, taken apart into what made it",
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


_LAYERS = ("staging", "intermediate", "marts")


def test_no_model_reads_one_of_a_layer_above_it() -> None:
    layers = {path.stem: path.parent.name for path in _model_files()}
    read = {
        (path, found)
        for path in _model_files()
        for found in re.findall(r"""\bref\(['"](\w+)['"]\)""", path.read_text(encoding="utf-8"))
        if found in layers
    }
    assert len(read) > 200
    upwards = {f"{path.stem} reads {found}" for path, found in read if _rank(layers[found]) > _rank(path.parent.name)}
    assert upwards == set()


def _rank(layer: str) -> int:
    return _LAYERS.index(layer)


@pytest.mark.parametrize("path", sorted((ROOT / "dbt_project" / "models").rglob("*.py")), ids=lambda path: path.stem)
def test_no_model_in_python_is_a_stream(path: Path) -> None:
    # A stream that asks the warehouse while the warehouse reads from it may wait for ever, as it did at 1.1 million.
    assert not re.search(r"RecordBatchReader|to_arrow_reader|record_batch\(", path.read_text(encoding="utf-8")), (
        f"{path.name} gives dbt a stream: write to a temporary table, batch by batch, and return that"
    )


def test_the_methods_tell_of_every_report() -> None:
    page = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert not [stem for stem in _reports() if f"`{stem}`" not in page]


def test_the_columns_described_are_the_columns_there_are(
    ask: Callable[[str], list[dict[str, Any]]],
) -> None:
    differences = []
    for path in _model_files():
        described = [column["name"] for column in _described(path)["columns"]]
        there = ask(
            f"select column_name from duckdb_columns() where table_name = '{path.stem}' order by column_index"  # noqa: S608
        )
        actual = [row["column_name"] for row in there]
        if set(described) != set(actual) or len(described) != len(actual):
            differences.append(f"{path.stem}: {sorted(set(described) ^ set(actual))}")
    assert differences == []


def test_sources_are_described_by_the_contracts_they_derive_from() -> None:
    assert raw_sources.TARGET.read_text(encoding="utf-8") == raw_sources.render(), (
        "raw.sources.yml differs from the contracts: run `python tests/dbt_project/raw_sources.py`"
    )


def test_sources_have_the_columns_of_the_tables(ask: Callable[[str], list[dict[str, Any]]]) -> None:
    for table, columns in raw_sources.raw_tables().items():
        there = ask(
            f"""select column_name, data_type from duckdb_columns()
            where schema_name = 'raw' and table_name = '{table}' order by column_index"""  # noqa: S608
        )
        plain = {column["name"]: column["data_type"].replace('"', "") for column in columns}
        assert plain == {row["column_name"]: row["data_type"].replace('"', "") for row in there}, table


def test_the_build_ran_every_kind_of_node(first_build: list[Node]) -> None:
    kinds = [node.kind for node in first_build]
    assert kinds.count("model") == len(_model_files())
    assert kinds.count("unit_test") >= 25
    assert kinds.count("test") >= 50
    assert {node.status for node in first_build} == {"success", "pass"}


def test_dbt_by_hand_notes_which_moment_its_marts_stand_for(
    first_build: list[Node],
    ask: Callable[[str], list[dict[str, Any]]],
    ask_earlier: Callable[[str], list[dict[str, Any]]],
) -> None:
    """Of everything it passes; `dbt run` leaves some nodes as they were, and never does."""
    noted = "select as_of, outcome from ops.builds order by started_at"
    built = {"as_of": WEEKS[-1].replace(tzinfo=None), "outcome": "passed"}
    # other tests may have built again since
    assert ask(noted)[0] == built
    assert ask_earlier(noted)[:2] == [built, {"as_of": WEEKS[2].replace(tzinfo=None), "outcome": "begun"}]


def test_a_build_leaves_nothing_of_models_that_were_renamed(
    first_build: list[Node], ask: Callable[[str], list[dict[str, Any]]]
) -> None:
    there = ask(
        "select schema_name || '.' || table_name as name from duckdb_tables() union all "
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    names = {row["name"] for row in there}
    assert {"marts.fct_postings", "raw.sightings", "ops.builds", "seeds.skills"} <= names
    assert not [name for name in names if name.endswith("_renamed")]


def test_a_build_that_left_something_out_is_none_that_passed(loaded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(loaded.root / name, home.root / name)
    run_dbt(home, "build", "--exclude-resource-type", "model", "unit_test", "test")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        outcome = connection.execute("select outcome from ops.builds order by started_at desc limit 1").fetchone()
    assert outcome == ("begun",)


def test_who_is_older_than_the_curve_when_first_seen_is_in_no_sample_of_it() -> None:
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
def test_quarters_of_each_cell_are_told_and_where_nothing_was_seen_twice_there_are_none(n_postings: int) -> None:
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
        found = model.model(dbt, connection).to_pylist()
    told = [(str(row["quarter_start"]), row["role_family"], row["n_postings"]) for row in found]
    quarters = ("2026-01-01", "2026-04-01") if n_postings else ()
    assert told == [(quarter, family, n_postings) for family in ("all", "ml_engineer") for quarter in quarters]
    assert {row["median_days"] for row in found} == ({20} if n_postings == 40 else {None} if n_postings else set())


def _model(name: str) -> ModuleType:
    """A Python model, loaded as dbt loads it: from its file."""
    spec = importlib.util.spec_from_file_location(name, MODELS / "intermediate" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_extractor_is_handed_every_text_once_with_all_that_it_reads_employer_by_employer(
    loaded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = _model("int_posting_facts")
    monkeypatch.setattr(model, "CONTENTS_AT_ONCE", 10)
    monkeypatch.setattr(model, "ROWS_AT_ONCE", 7)
    with duckdb.connect(str(loaded.warehouse), read_only=True) as connection:
        connection.execute("create temp view postings as from staging.stg_postings")
        connection.execute(model.PENDING.format(condition="", known="false"))
        total, _ = connection.execute(model.COUNTS).fetchone() or (0, 0)
        handed = list(model.texts(connection, total))
    assert total >= 3 * model.CONTENTS_AT_ONCE
    assert max(table.num_rows for table in handed) <= model.ROWS_AT_ONCE
    assert {tuple(table.column_names) for table in handed} == {batch.COLUMNS}
    contents = [key for table in handed for key in table["content_hash"].to_pylist()]
    assert len(contents) == len(set(contents)) == total
    employers = [name for table in handed for name in table["company_name"].to_pylist()]
    # an employer's are in one row: what it repeats is remembered
    assert len(list(groupby(employers))) == len(set(employers)) > 1


def test_a_build_without_new_texts_asks_for_none(loaded: Home) -> None:
    model = _model("int_posting_facts")
    with duckdb.connect(str(loaded.warehouse), read_only=True) as connection:
        connection.execute("create temp view postings as from staging.stg_postings")
        connection.execute(model.PENDING.format(condition="where false", known="false"))
        assert list(model.texts(connection, 0)) == []


def test_the_project_parses_without_a_warning() -> None:
    # a warning is an error wherever the tests have dbt parse the project, which takes long and is done once
    assert [Path(kept).name for kept in parsed_for_builds().values()] == ["partial_parse.msgpack"]


def test_docs_can_be_generated(loaded: Home) -> None:
    run_dbt(loaded, "docs", "generate", "--no-compile")  # each model was compiled to be built
    catalog = orjson.loads((loaded.dbt_target / "catalog.json").read_bytes())
    share = catalog["nodes"]["model.jobmarket.rpt_skill_demand_weekly"]["columns"]["share"]
    assert share["type"] == "DOUBLE"
    manifest = orjson.loads((loaded.dbt_target / "manifest.json").read_bytes())
    parents = set(manifest["parent_map"]["model.jobmarket.int_posting_facts"])
    # the lineage shows what the facts depend on
    read = {f"seed.jobmarket.{name}" for name in ("skills", "skill_aliases", *WORD_LISTS)}
    assert read | {"model.jobmarket.stg_postings"} <= parents


@pytest.mark.parametrize(("origin", "registry"), [("live", "companies.csv"), ("sample", "sample/companies.csv")])
def test_the_registry_of_the_checkout_is_read_unless_another_is_named(
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
        found = connection.execute("select board, company_slug from staging.stg_companies").fetchall()
    assert len(found) == len(listed) > 0
    assert set(found) == listed
