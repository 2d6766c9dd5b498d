"""Facts of postings in French, as employers in France, Belgium, Switzerland and Canada write them."""

from __future__ import annotations

import pytest

from jobmarket.extract.degree import degree_min
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.employment import employment_type
from jobmarket.extract.experience import years
from jobmarket.extract.headings import heading_kind
from jobmarket.extract.location import locations
from jobmarket.extract.seniority import seniority
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.workplace import workplace


def _posting(text: str, title: str = "Data Analyst", location: str | None = "Paris") -> Document:
    return read_document(title, location, text=text)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Auditeur Qualité - Stage FE", "intern"),
        ("Data Scientist (stage)", "intern"),
        ("Apprenti(e) développeur", "intern"),
        ("Apprenti ingénieur logiciel", "intern"),
        ("Développeur en apprentissage", "intern"),
        ("Ingénieur data en contrat pro", "intern"),
        ("Contrat d'apprentissage Data Analyst", "intern"),
        ("Développeur - Contrat de professionnalisation", "intern"),
        ("Offre de stage : Machine Learning", "intern"),
        ("[Stage] Data Scientist", "intern"),
        ("Chef de service informatique", "manager"),
        ("Data Engineer intermédiaire", "mid"),
        ("Jeune diplômé - Ingénieur logiciel", "junior"),
        ("Data Scientist - Jeune diplômé(e)", "junior"),
        ("Référent technique Java", "lead"),
        ("Responsable du pôle data", "manager"),
        ("Data Manager H/F", "unspecified"),
        ("Ingénieur apprentissage automatique", "unspecified"),
        ("Chef de projet data", "unspecified"),
        ("Stage Manager", "unspecified"),
        ("Early Stage Investor", "unspecified"),
        ("Responsable de la sécurité des systèmes d'information", "unspecified"),
    ],
)
def test_level_in_a_title(title: str, level: str) -> None:
    assert seniority(_posting("Une équipe à Lyon.", title)) == level


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Qualité - Stage FE", "", "internship"),
        ("Data Analyst", "Nous recherchons un(e) stagiaire en data pour une durée de 6 mois.", "internship"),
        ("Data Analyst", "Durée du stage : 6 mois", "internship"),
        ("Data Analyst", "Poste à pourvoir en alternance", "internship"),
        ("Data Analyst", "Contrat d'apprentissage de 24 mois", "internship"),
        ("Data Analyst", "Contrat de professionnalisation", "internship"),
        ("Data Analyst", "Nous recrutons un(e) chargé(e) de données en alternance ou en stage", "internship"),
        ("Apprenti développeur H/F", "", "internship"),
        ("Data Analyst", "Stage conventionné de 4 à 6 mois", "internship"),
        ("Data Analyst", "Nos anciens stagiaires sont souvent embauchés.", "unspecified"),
        ("Data Analyst", "Vous encadrerez un stagiaire.", "unspecified"),
        ("Data Analyst", "Notre produit facilite les recrutements en alternance des entreprises.", "unspecified"),
        ("Data Analyst", "Type de contrat : CDI", "unspecified"),
        ("Data Analyst", "Poste en CDI ou CDD", "unspecified"),
        ("Data Analyst", "Type de contrat : CDI / CDD / Freelance", "unspecified"),
        ("Data Analyst", "CDI ou freelance", "unspecified"),
        ("Data Analyst", "CDI ou freelance selon votre souhait", "unspecified"),
        ("Data Analyst", "Mission de consultance, 9 mois à temps plein", "contract"),
        ("Data Analyst", "TJM : 450 à 550 €", "contract"),
        ("Data Analyst", "Mission en portage salarial", "contract"),
        ("Data Analyst", "Contrat de prestation de service de 3 mois", "contract"),
        ("Data Analyst", "Durée du contrat : 24 mois", "temporary"),
        ("Data Analyst", "Contrat de 18 mois", "temporary"),
        ("Data Analyst", "CDI - Plein temps", "full_time"),
        ("Data Analyst", "Temps de travail : 35h/semaine", "full_time"),
        ("Data Analyst", "CDI 35h", "full_time"),
        ("Data Analyst", "CDI, 39 heures par semaine", "full_time"),
        ("Data Analyst", "Mi-temps", "part_time"),
        ("Data Analyst", "Poste à mi-temps", "part_time"),
        ("Data Analyst", "Temps partiel possible", "unspecified"),
        ("Data Analyst", "Le temps plein n'est pas obligatoire.", "unspecified"),
        (
            "Data Analyst",
            "Nous recherchons un développeur capable d'encadrer des collaborateurs en alternance",
            "unspecified",
        ),
        ("Data Analyst", "Vous négociez le TJM des consultants.", "unspecified"),
        ("Data Analyst", "Nous avons un contrat de 2 ans avec nos fournisseurs.", "unspecified"),
    ],
)
def test_contract(title: str, text: str, kind: str) -> None:
    assert employment_type(_posting(text, title)) == kind


