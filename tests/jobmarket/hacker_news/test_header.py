"""The loose grammar of "Who is hiring?", on invented headers and on recorded ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.hacker_news.header import Header, read_header
from tests.linear_time import assert_linear

BODY = "<p>We make weather for greenhouses, and the models behind it. Apply at jobs@fern.example with a resume please."


def read(header: str) -> Header:
    parsed = read_header(header + BODY)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("line", "company", "roles", "place", "workplaces"),
    [
        ("Fern | ML Engineer | Oslo, Norway | ONSITE | Full-time", "Fern", ["ML Engineer"], "Oslo, Norway", ["ONSITE"]),
        ("Fern (YC S24) | Oslo, Norway or REMOTE (EU) | Data Scientist", "Fern", ["Data Scientist"],
         "Oslo, Norway or REMOTE (EU)", ["REMOTE"]),
        ("REMOTE is hard | x", "REMOTE is hard", [], None, []),
        ("Senior Engineer | Fern Labs | Remote | $9k", "Fern Labs", ["Senior Engineer"], None, ["REMOTE"]),
        ("Fern — Data Engineer — Oslo, Norway — Hybrid", "Fern", ["Data Engineer"], "Oslo, Norway", ["HYBRID"]),
        ("Fern / Data Engineer / Remote / Full-time", "Fern", ["Data Engineer"], None, ["REMOTE"]),
        ('Fern | <a href="https:&#x2F;&#x2F;fern.ai">https:&#x2F;&#x2F;fern.ai</a> | SF | ML Engineer', "Fern",
         ["ML Engineer"], "SF", []),
        ('<a href="https:&#x2F;&#x2F;fern.ai">fern.ai</a> | ML Engineer | NYC', "fern.ai", ["ML Engineer"], "NYC", []),
        ("Fern | Data Engineer, ML Engineer and MLOps Engineer | Paris", "Fern",
         ["Data Engineer", "ML Engineer", "MLOps Engineer"], "Paris", []),
        ("Fern | Product / Platform / Security Engineers | Paris", "Fern", ["Product / Platform / Security Engineers"],
         "Paris", []),
        ("Fern | Senior SWE ($180k + equity) | Austin, TX (no remote)", "Fern", ["Senior SWE"],
         "Austin, TX (no remote)", ["ONSITE"]),
        ("Fern is hiring a Machine Learning Engineer for its greenhouses (Oslo, onsite)", "Fern",
         ["Machine Learning Engineer"], "Oslo, onsite", ["ONSITE"]),
        ("Founding Engineer @ Fern (Oslo, ONSITE)", "Fern", ["Founding Engineer"], "Oslo, ONSITE", ["ONSITE"]),
        ("Architect Fern | Oslo | Onsite", "Architect Fern", [], "Oslo", ["ONSITE"]),
        ("Fern (fern.example) - we grow weather, and are looking for an engineer", "Fern", [], None, []),
        ("ML Engineer | Remote (EMEA)", None, ["ML Engineer"], "Remote (EMEA)", ["REMOTE"]),
    ],
)  # fmt: skip
def test_fields_of_a_header(
    line: str, company: str | None, roles: list[str], place: str | None, workplaces: list[str]
) -> None:
    header = read(line)
    assert header.no_offer_because is None
    assert (header.company, list(header.roles), header.place) == (company, roles, place)
    assert list(header.workplaces) == workplaces


def test_terms_and_pay_of_a_header() -> None:
    header = read("Fern | ML Engineer | REMOTE | Full-time or contract | $150k-$190k + equity")
    assert (header.terms, header.pay) == (("Full-time", "Contract"), "$150k-$190k + equity")
    assert header.line == "Fern | ML Engineer | REMOTE | Full-time or contract | $150k-$190k + equity"


def test_a_header_may_be_labelled_lines() -> None:
    header = read("Company: Fern<p>Role: ML Engineer<p>Location: Oslo, Norway<p>Remote: Yes<p>Salary: €90k")
    assert (header.company, header.roles, header.place) == ("Fern", ("ML Engineer",), "Oslo, Norway")
    assert (header.workplaces, header.pay) == (("REMOTE",), "€90k")


def test_a_title_may_be_on_the_line_above_the_header() -> None:
    header = read("Lead Data Engineer\nFern Labs | Remote (US only) | Full-time | 185-250k")
    assert (header.company, header.roles, header.place) == ("Fern Labs", ("Lead Data Engineer",), "Remote (US only)")


def test_jobs_may_be_listed_below_the_header() -> None:
    header = read(
        "Fern | Oslo | Multiple roles<p>We make weather.<p>- Data Engineer: pipelines\n"
        "* Machine Learning Engineer (Forecasts) – models\n• Lead the way we work<p>"
        'Head of Data <a href="https:&#x2F;&#x2F;fern.example&#x2F;1">https:&#x2F;&#x2F;fern.example&#x2F;1</a><p>'
        "You will work with engineers and designers every day."
    )
    assert header.roles == ("Data Engineer", "Machine Learning Engineer (Forecasts)", "Head of Data")


def test_prose_after_the_header_is_not_part_of_it() -> None:
    header = read(
        "Fern | ML Engineer | Full-time | Oslo or Remote (Europe) We're building the weather of greenhouses for all"
    )
    assert (header.place, header.roles) == ("Oslo or Remote (Europe)", ("ML Engineer",))


@pytest.mark.parametrize(
    "comment",
    [
        "What about Europe?",
        "Do you sponsor visas?",
        "I'm a full-stack developer with three years of experience looking for a remote position. My resume is online, "
        "and I have worked with engineers of many kinds in several startups and one large company.",
        "SEEKING WORK | Remote<p>Location: Oslo<p>Remote: Yes<p>Willing to relocate: no<p>Technologies: Python, Go",
    ],
)
def test_a_question_or_a_job_seeker_is_not_an_offer(comment: str) -> None:
    header = read_header(comment)
    assert header is not None
    assert header.no_offer_because is not None


@pytest.mark.parametrize("comment", ["", "<p><p>", "<p>  </p>"])
def test_a_comment_without_text_has_no_header(comment: str) -> None:
    assert read_header(comment) is None


@pytest.mark.parametrize(
    "piece",
    ["| ", "((((", "a, ", "Engineer / ", "- ", "<a ", "<a href=", '<a href="', '<a href=""', '<a href="">', "&#x2F;",
     "https://", "x" * 50 + "."],
)  # fmt: skip
def test_repetitive_comments_are_read_in_linear_time(piece: str) -> None:
    assert_linear(read_header, piece, 50_000)


def comments(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield the id and text of each distinct comment in the recorded threads."""
    seen = set()
    for path in sorted(folder.glob("thread_*.json")):
        for job in json.loads(path.read_bytes())["jobs"]:
            if job["source"] == "who_is_hiring" and job["id"] not in seen:
                seen.add(job["id"])
                yield job["id"], job["text"]


