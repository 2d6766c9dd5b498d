from __future__ import annotations

import gc
import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest

from jobmarket.extract import batch
from jobmarket.extract.batch import Extraction
from jobmarket.extract.facts import Facts
from jobmarket.extract.facts_table import FACTS_SCHEMA
from jobmarket.extract.jsonl import extract_file
from jobmarket.extract.posting_facts import PostingText, extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy

HTML = (
    "<p>You will be part of a small group.</p>"
    "<h2>Requirements</h2><ul><li>3+ years of Python</li><li>Kafka is a plus</li></ul>"
)
ROWS = [
    {
        "content_hash": "a",
        "board": "ashby",
        "title": "Senior Machine Learning Engineer",
        "location_text": "Berlin, Germany",
        "job_locations": [
            {"text": None, "address_locality": "Berlin", "address_region": None, "address_country": "DE"}
        ],
        "description_html": HTML,
        "description_text": None,
        "workplace_text": "Hybrid",
        "is_remote": False,
        "employment_type_text": "FullTime",
        "is_for_client": True,
        "base_salary": [
            {"min_value": 80000.0, "max_value": 95000.0, "currency": "EUR", "unit_text": "1 YEAR", "name": None}
        ],
        "pay_text": None,
        "language": None,
        "company_name": "Northwind",
    },
    {
        "content_hash": "b",
        "title": "Data Engineer",
        "description_text": "We look for SQL and dbt.",
        "company_name": "dbt Labs",
    },
    {"content_hash": "c", "title": "Empty, ask for Jane Doe, jane.doe@acme.example"},
]


def table(rows: list[dict[str, object]]) -> pa.Table:
    place = pa.struct(
        [(name, pa.string()) for name in ("text", "address_locality", "address_region", "address_country")]
    )
    pay = pa.struct(
        [
            ("min_value", pa.float64()),
            ("max_value", pa.float64()),
            *((n, pa.string()) for n in ("currency", "unit_text", "name")),
        ]
    )
    types = {
        "job_locations": pa.list_(place),
        "is_remote": pa.bool_(),
        "is_for_client": pa.bool_(),
        "base_salary": pa.list_(pay),
    }
    schema = pa.schema([(name, types.get(name, pa.string())) for name in ROWS[0]])
    return pa.Table.from_pylist(rows, schema=schema)


def test_a_table_gives_a_row_of_facts_for_each_row(taxonomy: Taxonomy) -> None:
    facts = Extraction(taxonomy).table(table(ROWS))
    assert facts.schema == FACTS_SCHEMA
    first, second, third = facts.to_pylist()
    assert (first["content_hash"], first["role_family"], first["seniority"], first["experience_band"]) == (
        "a",
        "ml_engineer",
        "senior",
        "senior",
    )
    assert (first["workplace"], first["employment_type"], first["years_min"]) == ("hybrid", "full_time", 3)
    assert [facts["is_for_client"] for facts in (first, second)] == [True, False]
    assert first["locations"] == [{"city": "Berlin", "region": None, "country": "DE"}]
    assert [(pay["min"], pay["currency"], pay["amount_basis"]) for pay in first["salaries"]] == [
        (80000.0, "EUR", "board_field")
    ]
    assert {skill["name"]: skill["level"] for skill in first["skills"]} == {
        "Python": "required",
        "Apache Kafka": "preferred",
    }
    assert "SQL" in {skill["name"] for skill in second["skills"]}
    assert [facts["public_title"] for facts in (first, third)] == [ROWS[0]["title"], "Empty, ask for [name], [email]"]
    assert third["skills"] == []
    assert third["locations"] == []


def test_missing_columns_are_unknown_and_missing_required_columns_are_refused(taxonomy: Taxonomy) -> None:
    small = table(ROWS).select(["content_hash", "title", "description_html"])
    assert Extraction(taxonomy).table(small).num_rows == 3
    with pytest.raises(ValueError, match="lacks the columns content_hash"):
        Extraction(taxonomy).table(small.drop_columns(["content_hash"]))


def test_an_empty_table_gives_an_empty_table(taxonomy: Taxonomy) -> None:
    assert Extraction(taxonomy).table(table([])).schema == FACTS_SCHEMA


