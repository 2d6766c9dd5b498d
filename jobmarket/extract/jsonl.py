"""Turn a JSON Lines file of postings into one of facts, for ``jobmarket extract``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from jobmarket.extract.facts import Facts
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.json_lines import FileResult, Record, answer_lines, require_id, require_texts

# The keys written of facts that are records.
_RECORDS: Mapping[str, tuple[str, ...]] = {
    "locations": ("city", "region", "country"),
    "salaries": ("min", "max", "currency", "period", "kind"),
    "skills": ("name", "surface", "category", "level"),
}
# For the warehouse alone.
_NOT_WRITTEN = ("candidate_terms", "has_description", "sentence_hashes")
FACTS = tuple(field.name for field in fields(Facts) if field.name not in _NOT_WRITTEN)
_TEXT_KEYS = ("title", "location", "description_html", "description_text", "company_name")
# A text with several of these is HTML, whatever its key says: read as plain text, its headings and lists would be lost.
_BLOCKS = re.compile(r"</(?:p|li|ul|div|h[1-6])\s*>|<br\b", re.IGNORECASE)


def extract_file(input: Path, output: Path, taxonomy: Taxonomy) -> FileResult:
    """Read postings from ``input`` and write their facts to ``output``, in order.

    An input line has ``id``, ``title``, ``location`` and ``description_html`` or ``description_text``. A text with tags
    of paragraphs is read as HTML. An output line has ``id`` and the :data:`FACTS`, under the names of :class:`Facts`.
    An invalid line is skipped and reported; the rest continues. The output file appears once it is complete.
    """
    matcher = SkillMatcher(taxonomy)

    def facts(records: list[Record]) -> Iterator[Record]:
        postings = [_posting(record) for record in records]
        for record, found in zip(records, extract_many(postings, matcher), strict=True):
            yield {"id": record["id"], **_as_json(found)}

    return answer_lines(input, output, _check, facts)


def _posting(record: Record) -> PostingText:
    html, text = record.get("description_html"), record.get("description_text")
    if not html and text and len(_BLOCKS.findall(text)) > 1:
        html, text = text, None
    return PostingText(record.get("title") or "", record.get("location"), html, text, record.get("company_name"))


def _check(record: Record) -> None:
    require_id(record, "id")
    require_texts(record, _TEXT_KEYS)


def _as_json(facts: Facts) -> Record:
    return {name: _plain(getattr(facts, name), _RECORDS.get(name)) for name in FACTS}


def _plain(value: Any, keys: tuple[str, ...] | None) -> Any:
    return value if keys is None else [{key: getattr(item, key) for key in keys} for item in value]
