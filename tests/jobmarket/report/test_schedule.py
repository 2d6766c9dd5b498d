"""What a scheduler asks: is the week there, and has it its report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from jobmarket.report import Order, has_report, is_published, make_report
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import published_home


def test_a_week_is_published_once_it_was_over_at_the_publication(sample: Home, tmp_path: Path) -> None:
    assert not is_published(Home(tmp_path))
    assert is_published(sample)
    assert is_published(sample, LAST_WEEK + timedelta(days=6))
    assert not is_published(sample, LAST_WEEK + timedelta(days=7))


def test_a_week_has_its_report_once_it_is_written(tmp_path: Path) -> None:
    home = published_home(tmp_path, weeks=2, postings=60)
    assert not has_report(home)
    make_report(home, order=Order(formats=("html",)))
    assert has_report(home)
