"""The cache of lines serves later postings without changing their facts."""

from __future__ import annotations

import pytest

from jobmarket.extract import line_memory
from jobmarket.extract.document import read_document
from jobmarket.extract.folding import LineTexts, fold, lower, lower_word
from jobmarket.extract.line_memory import LineMemory
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy


def test_unknown_texts_are_read_in_one_batch_and_each_once() -> None:
    batches: list[list[str]] = []
    memory = LineMemory(lambda texts: batches.append(texts) or [text.upper() for text in texts])  # type: ignore[func-returns-value]
    assert memory.of(["a", "b", "a"]) == ["A", "B", "A"]
    assert memory.of(["b", "c"]) == ["B", "C"]
    assert batches == [["a", "b"], ["c"]]
    assert memory.of([]) == []


def test_a_repeated_text_stays_cached_longer_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_memory, "_MOST_LINES", 4)
    read: list[str] = []
    memory = LineMemory(lambda texts: read.extend(texts) or texts)  # type: ignore[func-returns-value]
    for number in range(40):
        assert memory.of(["again", f"once {number}"]) == ["again", f"once {number}"]
    assert read.count("again") == 1
    assert len(memory._known) + len(memory._older) <= 2 * (4 + 2)
    memory.of(["once 0"])
    assert read.count("once 0") == 2


def test_a_long_text_is_read_each_time_and_never_cached() -> None:
    read: list[str] = []
    memory = LineMemory(lambda texts: read.extend(texts) or texts)  # type: ignore[func-returns-value]
    long = "x" * 2_001
    assert memory.of([long, "y"]) == memory.of([long, "y"]) == [long, "y"]
    assert read == [long, "y", long]


def _taxonomy(name: str) -> Taxonomy:
    skills = [{"skill_id": name.lower(), "name": name, "category": "tool", "owner": None}]
    return Taxonomy(skills, [], [])


def test_a_line_read_with_one_taxonomy_is_read_again_with_another() -> None:
    document = read_document("Engineer", None, None, "You know Quillet and Brambleworks.")
    one, other = SkillMatcher(_taxonomy("Quillet")), SkillMatcher(_taxonomy("Brambleworks"))
    for _ in range(2):
        assert [skill.name for skill in one.mentions(document)] == ["Quillet"]
        assert [skill.name for skill in other.mentions(document)] == ["Brambleworks"]


@pytest.mark.parametrize(
    "text", ["Größe – “naïve” café’s №1 C++?", "İzmir İ, ŁÓDŹ", "日本語 ●▪ 🙂 ʼ", "a.b. c.", "?!", ""]
)
def test_folding_and_lower_casing_move_no_character(text: str) -> None:
    folded = LineTexts((text, text)).folded
    assert len(folded) == 2 * (len(text) + 2)
    assert len(fold(text)) == len(lower(text)) == len(lower_word(text)) == len(text)
    # One byte per character, except for letters that one byte cannot represent.
    for byte, character in zip(folded[1:], fold(text), strict=False):
        assert chr(byte) == character or (byte == 0xFF and ord(character) > 0xFF)
