"""A file of postings to a file of facts, a JSON object a line: what ``jobmarket extract`` does."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from jobmarket.extract.facts import Facts
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy

# Postings read together: some megabytes, however long the file is.
_AT_ONCE = 200
_SALARY_KEYS = ("min", "max", "currency", "period", "kind")
_SKILL_KEYS = ("name", "surface", "category", "level")
_TEXT_KEYS = ("title", "location", "description_html", "description_text", "company_name")


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that could not be read: its number, from 1, and what is wrong with it."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of a file: how many postings were written, and the lines that were not."""

    postings: int
    errors: tuple[LineError, ...]


def extract_file(input: Path, output: Path, taxonomy: Taxonomy) -> FileResult:  # noqa: A002 - the command's own words
    """Read postings from ``input`` and write their facts to ``output``, in order.

    A line in holds ``id``, ``title``, ``location`` and ``description_html`` or ``description_text``; a line out holds
    the facts under the names of :class:`Facts`, numbers and nulls as JSON's. A line that is no such object is left
    out and reported; the rest goes on. The output appears when it is complete.
    """
    matcher = SkillMatcher(taxonomy)
    errors: list[LineError] = []
    written = 0
    waiting: list[dict[str, Any]] = []
    unfinished = output.with_name(output.name + ".part")
    with input.open("rb") as source, unfinished.open("wb") as target:
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            try:
                record = _read(line)
            except ValueError as error:
                errors.append(LineError(number, str(error)))
                continue
            waiting.append(record)
            written += 1
            if len(waiting) == _AT_ONCE:
                target.write(_answers(waiting, matcher))
                waiting = []
        target.write(_answers(waiting, matcher))
    unfinished.replace(output)
    return FileResult(written, tuple(errors))


def _read(line: bytes) -> dict[str, Any]:
    """One line's object. Raises ValueError (orjson's own is one) with a reason that a person can act on."""
    try:
        record = orjson.loads(line.strip())
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise ValueError(f"a JSON object is expected, not a {type(record).__name__}")
    if record.get("id") is None:
        raise ValueError("the object has no id")
    for key in _TEXT_KEYS:
        if not isinstance(record.get(key), str | None):
            raise ValueError(f"{key} must be a text or null, not a {type(record[key]).__name__}")
    return record


def _answers(records: list[dict[str, Any]], matcher: SkillMatcher) -> bytes:
    """The lines that answer the records."""
    postings = [
        PostingText(
            title=record.get("title") or "",
            location=record.get("location"),
            html=record.get("description_html"),
            text=record.get("description_text"),
            company=record.get("company_name"),
        )
        for record in records
    ]
    return b"".join(
        orjson.dumps({"id": record["id"], **_as_json(facts)}, option=orjson.OPT_APPEND_NEWLINE)
        for record, facts in zip(records, extract_many(postings, matcher), strict=True)
    )


def _as_json(facts: Facts) -> dict[str, Any]:
    return {
        "role_family": facts.role_family,
        "seniority": facts.seniority,
        "workplace": facts.workplace,
        "employment_type": facts.employment_type,
        "locations": [asdict(place) for place in facts.locations],
        "salaries": [{key: getattr(pay, key) for key in _SALARY_KEYS} for pay in facts.salaries],
        "years_min": facts.years_min,
        "years_max": facts.years_max,
        "degree_min": facts.degree_min,
        "skills": [{key: getattr(skill, key) for key in _SKILL_KEYS} for skill in facts.skills],
    }
