"""German sentences, titles and headings: what they say of the job, and what only looks as if it did."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jobmarket.extract import degree, employment, experience, location, seniority, workplace
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.headings import heading_kind
from jobmarket.extract.sections import Section
from jobmarket.extract.skills import SkillMatcher

with Path(__file__).with_name("german_facts.csv").open(encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file))
READ = {
    "workplace": workplace.workplace,
    "employment_type": employment.employment_type,
    "degree_min": degree.degree_min,
    "seniority": seniority.seniority,
    "years": lambda document: "{}-{}".format(*experience.years(document)),
}


def section_of(word: str, text: str) -> Section:
    document = read_document("Engineer", None, text=text)
    section = document.section_at(document.text.index(word))
    assert section is not None
    return section


@pytest.mark.parametrize("row", FACTS, ids=lambda row: row["words"])
def test_facts_in_german(row: dict[str, str]) -> None:
    given = {"title": "Engineer", "location": None, "text": "", row["where"]: row["words"]}
    document = Document(given["title"], given["location"], given["text"], (), "de")
    assert READ[row["fact"]](document) == row["expected"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Was solltest du dafür mitbringen?", "requirements"),
        ("Das zeichnet Sie aus", "requirements"),
        ("So überzeugst du uns", "requirements"),
        ("Das wünschen wir uns", "requirements"),
        ("Ihre Fähigkeiten", "requirements"),
        ("Voraussetzungen", "requirements"),
        ("Gefordert sind", "requirements"),
        ("Du bringst mit", "requirements"),
        ("Was Sie erwartet", "responsibilities"),
        ("Was machst du bei uns?", "responsibilities"),
        ("Was du bei uns tust", "responsibilities"),
        ("So bringst du dich ein", "responsibilities"),
        ("Ihre Verantwortung", "responsibilities"),
        ("Aufgabenschwerpunkte", "responsibilities"),
        ("Außerdem wünschen wir uns", "preferred"),
        ("Kann-Kriterien", "preferred"),
        ("Unsere Leistungen", "benefits"),
        ("Worauf du dich freuen kannst", "benefits"),
        ("Was für uns spricht", "benefits"),
        ("Wer wir sind", "about"),
        ("Ansprechpartner", "about"),
        ("Unsere Technologien", "stack"),
        ("Unser aktueller Technologie-Stack", "stack"),
        ("Technischer Kontext", "stack"),
        ("Über dich", "requirements"),
        ("Über die Stelle", "responsibilities"),
        ("In diesen Themen fühlst du dich sicher", "requirements"),
        ("Kenntnisse und Fähigkeiten", "requirements"),
        ("Das erwartet Sie", "responsibilities"),
        ("Dein Alltag", "responsibilities"),
        ("Von Vorteil sind", "preferred"),
        ("Unsere Vision", "about"),
        ("Klingt nach dir?", "about"),
        # items of a list
        ("Du hast gute Kenntnisse", "benefits"),
        ("Das Team nutzt neue Technologien", "benefits"),
        ("Wir suchen einen Gärtner", "benefits"),
        ("Verantwortung", "benefits"),
    ],
)
def test_german_headings(heading: str, kind: str) -> None:
    text = f"Du baust mit uns.\nWir bieten\nDreizehn Löhne\n{heading}\nScala"
    assert section_of("Scala", text).kind == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Kontaktfreudig", None),
        ("Kundenkontakt", None),
        ("Neugierig und lernbereit", None),
        ("Was du lernst", "benefits"),
        ("Was du im Gegenzug bekommst", "benefits"),
        ("Was dich bei uns erwartet", "responsibilities"),
        ("Darauf darfst du dich freuen", "benefits"),
        ("Womit du uns begeisterst", "requirements"),
        ("Was wir machen", "about"),
        ("Unsere Mission", "about"),
        ("Deine Mission", "responsibilities"),
        ("Was wir uns von dir wünschen", "requirements"),
        ("Worum geht es?", "responsibilities"),
        ("Erwünscht", "preferred"),
        ("Das hast du davon", "benefits"),
        ("Das kannst du bewegen", "responsibilities"),
        ("Wissen und Können", "requirements"),
        ("Erfahrung im Datenschutz", None),
    ],
)
def test_the_kind_that_german_headings_open(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


def test_the_name_of_the_employer_heads_no_section() -> None:
    assert section_of("Scala", "Du baust.\nUnternehmen: Muster GmbH\nDu entwickelst in Scala.").kind != "about"


def test_a_share_that_a_page_breaks_over_two_lines_is_one() -> None:
    html = "<ul><li>Arbeitsmodell: {}</li></ul><p>% Remote</p><p>Du baust.</p>"
    read = [workplace.workplace(read_document("Engineer", None, html=html.format(share))) for share in (60, 100)]
    assert read == ["hybrid", "remote"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Du beherrschst Scala.", "required"),
        ("Ein routinierter Umgang mit Scala", "required"),
        ("Fundierte praktische Kenntnisse zu Scala", "required"),
        ("Sie kennen sich mit Scala aus.", "required"),
        ("Du setzt Projekte um und kennst dich mit Scala aus.", "required"),
        ("Ideal, aber nicht verpflichtend: Umgang mit Scala", "preferred"),
        ("Sie verfügen über einen sicheren Umgang mit Scala.", "required"),
        ("Du hast die Möglichkeit, Scala zu lernen.", "mentioned"),
        ("Du entwickelst in Scala.", "mentioned"),
        ("Du bringst Scala in unser Team.", "mentioned"),
        ("Erlang, bevorzugt mit Scala", "preferred"),
        ("Du verfügst über fundiertes Wissen in Scala.", "required"),
        ("Wir schätzen fundiertes Wissen in Scala.", "required"),
        ("Vorkenntnisse oder die Bereitschaft zur Einarbeitung in Scala", "required"),
        ("Du hast Lust auf Scala.", "mentioned"),
        ("Vielleicht hast du auch schon mit Scala gearbeitet.", "preferred"),
        ("Du baust Dienste in Erlang und eventuell auch in Scala.", "preferred"),
        ("Sie verfügen über eine Sprache, bevorzugt Erlang und können Scala lesen.", "required"),
        ("Wir überzeugen mit unserer Expertise in Scala und du baust mit.", "mentioned"),
        ("Kenntnisse von Scala sind erwünscht.", "preferred"),
        ("Scala ist nicht zwingend verpflichtend.", "preferred"),
        ("Kenntnisse in Scala, gerne gesehen", "preferred"),
        ("Scala ist keine Voraussetzung.", "preferred"),
        ("Idealerweise kennst du eine Sprache (z. B. Scala).", "preferred"),
        ("Du willst deine Kenntnisse in Scala vertiefen.", "mentioned"),
        ("Du kannst Erfahrungen mit Scala sammeln.", "mentioned"),
    ],
)
def test_lines_that_ask_in_german(line: str, level: str) -> None:
    assert section_of("Scala", f"Du baust mit uns an der Zukunft.\n{line}").level == level


def test_a_duty_list_ends_where_experience_is_asked_for() -> None:
    lines = "Du baust mit uns.\nAufgaben\nWartung von Scala\nFundierte, nachgewiesene Kenntnisse in Erlang"
    assert [section_of(word, lines).level for word in ("Scala", "Erlang")] == ["mentioned", "required"]


@pytest.mark.parametrize(
    ("line", "skills"),
    [
        ("Kenntnisse in Python, R und/oder SAS", {"Python", "R", "SAS"}),
        ("Sprachen wie R", {"R"}),
        ("Programmiersprachen: Rust, Go", {"Rust", "Go"}),
        ("unstrukturierte Daten und Ontologien", {"Unstructured Data", "Ontologies"}),
        ("Programmierung in R", {"R"}),
        ("Erfahrung mit Webservern und der Analyse großer Datenmengen", {"Web Servers", "Data Analysis"}),
        ("Praxis in der Softwareentwicklung", {"Software Engineering"}),
        ("Umgang mit agilen Teams", {"Agile"}),
        ("Relationenextraktion und Wissensrepräsentation", {"Relation Extraction", "Knowledge Representation"}),
        ("ökonometrischen Modellen, linearer Algebra", {"Econometrics", "Linear Algebra"}),
        ("Vektor-Datenbanken und Embedding-Modelle", {"Vector Databases", "Embeddings"}),
        ("hardwarenaher Softwareentwicklung und Mikroservices", {"Embedded Systems", "Microservices"}),
        ("Umgang mit KI-Tools und Ticketsystemen", {"Artificial Intelligence", "Ticketing Systems"}),
        ("nicht-relationale Datenbanken, objektorientiertes Design", {"NoSQL", "Object-Oriented Programming"}),
        ("Hosting bei AWS oder IONOS", {"AWS", "IONOS Cloud"}),
        ("Die IONOS SE sucht Verstärkung", set()),
        ("Reproduzierbarkeit im Alltag", set()),
        ("Arbeit in agilen Strukturen", set()),
        ("Sie stellen eine Datenplattform bereit", {"Data Platforms"}),
        ("Bereitschaft zur Sicherheitsüberprüfung (Ü2) nach SÜG", set()),
        ("Kenntnisse der Ladeprozesse von Elektrofahrzeugen", set()),
        ("Erfahrung mit Überwachungssystemen und Überwachungssysteme für Parkplätze", set()),
        ("Erfahrung in der Protokollierung von Sitzungen", set()),
        ("Pflege der Datenstruktur in SAP", set()),
        ("Oracle-Datenbanken und DAX-Formeln", {"Oracle Database", "DAX"}),
        ("Medallion-Architektur, hexagonale Architektur", {"Medallion Architecture", "Hexagonal Architecture"}),
        (
            "Schaltungsentwurf, Mustererkennung, Graphentheorie",
            {"Circuit Design", "Pattern Recognition", "Graph Theory"},
        ),
        (
            "Netzwerkkonfiguration, Patchmanagement, Gruppenrichtlinien",
            {"Networking", "Patch Management", "Group Policy"},
        ),
        ("Umgang mit Containern und Suchtechnologien", {"Containerization", "Search"}),
        ("Erkennung von Datendrift und Hyperparameteroptimierung", {"Drift Detection", "Hyperparameter Tuning"}),
        ("Beladen von Frachtcontainern und Speicherung von Strom", set()),
    ],
)
def test_german_wordings_of_skills(matcher: SkillMatcher, line: str, skills: set[str]) -> None:
    document = read_document("Engineer", None, text=f"Dein Profil\n- {line}\n- Geduld")
    assert {found.name for found in matcher.mentions(document)} == skills


@pytest.mark.parametrize(
    ("line", "skills"),
    [
        ("Softwaretests und Datenverarbeitung", set()),
        ("Einführung von KI-Tools und Fehlerdiagnose", set()),
        ("Datenplattform, Analysetools und Qualitätsmanagement", set()),
        ("Sortieren von Containern, Testfälle und Suchmaschinen", set()),
        ("Zeitreihenprognosen und Modellüberwachung", {"Time Series Forecasting", "Model Monitoring"}),
    ],
)
def test_general_german_words_count_only_where_they_are_asked_for(
    matcher: SkillMatcher, line: str, skills: set[str]
) -> None:
    document = read_document("Engineer", None, text=f"Deine Aufgaben\n- {line}\n- Pausen")
    assert {found.name for found in matcher.mentions(document) if found.level != "context"} == skills


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Mit Zeitreihenanalysen stellst du die Versorgung sicher.", "mentioned"),
        ("Durchführung von Zeitreihenanalysen.", "mentioned"),
        ("Sie führen Zeitreihenanalysen durch.", "mentioned"),
        ("Unsere Zeitreihenanalysen sind beliebt.", "context"),
        ("Nous parlons du Text Mining.", "context"),
    ],
)
def test_a_method_alone_is_of_the_work_where_the_line_speaks_of_it_in_german(
    matcher: SkillMatcher, line: str, level: str
) -> None:
    document = read_document("Engineer", None, text=f"Du baust mit uns an der Zukunft.\n{line}")
    assert [found.level for found in matcher.mentions(document)] == [level]


@pytest.mark.parametrize(
    ("field", "places"),
    [
        ("Deutschlandweit", [(None, "DE")]),
        ("Deutschlandweit, Homeoffice", [(None, "DE")]),
        ("schweizweit", [(None, "CH")]),
        ("österreichweit", [(None, "AT")]),
        ("Berlin-Mitte", [("Berlin", "DE")]),
        ("europaweit", []),
    ],
)
def test_german_location_fields(field: str, places: list[tuple[str | None, str]]) -> None:
    document = read_document("Engineer", field, text="Wir bauen.")
    assert [(place.city, place.country) for place in location.locations(document)] == places


def test_full_time_counts_among_what_a_german_employer_offers() -> None:
    said = ("Unbefristeter Vertrag in Vollzeit", "40-Stunden-Woche", "30 Tage Urlaub bei einer Vollzeitstelle")
    texts = [f"Du baust mit uns Datenbanken.\nWir bieten\nFlache Hierarchien\n{words}" for words in said]
    read = [employment.employment_type(read_document("Engineer", None, text=text)) for text in texts]
    assert read == ["full_time", "full_time", "unspecified"]


@pytest.mark.parametrize(
    ("title", "expected"), [("Werkstudent (m/w/d) Data Science", "unspecified"), ("Data Scientist (m/w/d)", "bachelor")]
)
def test_a_working_students_own_studies_are_no_degree(title: str, expected: str) -> None:
    document = Document(title, None, "Studium der Informatik", (), "de")
    assert degree.degree_min(document) == expected


def test_a_technology_stack_counts_among_what_a_german_employer_offers() -> None:
    text = "Du baust mit uns.\nWir bieten\nEin Tech-Stack aus Scala\nErlang für die Kantine"
    assert [section_of(word, text).kind for word in ("Scala", "Erlang")] == ["stack", "benefits"]