@pytest.mark.parametrize(
    ("location", "text", "mode"),
    [
        ("Remote,Paris, France", "Rythme proposé : télétravail, au plus 2 jours/semaine", "hybrid"),
        ("Remote,Lyon, France", "Accord de télétravail (3j/semaine)", "hybrid"),
        ("Remote,Lyon, France", "2 jours de télétravail/semaine", "hybrid"),
        ("Remote,Lyon, France", "Notre accord télétravail date de 2021", "hybrid"),
        ("Remote,Lyon, France", "Nous travaillons 3 jours au bureau et 2 jours à la maison.", "hybrid"),
        ("Lyon", "Possibilité de télétravail", "hybrid"),
        ("Lyon", "Jusqu'à 50% de télétravail", "hybrid"),
        ("Lyon", "Poste hybride", "hybrid"),
        ("Lyon", "Charte de télétravail", "hybrid"),
        ("Lyon", "Remote partiel", "hybrid"),
        ("Lyon", "Remote 2-3 jours/semaine", "hybrid"),
        ("Lyon", "Home office bienvenu avec une présence régulière sur site", "hybrid"),
        ("Montréal", "2 jours en présentiel par semaine", "hybrid"),
        ("Paris", "Télétravail hybride ou total", "remote"),
        ("Paris", "Le travail en remote est notre quotidien.", "remote"),
        ("Paris", "Notre environnement de télétravail est rodé.", "remote"),
        ("Canada", "Poste en télétravail", "remote"),
        ("Paris", "Télétravail à temps plein", "remote"),
        ("Paris", "Télétravail illimité", "remote"),
        ("Paris", "Travail sur site uniquement", "onsite"),
        ("Paris", "Présence sur site obligatoire 5 jours par semaine", "onsite"),
        ("Paris", "Un entretien en présentiel dans nos locaux", "unspecified"),
        ("Paris", "Prime de télétravail versée aux clients", "unspecified"),
        ("Paris", "Vous installez nos outils sur site.", "unspecified"),
        ("Paris", "Vous formerez nos clients à distance.", "unspecified"),
        ("Paris", "Poste partiellement en télétravail", "unspecified"),
        ("Paris", "Remote : non", "onsite"),
        ("Lyon", "3 jours dans nos locaux par semaine", "hybrid"),
    ],
)
def test_place_of_work(location: str, text: str, mode: str) -> None:
    assert workplace(_posting(text, location=location)) == mode


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("Titulaire d'un Bac+5 en informatique avec 5 ans d'expérience et plus", "master"),
        ("De formation ingénieur ou équivalent", "master"),
        ("Formation d'ingénieur en informatique", "master"),
        ("Issu(e) d'une formation Ingénieur", "master"),
        ("Diplômé d'une grande école ou équivalent universitaire", "master"),
        ("Vous êtes titulaire d'un Master 2 en statistique", "master"),
        ("Au moins titulaire d'un M2", "master"),
        ("Formation de niveau 7", "master"),
        ("Maîtrise en informatique ou l'équivalent (Canada)", "master"),
        ("Vous êtes ingénieur de formation", "master"),
        ("Baccalauréat en informatique, en génie logiciel ou expérience équivalente", "bachelor"),
        ("Diplôme universitaire de premier cycle en informatique", "bachelor"),
        ("De formation supérieure en informatique", "bachelor"),
        ("Formation supérieure en statistiques", "bachelor"),
        ("Diplôme universitaire en génie informatique", "bachelor"),
        ("Bac+4 en informatique", "bachelor"),
        ("Thèse en traitement automatique du langage", "phd"),
        ("Docteur en mathématiques appliquées", "phd"),
        ("Vous avez soutenu une thèse en vision par ordinateur", "phd"),
        ("Formation Bac+2 / Bac+3 en informatique", "unspecified"),
        ("De Bac+2 à Bac+5", "unspecified"),
        ("Un doctorat serait un plus", "unspecified"),
        ("Une thèse en IA est appréciée", "unspecified"),
        ("Vous aurez une licence Microsoft Office", "unspecified"),
        ("Vous avez une bonne maîtrise en informatique", "unspecified"),
        ("Vous travaillez avec des doctorants et des ingénieurs", "unspecified"),
        ("Ingénieur diplômé en informatique", "master"),
        ("Sans condition de diplôme", "none"),
        ("Peu importe votre diplôme", "none"),
    ],
)
def test_diploma(text: str, degree: str) -> None:
    assert degree_min(_posting(f"Votre profil\n{text}")) == degree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un profil de 7 ans d'expérience et plus", (7, None)),
        ("Vous avez encadré au moins 5 ans des équipes de test", (5, None)),
        ("Vous avez travaillé pendant au moins 6 ans comme développeur", (6, None)),
        ("Une dizaine d'années d'expérience", (10, None)),
        ("Vous possédez une expérience confirmée (3 ans et plus)", (3, None)),
        ("Plusieurs années d'expérience", (None, None)),
        ("Nous avons ouvert six agences en l'espace de trois ans.", (None, None)),
        ("Créée il y a 15 ans, notre société compte 200 collaborateurs.", (None, None)),
        ("Depuis 25 ans, nous accompagnons nos clients.", (None, None)),
        ("Élue meilleure entreprise depuis 5 ans", (None, None)),
        ("Durée : 3 ans", (None, None)),
        ("CDD de 3 ans", (None, None)),
        ("Un accompagnement sur 2 ans", (None, None)),
        ("Nos collègues ont 31 ans en moyenne", (None, None)),
        ("Âge moyen : 30 ans", (None, None)),
        ("Plus de 40 ans d'expérience dans l'assurance", (None, None)),
        ("Un diplôme obtenu en 5 ans", (None, None)),
        ("Notre équipe cumule 30 ans d'expérience", (None, None)),
        ("Nous serons 300 d'ici 2 ans", (None, None)),
        ("Nous avons triplé en 3 ans", (None, None)),
        ("Contrat de 3 ans", (None, None)),
        ("Programme de formation sur 2 ans", (None, None)),
        ("Une expérience sur 3 ans minimum", (3, None)),
        ("Expérience en 5 ans ou plus de Java", (5, None)),
        ("Un CDD d'au moins 2 ans", (None, None)),
    ],
)
def test_years_of_experience(text: str, expected: tuple[int | None, int | None]) -> None:
    assert years(_posting(f"Votre profil\n{text}")) == expected


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Description de l'entreprise", "about"),
        ("Company Description", "about"),
        ("Description du poste", "responsibilities"),
        ("Vos atouts et les prérequis", "requirements"),
        ("Une langue de plus serait un atout", "preferred"),
        ("Ce que tu apportes", "requirements"),
        ("Connaissances", "requirements"),
        ("Parlons de vous", "requirements"),
        ("Ton quotidien", "responsibilities"),
        ("De plus, vous serez amené à", "responsibilities"),
        ("Environnement technologique", "stack"),
        ("Outils", "stack"),
        ("En nous rejoignant", "benefits"),
        ("Les +", "benefits"),
        ("Les plus", "preferred"),
        ("Notre processus de recrutement", "about"),
        ("Comment postuler ?", "about"),
        ("Informations complémentaires", "about"),
        ("Plus d'informations", None),
        ("Et plus encore", None),
    ],
)
def test_heading(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


_IN_FRENCH = (
    "Vous rejoindrez une équipe qui développe des outils pour la santé, et vous les ferez évoluer avec nos clients."
)


@pytest.mark.parametrize(
    ("field", "city", "country"),
    [
        ("91 - Saclay", "Saclay", "FR"),
        ("Roissy-en-France (95)", "Roissy-en-France", "FR"),
        ("St Paul lez Durance", "Saint-Paul-lez-Durance", "FR"),
        ("Brest", "Brest", "FR"),
        ("93 - ST DENIS", "Saint-Denis", "FR"),
        ("Laval (Québec)", "Laval", "CA"),
        ("London", "London", "GB"),
    ],
)
def test_city(field: str, city: str, country: str) -> None:
    assert [(place.city, place.country) for place in locations(_posting(_IN_FRENCH, location=field))] == [
        (city, country)
    ]


def test_the_language_of_a_text_says_nothing_about_a_country_named_in_the_field() -> None:
    assert [place.country for place in locations(_posting(_IN_FRENCH, location="Brest, Belarus"))] == ["BY"]


def test_a_feminine_ending_is_no_place() -> None:
    assert locations(_posting(_IN_FRENCH, "Acheteur(se)", location=None)) == []


def test_a_place_with_an_article_is_no_feminine_ending() -> None:
    found = locations(_posting(_IN_FRENCH, "Data Analyst - Nogent-le-Rotrou", location=None))
    assert [place.city for place in found] == ["Nogent-le-Rotrou"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Compétences en apprentissage auto-supervisé, validation croisée et modèles de diffusion",
            {"Self-Supervised Learning", "Cross-Validation", "Diffusion Models"},
        ),
        ("Reconnaissance d'entités nommées, recherche sémantique", {"Named Entity Recognition", "Semantic Search"}),
        ("Maîtrise de la programmation système et de Scalingo", {"Systems Programming", "Scalingo"}),
        ("Connaissance du langage C et du langage Go", {"C", "Go"}),
        ("Expérience des tests de recette et des plans de test", {"User Acceptance Testing", "Test Planning"}),
        (
            "Suivi des modèles, géocodage et contrôle-commande",
            {"Model Monitoring", "Geospatial Analysis", "Control Systems"},
        ),
        ("Bases de données orientées documents, PGSQL", {"NoSQL", "PostgreSQL"}),
        ("Durcissement des serveurs et analyse de vulnérabilités", {"Server Hardening", "Vulnerability Assessment"}),
        ("Tableau ou Looker, et un tableau clair", {"Tableau", "Looker"}),
        ("Langages : C, Rust, Go", {"C", "Rust", "Go"}),
        ("Maîtrise de C, R et Go", {"C", "R", "Go"}),
        # Words of French that name something else
        ("Un tableau ou un rapport par semaine", set()),
        ("Nos bureaux sont à Aix-en-Provence", set()),
        ("Avec l'équipe Data Science, vous échangerez chaque jour", set()),
        ("Vous assurez le support technique et le recueil des besoins", set()),
        ("Un outil connu pour ses statistiques publiques", set()),
        ("Vous travaillerez en R&D, de A à Z", set()),
        ("Nos bureaux sont à AIX-EN-PROVENCE", set()),
        ("Profil : vous connaissez le fournisseur ESB", set()),
        ("Profil : une vision industrielle ambitieuse", set()),
        ("Connaissances en prévisions financières", set()),
        ("Expérience en référencement de fournisseurs", set()),
        ("Ordonnancement de la production, échantillonnage des eaux usées", set()),
        ("Automatismes de sécurité et gestion des erreurs de paie", set()),
        ("Sécurité opérationnelle du chantier et analyse des causes d'accident", set()),
        ("Expérience en automatisation des processus", {"Automation"}),
        ("Orchestration de containers et traitement distribué", {"Container Orchestration", "Distributed Computing"}),
    ],
)
def test_skills(matcher: SkillMatcher, line: str, names: set[str]) -> None:
    found = matcher.mentions(_posting(f"Vous développerez nos services.\n{line}", "Poste"), None)
    assert {one.name for one in found if one.level != "context"} == names
