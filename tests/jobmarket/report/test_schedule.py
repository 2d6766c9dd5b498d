"""What a scheduler needs to know: whether a week is published, and whether its report is written."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from jobmarket.publishing.vintages import make_current
from jobmarket.publishing.withdrawn_runs import note_withdrawn_run
from jobmarket.report import ReportSpec, formats, is_published, make_report, missing_report, written_report
from jobmarket.report.stage import composed
from jobmarket.settings import Home
from jobmarket.stages import StageError
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK

pytestmark = pytest.mark.usefixtures("undrawn")


def test_a_week_is_published_once_it_was_over_at_the_publication(sample: Home, tmp_path: Path) -> None:
    assert not is_published(Home(tmp_path))
    assert is_published(sample)
    assert is_published(sample, LAST_WEEK + timedelta(days=6))
    assert not is_published(sample, LAST_WEEK + timedelta(days=7))


def test_a_report_is_missing_until_it_is_written_from_whichever_vintage(published_home: Home, tmp_path: Path) -> None:
    home = published_home
    (vintage,) = (home.published / "vintages").iterdir()
    wanted = ReportSpec(week=LAST_WEEK, vintage=vintage.name)
    before = LAST_WEEK - timedelta(weeks=1)
    (vintage.parent / ".building-20200101T000000Z-00000000").mkdir()  # a publisher that was killed left it half-built
    assert missing_report(home) == missing_report(home, vintage.name) == wanted
    assert missing_report(home, "20250101T000000Z-gone") == wanted, "made from what is kept"
    assert missing_report(home, day=before) == ReportSpec(week=before, vintage=vintage.name)
    # A later vintage, in which both weeks were over as well: a week's report belongs to the first one.
    later = home.published / "vintages" / "20990101T000000Z-later"
    shutil.copytree(vintage, later)
    (home.published / "current").unlink()
    (home.published / "current").symlink_to(later)
    assert missing_report(home) == wanted
    assert missing_report(home, later.name) == ReportSpec(week=LAST_WEEK, vintage=later.name)
    make_report(home, spec=ReportSpec(formats=("html",), vintage=later.name))
    (report,) = home.reports.glob(f"{formats.iso_week(LAST_WEEK)}/*/report.html")
    note = report.with_suffix(".json")
    note.rename(tmp_path / "note")
    assert missing_report(home) == wanted, "a killed process wrote the page, and neither the other formats nor the note"
    (tmp_path / "note").rename(note)
    assert missing_report(home) is None
    assert missing_report(home, vintage.name) is None
    assert missing_report(home, day=before) is not None


def test_a_missed_report_is_not_made_from_a_vintage_with_withdrawn_runs(published_home: Home) -> None:
    home = published_home
    (vintage,) = (home.published / "vintages").iterdir()
    note_withdrawn_run(vintage, "ashby-20260817T000000Z-1")
    assert missing_report(home) == ReportSpec(week=LAST_WEEK), "of the current one, if there is no other"
    later = shutil.copytree(vintage, vintage.with_name("20990101T000000Z-later"))
    assert missing_report(home) == ReportSpec(week=LAST_WEEK, vintage=later.name)


def test_a_missed_report_is_not_made_from_a_vintage_of_another_version(published_home: Home) -> None:
    (vintage,) = (published_home.published / "vintages").iterdir()
    later = Path(shutil.copytree(vintage, vintage.with_name("20990101T000000Z-later")))
    make_current(published_home.published, later)
    with duckdb.connect(str(vintage / "jobmarket.duckdb")) as published:
        published.execute("update about set value = '0.f00' where key = 'schema_version'")
    assert missing_report(published_home) == ReportSpec(week=LAST_WEEK, vintage=later.name)


def test_the_report_that_is_sent_is_the_one_that_was_written(published_home: Home) -> None:
    home = published_home
    (vintage,) = (home.published / "vintages").iterdir()
    assert written_report(home) == ReportSpec(week=LAST_WEEK), "none is written yet"
    make_report(home, spec=ReportSpec(formats=("html",)))
    week = home.reports / formats.iso_week(LAST_WEEK)
    # A later publication does not change what the mail is made of, as long as the vintage is kept.
    later = home.published / "vintages" / "20990101T000000Z-later"
    shutil.copytree(vintage, later)
    (home.published / "current").unlink()
    (home.published / "current").symlink_to(later)
    spec = written_report(home)
    assert spec == ReportSpec(week=LAST_WEEK, vintage=vintage.name)
    note = (week / vintage.name).rename(week / "gone") / "report.json"
    note.write_text(note.read_text(encoding="utf-8").replace(vintage.name, "gone"), encoding="utf-8")
    assert written_report(home) == ReportSpec(week=LAST_WEEK)
    with pytest.raises(StageError, match="gone is not in .* Kept vintages: 2026"):
        composed(home, None, ReportSpec(vintage="gone"))
    (later / "jobmarket.duckdb").unlink()  # whoever reads the current vintage would fail
    assert composed(home, None, spec).vintage_id == vintage.name
