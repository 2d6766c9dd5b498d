from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from jobmarket.publishing import publish
from jobmarket.report import ReportSpec, make_report
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, change_marts
from tests.jobmarket.report.conftest import words

pytestmark = pytest.mark.usefixtures("undrawn")

QUALITY = """
insert into marts.rpt_extraction_by_language by name
select language, subject, name, postings as n_postings, labelled as n_labelled, precision,
    precision - 0.1 as precision_low, 1.0 as precision_high, recall, recall - 0.1 as recall_low,
    1.0 as recall_high, date '2026-08-03' as measured_on, name = 'role_family' as is_current
from (values
    ('fr', 'field', 'skills', 64, 1100, 0.882, 0.781), ('de', 'field', 'skills', 64, 790, 0.898, 0.711),
    ('en', 'field', 'skills', 128, 1376, 0.916, 0.802), ('en', 'field', 'years_min', 128, 128, 0.984, 0.984),
    ('en', 'field', 'role_family', 128, 74, 0.875, 0.875), ('en', 'skill', 'Python', 128, 40, 0.99, 0.99)
) as measured(language, subject, name, postings, labelled, precision, recall)"""
ROWS = "//*[@id='extraction-quality']//tbody/tr"
EMERGING = """
insert into marts.rpt_skill_emerging by name
select 'Valkey' as term, 12 as n_postings, 9 as n_companies, 0.02::double as recent_share, 0.01::double as recent_low,
    0.04::double as recent_high, 0.01::double as earlier_share"""


def world(folder: Path, *added: str) -> Home:
    home = Home(folder)
    build_marts(home, weeks=1, postings=60)
    change_marts(home, *added)
    return home


def page(home: Home) -> html.HtmlElement:
    publish(home, Settings(_env_file=None), AS_OF)
    report = make_report(home, spec=ReportSpec(formats=("html",))).counts["report"]
    return html.document_fromstring(Path(str(report)).read_text(encoding="utf-8"))


def test_the_report_says_how_well_texts_are_read(tmp_path: Path) -> None:
    report = page(world(tmp_path, QUALITY, EMERGING))
    quality = words(report.get_element_by_id("extraction-quality"))
    assert "up to 3 August 2026" in quality
    rows = [[words(cell) for cell in row] for row in report.xpath(ROWS)]
    # a tenth of the open postings are in German, too few in French
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("English", "Role family", "the rules of this issue"), ("English", "Skills", "earlier rules"),
        ("English", "Years of experience", "earlier rules"), ("German", "Skills", "earlier rules"),
    ]  # fmt: skip
    for shown in ("1,376", "91.6", "80.2", "98.4", "87.5", "790", "71.1"):
        assert shown in quality
    for hidden in ("Python", "1,100", "78.1"):
        assert hidden not in quality
    assert "Languages of the week’s open postings: English (87.1%), German (10.8%) and French (2.2%)." in words(report)
    emerging = words(report.get_element_by_id("emerging-terms"))
    assert "Valkey" in emerging
    assert "until it is reviewed" in emerging


def test_a_vintage_without_measurements_says_so(tmp_path: Path) -> None:
    section = words(page(world(tmp_path)).get_element_by_id("extraction-quality"))
    assert "No labelled sample was published with this vintage." in section


def test_without_terms_the_report_says_so(tmp_path: Path) -> None:
    home = world(tmp_path, QUALITY, f"{EMERGING} where false")
    assert "enough employers" in words(page(home).get_element_by_id("emerging-terms"))
