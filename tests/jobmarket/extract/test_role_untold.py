"""Students, freelancers and "KI-Experten" whose title names no trade: the duties tell it."""

from __future__ import annotations

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.role import role_family

ANALYSIS = "Aufbereitung der Umfragen\nPflege der Dashboards\nAuswertungen der Kennzahlen"
SOFTWARE = "Programmieren am Backend\nBehebung von Bugs in unserer Webanwendung"
VISION = "Objekterkennung auf Kamerabildern\nSegmentierung mit PyTorch"
OFFICE = "Kaffee kochen\nBerichte abheften\nBlumen gießen"


@pytest.mark.parametrize(
    ("title", "duties", "family"),
    [
        ("Werkstudent (m/w/d)", ANALYSIS, "data_analyst"),
        ("Studentische Hilfskraft gesucht", SOFTWARE, "software_engineer"),
        ("Praktikum bei Muster", VISION, "ml_engineer"),
        ("KI-Experte (m/w/d)", VISION, "ml_engineer"),
        ("Freelancer gesucht", SOFTWARE, "software_engineer"),
        ("Werkstudentin", OFFICE, "other"),
        ("Werkstudent Marketing", ANALYSIS, "other"),
        ("Werkstudentin Vertriebsinnendienst", ANALYSIS, "other"),
        ("Praktikum Buchhaltung", ANALYSIS, "other"),
        ("Gärtner (m/w/d)", SOFTWARE, "other"),
        ("Werkstudent Bildverarbeitung", SOFTWARE, "ml_engineer"),
    ],
)
def test_the_duties_tell_the_trade(title: str, duties: str, family: str) -> None:
    text = f"Wir suchen dich.\nDeine Aufgaben\n{duties}\nDein Profil\nDu kennst Excel, Docker und Statistik."
    assert role_family(read_document(title, None, text=text)) == family


@pytest.mark.parametrize(
    ("opening", "family"),
    [
        ("Muster sucht Werkstudenten im Bereich Data Science für die Zentrale in Ulm.", "data_scientist"),
        ("Muster sucht Praktikanten für Machine Learning.", "ml_engineer"),
        ("Muster sucht Werkstudenten im Bereich Gartenbau. Data Science gibt es auch.", "other"),
    ],
)
def test_the_text_may_name_the_field(opening: str, family: str) -> None:
    assert role_family(read_document("Muster sucht Studierende als Werkstudenten", None, text=opening)) == family
