from __future__ import annotations

import orjson
import pytest

from scrapers.decoding import UnexpectedShape, read_json


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null, true]}', {"a": [1, 2.5, None, True]}),
        (b"[]", []),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ('{"a": "é"}'.encode("utf-16"), {"a": "é"}),
        (b'{"a": "caf\xe9"}', {"a": "caf\ufffd"}),
        (b'{"a": "x\\u0000y"}', {"a": "x\ufffdy"}),
        (b'{"a": "x\x00y"}', {"a": "x\ufffdy"}),
        (b'{"a": "\\ud83d alone"}', {"a": "\ufffd alone"}),
        (b'{"a": "\\ud83d\\ude00 \\u0000"}', {"a": "\U0001f600 \ufffd"}),
        (b'{"\\u0000k": {"b": ["\\udc00"]}}', {"\ufffdk": {"b": ["\ufffd"]}}),
        (b'{"a": "line\nbreak"}', {"a": "line\nbreak"}),
        (
            b'{"a": 123456789012345678901234567890, "b": "\\u0000"}',
            {"a": 123456789012345678901234567890.0, "b": "\ufffd"},
        ),
    ],
)
def test_reads_what_can_be_read_and_repairs_what_cannot_be_stored(body: bytes, value: object) -> None:
    assert read_json(body) == value
    assert orjson.loads(orjson.dumps(read_json(body))) == value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer instead of JSON"),
        (b" \n", "empty answer instead of JSON"),
        (b"<!DOCTYPE html><p>hi", "not JSON: HTML page"),
        (b"\n <html></html>", "not JSON: HTML page"),
        (b'<?xml version="1.0"?><a/>', "not JSON: XML document"),
        (b'{"jobs": [{"id": 1}, {"id', "truncated JSON: it breaks off after 25 characters"),
        (b'{"jobs": [{"id": 1}', "truncated JSON: it breaks off after 19 characters"),
        (b'{"jobs": [1, ', "truncated JSON: it breaks off after 13 characters"),
        (b'{"jobs": tru', "truncated JSON: it breaks off after 12 characters"),
        (b'{"jobs": [12', "truncated JSON: it breaks off after 12 characters"),
        (b'{"a": "x\\u12', "truncated JSON: it breaks off after 12 characters"),
        (b"Not Found", "not JSON: expecting value at character 0"),
        (b'{"a": 1} trailing', "not JSON: extra data at character 9"),
        (b"[" * 100_000, "JSON nested too deeply to be read"),
    ],
)
def test_says_in_a_sentence_what_came_instead(body: bytes, reason: str) -> None:
    with pytest.raises(UnexpectedShape) as caught:
        read_json(body)
    assert str(caught.value) == reason
