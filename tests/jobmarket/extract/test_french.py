"""Facts of postings in French, as employers in France, Belgium, Switzerland and Canada write them."""

from __future__ import annotations

import pytest

from jobmarket.extract.degree import degree_min
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.employment import employment_type
from jobmarket.extract.experience import years
from jobmarket.extract.headings import heading_kind
from jobmarket.extract.location import locations
from jobmarket.extract.page_lines import lines_of_pages
from jobmarket.extract.salary import salaries
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
        ("Référent data", "lead"),
        ("Référente technique", "lead"),
        ("Responsable BI", "manager"),
        ("Développeuse principale de bases de données", "senior"),
        ("Analyste principal·e", "senior"),
        ("Principal Data Engineer", "principal"),
    ],
)
def test_level_in_a_title(title: str, level: str) -> None:
    assert seniority(_posting("Une équipe à Lyon.", title)) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("En tant qu'ingénieur DevOps confirmé, vous serez responsable de la plateforme.", "mid"),
        ("En tant que développeuse confirmée, vous encadrez deux juniors.", "mid"),
        ("Nous recherchons un Data ingénieure/ingénieur senior pour notre équipe.", "senior"),
        ("Nous recherchons un(e) développeur(se) senior.", "senior"),
        ("Nous cherchons une ingénieure logiciel senior pour Lyon.", "senior"),
        ("Nous recrutons un Data Engineer Senior (H/F).", "senior"),
        ("Nous recherchons notre futur Data Scientist senior.", "senior"),
        ("En tant que Data Engineer senior, vous concevez nos flux.", "senior"),
        ("Rejoignez-nous en tant que développeur senior.", "senior"),
        ("Nous recherchons un(e) data analyst junior (H/F).", "junior"),
        ("Nous recherchons un(e) AI Engineer confirmé(e) pour notre équipe", "mid"),
        ("Nous recrutons une développeuse confirmée.", "mid"),
        ("Inetia recherche un ingénieur cloud confirmé (H/F) à Nantes.", "mid"),
        ("Vous serez encadré par un développeur senior.", "unspecified"),
        ("Vous travaillerez avec des ingénieurs confirmés et seniors.", "unspecified"),
        ("Vous encadrez des développeurs juniors.", "unspecified"),
        ("Une expérience confirmée en Java est attendue.", "unspecified"),
        ("En tant que développeur, vous échangez avec un architecte senior.", "unspecified"),
        ("Notre savoir-faire confirmé depuis 20 ans", "unspecified"),
        ("Nos équipes comptent des profils juniors, confirmés et seniors.", "unspecified"),
        ("Ce stage s'inscrit dans un projet de recherche sur le trafic routier.", "intern"),
        ("La stagiaire participera à la refonte de nos cartes.", "intern"),
        ("Notre laboratoire cherche deux stagiaires pour ses essais.", "intern"),
        ("Le poste d'analyste junior dépend de la direction financière.", "junior"),
        ("Vous relisez le travail du stagiaire et du poste de contrôle.", "unspecified"),
        ("Un stage réussi dans le domaine est attendu.", "unspecified"),
        ("Le poste de développeur est ouvert aux juniors et aux seniors.", "unspecified"),
    ],
)
def test_level_in_the_text(text: str, level: str) -> None:
    assert seniority(_posting(text)) == level


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
        ("Data Analyst", "Poste en CDI avec une période d'essai d'une durée de 3 mois", "unspecified"),
        ("Data Analyst", "Vous avez acquis une première expérience durant votre stage de fin d'études.", "unspecified"),
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
        ("Data Analyst", "Durée du travail : 35h hebdo", "full_time"),
        ("Data Analyst", "39H Travail en journée", "full_time"),
        ("Data Analyst", "37,5 heures par semaine", "full_time"),
        ("Data Analyst", "Taux d'activité : 100%", "full_time"),
        ("Data Analyst", "Taux d'occupation : 80-100%", "full_time"),
        ("Data Analyst", "Taux d’occupation 100 %", "full_time"),
        ("Data Analyst", "Taux d'activité : 60%", "part_time"),
        ("Data Analyst", "Contrat freelance", "contract"),
        ("Data Analyst", "Nous recherchons un freelance pour une mission longue", "contract"),
        ("Data Analyst", "Vous intervenez en tant qu'indépendant", "contract"),
        ("Data Analyst", "Prestation de services, travailleur autonome", "contract"),
        ("Data Analyst", "Contrat à long terme, rémunéré à l'heure, en tant que travailleur indépendant", "contract"),
        ("Data Analyst", "Poste en freelance", "contract"),
        ("Data Analyst", "Contrat doctoral de 36 mois", "temporary"),
        ("Data Analyst", "Mission intérimaire - 3 Mois", "temporary"),
        ("Data Analyst", "Poste temporaire d'une durée de 12 mois", "temporary"),
        ("Data Analyst", "Contrat temporaire", "temporary"),
        ("Data Analyst", "Remplacement d'un congé de maternité", "temporary"),
        ("Data Analyst", "Contrat post-doctoral de 24 mois", "temporary"),
        ("Data Analyst", "Dans le cadre de votre alternance, vous êtes accueilli dans nos locaux", "internship"),
        ("Data Analyst", "Au cours de ce stage, vous participerez", "internship"),
        ("Data Analyst", "Stage rémunéré", "internship"),
        ("Data Analyst", "Pendant votre stage, vous serez amené à", "internship"),
        ("Data Analyst", "CDI", "unspecified"),
        ("Data Analyst", "Contrat : CDI", "unspecified"),
        ("Data Analyst", "Nous accueillons des stagiaires et des alternants", "unspecified"),
        ("Data Analyst", "Première expérience réussie, stages et alternances compris", "unspecified"),
        ("Data Analyst", "Avoir effectué un stage de 6 mois dans le domaine", "unspecified"),
        ("Data Analyst", "Nos 40 heures de formation par an", "unspecified"),
        ("Data Analyst", "Tarifs préférentiels pour les salariés à temps plein", "unspecified"),
        ("Data Analyst", "Une expérience de 2 ans (hors stage et alternance)", "unspecified"),
        ("Data Analyst", "Ce stage vise à comparer plusieurs bases de données.", "internship"),
        ("Data Analyst", "Le stage se déroule à Nantes.", "internship"),
        ("Data Analyst", "Rythme d'alternance : une semaine sur deux", "internship"),
        ("Data Analyst", "Alternance de 12 mois", "internship"),
        ("Data Analyst", "Le stagiaire sera accompagné par deux analystes.", "internship"),
        ("Data Analyst", "Vous encadrez le stagiaire, qui vous aidera.", "unspecified"),
        ("Data Analyst", "Un poste d'ingénieur d'une durée de 18 mois est ouvert à Rennes.", "temporary"),
        ("Data Analyst", "Emploi à durée déterminée de 2 ans", "temporary"),
        ("Data Analyst", "Une mission chez nos clients, d'une durée variable", "unspecified"),
        ("Data Analyst", "Une expérience sur un poste semblable d'une durée de 2 ans", "unspecified"),
        ("Data Analyst", "Quotité de travail : 100 %", "full_time"),
        ("Data Analyst", "Quotité : 50 %", "part_time"),
        ("Data Analyst", "Durée hebdomadaire : 37h30", "full_time"),
        ("Data Analyst", "Temps de travail : libre, 35 jours de congés", "unspecified"),
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
        ("Paris", "Poste partiellement en télétravail", "hybrid"),
        ("Paris", "Remote : non", "onsite"),
        ("Lyon", "3 jours dans nos locaux par semaine", "hybrid"),
        ("Lyon", "Ce poste est ouvert au télétravail.", "hybrid"),
        ("Lyon", "Poste éligible au télétravail", "hybrid"),
        ("Lyon", "Une flexibilité entre présentiel et télétravail", "hybrid"),
        ("Lyon", "Alternance présentiel / télétravail", "hybrid"),
        ("Lyon", "Basé à Pau et parfois en télétravail", "hybrid"),
        ("Lyon", "parfois en remote", "hybrid"),
        ("Lyon", "2 jours de TT par semaine", "hybrid"),
        ("Lyon", "Teletravail : 2 jours par semaine", "hybrid"),
        ("Lyon", "Télétravail : partiel", "hybrid"),
        ("Lyon", "Une politique souple de télétravail", "hybrid"),
        ("Lyon", "Mode de travail : hybride", "hybrid"),
        ("Lyon", "Télétravail : oui", "hybrid"),
        ("Lyon", "Flexibilité du télétravail", "hybrid"),
        ("Montréal", "Il s'agit d'un poste à distance", "remote"),
        ("Lyon", "Poste non télétravaillable", "onsite"),
        ("Lyon", "Télétravail impossible", "onsite"),
        (
            "Lyon",
            "Accord de télétravail en France et à l'international, accord sur l'égalité professionnelle",
            "unspecified",
        ),
        ("Lyon", "Vous assistez les clients à distance", "unspecified"),
        ("Lyon", "Une formation en présentiel et en distanciel", "unspecified"),
        ("Lyon", "Nos cours sont dispensés en présentiel et à distance", "unspecified"),
        ("Lyon", "Nous développons une solution de télétravail pour nos clients", "unspecified"),
        ("Lyon", "Prise en main à distance des postes", "unspecified"),
        ("Lyon", "Entretien en visio puis en présentiel", "unspecified"),
        ("Lyon", "Déploiement sur site client", "unspecified"),
        ("Lyon", "Vous animez des ateliers à distance et en présentiel", "unspecified"),
        ("Lyon", "Un modèle hybride combinant règles et apprentissage", "unspecified"),
        ("Lyon", "véhicules hybrides et électriques", "unspecified"),
        ("Lyon", "Le télé-travail est possible.", "hybrid"),
        ("Lyon", "Télé-travail : 2 jours par semaine", "hybrid"),
        ("Lyon", "Full remote avec du présentiel occasionnel", "remote"),
        ("Lyon", "Le présentiel ponctuel chez nos clients fait partie du métier", "unspecified"),
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
        ("Diplômé(e) d'une école d'ingénieur ou d'un parcours universitaire technique", "bachelor"),
        ("Être diplômé d'une école d'ingénieur/université spécialisée en data", "bachelor"),
        ("Issu d'une école d'ingénieurs, d'une université ou d'une école spécialisée", "bachelor"),
        ("Bac 5 en informatique", "master"),
        ("Étudiant(e) en M2", "master"),
        ("Diplôme de 3e cycle en informatique", "master"),
        ("Diplôme HES en informatique", "bachelor"),
        ("Bac+8 en IA", "phd"),
        ("BTS ou DUT en informatique", "unspecified"),
        ("Bac+2 minimum", "unspecified"),
        ("Bac+2/3 en informatique", "unspecified"),
        ("BTS, DUT ou licence", "unspecified"),
        ("DEC en informatique ou baccalauréat", "unspecified"),
        ("Formation en informatique", "unspecified"),
        ("Un diplôme d'ingénieur serait un plus", "unspecified"),
        ("Les cours sont donnés en anglais au niveau Master", "unspecified"),
        ("Enseigner en anglais au niveau Master", "unspecified"),
        ("Vous encadrez des étudiants de master et des doctorants", "unspecified"),
        ("Encadrer des stagiaires de Master et des doctorants", "unspecified"),
        ("L'équipe est composée d'ingénieurs et de docteurs", "unspecified"),
        ("Une équipe d'experts issus de grandes écoles", "unspecified"),
        ("Pas de diplôme exigé", "none"),
        ("Bac+4 ou Bac+5 en statistique", "bachelor"),
        ("Bac+4/5 en statistique", "master"),
        ("Votre formation nous importe peu", "none"),
        ("Peu importent vos études", "none"),
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
        ("Première expérience d'1 an", (1, None)),
        ("Expérience : 1 An(s)", (1, None)),
        ("Expérience exigée de 3 An(s)", (3, None)),
        ("6 mois d'expérience", (0, None)),
        ("Travailler avec notre CTO, un développeur 10+ ans d'expérience", (None, None)),
        ("Vous travaillerez avec notre CTO, développeur depuis 10 ans", (None, None)),
        ("Expérience moyenne de l'équipe de plus de 10 ans", (None, None)),
        ("Nous cumulons beaucoup d'expérience (expérience moyenne de plus de 10 ans)", (None, None)),
        ("La moyenne d'âge est de 35 ans", (None, None)),
        ("Plus de 55 ans d'expérience dans l'industrie", (None, None)),
        ("Fort de 55 ans d'expérience, nous sommes un partenaire", (None, None)),
        ("Le contrat est de 3 ans", (None, None)),
        ("Mis à jour depuis plus de 15 ans", (None, None)),
        ("Débutant accepté", (None, None)),
        ("Une expérience de plusieurs années", (None, None)),
        ("Pendant les 2 prochaines années", (None, None)),
        ("Depuis 10 ans, nous aidons nos clients", (None, None)),
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
        ("QUI ETES-VOUS ?", "requirements"),
        ("COMPETENCES ATTENDUES", "requirements"),
        ("RESPONSABILITES", "responsibilities"),
        ("REMUNERATION", "pay"),
        ("LA SOCIETE", "about"),
        ("A PROPOS DE NOUS", "about"),
        ("À propos du job", "responsibilities"),
        ("VOTRE ROLE", "responsibilities"),
        ("Why this role is great", None),
        ("Vous offrez", "requirements"),
        ("Ce que nous vous offrons", "benefits"),
        ("Ce que nous pouvons accomplir ensemble", "responsibilities"),
        ("Les principales activités", "responsibilities"),
        ("Nous sommes à la recherche d'une analyste", "responsibilities"),
        ("Nous sommes une coopérative", "about"),
    ],
)
def test_heading(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Vos responsabilités", "responsibilities"),
        ("Le travail", "responsibilities"),
        ("Vous êtes en charge de", "responsibilities"),
        ("Vous êtes responsable de", "responsibilities"),
        ("Vous êtes amené à", "responsibilities"),
        ("Ce que tu feras", "responsibilities"),
        ("Ce que vous ferez", "responsibilities"),
        ("Ce que tu vas faire", "responsibilities"),
        ("Contenu du poste", "responsibilities"),
        ("Descriptif du poste", "responsibilities"),
        ("Descriptif de la mission", "responsibilities"),
        ("À propos du poste", "responsibilities"),
        ("A propos du poste", "responsibilities"),
        ("Le rôle", "responsibilities"),
        ("Votre futur rôle", "responsibilities"),
        ("Quelles seront vos missions ?", "responsibilities"),
        ("Vos principales missions sont les suivantes", "responsibilities"),
        ("Activités principales", "responsibilities"),
        ("Activités", "responsibilities"),
        ("Les défis", "responsibilities"),
        ("Vos défis", "responsibilities"),
        ("Mandat", "responsibilities"),
        ("Votre mandat", "responsibilities"),
        ("Sommaire du poste", "responsibilities"),
        ("Vos tâches", "responsibilities"),
        ("Objectifs du stage", "responsibilities"),
        ("Sujet du stage", "responsibilities"),
        ("Sujet", "responsibilities"),
        ("Exigences", "requirements"),
        ("Vos compétences", "requirements"),
        ("Le profil idéal", "requirements"),
        ("Profil du candidat", "requirements"),
        ("Votre bagage", "requirements"),
        ("Il te faudra", "requirements"),
        ("Il vous faut", "requirements"),
        ("Ce qu'il te faut", "requirements"),
        ("Ce qu'on attend de toi", "requirements"),
        ("Qui êtes-vous ?", "requirements"),
        ("Qui es-tu ?", "requirements"),
        ("Prérequis", "requirements"),
        ("Pré-requis", "requirements"),
        ("Formation et expérience", "requirements"),
        ("Savoir-faire", "requirements"),
        ("Savoir-être", "requirements"),
        ("Compétences techniques", "requirements"),
        ("Compétences requises", "requirements"),
        ("Critères", "requirements"),
        ("Toi", "requirements"),
        ("Vous", "requirements"),
        ("Vous êtes", "requirements"),
        ("Vous avez", "requirements"),
        ("Vous êtes le bon candidat si", "requirements"),
        ("Pourquoi vous ?", "requirements"),
        ("Diplôme", "requirements"),
        ("Diplômes", "requirements"),
        ("Aptitudes", "requirements"),
        ("Vos atouts et prérequis", "requirements"),
        ("Conditions requises", "requirements"),
        ("Le candidat idéal", "requirements"),
        ("Candidat recherché", "requirements"),
        ("Exigences du poste", "requirements"),
        ("Atouts", "preferred"),
        ("Points bonus", "preferred"),
        ("Qualifications souhaitées", "preferred"),
        ("Compétences appréciées", "preferred"),
        ("Les petits plus", "preferred"),
        ("Compétences optionnelles", "preferred"),
        ("Serait un atout", "preferred"),
        ("Seraient un plus", "preferred"),
        ("Dans l'idéal", "preferred"),
        ("Un plus si", "preferred"),
        ("Nos atouts", "benefits"),
        ("Les avantages", "benefits"),
        ("Vos avantages", "benefits"),
        ("Ce qu'on t'offre", "benefits"),
        ("Ce qu'on te propose", "benefits"),
        ("Nous vous offrons", "benefits"),
        ("On vous propose", "benefits"),
        ("Pourquoi nous rejoindre ?", "benefits"),
        ("Pourquoi nous choisir", "benefits"),
        ("Rejoindre Acme", "benefits"),
        ("Rejoignez-nous", "benefits"),
        ("Bonnes raisons de nous rejoindre", "benefits"),
        ("3 raisons de nous rejoindre", "benefits"),
        ("Les raisons de nous rejoindre", "benefits"),
        ("Conditions de travail", "benefits"),
        ("Qualité de vie au travail", "benefits"),
        ("Vos avantages chez nous", "benefits"),
        ("Ce que tu trouveras chez nous", "benefits"),
        ("À propos de nous", "about"),
        ("A propos de nous", "about"),
        ("À propos", "about"),
        ("Qui sommes-nous ?", "about"),
        ("Qui sommes nous", "about"),
        ("Notre entreprise", "about"),
        ("L'entreprise", "about"),
        ("La société", "about"),
        ("Présentation de l'entreprise", "about"),
        ("Présentation de la société", "about"),
        ("Notre histoire", "about"),
        ("Notre ADN", "about"),
        ("Nos valeurs", "about"),
        ("Notre culture", "about"),
        ("Notre mission", "about"),
        ("Notre vision", "about"),
        ("Notre client", "about"),
        ("Le groupe", "about"),
        ("Notre groupe", "about"),
        ("Informations complémentaires", "about"),
        ("Informations supplémentaires", "about"),
        ("Processus de recrutement", "about"),
        ("Process de recrutement", "about"),
        ("Déroulement des entretiens", "about"),
        ("Étapes de recrutement", "about"),
        ("Modalités de candidature", "about"),
        ("Comment postuler", "about"),
        ("Pour postuler", "about"),
        ("Égalité des chances", "about"),
        ("Protection des données", "about"),
        ("Mentions légales", "about"),
        ("Environnement technique", "stack"),
        ("Stack technique", "stack"),
        ("Stack", "stack"),
        ("Les technologies", "stack"),
        ("Technologies", "stack"),
        ("Technos", "stack"),
        ("Outils et technologies", "stack"),
        ("Environnement technologique", "stack"),
        ("Rémunération", "pay"),
        ("Salaire", "pay"),
        ("Votre rémunération", "pay"),
        ("Formation de formateurs", None),
        ("Outils de gestion développés en interne", None),
        ("Nous recherchons un développeur Java", None),
        ("Vous avez de bonnes notions de réseau", None),
        ("Compétences en Java", None),
    ],
)
def test_plain_line_that_is_a_heading(heading: str, kind: str | None) -> None:
    ((_, named, _), *_) = lines_of_pages([None], [f"{heading}\nVous développez nos services, et vous les déployez."])[0]
    assert named == kind


