"""Versions of extractor, taxonomy, method and data of this build, which explain differences to earlier vintages."""

import hashlib
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from jobmarket.settings import Settings

SCHEMA = pa.schema([(name, pa.string()) for name in (
    "extractor_version", "taxonomy_version", "method_version", "data_version",
)])  # fmt: skip
READ_WITH = """
    select string_agg(distinct extractor_version, ', ' order by extractor_version),
        string_agg(distinct taxonomy_version, ', ' order by taxonomy_version)
    from contents
"""
# Named one by one, because `target/` contains compiled SQL that includes the moment of a build.
METHOD = ("models/**/*.sql", "models/**/*.py", "macros/**/*.sql", "seeds/*.csv", "dbt_project.yml")
# Seeds that are part of the taxonomy's and the extractor's versions, and two that affect no figure of the market.
EXCLUDED_SEEDS = {"skills", "skill_aliases", "skill_rules", "place_aliases", "board_tokens", "specialisations"} | {
    "sector_words", "rejected_terms", "extraction_quality", "extraction_samples", "published_claims"
}  # fmt: skip
# Changes when data up to the moment of the build is loaded late, withdrawn or corrected.
DATA = (
    ("stg_crawl_runs", "run_id, company_slug, n_postings, qualifies"),
    ("stg_exchange_rates", "source_rows"),
    ("stg_companies", "source_rows"),
)
ROWS = "select count(*), coalesce(bit_xor(hash({columns})), 0) from source_rows"


def digest_of_method(project):
    """Return eight hexadecimal digits that change with any line of the models, macros, seeds, variables or estimators.

    Args:
        project: Folder of the dbt project.

    Raises:
        FileNotFoundError: If a part of the project is missing, as the digits would not change with it.
    """
    digest = hashlib.blake2b(digest_size=4)
    root = Path(project)
    parts = {pattern: sorted(root.glob(pattern)) for pattern in METHOD}
    if missing := [pattern for pattern, paths in parts.items() if not paths]:
        raise FileNotFoundError(
            f"No {' and no '.join(missing)} in {root}: set JOBMARKET_DBT_PROJECT to the folder of the dbt project"
        )
    named = {path.relative_to(root).as_posix(): path for paths in parts.values() for path in paths}
    named = {name: path for name, path in named.items() if path.suffix != ".csv" or path.stem not in EXCLUDED_SEEDS}
    for package in ("jobmarket.statistics", "jobmarket.duplicates", "jobmarket.hacker_news"):
        named |= {f"{package}/{file.name}": file for file in files(package).iterdir() if file.name.endswith(".py")}
    for name in sorted(named):
        digest.update(name.encode() + b"\0" + named[name].read_bytes() + b"\0")
    return digest.hexdigest()


def digest_of_data(tables):
    """Return eight hexadecimal digits that change with any crawl, exchange rate or row of the registry.

    Args:
        tables: Name of each staging model in DATA → its relation.
    """
    rows = [tables[name].query("source_rows", ROWS.format(columns=columns)).fetchone() for name, columns in DATA]
    return hashlib.blake2b(repr(rows).encode(), digest_size=4).hexdigest()


def model(dbt, session):
    """Return the versions of this build.

    Args:
        dbt: References to other models.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with one row.
    """
    dbt.config(materialized="table")
    read_with = dbt.ref("int_posting_contents").query("contents", READ_WITH).fetchone()
    tables = {
        "stg_crawl_runs": dbt.ref("stg_crawl_runs"),
        "stg_exchange_rates": dbt.ref("stg_exchange_rates"),
        "stg_companies": dbt.ref("stg_companies"),
    }
    versions = (*read_with, digest_of_method(Settings().dbt_project), digest_of_data(tables))
    values = dict(zip(SCHEMA.names, versions, strict=True))
    return pa.Table.from_pylist([values], SCHEMA)
