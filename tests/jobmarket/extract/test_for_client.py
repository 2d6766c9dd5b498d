from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.document import read_document
from jobmarket.extract.for_client import is_for_client


@pytest.mark.parametrize(
    "text",
    [
        "Our client, a Series B fintech, is looking for a machine learning engineer.",
        "Our fast-growing FinTech client is hiring an MLOps engineer.",
        "You build models.\nAbout our client\nA bank in Leeds.",
        "Our client: a retailer with 40 shops.",
        "Join our client, a small investment firm, as its first data scientist.",
        "This role is for one of our clients.",
        "This is a contract position with our client in Austin.",
        "Northwind is searching for a data engineer to join one of our clients.",
        "We are hiring a data scientist on behalf of our client.",
        "On behalf of a Series A company we are looking for a research engineer.",
        "We are partnering with a hospital group to quietly recruit its head of AI.",
        "Fern Capital is seeking an AI architect for one of its portfolio companies.",
        "Join one of our portfolio companies as a founding engineer.",
        "Join our portfolio company as a founding engineer.",
        "We are hiring a data engineer for our portfolio company.",
        "Our portfolio company, a fintech, is hiring a data engineer.",
        "We are searching for our client Northwind for a data engineer.",
        "Oak Resourcing is acting as an Employment Agency in relation to this vacancy.",
        "Für unseren Kunden, einen Hersteller von Sensoren, suchen wir einen Data Scientist (m/w/d).",
        "Wir suchen für unseren Kunden Beispiel AG einen ML Engineer.",
        "Im Auftrag unseres Kunden besetzen wir ab sofort die Stelle eines Data Engineers.",
        "Für einen unserer Mandanten aus der Chemie suchen wir einen KI-Entwickler.",
        "Unser Mandant ist ein Versicherer in Köln.",
        "Unsere Kundin, eine Bank, sucht einen Data Engineer.",
        "Wir suchen für unsere Kundin, eine Bank, einen ML Engineer.",
        "Im Auftrag einer Kundin suchen wir eine Data Scientistin.",
        "Für unser Kundenunternehmen in Köln suchen wir einen Data Engineer.",
        "Über unseren Kunden\nEin Unternehmen aus der Chemie.",
        "Notre client, un éditeur de logiciels, recherche un ingénieur en apprentissage automatique.",
        "Notre cliente, une banque, recherche un data engineer.",
        "Nous recrutons un data scientist pour notre cliente.",
        "Notre client est une startup qui conçoit des agents.",
        "Nous recherchons pour le compte de notre client un data engineer.",
        "Pour l'un de nos clients, nous recrutons un data scientist.",
    ],
)
def test_the_job_is_at_a_client(text: str) -> None:
    assert is_for_client(read_document("ML Engineer", None, None, text))


@pytest.mark.parametrize(
    "text",
    [
        "We work with our clients on their data.",
        "You will work closely with our client, a large bank.",
        "You turn our clients' data into forecasts. Our clients are banks.",
        "We are looking for engineers to build models for our client.",
        "We are hiring an engineer who works with one of our customers.",
        "We are seeking a manager to join our Client Success team.",
        "A client-facing role with our client services team.",
        "Join our Client Engineering team in Austin.",
        "You will join our client infrastructure group, which owns the desktop app.",
        "We are hiring for our client applications (iOS and Android).",
        "Join our Client AI practice as a consultant.",
        "Join our partner company network.",
        "For our client we are seeking ways to reduce cloud costs.",
        "For one of our clients, we are looking after a data warehouse.",
        "We are looking for signs of the success of our client.",
        "We are partnering with a bank to fill gaps in its data.",
        "Own our client relationships and act on behalf of our customers.",
        "Our user is the job seeker. Our client is the marketing manager of a job board.",
        "When you call one of our customers, our bot answers.",
        "As an OpenAI portfolio company, we move fast.",
        "You support our portfolio company in its search for suppliers.",
        "For one of our clients we built a search engine.",
        "Für unsere Kunden entwickeln wir Software. Unser Kunde ist König.",
        "Du entwickelst Modelle für unseren Kunden aus der Chemie.",
        "Wir suchen Verstärkung, um für unsere Kunden Lösungen zu entwickeln.",
        "Wir suchen eine Data Scientistin, die für unsere Kunden KI-Modelle entwickelt.",
        "Wir suchen Entwickler, die bei unserem Kunden Systeme einführen.",
        "Unsere Software wird in der Personalvermittlung eingesetzt.",
        "In der Arbeitnehmerüberlassung bieten wir ERP-Software an.",
        "Du verbesserst die Suche für unsere Kunden.",
        "Für unsere Kunden suchen wir innovative Lösungen.",
        "Für unsere Kundinnen und Kunden suchen wir innovative Lösungen.",
        "We are partnering with a leading university to find new drug targets.",
        "Nobody may act as a recruitment agency for us.",
        "You are sourcing data for our client.",
        "Our client is written in Rust.",
        "Our client is our top priority.",
        "Notre client est notre priorité.",
        "Notre service client est ouvert le samedi.",
        "Nous recrutons un ingénieur pour notre équipe client.",
        "Nous recrutons un data analyst pour notre pôle relation client.",
        "On recherche un PM pour un parcours client sans friction.",
        "Nous recherchons un consultant pour intervenir chez un client.",
        "Nous recherchons un Tech Lead pour une mission chez un de nos clients.",
        "Nous recrutons un ingénieur pour renforcer nos équipes chez notre client.",
        "Nous recherchons la satisfaction de notre clientèle.",
        "Vous développez un moteur de recherche pour un grand client.",
        "Nous accompagnons nos clients. Notre client est au cœur de nos décisions.",
        "",
    ],
)
def test_work_for_clients_is_not_a_job_at_one(text: str) -> None:
    assert not is_for_client(read_document("ML Engineer", None, None, text))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert is_for_client(read_document("", None, None, text)) in (True, False)
