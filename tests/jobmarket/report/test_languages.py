"""The report in each language: complete catalogues, numbers and dates by locale, plurals that agree."""

import csv
import re
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from lxml import html

from expectations.suites.shared_bounds import REPORTED_FAMILIES, STATUSES
from jobmarket.extract.facts import AMOUNT_BASES, DEGREES, EXPERIENCE_BANDS, SENIORITIES, WORKPLACES
from jobmarket.report import ReportSpec, formats, make_report, names
from jobmarket.report.language import LOCALES, labelled, say, say_many, speaking
from jobmarket.report.reading import labels
from jobmarket.report.sections.claims import VERDICTS
from jobmarket.report.stage import composed
from jobmarket.settings import Home
from scrapers.registry import Sector
from tests.jobmarket.report.catalogue import REPORT, Message, messages

OTHERS = sorted(set(LOCALES) - {"en"})


def catalogue(language: str) -> Catalog:
    with (REPORT / "catalogues" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=LOCALES[language])


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_complete_and_keeps_the_values(language: str) -> None:
    there: dict[Message, list[str]] = {}
    for message in catalogue(language):
        if message.id:
            texts = message.string if isinstance(message.string, list | tuple) else [message.string]
            there[tuple(message.id) if isinstance(message.id, list | tuple) else message.id] = list(texts)
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
            names.reason("fewer than 30 postings"),
        ]  # fmt: skip
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in made] == shown


def test_no_french_line_begins_with_a_punctuation_mark() -> None:
    with speaking("fr"):
        assert labelled("Table", "Le reste") == "Table\xa0: Le reste"
        assert "«\xa0définitif\xa0»" in labels()[0].text
        assert say("Legend") == "Légende"
        assert say("{n} of {all} {unit}", n="1", all="2", unit="Lots") == "Lots\xa0: 1 sur 2"
        assert "95\xa0%" in say("median with 95% interval")


@pytest.mark.parametrize(
    ("employer", "phrase"),
    [("Anthropic", "d’Anthropic"), ("École 42", "d’École 42"), ("Cohere", "de Cohere"), ("Hub 1", "de Hub 1"),
     ("Yves Rocher", "d’Yves Rocher"), ("Yahoo", "de Yahoo"), ("1X", "de 1X"), ("", "de ")],
)  # fmt: skip
def test_french_words_are_elided_before_a_value_that_begins_with_a_vowel(employer: str, phrase: str) -> None:
    with speaking("fr"):
        assert say("at {employer}", employer=employer) == phrase
    with speaking("en"):
        assert say("at {employer}", employer=employer) == f"at {employer}"


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    first = date(2026, 6, 1)
    with speaking("fr"):
        shown = [formats.day(first), formats.short_day(first), formats.week_span(first), formats.day(date(2026, 6, 11))]
        assert shown == ["1er juin 2026", "1er juin", "1er–7 juin 2026", "11 juin 2026"]
        assert formats.week_span(date(2026, 5, 26)) == "26 mai – 1er juin 2026"
    with speaking("de"):
        assert formats.week_span(first) == "1.–7. Juni 2026"


# In each language the words for what is asked for and for what is required, by their stems.
_VERBS = {"de": ("gefragt", "vorausgesetzt"), "fr": ("demand", "exig")}


@pytest.mark.parametrize("language", OTHERS)
def test_asked_for_and_required_have_different_words(language: str) -> None:
    asked, required = _VERBS[language]
    counts = {"asked": 0, "required": 0}
    for message in catalogue(language):
        english, *_ = message.id if isinstance(message.id, tuple) else (message.id,)
        text, *_ = message.string if isinstance(message.string, tuple) else (message.string,)
        if re.search(r"\brequired\b", english, re.IGNORECASE):
            counts["required"] += 1
            assert required in text.lower(), english
        elif re.search(r"\b(ask|asks|asked) for\b|\bdemanded\b|\bin demand\b", english, re.IGNORECASE):
            counts["asked"] += 1
            assert required not in text.lower(), english
            assert asked in text.lower() or "the board asks" in english, english
    assert min(counts.values()) > 3


@pytest.mark.parametrize(("language", "called"), [("en", "Munich"), ("fr", "Munich"), ("de", "München")])
def test_places_have_their_names_in_the_language(language: str, called: str) -> None:
    with speaking(language):
        assert names.region("Munich") == called
        assert names.region("Île-de-France") == "Île-de-France"


