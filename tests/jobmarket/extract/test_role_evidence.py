"""Where a title says "AI" or "ML", the words of title and text are weighed with weights fitted to labels."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from benchmarks.role_evidence import main
from jobmarket.extract import anchors
from jobmarket.extract.document import read_document
from jobmarket.extract.passages import mentions, topics
from jobmarket.extract.role import reading_of, role_family, ruled_family
from jobmarket.extract.role_evidence import FAMILIES, LEAST_TEXT, TABLE, cues

AGENTS = "You build agents on an LLM, write prompts and evals, and add RAG to our assistant.\n"
MODELS = "You train machine learning models, compare models offline, and ship each model with PyTorch.\n"
MODELLE = "Sie trainieren Modelle, vergleichen jedes Modell und bringen Modelle mit PyTorch zum Kunden.\n"
SERVICES = "You write backend software: APIs, microservices and React pages, on Kubernetes with CI/CD and Terraform.\n"
TESTS = "You write software for QA: test automation with Playwright and Selenium, and an LLM that reads the results.\n"


@pytest.mark.parametrize(
    ("title", "text", "family"),
    [
        ("AI Engineer", AGENTS, "ai_engineer"),
        ("AI Engineer", MODELS, "ml_engineer"),
        ("AI/ML Engineer", AGENTS, "ai_engineer"),
        ("AI/ML Engineer", MODELS, "ml_engineer"),
        ("Software Engineer, AI Features", AGENTS, "ai_engineer"),
        ("Senior Software Developer (AI Weather)", SERVICES, "software_engineer"),
        ("AI & Automation Engineer", TESTS, "software_engineer"),
        ("Software Engineer, AI Gateway", AGENTS + SERVICES, "software_engineer"),
        ("Software Engineer, AI Products", AGENTS + SERVICES, "ai_engineer"),
        ("Ingénieur en apprentissage automatique (H/F)", MODELLE, "ml_engineer"),
        ("Ingenieur für maschinelles Lernen (m/w/d)", MODELLE, "ml_engineer"),
        # The words before the team name the job.
        ("Machine Learning Engineer - Developer Platform", MODELS * 2 + SERVICES, "ml_engineer"),
        ("AI Engineer - Developer Platform", AGENTS + SERVICES, "ai_engineer"),
        # The title also names the trade or the field, which leaves nothing open.
        ("Senior Backend Engineer, AI Team", AGENTS, "software_engineer"),
        ("AI Engineer - Speech", MODELS, "ml_engineer"),
        # Other titles keep their family whatever the text says.
        ("Data Engineer", MODELS, "data_engineer"),
    ],
)
def test_the_text_is_weighed_where_the_title_leaves_the_work_open(title: str, text: str, family: str) -> None:
    assert role_family(read_document(title, None, text=text * 10)) == family


def test_a_short_text_or_one_without_cue_words_keeps_the_family_from_the_rules() -> None:
    title = "Senior Software Developer (AI Weather)"
    short = read_document(title, None, text=SERVICES)
    silent = read_document(title, None, text="You fly balloons and read what they measure. " * 30)
    assert len(short.text) < LEAST_TEXT < len(silent.text)
    for document in (short, silent):
        assert role_family(document) == ruled_family(document) == "ai_engineer"


def test_only_a_single_title_that_could_be_two_occupations_is_left_open() -> None:
    def read(title: str) -> tuple[str, str]:
        return reading_of(read_document(title, None, text=AGENTS))

    assert read("AI Engineer") == ("ai engineer", "ai_engineer")
    assert read("Acme | ML Engineer | Oslo") == ("ml engineer", "ml_engineer")
    assert read("AI Engineer - Speech") == read("Backend Engineer, AI Team") == ("", "")
    assert read("Acme | ML Engineer | AI Engineer | Oslo") == read("Data Engineer") == read("Cook") == ("", "")


def test_every_occurrence_of_a_word_is_counted() -> None:
    document = read_document("AI Engineer", None, text="Models, a model and remodelling; an LLM, LLMs.\nModel cards.")
    assert mentions(document, anchors.MODELS) == 3
    assert topics(document, anchors.MODELS) == 1
    assert mentions(document, anchors.LANGUAGE_MODELS) == 2
    assert mentions(document, anchors.SERVICES) == 0


def test_every_cue_of_the_text_is_a_group_of_anchors() -> None:
    document = read_document("AI Engineer", None, text=AGENTS + MODELS + SERVICES + "QA, and you mentor.")
    groups = {cue.words for cue in cues() if cue.is_of_text}
    assert len(groups) >= 10
    assert groups <= set(document.spots)


def test_weights_are_fitted_to_labels_and_checked_on_separate_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = dict(zip(FAMILIES, (AGENTS, MODELS, SERVICES), strict=True))
    files: list[str] = []
    for sample in ("one", "two"):
        labelled = [(f"{sample}-{family}-{n}", family) for family in FAMILIES for n in range(6)]
        gold, postings = tmp_path / f"{sample}.jsonl", tmp_path / f"{sample}_postings.jsonl"
        labels = [{"id": key, "role_family": family} for key, family in labelled]
        found = [
            {"id": key, "title": "AI Engineer", "location": None, "description_html": f"<p>{texts[family] * 10}</p>"}
            for key, family in labelled
        ]
        gold.write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
        postings.write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
        files += [str(gold), str(postings)]
    table = tmp_path / "evidence.csv"
    main([*files, "--table", str(table)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(", ")[2] for line in lines[:2]] == ["weights fitted to the others 18"] * 2
    assert lines[2] == "all: of 36, weights fitted to all of them get 36 right"
    with table.open(encoding="utf-8", newline="") as file, TABLE.open(encoding="utf-8", newline="") as own:
        rows, ours = list(csv.DictReader(file)), list(csv.DictReader(own))
    assert [row["cue"] for row in rows] == [row["cue"] for row in ours]
    weights = {row["cue"]: [float(row[family]) for family in FAMILIES] for row in rows}
    assert max(weights["models"]) == weights["models"][1]
    assert max(weights["services"]) == weights["services"][2]