def test_a_numbered_heading() -> None:
    ((line, named, _), *_) = lines_of_pages([None], ["2. Ce que vous ferez\nVous développez nos services."])[0]
    assert (line.text, named) == ("Ce que vous ferez", "responsibilities")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("La plus-value de notre entreprise", "about"),
        ("Vous êtes en charge de", "responsibilities"),
        ("Vous avez", "requirements"),
        ("Nos atouts", "benefits"),
        ("Vos atouts", "requirements"),
        ("Notre mission", "about"),
        ("Votre mission", "responsibilities"),
    ],
)
def test_who_a_heading_speaks_of(heading: str, kind: str) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Maitrise de Kafka", "required"),
        ("Vous possédez de solides bases en Kafka", "required"),
        ("Tu es à l'aise avec Kafka", "required"),
        ("La connaissance de Kafka est un sérieux avantage", "preferred"),
        ("Vous monterez en compétence en Kafka", "mentioned"),
        ("Des bases en Kafka sont appréciables", "preferred"),
        ("La pratique de Kafka est souhaitable", "preferred"),
        ("Une bonne connaissance des files de messages (Kafka de préférence)", "preferred"),
        ("Une expérience de Kafka sera valorisée", "preferred"),
        ("La connaissance de Kafka est la bienvenue", "preferred"),
        ("Une connaissance de Kafka (optionnelle)", "preferred"),
        ("La connaissance de Kafka est un +", "preferred"),
        ("Si possible, une expérience de Kafka", "preferred"),
        ("Maîtrise de Kafka, que vous valoriserez chez nos clients", "required"),
        ("Maîtrise de Kafka : un +10 % de débit", "required"),
        ("Notre application Kafka donne un avantage concurrentiel à vos clients", "mentioned"),
    ],
)
def test_level_of_a_skill_without_headings(matcher: SkillMatcher, line: str, level: str) -> None:
    found = matcher.mentions(_posting(f"Vous rejoindrez notre équipe.\n{line}"), None)
    assert [one.level for one in found if one.name == "Apache Kafka"] == [level]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Une rémunération de 2650 € brut sur 13 mois", (2650, 2650, "month")),
        ("Salaire : 2 500 € brut x 13", (2500, 2500, "month")),
        ("Salaire : 2500€ à 3000€ brut sur 12 mois", (2500, 3000, "month")),
        ("Salaire : 45 000 € brut sur 13 mois", (45000, 45000, "year")),
    ],
)
def test_pay_in_instalments(text: str, amount: tuple[float, float, str]) -> None:
    assert [(pay.min, pay.max, pay.period) for pay in salaries(_posting(text), "FR")] == [amount]


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
        ("92 - Plessis-Robinson", "Le Plessis-Robinson", "FR"),
        ("44 - Chevrolière", "La Chevrolière", "FR"),
        ("72 - Mans", "Le Mans", "FR"),
        ("76 - HAVRE", "Le Havre", "FR"),
        ("17 - ROCHELLE", "La Rochelle", "FR"),
        ("91 - Ulis", "Les Ulis", "FR"),
        ("13 - Ciotat", "La Ciotat", "FR"),
        ("78 - Chesnay", "Le Chesnay", "FR"),
        ("69 - Lyon 7e Arrondissement", "Lyon", "FR"),
        ("93 - ST OUEN SUR SEINE", "Saint-Ouen", "FR"),
        ("Plateau de Saclay", "Saclay", "FR"),
        ("Meudon-la-Forêt", "Meudon", "FR"),
        ("Evry", "Évry-Courcouronnes", "FR"),
        ("Val de Fontenay (94)", "Fontenay-sous-Bois", "FR"),
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
        (
            "Connaissance de l'entreposage de données, des schémas en flocon et des magasins de données",
            {"Data Warehousing", "Dimensional Modeling", "Data Marts"},
        ),
        ("Expérience en infonuagique et en calculs distribués", {"Cloud Computing", "Distributed Computing"}),
        ("Analyse de sentiments, plongements lexicaux", {"Sentiment Analysis", "Embeddings"}),
        ("Maîtrise des tests multivariés et des réseaux bayésiens", {"A/B Testing", "Bayesian Networks"}),
        ("Hadoop (HDFS / Hive / Pig), PL/pgSQL", {"Hadoop", "HDFS", "Apache Hive", "Apache Pig", "PL/pgSQL"}),
        ("Connaissances en Angular, jest, cypress", {"Angular", "Jest", "Cypress"}),
        ("Serveurs RedHat, Symfony2, LAMP", {"Red Hat Enterprise Linux", "Symfony", "LAMP stack"}),
        ("Vous préparez la mise en production et jest un film", set()),
        ("La compilation des dossiers et un notebook neuf", set()),
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


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Entreposage de données, cubes OLAP et Ab Initio", {"Data Warehousing", "OLAP", "Ab Initio"}),
        ("Moteurs de jeux, arbres de décisions, cryptage", {"Game Development", "Decision Trees", "Encryption"}),
        (
            "Architectures agentiques, gestion des secrets, données synthétiques",
            {"Agentic AI", "Secrets Management", "Synthetic Data"},
        ),
        ("Profil : maitrise d'Excel et de l'infonuagique", {"Microsoft Excel", "Cloud Computing"}),
        ("Profil : connaissance des réseaux de communication (CAN, AFDX)", {"Networking", "CAN Bus", "AFDX"}),
        ("Profil : une expérience significative en développement de logiciels", {"Software Engineering"}),
        ("Profil : compétences en mathématiques appliquées et en Python", {"Mathematics", "Python"}),
        # Words of French that name something else, and subjects of degrees
        ("Profil : diplômé d'une formation en statistiques, mathématiques ou équivalent, et Python", {"Python"}),
        ("Profil : Python, et un état d'esprit agile", {"Python"}),
        ("Nos valeurs : agilité et audace", set()),
        ("La mise en place des flux, Kubernetes et Docker", {"Kubernetes", "Docker"}),
        ("Vous participez au développement informatique de la société", set()),
        ("Une usine Nexus, un port comme Harbor", set()),
    ],
)
def test_more_skills(matcher: SkillMatcher, line: str, names: set[str]) -> None:
    found = matcher.mentions(_posting(f"Vous développerez nos services.\n{line}", "Poste"), None)
    assert {one.name for one in found if one.level != "context"} == names
