from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jobmarket.stages import StageError
from scrapers.moments import default_as_of
from scrapers.replay.recordings import address, read_manifest

HEADER = "url,method,status,content_type,file,recorded_on\n"
GOOD = "https://a.example/x?y=1,GET,200,application/json,a.json,2026-11-15\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.json").write_text("{}")
    folder = tmp_path / "boards"
    folder.mkdir()
    (folder / "a.json").write_text("{}")
    return folder


def write(folder: Path, *rows: str) -> None:
    (folder / "manifest.csv").write_text(HEADER + "".join(row + "\n" for row in rows) + GOOD)


def test_rows_are_read_in_order(folder: Path) -> None:
    write(folder, "http://b.example,post,404,,,")
    (first, second), rejected = read_manifest(folder)
    assert rejected == []
    assert (first.method, first.status, first.body_file, first.recorded_on) == ("POST", 404, None, None)
    assert first.address == ("POST", "b.example", "/", "")
    assert (second.body_file, second.recorded_on) == (folder / "a.json", date(2026, 11, 15))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ftp://b.example/,GET,200,,a.json,", "url 'ftp://b.example/' is not an http or https address"),
        (",GET,200,,a.json,", "url '' is not an http or https address"),
        ("https://b.example/,GET,ok,,a.json,", "status 'ok' is not an HTTP status from 200 to 599"),
        ("https://b.example/,GET,99,,a.json,", "status '99' is not an HTTP status from 200 to 599"),
        ("https://b.example/,GET,200,,missing.json,", "file 'missing.json' does not exist"),
        ("https://b.example/,GET,200,,../secret.json,", "file '../secret.json' is outside the folder"),
        ("https://b.example/,GET,200,,/etc/hosts,", "file '/etc/hosts' is outside the folder"),
        ("https://b.example/,GET,200,,a.json,soon", "recorded_on 'soon' is not a date like 2026-11-22"),
        ("https://b.example/,GET", "status '' is not an HTTP status from 200 to 599"),
    ],
)
def test_an_invalid_row_is_named_and_the_others_are_read(folder: Path, row: str, reason: str) -> None:
    write(folder, row)
    recordings, rejected = read_manifest(folder)
    assert rejected == [f"manifest.csv, line 2 skipped: {reason}"]
    assert [recording.url for recording in recordings] == ["https://a.example/x?y=1"]


def test_a_repeated_url_is_named(folder: Path) -> None:
    write(folder, GOOD.strip())
    recordings, rejected = read_manifest(folder)
    assert (len(recordings), rejected) == (1, ["manifest.csv, line 3 skipped: its URL repeats line 2"])


def test_a_symbolic_link_cannot_leave_the_folder(folder: Path) -> None:
    (folder / "link.json").symlink_to(folder.parent / "secret.json")
    write(folder, "https://b.example/,GET,200,,link.json,")
    assert read_manifest(folder)[1] == ["manifest.csv, line 2 skipped: file 'link.json' is outside the folder"]


def test_a_missing_manifest_or_column_is_an_error(folder: Path) -> None:
    with pytest.raises(StageError, match=r"manifest\.csv does not exist"):
        read_manifest(folder)
    (folder / "manifest.csv").write_text("url,status\nx,200\n")
    with pytest.raises(StageError, match=r"has no column method, content_type, file, recorded_on"):
        read_manifest(folder)


def test_addresses_are_compared_decoded() -> None:
    assert address("get", "API.example", "/job-board/Fern%20Works?a=1") == address(
        "GET", "api.example", "/job-board/Fern Works?a=1"
    )
    assert address("GET", "a", "/x?a=1") != address("GET", "a", "/x")


def test_a_folder_without_a_usable_row_says_why(folder: Path) -> None:
    (folder / "manifest.csv").write_text(HEADER + "https://b.example/,GET,200,,missing.json,2026-11-15\n")
    with pytest.raises(StageError, match=r"lists no usable response: .*file 'missing.json' does not exist"):
        default_as_of(str(folder))