@pytest.mark.parametrize("language", LOCALES)
def test_experience_bands_and_levels_have_different_names(language: str) -> None:
    """In the pay section a level stands above the grid's bands, with the median of other postings."""
    with speaking(language):
        bands, levels = (
            [names.experience(band) for band in EXPERIENCE_BANDS if band != "unspecified"],
            [names.name(level) for level in SENIORITIES],
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


def test_values_are_never_translated_as_messages() -> None:
    with speaking("de"):
        assert (
            say("{skill} in {share} ({interval})", skill="{share}", share="1 %", interval="x") == "{share} in 1 % (x)"
        )


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("fr", "L’emploi en apprentissage automatique, semaine 34 de 2026", "la demande a augmenté pour"),
        ("de", "Stellen im maschinellen Lernen, KW 34/2026", "beobachtet wurden, die Nachfrage nach"),
    ],
)
def test_the_report_speaks_the_language(sample: Home, language: str, title: str, expected: str) -> None:
    path = Path(make_report(sample, spec=ReportSpec(language=language, formats=("html",))).counts["report"])
    assert path.name == f"report-{language}.html"
    page = html.document_fromstring(path.read_text(encoding="utf-8"))
    assert page.get("lang") == language
    assert page.findtext(".//h1") == title
    assert expected in " ".join(page.get_element_by_id("headline").text_content().split())
    assert re.search(r">\d+0k<", html.tostring(page.get_element_by_id("pay-levels"), encoding="unicode"))
    # What is English is English in every language: names of skills, employers, expectations, reasons of crawls.
    text = " ".join(page.text_content().split())
    for english in ("Open postings", "of which", "employers were", "Share of", "Week of", "coverage break"):
        assert english not in text


def _column(seed: str, column: str) -> set[str]:
    with Path("dbt_project", "seeds", f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


_ENUMERATIONS = {
    "category": (names.category, _column("skills", "category")),
    "sector": (names.sector, get_args(Sector)),
    "measure": (names.measure, _column("published_claims", "measure")),
    "role_family": (names.name, REPORTED_FAMILIES),
    "seniority": (names.name, SENIORITIES),
    "experience_band": (names.experience, (*EXPERIENCE_BANDS, *_column("published_claims", "experience_band"))),
    "company_size_band": (names.name, _column("published_claims", "company_size_band")),
    "workplace": (names.name, WORKPLACES),
    "degree_min": (names.name, DEGREES),
    "amount_basis": (names.name, AMOUNT_BASES),
    "specialisation": (names.name, _column("specialisations", "specialisation")),
    "sector_named": (names.name, _column("sector_words", "sector")),
    "verdict": (names.name, VERDICTS),
    "status": (names.name, STATUSES),
}


@pytest.mark.parametrize("kind", _ENUMERATIONS)
def test_every_value_of_an_enumeration_has_a_name_in_the_catalogues(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has none is shown as it stands in the data, which is English in every language."""
    as_it_stands: list[str] = []
    monkeypatch.setattr(formats, "foreign", lambda code: as_it_stands.append(code) or code)
    named, values = _ENUMERATIONS[kind]
    assert len({named(value) for value in values}) == len(set(values)) > 1
    assert as_it_stands == []


@pytest.mark.parametrize("market", ["sample", "later"])
def test_no_value_of_an_enumeration_reaches_a_report_untranslated(
    market: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes, name = set[str](), names.name
    monkeypatch.setattr(names, "name", lambda code: codes.add(code) or name(code))
    with speaking("de"):
        composed(request.getfixturevalue(market), None, ReportSpec(language="de"))
    assert len(codes) > 15
    assert {code for code in codes if names.known_name(code) is None and not code.isupper()} == set()


def test_french_punctuation_and_elision_are_correct(later: Home) -> None:
    """No colon without its space, no "de" before a vowel: on the page, in what is read aloud, in the mail's text."""
    spec = ReportSpec(language="fr", formats=("html", "mail"))
    folder = Path(make_report(later, spec=spec).counts["report"]).parent
    page = html.document_fromstring((folder / "report-fr.html").read_text(encoding="utf-8"))
    for code in page.xpath("//pre | //style | //footer"):
        code.drop_tree()
    spoken = page.xpath("//text() | //@aria-label | //*[name() = 'title']/text()")
    mail = message_from_bytes((folder / "report-fr.eml").read_bytes(), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    prose = " ".join([*(str(part) for part in spoken), text.partition("Tout se trouve")[0]])
    assert len(prose) > 10_000
    assert re.findall(r".{20}\S:(?=\s).{10}", prose.replace("\xa0:", "")) == []
    assert re.findall(r"\b(?:de|que) [aeiouyâàéèêëîïôù].{20}", prose, re.IGNORECASE) == []
