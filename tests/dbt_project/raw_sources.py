"""Generate dbt's description of schema ``raw`` from the contracts that define its tables.

``python tests/dbt_project/raw_sources.py`` rewrites ``dbt_project/models/staging/raw.sources.yml``. A test checks that
the file is up to date.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from jobmarket.landing import CompanyOutcome, RunRecord
from jobmarket.posting import Posting
from jobmarket.warehouse.schema import OUTCOME_COLUMNS, POSTING_COLUMNS

TARGET = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "staging" / "raw.sources.yml"

_IDENTITY = {
    "posting_key": "Identity of the posting: UUID of (board, company_slug, native_id)",
    "content_hash": "Hash of everything the board states about the posting, except fields that change by themselves",
}
# Fields whose names say enough in the contracts; readers of the tables get a description.
_OUTCOMES = {
    "company_slug": "The employer's name on the board system",
    "company_name": "Employer's name as the registry or the board states it",
    "status": "How the crawl of the company ended: complete, partial or failed",
    "requests": "Requests made",
    "response_bytes": "Total size of the response bodies in bytes",
    "started_at": "When the first request went out, UTC",
    "finished_at": "When the last response was read, UTC",
}
_RUN = {
    "run_id": "Name of the run: board, moment and attempt",
    "board": "Board system",
    "origin": "Where the responses came from: sample, recorded, live or backfill",
}
_QUALITY = {
    "trailing_median": "Median number of postings in the company's eight clean crawls before this one",
    "qualifies": "Whether the crawl may close postings and counts as coverage",
    "qualifies_reason": "Code why the crawl does not qualify: incomplete (see reason), empty_list or few_postings; "
    "null if it does",
    "attempt": "Number of the run among the board's runs of the same moment, from the run's name",
}


def _described(model: type[BaseModel], supplements: dict[str, str]) -> dict[str, str]:
    """Return the descriptions of a contract's fields, taking from ``supplements`` those that the contract lacks."""
    descriptions = {name: field.description or supplements.get(name, "") for name, field in model.model_fields.items()}
    blank = [name for name, text in descriptions.items() if not text]
    if blank:
        raise ValueError(f"{model.__name__}: no description for {', '.join(blank)}; add it to the contract or here")
    return descriptions


def _columns(types: dict[str, str], descriptions: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"name": name, "data_type": data_type, "description": descriptions[name] + "."}
        for name, data_type in types.items()
    ]


def raw_tables() -> dict[str, list[dict[str, str]]]:
    """Map each table of schema ``raw`` to its columns in order, each with name, data_type and description."""
    identity_types = {"posting_key": "UUID", "content_hash": "UUID"}
    run_types = {"run_id": "VARCHAR", "board": "VARCHAR", "origin": "VARCHAR", "as_of": "TIMESTAMP"}
    quality_types = {
        "trailing_median": "DOUBLE",
        "qualifies": "BOOLEAN",
        "qualifies_reason": "VARCHAR",
        "attempt": "INTEGER",
    }
    outcome_types = OUTCOME_COLUMNS
    record = RunRecord.model_fields
    run = _RUN | {"as_of": record["as_of"].description or "", "versions": record["versions"].description or ""}
    return {
        "posting_versions": _columns(
            identity_types | POSTING_COLUMNS | {"landed_run_id": "VARCHAR"},
            _IDENTITY | _described(Posting, {}) | {"landed_run_id": "The run that first landed this content"},
        ),
        "sightings": _columns(
            {"run_id": "VARCHAR"} | identity_types,
            _IDENTITY | {"run_id": "The run that saw the posting"},
        ),
        "crawl_runs": _columns(
            run_types | outcome_types | {"versions": "MAP(VARCHAR, VARCHAR)"} | quality_types,
            run | _described(CompanyOutcome, _OUTCOMES) | _QUALITY,
        ),
        "rejected_postings": _columns(
            dict.fromkeys(("run_id", "board", "company_slug", "reason"), "VARCHAR")
            | {"payload": "JSON", "posting_key": "UUID", "object_hash": "VARCHAR"},
            _RUN
            | {
                "company_slug": _OUTCOMES["company_slug"],
                "reason": "Why the object could not become a posting",
                "payload": "The object as the board sent it",
                "posting_key": "Identity of the posting that the object describes; null if it does not identify one",
                "object_hash": "Hash of the object without the fields that change by themselves",
            },
        ),
        "exchange_rates": _columns(
            {"rate_date": "DATE", "currency": "VARCHAR", "per_eur": "DOUBLE", "source": "VARCHAR"},
            {
                "rate_date": "Day of the rate",
                "currency": "ISO 4217 code",
                "per_eur": "Units of the currency for one euro; 1 for the euro itself",
                "source": "Publisher of the rate",
            },
        ),
    }


_TABLES = {
    "posting_versions": "Contents of the postings, as the boards state them. One row per (posting_key, content_hash).",
    "sightings": "Postings that each run saw, and their contents. One row per posting per run.",
    "crawl_runs": "Outcome of the crawl of each company on a board. One row per (run_id, board, company_slug).",
    "rejected_postings": "Objects that could not become a posting. One row per object and run.",
    "exchange_rates": "Reference rates of the European Central Bank. One row per (rate_date, currency).",
}


def render() -> str:
    """Return the text of ``raw.sources.yml``."""
    tables: list[dict[str, Any]] = [
        {"name": name, "description": _TABLES[name], "columns": columns} for name, columns in raw_tables().items()
    ]
    source = {
        "name": "raw",
        "description": "Crawled data as landed, unedited; written by jobmarket.warehouse. All TIMESTAMP are UTC.",
        "schema": "raw",
        "tables": tables,
    }
    text = yaml.safe_dump({"sources": [source]}, sort_keys=False, width=118, allow_unicode=True)
    return "# Generated by tests/dbt_project/raw_sources.py from the contracts in jobmarket: edit those.\n" + text


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