def test_several_processes_give_the_same_rows_in_the_same_order_table_after_table(
    taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A lower threshold, so that no test has to read thousands of rows to start processes.
    monkeypatch.setattr(batch, "_WORTH_A_PROCESS", 400)
    rows = [{**ROWS[number % 3], "content_hash": str(number)} for number in range(450)]
    with Extraction(taxonomy, processes=2) as extraction:
        many = extraction.table(table(rows))
        pools = extraction._pools
        few = extraction.table(table(ROWS))
        assert len(pools) == 2
        assert extraction._pools is pools, "too few rows to start processes, but running ones are used"
    assert many.equals(Extraction(taxonomy).table(table(rows)))
    assert few.equals(Extraction(taxonomy).table(table(ROWS)))


def test_postings_read_together_have_the_facts_of_each_alone(taxonomy: Taxonomy) -> None:
    matcher = SkillMatcher(taxonomy)
    postings = [PostingText(row["title"], html=row.get("description_html")) for row in ROWS]
    assert extract_many(postings, matcher) == [extract_many([posting], matcher)[0] for posting in postings]
    assert gc.isenabled()


def test_sentences_are_hashed_only_for_the_warehouse(taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = Extraction(taxonomy).table(table(ROWS))["sentence_hashes"].to_pylist()
    assert any(hashed)
    monkeypatch.setattr("jobmarket.extract.posting_facts.sentence_hashes", lambda _: pytest.fail("hashed without need"))
    postings = [PostingText(row["title"], html=row.get("description_html")) for row in ROWS]
    assert [facts.sentence_hashes for facts in extract_many(postings, SkillMatcher(taxonomy))] == [()] * len(ROWS)


def test_a_file_without_a_line_to_read_gives_an_empty_file(taxonomy: Taxonomy, tmp_path: Path) -> None:
    given, written = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("{}\nnot json\n", encoding="utf-8")
    result = extract_file(given, written, taxonomy)
    assert written.read_text(encoding="utf-8") == ""
    assert len(result.errors) == 2


def test_a_posting_whose_keys_have_other_names_is_reported(taxonomy: Taxonomy, tmp_path: Path) -> None:
    given, written = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text('{"id": 1, "description": "You know SQL."}\n{"id": 2, "title": null}\n', encoding="utf-8")
    result = extract_file(given, written, taxonomy)
    assert [str(error) for error in result.errors] == [
        "line 1: the object has none of the keys that are read: rename its keys to title, location, description_html, "
        "description_text, company_name"
    ]
    assert result.written == 1, "a key that is null is a posting without that text"


def test_html_under_the_key_of_a_text_is_read_as_html(taxonomy: Taxonomy, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    keys = ("description_html", "description_text")
    plain = "In C++, `a <br> b` is no tag of ours. You know SQL."
    postings = [{"id": key, "title": "ML Engineer", key: HTML} for key in keys]
    postings.append({"id": "plain", "title": "ML Engineer", "description_text": plain})
    source.write_text("\n".join(map(json.dumps, postings)), encoding="utf-8")
    extract_file(source, target, taxonomy)
    html, text, last = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert html["skills"]
    assert {**text, "id": ""} == {**html, "id": ""}
    assert [skill["name"] for skill in last["skills"]] == ["C++", "SQL"]


def test_a_file_is_extracted_line_by_line_and_bad_lines_are_reported(taxonomy: Taxonomy, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"id": "1", "title": "ML Engineer", "location": "Paris, France", "description_html": HTML}
    lines = [
        json.dumps(good),
        "{broken",
        "",
        "[1]",
        json.dumps({"title": "x"}),
        json.dumps({"id": 2, "title": 7}),
        json.dumps({"id": 3, "title": "Data Engineer", "description_text": "You know SQL. Fluent German is required."}),
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    result = extract_file(source, target, taxonomy)
    assert result.written == 2
    assert [(error.line, str(error).split(":")[1].split(",")[0].strip()) for error in result.errors] == [
        (2, "not JSON"),
        (4, "expected a JSON object"),
        (5, "the object has no id"),
        (6, "title must be a text or null"),
    ]
    written = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in written] == ["1", 3]
    internal = {"candidate_terms", "has_description", "sentence_hashes"}
    assert set(written[0]) == {"id", *(field.name for field in fields(Facts))} - internal
    assert written[0]["locations"] == [{"city": "Paris", "region": None, "country": "FR"}]
    assert written[1]["languages_asked"] == ["de"]
    assert written[0]["skills"][0] == {
        "name": "Python",
        "surface": "Python",
        "category": "language",
        "level": "required",
    }
    assert not list(tmp_path.glob("*.part"))


def test_extraction_gives_the_same_answer_in_another_interpreter(
    taxonomy: Taxonomy, root: Path, tmp_path: Path
) -> None:
    """Sets and dictionaries are ordered differently in other interpreters; facts must not depend on it."""
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "1", "title": "ML Engineer", "description_html": HTML * 3}), encoding="utf-8")
    extract_file(source, tmp_path / "here.jsonl", taxonomy)
    program = (
        "from pathlib import Path; from jobmarket.extract.jsonl import extract_file; "
        "from jobmarket.extract.taxonomy import Taxonomy; "
        f"extract_file(Path({str(source)!r}), Path({str(tmp_path / 'there.jsonl')!r}), "
        f"Taxonomy.from_seeds(Path('dbt_project/seeds')))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, env={"PYTHONHASHSEED": "7"})
    assert (tmp_path / "here.jsonl").read_bytes() == (tmp_path / "there.jsonl").read_bytes()