def test_most_recorded_headers_are_read(shared_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for _, text in comments(shared_dir / "boards" / "hn"):
        header = read_header(text)
        assert header is not None
        counts["comments"] += 1
        counts["offers"] += header.no_offer_because is None
        if header.no_offer_because is None:
            counts["postings"] += max(1, len(header.roles))
            counts.update(
                name for name in ("company", "roles", "place", "workplaces", "terms", "pay") if getattr(header, name)
            )
            counts["place or workplace"] += bool(header.place or header.workplaces)
    with capsys.disabled():
        for name, number in counts.items():
            print(f"\n{name:<20}{number:>6,}{number / counts['offers']:>8.1%}", end="")  # noqa: T201 - a measurement
        print()  # noqa: T201
    assert counts["comments"] > 600
    assert counts["offers"] > 0.95 * counts["comments"]
    for name, share in (("company", 0.93), ("place or workplace", 0.90), ("roles", 0.80), ("workplaces", 0.83)):
        assert counts[name] >= share * counts["offers"], name


def test_copies_of_a_comment_in_two_months_have_the_same_employer(shared_dir: Path) -> None:
    pairs = [json.loads(line) for line in (shared_dir / "dedup" / "pairs.jsonl").read_text("utf-8").splitlines()]
    both = [pair for pair in pairs if {pair["a"]["board"], pair["b"]["board"]} == {"hn"}]
    same = [pair for pair in both if pair["relation"] in ("same_job", "repost", "twin_opening")]
    assert len(same) > 10
    names = [[read_header(pair[side]["description_html"]) for side in "ab"] for pair in same]
    differing = [
        (a.company, b.company) for a, b in names if a and b and (a.company or "").lower() != (b.company or "").lower()
    ]
    assert len(differing) <= 0.1 * len(same), differing
