"""A CSV file that people edit: which quirks are ignored, and which errors are reported with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.csv_file import CsvError, read_rows


@pytest.mark.parametrize(
    "content",
    [
        b'id,name\n1,one\n2,"two, three"\n',
        b'\xef\xbb\xbfid,name\r\n1,one\r\n\r\n2,"two, three"',  # from an editor in another locale
    ],
)
def test_rows_are_the_same_whichever_editor_wrote_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "skills.csv"
    path.write_bytes(content)
    assert [row for _, row in read_rows(path)] == [{"id": "1", "name": "one"}, {"id": "2", "name": "two, three"}]


def test_only_ends_of_lines_end_a_row(tmp_path: Path) -> None:
    path = tmp_path / "skills.csv"
    path.write_text("id,name\n1,a\u2028b\x0cc\n", encoding="utf-8")  # pasted from a web page
    assert [row for _, row in read_rows(path)] == [{"id": "1", "name": "a\u2028b\x0cc"}]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"2\n", r"skills\.csv, line 3: 1 fields, but the first line has 2 \(id, name\)"),
        (b"2,two,three\n", r"line 3: 3 fields, but the first line has 2 \(id, name\)\. A field that contains"),
        (b"2,tw\xf6\n", r"line 3: not UTF-8 .*\. Save the file as UTF-8"),
        (b'2,"two\n', r"line 3: .*Is a quotation mark not closed\?"),
    ],
)
def test_the_error_names_the_line_of_a_malformed_row(tmp_path: Path, row: bytes, message: str) -> None:
    path = tmp_path / "skills.csv"
    path.write_bytes(b"id,name\n1,one\n" + row)
    with pytest.raises(CsvError, match=message):
        list(read_rows(path))


def test_extract_reports_a_malformed_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "skills.csv").write_text("skill_id,name,category,owner\npython,Python\n", encoding="utf-8")
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setenv("JOBMARKET_DBT_PROJECT", str(tmp_path))
    files = ["--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")]
    result = CliRunner().invoke(main, ["extract", *files])
    assert result.exit_code == 1
    assert "skills.csv, line 2: 2 fields, but the first line has 4" in result.output
