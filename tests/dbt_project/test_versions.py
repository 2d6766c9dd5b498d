"""The version digests change with the method and the data, and with nothing else."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from jobmarket import transform
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import connect


@pytest.fixture(scope="module")
def versions(root: Path) -> ModuleType:
    path = root / "dbt_project" / "models" / "intermediate" / "int_versions.py"
    spec = importlib.util.spec_from_file_location("int_versions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(root / "dbt_project", tmp_path / "project", ignore=shutil.ignore_patterns("target", "logs"))


@pytest.mark.parametrize(
    "name",
    [
        "models/marts/fct_postings.sql",
        "macros/contents.sql",
        "seeds/pay_period_factors.csv",
        "seeds/company_aliases.csv",
        "seeds/countries.csv",
        "seeds/board_systems.csv",
        "dbt_project.yml",
    ],
)
def test_models_macros_variables_and_other_seeds_change_the_method(
    versions: ModuleType, project: Path, name: str
) -> None:
    before = versions.digest_of_method(project)
    with (project / name).open("a") as file:
        file.write("one more line\n")
    assert versions.digest_of_method(project) != before


@pytest.mark.parametrize(
    "name",
    ["target/compiled/models/fct_postings.sql", "logs/model.py", "dbt_packages/p/macro.sql", "seeds/skill_aliases.csv"],
)
def test_build_artefacts_and_seeds_with_a_separate_version_do_not_change_the_method(
    versions: ModuleType, project: Path, name: str
) -> None:
    before = versions.digest_of_method(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    with (project / name).open("a") as file:
        file.write("-- as of 2026-08-20\n")
    assert versions.digest_of_method(project) == before


@pytest.mark.parametrize("lost", ["macros", "seeds", "dbt_project.yml", "models"])
def test_a_project_with_a_missing_part_is_refused(versions: ModuleType, project: Path, lost: str) -> None:
    (project / lost).rename(project.parent / "elsewhere")
    with pytest.raises(FileNotFoundError, match=rf"No {lost}.* in .*project: set JOBMARKET_DBT_PROJECT"):
        versions.digest_of_method(project)


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_dbt_gets_the_project_from_the_settings(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.delenv("JOBMARKET_DBT_PROJECT", raising=False)
    if place == "environment":
        monkeypatch.setenv("JOBMARKET_DBT_PROJECT", project.name)
    else:
        (tmp_path / ".env").write_text(f"JOBMARKET_DBT_PROJECT={project.name}\n", encoding="utf-8")
    # Stands in for dbt: reports the setting as a Python model would read it, from the folder that dbt runs in.
    code = "from jobmarket.settings import Settings; print(Settings().dbt_project)"
    script = tmp_path / "python"
    script.write_text(
        f"""#!/bin/sh\nprintf '{{"event":"finished","message":"%s"}}\\n' "$({sys.executable} -c "{code}")"\n""",
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setattr(transform.sys, "executable", str(script))
    monkeypatch.chdir(tmp_path)
    home = Home(tmp_path / "home")
    with connect(home, Settings()) as connection:
        connection.execute("insert into raw.crawl_runs (run_id, origin, as_of) values ('a-1', 'live', '2026-08-01')")
    with pytest.raises(StageError, match=f"dbt could not start: {project.resolve()} "):
        transform.build(home, Settings(), datetime(2026, 8, 20, tzinfo=UTC))


def test_a_moment_before_all_crawls_is_refused_even_if_there_is_history(tmp_path: Path) -> None:
    home, settings = Home(tmp_path / "home"), Settings(_env_file=None)  # type: ignore[call-arg]
    with connect(home, settings) as connection:
        connection.execute(
            """insert into raw.crawl_runs (run_id, board, company_slug, origin, as_of, status) values
            ('hn-1', 'hn', 'hn', 'backfill', '2018-02-01', 'complete'),
            ('ashby-1', 'ashby', 'acme', 'live', '2026-08-20', 'complete')"""
        )
    with pytest.raises(StageError, match=r"crawled up to 2020-01-01 .*: the first crawl is from 2026-08-20"):
        transform.build(home, settings, datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "change",
    [
        "insert into runs values ('later', 'acme', 3, true)",
        "update runs set qualifies = false",
        "update rates set usd_per_unit = 1.2",
        "insert into rates values ('2026-08-21', 'EUR', 1.1)",
        "update companies set size_band = 'large'",
    ],
)
def test_crawls_rates_and_registry_change_the_data_version(versions: ModuleType, change: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """create table runs as select 'run' as run_id, 'acme' as company_slug, 3 as n_postings, true as qualifies;
            create table rates as select '2026-08-20' as rate_date, 'EUR' as currency, 1.1 as usd_per_unit;
            create table companies as select 'ashby' as board, 'acme' as company_slug, 'small' as size_band"""
        )

        def digest() -> str:
            names = {"stg_crawl_runs": "runs", "stg_exchange_rates": "rates", "stg_companies": "companies"}
            return str(versions.digest_of_data({name: connection.table(table) for name, table in names.items()}))

        before = digest()
        assert digest() == before
        connection.execute(change)
        assert digest() != before
