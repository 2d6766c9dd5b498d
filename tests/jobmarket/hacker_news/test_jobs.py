"""A comment is split into jobs whose ids do not depend on their place in it, or rejected with a reason."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from jobmarket.hacker_news.jobs import Job, read_comment

BODY = "<p>We make weather for greenhouses, and the models behind it. Apply at jobs@fern.example with a resume please."


def ids(*roles: str) -> dict[str, str]:
    """Return the id and title of each job of a comment that lists some roles."""
    listed = "".join(f"\n- {role}: models" for role in roles)
    return {job.native_id: job.title for job in read_comment("7", f"Fern | Oslo, Norway{BODY}<p>{listed}").jobs}


def test_a_job_has_the_fields_of_the_header() -> None:
    comment = "Fern | ML Engineer | Oslo, Norway (hybrid) | Full-time, contract | $150k" + BODY
    job = Job("7", "ML Engineer", "Fern", "Oslo, Norway (hybrid)", "HYBRID", "Full-time; Contract", "$150k")
    assert read_comment("7", comment).jobs == (job,)


def test_the_only_job_has_the_id_of_the_comment() -> None:
    assert ids("Data Engineer") == {"7": "Data Engineer"}
    assert ids() == {"7": "Fern | Oslo, Norway"}


def test_the_ids_of_several_jobs_do_not_depend_on_their_order_or_number() -> None:
    two = ids("Data Engineer", "ML Engineer (Forecasts)")
    assert two == {"7-data-engineer": "Data Engineer", "7-ml-engineer-forecasts": "ML Engineer (Forecasts)"}
    assert ids("ML Engineer (Forecasts)", "Data Engineer") == two
    assert ids("Analyst", "Data Engineer", "ML Engineer (Forecasts)").items() > two.items()


def test_titles_of_the_same_words_are_one_job() -> None:
    assert ids("Data Engineer", "data-engineer", "Data  ENGINEER", "Analyst").keys() == {"7-data-engineer", "7-analyst"}
    assert ids("Data Engineer", "Data-Engineer") == {"7": "Data Engineer"}
    assert ids("C Developer", "C++ Developer", "C# Developer").keys() == {
        "7-c-developer", "7-c++-developer", "7-c#-developer",
    }  # fmt: skip


@pytest.mark.parametrize("marker", ["(m/w/d)", "(m/f/d)", "(f/m/x)", "H/F", "(all genders)", "[gn]"])
def test_a_gender_marker_is_no_other_job(marker: str) -> None:
    assert ids(f"ML Engineer {marker}", "ML Engineer").keys() == {"7"}
    assert ids(f"ML Engineer {marker}", "Data Engineer").keys() == {"7-ml-engineer", "7-data-engineer"}


@pytest.mark.parametrize(
    ("comment", "because"),
    [
        ("", "no_text"),
        ("<p> <p>", "no_text"),
        ("Is this remote?", "no_offer"),
        ("Senior Engineer | Remote", None),
        ("Engineer, Remote, Full-time", "short"),
        ("Engineer, Remote, Full-time, jobs@fern.example", None),
        ("SEEKING WORK | Remote<p>Technologies: Python, Go", "seeks_work"),
    ],
)
def test_a_comment_that_is_no_posting_has_a_reason(comment: str, because: str | None) -> None:
    reading = read_comment("7", comment)
    assert reading.rejected_because == because
    assert bool(reading.jobs) == (because is None)


def test_every_recorded_comment_is_read_or_rejected(shared_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        str(job["id"]): job["text"]
        for path in sorted((shared_dir / "boards" / "hn").glob("thread_*.json"))
        for job in json.loads(path.read_bytes())["jobs"]
        if job["source"] == "who_is_hiring"
    }
    readings = [read_comment(comment_id, text) for comment_id, text in texts.items()]
    keys = [job.native_id for reading in readings for job in reading.jobs]
    reasons = Counter(reading.rejected_because for reading in readings if reading.rejected_because)
    with capsys.disabled():
        print(f"\n{len(texts):,} comments, {len(keys):,} jobs, rejected: {dict(reasons)}")  # noqa: T201 - a measurement
    assert len(texts) > 600
    assert len(keys) == len(set(keys))
    assert all(bool(reading.jobs) == (reading.rejected_because is None) for reading in readings)
