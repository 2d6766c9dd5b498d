from __future__ import annotations

import orjson
import pytest

from scrapers.decoding import UnexpectedShape, read_html, read_json, read_xml


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
def test_json_is_read_and_repaired_so_that_it_can_be_stored(body: bytes, value: object) -> None:
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
def test_an_unreadable_answer_is_described_in_a_sentence(body: bytes, reason: str) -> None:
    with pytest.raises(UnexpectedShape) as caught:
        read_json(body)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<a>x&nbsp;y &eacute; &nosuch;</a>", "x\xa0y é &nosuch;"),
        (b"\xef\xbb\xbf<a>x\x0by</a>", "x\ufffdy"),
        ("<a>café</a>".encode()[:-6] + b"\xe9</a>", "caf\ufffd"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>", "café"),
        (b"<a><![CDATA[<p>R&D</p>]]></a>", "<p>R&D</p>"),
    ],
)
def test_xml_is_repaired_where_no_guessing_is_needed(body: bytes, text: str) -> None:
    assert read_xml(body).text == text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b" \n", "empty answer instead of XML"),
        (b"<!DOCTYPE html><html></html>", "not XML: HTML page"),
        (b'{"jobs": []}', "not XML: JSON"),
        (b"<rss><channel><item><title>Eng", "truncated XML: it breaks off after 30 bytes"),
        (b"<a><b></a>", "broken XML: opening and ending tag mismatch"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>', "XML that declares its own entities"),
        (
            b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 99 + b'"><!ENTITY c "&b;&b;">]><a>&c;</a>',
            "XML that declares its own entities",
        ),
    ],
)
def test_unreadable_xml_is_described_in_a_sentence(body: bytes, message: str) -> None:
    with pytest.raises(UnexpectedShape, match=message):
        read_xml(body)


def test_html_is_read_and_other_answers_are_refused() -> None:
    assert read_html("<p>café".encode()).text_content() == "café"
    assert read_html(b"<p>caf\xe9", "windows-1252").text_content() == "café"
    assert read_html(b"<meta charset=iso-8859-1><p>caf\xe9").text_content() == "café"
    for body in (b"", b"[]", b"plain"):
        with pytest.raises(UnexpectedShape):
            read_html(body)
