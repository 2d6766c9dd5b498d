"""``jobmarket pairs``: one verdict per pair of a file; bad lines are reported and skipped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobmarket import cli
from jobmarket.duplicates.jsonl import employer_boards

from .adverts import ABOUT, ROLE

POSTING = {
    "board": "ashby", "company": "Ternhaven", "native_id": "1", "title": "ML Engineer", "location": "Rotterdam",
    "description_html": ABOUT + ROLE, "posted_at": "2026-03-02", "seen_at": "2026-03-30",
}  # fmt: skip


def test_pairs_are_judged_line_by_line(tmp_path: Path) -> None:
    source, target = tmp_path / "pairs.jsonl", tmp_path / "verdicts.jsonl"
    lines = [
        json.dumps({"pair_id": "p1", "a": POSTING, "b": POSTING | {"board": "remotive", "native_id": "9"}}),
        json.dumps({"pair_id": "p2", "a": POSTING, "b": {"native_id": None}}),
        json.dumps({"pair_id": "p3", "a": POSTING, "b": "none"}),
        json.dumps({"pair_id": "p4", "a": POSTING | {"title": 7}, "b": POSTING}),
        json.dumps({"a": POSTING, "b": POSTING}),
        "{",
        json.dumps({"pair_id": {"p": 7}, "a": POSTING, "b": POSTING}),
        json.dumps({"pair_id": "p8", "a": POSTING, "b": {}}),
        json.dumps({"pair_id": "p9", "a": {"title": "ML Engineer"}, "b": POSTING}),
        json.dumps({"pair_id": "p10", "a": POSTING | {"posted_at": "yesterday"}, "b": POSTING}),
        json.dumps({"pair_id": "p11", "a": POSTING, "b": POSTING | {"seen_at": "2026-02-31"}}),
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["pairs", "--input", str(source), "--output", str(target)])
    assert result.exit_code == 4
    assert [line.split(",")[0] for line in result.output.splitlines() if line.startswith("line ")] == [
        "line 3: b must be a JSON object with a posting",
        "line 4: a.title must be a text or null",
        "line 5: the object has no pair_id",
        "line 6: not JSON: unexpected end of data: line 1 column 2 (char 1)",
        "line 7: pair_id must be a text or a whole number of up to 19 digits",
        "line 8: the object has none of the keys that are read: rename its keys to b.board",
        "line 9: a.native_id is missing: give the board's own id of the posting",
        "line 10: a.posted_at is 'yesterday'",
        "line 11: b.seen_at is '2026-02-31'",
    ]
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert answers[0] == {"pair_id": "p1", "relation": "same_job", "class": "full", "score": 1.0}
    assert (answers[1]["pair_id"], answers[1]["relation"], answers[1]["class"]) == ("p2", "different", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pairs.jsonl", "verdicts.jsonl"]


@pytest.mark.parametrize("text", [ABOUT + ROLE, re.sub(r"<[^>]*>", "\n", ABOUT + ROLE)], ids=["tags", "plain"])
def test_a_plain_description_is_compared_like_html(tmp_path: Path, text: str) -> None:
    source, target = tmp_path / "pairs.jsonl", tmp_path / "verdicts.jsonl"
    plain = {key: value for key, value in POSTING.items() if key != "description_html"} | {"description_text": text}
    pair = {"pair_id": "p1", "a": plain, "b": POSTING | {"board": "remotive", "native_id": "9"}}
    source.write_text(json.dumps(pair), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["pairs", "--input", str(source), "--output", str(target)])
    assert result.exit_code == 0
    verdict = json.loads(target.read_text(encoding="utf-8"))
    assert (verdict["relation"], verdict["class"], verdict["score"]) == ("same_job", "full", 1.0)


def test_a_single_pair_is_reported_in_the_singular(tmp_path: Path) -> None:
    source, target = tmp_path / "pairs.jsonl", tmp_path / "verdicts.jsonl"
    source.write_text(json.dumps({"pair_id": "p1", "a": POSTING, "b": POSTING}), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["pairs", "--input", str(source), "--output", str(target)])
    assert result.output == f"1 pair judged, written to {target}\n"


def test_employers_own_boards_come_from_the_seed(root: Path) -> None:
    own = employer_boards(root / "dbt_project" / "seeds")
    assert {"ashby", "greenhouse", "lever"} <= own
    assert "remotive" not in own
