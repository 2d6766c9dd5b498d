"""Titles in Spanish, Portuguese, Italian, Dutch and Polish: the role and the level that they name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.employment import employment_type
from jobmarket.extract.inclusive import in_masculine
from jobmarket.extract.role import role_family
from jobmarket.extract.seniority import seniority
from jobmarket.extract.translated_titles import TABLE, in_english


@pytest.mark.parametrize(
    ("title", "family", "level"),
    [
        ("Ingeniero de Machine Learning", "ml_engineer", "unspecified"),
        ("Ingeniero/a de Aprendizaje Automático", "ml_engineer", "unspecified"),
        ("Ingeniero MLOps", "mlops_engineer", "unspecified"),
        ("Ingeniera de Datos Semi Senior", "data_engineer", "mid"),
        ("Ingeniero Senior de Datos (Madrid)", "data_engineer", "senior"),
        ("Ingeniero de IA Jr", "ai_engineer", "junior"),
        ("Científica de Datos Junior", "data_scientist", "junior"),
        ("Analista de datos", "data_analyst", "unspecified"),
        ("Consultor de BI", "data_analyst", "unspecified"),
        ("Arquitecto de Datos", "data_engineer", "unspecified"),
        ("Administrador de Base de Datos", "software_engineer", "unspecified"),
        ("Desarrolladora Python Semi-Senior", "software_engineer", "mid"),
        ("Investigador en Inteligencia Artificial", "ml_researcher", "unspecified"),
        ("Jefe de Ciencia de Datos", "data_scientist", "manager"),
        ("Líder Técnico de Machine Learning", "ml_engineer", "lead"),
        ("Becario de Ciencia de Datos", "data_scientist", "intern"),
        ("Prácticas Data Analyst", "data_analyst", "intern"),
        ("Engenheiro(a) de Dados Sr", "data_engineer", "senior"),
        ("Pessoa Engenheira de Dados Pleno", "data_engineer", "mid"),
        ("Cientista de Dados Sênior", "data_scientist", "senior"),
        ("Desenvolvedor Backend Pleno", "software_engineer", "mid"),
        ("Engenheiro de Aprendizado de Máquina", "ml_engineer", "unspecified"),
        ("Analista de Dados Júnior", "data_analyst", "junior"),
        ("Estágio em Ciência de Dados", "data_scientist", "intern"),
        ("Ingegnere dei dati", "data_engineer", "unspecified"),
        ("Analista dati", "data_analyst", "unspecified"),
        ("Sviluppatrice Backend", "software_engineer", "unspecified"),
        ("Tirocinio Data Science", "data_scientist", "intern"),
        ("Data-analist", "data_analyst", "unspecified"),
        ("Medior Data Engineer", "data_engineer", "mid"),
        ("AI-ontwikkelaar", "ai_engineer", "unspecified"),
        ("Starszy inżynier danych", "data_engineer", "senior"),
        ("Inżynier uczenia maszynowego", "ml_engineer", "unspecified"),
        ("Administrator baz danych", "software_engineer", "unspecified"),
        ("Młodszy analityk danych", "data_analyst", "junior"),
        ("Stażysta Data Science", "data_scientist", "intern"),
        # Trades outside the families
        ("Ingeniero Civil", "other", "unspecified"),
        ("Ingeniero de Ventas", "other", "unspecified"),
        ("Engenheiro Civil", "other", "unspecified"),
        ("Inżynier budowy", "other", "unspecified"),
        ("Analista Financeiro", "other", "unspecified"),
        ("Desarrollador de Negocio", "other", "unspecified"),
        ("Delegado de Protección de Datos", "other", "unspecified"),
        ("Jefe de Proyecto", "other", "unspecified"),
        ("Coordinador de Prácticas", "other", "unspecified"),
    ],
)
def test_a_title_of_another_language_has_its_role_and_level(title: str, family: str, level: str) -> None:
    document = read_document(title, None, text="")
    assert (role_family(document), seniority(document)) == (family, level)


def test_an_internship_of_another_language_is_one() -> None:
    for title in ("Estágio em Dados", "Becaria de IA", "Prácticas Data", "Tirocinio Data", "Stażysta Data"):
        assert employment_type(read_document(title, None, text="")) == "internship"


def test_the_level_that_a_repeated_title_adds_is_read() -> None:
    document = read_document("Ingeniero de Datos", None, text="Ingeniero de Datos Semi Senior\nConstruyes tuberías.")
    assert seniority(document) == "mid"


def test_a_level_between_trade_and_field_stands_in_front() -> None:
    assert in_english("ingeniero senior de datos, lima") == "senior data engineer, lima"


def test_titles_in_english_french_and_german_stay_as_they_are() -> None:
    with (Path(__file__).parent / "role_titles.csv").open(encoding="utf-8", newline="") as file:
        titles = [in_masculine(row["title"].lower()) for row in csv.DictReader(file)]
    assert len(titles) > 500
    assert [title for title in titles if in_english(title) != title] == []


def test_every_row_has_a_kind_that_is_known() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"word", "trade", "field"}
    assert all(row["english"] or row["kind"] == "field" for row in rows)
