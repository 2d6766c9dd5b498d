"""The report in each language: complete catalogues, numbers and dates by locale, plurals that agree."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html

from jobmarket.extract.facts import EXPERIENCE_BANDS, SENIORITIES
from jobmarket.report import Order, formats, make_report
from jobmarket.report.language import LOCALES, say, say_many, speaking
from jobmarket.settings import Home
from tests.jobmarket.report.catalogue import REPORT, Message, messages

OTHERS = sorted(set(LOCALES) - {"en"})


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_complete_and_keeps_the_values(language: str) -> None:
    with (REPORT / "catalogues" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=LOCALES[language])
    there: dict[Message, list[str]] = {}
    for message in catalogue:
        if message.id:
            told = message.string if isinstance(message.string, list | tuple) else [message.string]
            there[tuple(message.id) if isinstance(message.id, list | tuple) else message.id] = list(told)
            assert not message.fuzzy
    assert there.keys() == messages()
    for message_id, texts in there.items():
        names = set(re.findall(r"\{(\w+)\}", message_id if isinstance(message_id, str) else message_id[1]))
        for text in texts:
            assert text, message_id
            assert set(re.findall(r"\{(\w+)\}", text)) == names, message_id


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["1,234,567", "42.1%", "39.8–44.4%", "−5.1", "US$168,400", "US$164,000–172,000", "17–23 August 2026",
                "a, b and c", "+1.2%", "fewer than 30 postings"]),
        ("fr", ["1 234 567", "42,1 %", "39,8–44,4 %", "−5,1", "168 400 $US", "164 000–172 000 $US", "17–23 août 2026",
                "a, b et c", "+1,2 %", "moins de 30 offres"]),
        ("de", ["1.234.567", "42,1 %", "39,8–44,4 %", "−5,1", "168.400 $", "164.000–172.000 $", "17.–23. August 2026",
                "a, b und c", "+1,2 %", "weniger als 30 Anzeigen"]),
    ],
)  # fmt: skip
def test_numbers_and_dates_by_locale(language: str, shown: list[str]) -> None:
    with speaking(language):
        made = [
            formats.count(1234567), formats.share(0.4213), formats.share_interval(0.398, 0.4444),
            formats.points(-0.0512), formats.dollars(168432.7), formats.dollars_interval(164012, 171980),
            formats.week_span(date(2026, 8, 17)), formats.listed(["a", "b", "c"]), formats.change(0.0123),
            formats.reason("fewer than 30 postings"),
        ]  # fmt: skip
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in made] == shown


def test_no_french_line_begins_with_a_mark_that_stands_apart() -> None:
    with speaking("fr"):
        assert say("Legend") == "Légende"
        assert say("{n} of {all} {unit}", n="1", all="2", unit="Lots") == "Lots\xa0: 1 sur 2"
        assert "95\xa0%" in say("median with 95% interval")


@pytest.mark.parametrize(("language", "called"), [("en", "Munich"), ("fr", "Munich"), ("de", "München")])
def test_places_are_called_as_the_language_calls_them(language: str, called: str) -> None:
    with speaking(language):
        assert formats.region("Munich") == called
        assert formats.region("Île-de-France") == "Île-de-France"


@pytest.mark.parametrize("language", LOCALES)
def test_no_band_of_experience_is_called_as_a_level_is(language: str) -> None:
    """In the pay section a level stands above the grid's bands, with the median of other postings."""
    with speaking(language):
        bands, levels = (
            [formats.experience(band) for band in EXPERIENCE_BANDS if band != "unspecified"],
            [formats.name(level) for level in SENIORITIES],
        )
    assert len(set(bands)) == 5
    assert not set(bands) & set(levels)
    assert all(len(band) <= 24 for band in bands), "a phone has no room for more beside a chart"


def test_plurals_agree() -> None:
    one, many = "{share} of {n} employer", "{share} of {n} employers"
    with speaking("fr"):  # in French zero is singular
        assert say_many(one, many, 0, share="0 %", n="0") == "0 % de 0 employeur"
        assert say_many(one, many, 2, share="0 %", n="2") == "0 % de 2 employeurs"
    with speaking("de"):
        assert say_many(one, many, 0, share="0 %", n="0") == "0 % von 0 Arbeitgebern"


def test_what_stands_in_a_value_is_never_read_as_a_message() -> None:
    with speaking("de"):
        assert (
            say("{skill} in {share} ({interval})", skill="{share}", share="1 %", interval="x") == "{share} in 1 % (x)"
        )


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("fr", "L’emploi en apprentissage automatique, semaine 34 de 2026", "la demande a augmenté pour"),
        ("de", "Stellen im maschinellen Lernen, KW 34/2026", "stieg unter Arbeitgebern"),
    ],
)
def test_the_report_speaks_the_language(sample: Home, language: str, title: str, said: str) -> None:
    path = Path(make_report(sample, order=Order(language=language, formats=("html",))).counts["report"])
    assert path.name == f"report-{language}.html"
    page = html.document_fromstring(path.read_text(encoding="utf-8"))
    assert page.get("lang") == language
    assert page.findtext(".//h1") == title
    assert said in " ".join(page.get_element_by_id("headline").text_content().split())
    assert re.search(r">\d+0k<", html.tostring(page.get_element_by_id("pay-levels"), encoding="unicode"))
    # What is English is English in every language: names of skills, employers, expectations, reasons of crawls.
    text = " ".join(page.text_content().split())
    for english in ("Open postings", "of which", "employers were", "Share of", "Week of", "coverage break"):
        assert english not in text
