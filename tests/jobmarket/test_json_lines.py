"""A file of JSON Lines: which lines are answered, and which errors are reported for the others."""

from __future__ import annotations

import codecs
import gzip
import json
import os
from pathlib import Path

import pytest

from jobmarket import json_lines
from jobmarket.json_lines import answer_lines, require_id, require_texts
from jobmarket.stages import StageError, WrongUsageError

# JSON text of an id → the error, or None if it is accepted.
IDS = {
    '"a"': None,
    "7": None,
    "1234567890123456789": None,
    "12345678901234567890123": "id must be a text or a whole number of up to 19 digits, not 1.2345678901234568e+22",
    "1.5": "id must be a text or a whole number of up to 19 digits, not 1.5",
    "true": "id must be a text or a whole number of up to 19 digits, not True",
    '{"of": 1}': "id must be a text or a whole number of up to 19 digits, not {'of': 1}",
    "null": "the object has no id",
    '""': "id is empty: the answer would belong to no object",
}


def test_an_id_is_returned_unchanged_or_reported_and_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = "".join(f'{{"id": {one}}}\n' for one in IDS)
    source.write_bytes(codecs.BOM_UTF8 + lines.encode())
    result = answer_lines(source, target, lambda record: require_id(record, "id"), list)
    reasons = {error.line: error.reason for error in result.errors}
    assert [reasons.get(number) for number in range(1, len(IDS) + 1)] == list(IDS.values())
    answered = [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()]
    assert answered == [json.loads(one) for one, reason in IDS.items() if reason is None]


def test_a_line_longer_than_any_object_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "_LONGEST_LINE", 1 << 20)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"{}\n[" + b"0," * (1 << 20) + b"0]")
    with pytest.raises(StageError, match=r"in\.jsonl, line 2 is longer than 1 MiB.*jq -c"):
        answer_lines(source, target, lambda record: None, list)
    assert list(tmp_path.iterdir()) == [source]


def test_a_missing_folder_is_not_created(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n", encoding="utf-8")
    with pytest.raises(StageError, match=r"rports does not exist\. Create it"):
        answer_lines(source, tmp_path / "rports" / "out.jsonl", lambda record: None, list)
    assert not (tmp_path / "rports").exists()


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.part"])
def test_the_input_is_not_overwritten(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(StageError, match=rf"{name} is the input: name another file"):
        answer_lines(source, tmp_path / "in.jsonl", lambda record: require_id(record, "id"), list)
    assert source.read_text(encoding="utf-8") == '{"id": "a"}\n'


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_source_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="^/proc/self/mem cannot be read: Input/output error$"):
        answer_lines(Path("/proc/self/mem"), tmp_path / "out.jsonl", lambda record: None, list)
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_or_device_is_not_replaced_by_the_output(tmp_path: Path) -> None:
    source, pipe = tmp_path / "in.jsonl", tmp_path / "pipe"
    source.write_text('{"id": "a"}\n', encoding="utf-8")
    os.mkfifo(pipe)
    link = tmp_path / "stdout"
    link.symlink_to(pipe)
    for target in (pipe, link):
        with pytest.raises(StageError, match=rf"{target.name} is not a file.*: name a file"):
            answer_lines(source, target, lambda record: None, list)
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    source, link, target = tmp_path / "in.jsonl", tmp_path / "link.jsonl", tmp_path / "elsewhere" / "out.jsonl"
    source.write_text('{"id":"a"}\n', encoding="utf-8")
    target.parent.mkdir()
    link.symlink_to(target)
    answer_lines(source, link, lambda record: None, list)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == '{"id":"a"}\n'


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_named_as_the_cause(tmp_path: Path, encoding: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "Ingénieur"}', encoding=encoding)
    (error,) = answer_lines(source, tmp_path / "out.jsonl", lambda record: None, list).errors
    assert error.reason == "not UTF-8: convert the file, for example with `iconv -t UTF-8`"


def test_a_compressed_file_is_named_as_such(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(gzip.compress(b'{"id": "a"}'))
    with pytest.raises(WrongUsageError, match=r"in\.jsonl is compressed with gzip: unpack it.*gunzip"):
        answer_lines(source, tmp_path / "out.jsonl", lambda record: None, list)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("value", "kind"),
    [("null", "null"), ("true", "true or false"), ("7", "a number"), ("0.5", "a number"), ('"a"', "a text"),
     ("[]", "a list")],
)  # fmt: skip
def test_a_value_of_another_kind_is_named_in_the_words_of_json(value: str, kind: str, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(value, encoding="utf-8")
    (error,) = answer_lines(source, tmp_path / "out.jsonl", lambda record: None, list).errors
    assert error.reason == f"expected a JSON object, not {kind}"


def test_a_text_that_is_a_number_or_an_object_is_named_so() -> None:
    for value, kind in ((3, "a number"), ({}, "an object")):
        with pytest.raises(ValueError, match=f"title must be a text or null, not {kind}$"):
            require_texts({"title": value}, ["title"])
