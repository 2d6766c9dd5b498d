"""With what this build reads, counts and from what: what tells why a figure differs from one published before."""

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
    from postings
"""
# A run that is loaded later, or withdrawn, changes it; crawls beyond the moment of the build do not.
CRAWLED = (
    "select printf('%08x', (bit_xor(hash(run_id, company_slug, n_postings)) % 4294967296)::bigint) from crawl_runs"
)


def digest_of_method(project):
    """Eight hexadecimal digits that change with any line of the models, macros, variables or estimators."""
    digest = hashlib.blake2b(digest_size=4)
    sources = [path for path in Path(project).rglob("*") if path.suffix in (".sql", ".py") and path.is_file()]
    sources += [Path(project) / "dbt_project.yml"]
    for package in ("jobmarket.statistics", "jobmarket.duplicates"):
        sources += [Path(str(file)) for file in files(package).iterdir() if file.name.endswith(".py")]
    for source in sorted(sources, key=lambda path: (path.parent.name, path.name)):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def model(dbt, session):
    """Name the versions.

    Args:
        dbt: References to other models.
        session: The warehouse's connection.

    Returns:
        A table of SCHEMA with one row.
    """
    dbt.config(materialized="table")
    read_with = dbt.ref("int_postings").query("postings", READ_WITH).fetchone()
    crawled = dbt.ref("stg_crawl_runs").query("crawl_runs", CRAWLED).fetchone()
    method = digest_of_method(Settings().dbt_project)
    values = dict(zip(SCHEMA.names, (*read_with, method, *crawled), strict=True))
    return pa.Table.from_pylist([values], SCHEMA)
