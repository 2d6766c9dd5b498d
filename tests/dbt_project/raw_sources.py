"""Writes dbt's description of schema ``raw`` from the contracts that the tables derive from.

``python tests/dbt_project/raw_sources.py`` renews ``dbt_project/models/staging/raw.sources.yml``; a test compares.
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
    "content_hash": "Hash of everything the board said of the posting, but for fields that change by themselves",
}
# What the contracts call by a name that says enough, said in a sentence for those who read the tables.
_OUTCOMES = {
    "company_slug": "The employer's name on the board system",
    "company_name": "Employer's name as the registry or the board states it",
    "status": "How the crawl of the company ended: complete, partial or failed",
    "requests": "Requests made",
    "response_bytes": "Bytes of all responses' bodies",
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
    "qualifies_reason": "Why it does not qualify, null if it does",
}


def _described(model: type[BaseModel], own: dict[str, str]) -> dict[str, str]:
    """Descriptions of a contract's fields; ``own`` has those that the contract leaves to their name."""
    found = {name: field.description or own.get(name, "") for name, field in model.model_fields.items()}
    blank = [name for name, text in found.items() if not text]
    if blank:
        raise ValueError(f"{model.__name__}: no description for {', '.join(blank)}; add it to the contract or here")
    return found


def _columns(types: dict[str, str], descriptions: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"name": name, "data_type": data_type, "description": descriptions[name] + "."}
        for name, data_type in types.items()
    ]


def raw_tables() -> dict[str, list[dict[str, str]]]:
    """Table of schema ``raw`` → its columns in order, each with name, data_type and description."""
    identity_types = {"posting_key": "UUID", "content_hash": "UUID"}
    run_types = {"run_id": "VARCHAR", "board": "VARCHAR", "origin": "VARCHAR", "as_of": "TIMESTAMP"}
    quality_types = {"trailing_median": "DOUBLE", "qualifies": "BOOLEAN", "qualifies_reason": "VARCHAR"}
    outcome_types = OUTCOME_COLUMNS
    record = RunRecord.model_fields
    run = _RUN | {"as_of": record["as_of"].description or "", "versions": record["versions"].description or ""}
    return {
        "posting_versions": _columns(
            identity_types | POSTING_COLUMNS | {"landed_run_id": "VARCHAR"},
            _IDENTITY | _described(Posting, {}) | {"landed_run_id": "The run that landed this content first"},
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
                "posting_key": "Identity of the posting that the object is, null where it does not say",
                "object_hash": "Hash of the object, but for fields that change by themselves",
            },
        ),
        "exchange_rates": _columns(
            {"rate_date": "DATE", "currency": "VARCHAR", "per_eur": "DOUBLE", "source": "VARCHAR"},
            {
                "rate_date": "Day of the rate",
                "currency": "ISO 4217 code",
                "per_eur": "Units of the currency for one euro; 1 for the euro itself",
                "source": "Who states the rate",
            },
        ),
    }


_TABLES = {
    "posting_versions": "What a board said of a posting, content by content. One row per (posting_key, content_hash).",
    "sightings": "Which run saw which posting, with which content. One row per posting per run.",
    "crawl_runs": "How the crawl of a company on a board ended. One row per (run_id, board, company_slug).",
    "rejected_postings": "Objects that could not become a posting. One row per object and run.",
    "exchange_rates": "Reference rates of the European Central Bank. One row per (rate_date, currency).",
}


def render() -> str:
    """The text of ``raw.sources.yml``."""
    tables: list[dict[str, Any]] = [
        {"name": name, "description": _TABLES[name], "columns": columns} for name, columns in raw_tables().items()
    ]
    source = {
        "name": "raw",
        "description": "What the crawls landed, unedited; written by jobmarket.warehouse. All TIMESTAMP are UTC.",
        "schema": "raw",
        "tables": tables,
    }
    text = yaml.safe_dump({"sources": [source]}, sort_keys=False, width=118, allow_unicode=True)
    return "# Written by tests/dbt_project/raw_sources.py from the contracts in jobmarket: edit those.\n" + text


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
