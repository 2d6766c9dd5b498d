"""Turn a JSON Lines file of postings into one of facts, for ``jobmarket extract``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jobmarket.extract.facts import Facts
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.json_lines import FileResult, Record, answer_lines, require_id, require_texts

_LOCATION_KEYS = ("city", "region", "country")
_SALARY_KEYS = ("min", "max", "currency", "period", "kind")
_SKILL_KEYS = ("name", "surface", "category", "level")
_TEXT_KEYS = ("title", "location", "description_html", "description_text", "company_name")
# A text with several of these is HTML, whatever its key says: read as plain text, its headings and lists would be lost.
_BLOCKS = re.compile(r"</(?:p|li|ul|div|h[1-6])\s*>|<br\b", re.IGNORECASE)


def extract_file(input: Path, output: Path, taxonomy: Taxonomy) -> FileResult:  # noqa: A002 - the command's own words
    """Read postings from ``input`` and write their facts to ``output``, in order.

    An input line has ``id``, ``title``, ``location`` and ``description_html`` or ``description_text``. A text with tags
    of paragraphs is read as HTML. An output line has the facts under the names of :class:`Facts`. An invalid line is
    skipped and reported; the rest continues. The output file appears once it is complete.
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
    return {
        "role_family": facts.role_family,
        "seniority": facts.seniority,
        "workplace": facts.workplace,
        "employment_type": facts.employment_type,
        "locations": [{key: getattr(place, key) for key in _LOCATION_KEYS} for place in facts.locations],
        "salaries": [{key: getattr(pay, key) for key in _SALARY_KEYS} for pay in facts.salaries],
        "years_min": facts.years_min,
        "years_max": facts.years_max,
        "degree_min": facts.degree_min,
        "skills": [{key: getattr(skill, key) for key in _SKILL_KEYS} for skill in facts.skills],
    }
