"""Invented titles from all parts of the market, with the family that each names without a text."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.role import role_family

with (Path(__file__).parent / "role_titles.csv").open(encoding="utf-8", newline="") as file:
    TITLES = [(row["family"], row["title"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("family", sorted({family for family, _ in TITLES}))
def test_each_title_has_its_family(family: str) -> None:
    titles = [title for named, title in TITLES if named == family]
    assert len(titles) >= 40
    wrong = {title: got for title in titles if (got := role_family(read_document(title, None, text=""))) != family}
    assert not wrong


def test_no_title_appears_twice() -> None:
    assert not [title for title, n in Counter(title for _, title in TITLES).items() if n > 1]


@pytest.mark.parametrize(
    ("title", "text", "family"),
    [
        # The text decides for titles that are used for several kinds of work.
        (
            "Senior Full-Stack Software Engineer, Applied AI",
            "LLMs, RAG, agents and evals in production.",
            "ai_engineer",
        ),
        ("Senior Full-Stack Software Engineer, Applied AI", "React and Postgres.", "software_engineer"),
        ("Software Engineer (AI)", "Go, gRPC and Postgres; some prompts.", "software_engineer"),
        ("Software Engineer (AI)", "LLMs, RAG with LangChain, agents and evals.", "ai_engineer"),
        ("Forward Deployed Engineer", "LLMs, RAG, agents, prompts, evals, MCP and LangChain.", "ai_engineer"),
        ("Forward Deployed Engineer", "SFTP, SSO and Python; an agent here and there.", "software_engineer"),
        ("Brinemoor | Sales Engineers | Oslo | Full-time", "Runs demos.", "other"),
        ("ServiceNow AI Developer", "Flows on ServiceNow.", "software_engineer"),
        ("Machine Learning Engineer - LLM Fine-Tuning", "PyTorch, model training, classification.", "ml_engineer"),
        ("Brinemoor | Founding (Software / AI) Engineer | Oslo", "You build with us.", "ai_engineer"),
        ("Brinemoor | Software Engineer (AI x Boats) | Oslo", "Postgres, React and a prompt.", "software_engineer"),
        ("Brinemoor | full time member of technical staff | Oslo", "Servers of our own.", "software_engineer"),
        ("Brinemoor | Full-Stack Product Dev | Remote", "A game of boats.", "software_engineer"),
        # A forum post whose first line names no role.
        (
            "Brinemoor | Oslo | Full-time",
            "Brinemoor | Oslo | Full-time\nBoats, and the tide tables that steer them.\n"
            "ML Engineer, Tide Models — Train and ship the models that tell each captain when the harbour can be left.",
            "ml_engineer",
        ),
        (
            "Brinemoor | Oslo | Full-time",
            "Brinemoor | Oslo | Full-time\nBrinemoor raised a round from the harbours of the north and is looking to "
            "fill a number of software engineering roles.",
            "software_engineer",
        ),
        (
            "Brinemoor | Remote",
            "Brinemoor | Remote\nBoats for all.\nHiring data engineers from senior to staff.",
            "data_engineer",
        ),
        ("Harbour Operations", "Harbour Operations\nWith the data engineers of the port you keep boats safe.", "other"),
    ],
)
def test_the_text_decides_where_the_title_does_not(title: str, text: str, family: str) -> None:
    assert role_family(read_document(title, None, text=text)) == family
