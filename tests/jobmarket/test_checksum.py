"""The version of some files."""

from __future__ import annotations

from pathlib import Path

from jobmarket.checksum import version_of


def test_a_version_changes_with_content_name_and_parts_but_not_with_the_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    first.write_text("1", encoding="utf-8")
    second.write_text("2", encoding="utf-8")
    version = version_of([first, second], "1", digest_size=4)
    assert len(version) == 8
    assert version_of(iter([second, first]), "1", digest_size=4) == version
    assert version_of([first, second], "2", digest_size=4) != version
    assert version_of([first, second.rename(tmp_path / "third.py")], "1", digest_size=4) != version
    first.write_text("3", encoding="utf-8")
    second.write_text("2", encoding="utf-8")
    assert version_of([first, second], "1", digest_size=4) != version
