"""French phrases of the sample postings."""

from __future__ import annotations

from scrapers.sample.phrasebook import Phrasebook, Sector

_TEAMS = ("Données", "Modèles", "Produit", "Plateforme", "Science appliquée")


def _sector(product: str, customers: str, *problems: str) -> Sector:
    return Sector(product, customers, _TEAMS, problems)


PHRASES = Phrasebook(
    headings={
        "company": ("Qui sommes-nous ?", "À propos de {company}", "L'ENTREPRISE", "Notre histoire", "À propos"),
        "role": ("Le poste", "Votre rôle", "DESCRIPTION DU POSTE", "Le contexte", "L'équipe"),
        "duties": ("Vos missions", "Missions", "VOS RESPONSABILITÉS", "Ce que vous ferez", "Au quotidien"),
        "required": ("Profil recherché", "Votre profil", "COMPÉTENCES REQUISES", "Vous avez", "Ce que nous attendons"),
        "preferred": ("Les plus", "Serait un plus", "ATOUTS", "Idéalement", "Bonus"),
        "working": (
            "Notre façon de travailler",
            "Au sein de l'équipe",
            "NOTRE FONCTIONNEMENT",
            "L'équipe",
            "Travailler chez {company}",
        ),
        "benefits": ("Avantages", "Ce que nous offrons", "NOS AVANTAGES", "Pourquoi nous rejoindre", "On vous propose"),
        "pay": ("Rémunération", "Salaire", "RÉMUNÉRATION", "Rémunération", "Package"),
    },
    sectors={
        "ai": _sector(
            "une plateforme d'assistants automatiques",
            "quatre cents entreprises",
            "la qualité des réponses",
            "la lecture de documents",
        ),
        "fintech": _sector(
            "des paiements et des crédits pour les petites entreprises",
            "deux cent mille commerçants",
            "la fraude à la carte",
            "les décisions de crédit",
        ),
        "health": _sector(
            "des logiciels pour planifier les soins",
            "six cents hôpitaux",
            "la lecture d'images",
            "la planification des lits",
        ),
        "retail": _sector(
            "une place de marché d'objets réparés",
            "neuf millions d'acheteurs",
            "la recherche de produits",
            "les suggestions de prix",
        ),
        "robotics": _sector(
            "des robots mobiles pour les entrepôts",
            "quatre-vingt-dix sites",
            "la vue dans la pénombre",
            "le pilotage des flottes",
        ),
        "software": _sector(
            "la protection des réseaux d'entreprise",
            "des banques et des régies",
            "les anomalies dans les journaux",
            "l'hameçonnage",
        ),
        "internet": _sector(
            "des outils de publication audio et vidéo",
            "quarante mille rédactions",
            "la transcription des entretiens",
            "les recommandations",
        ),
        "energy": _sector(
            "des prévisions pour l'éolien et le solaire",
            "des gestionnaires de réseau",
            "les prévisions à un jour",
            "le pilotage des batteries",
        ),
        "mobility": _sector(
            "des logiciels de planification du transport",
            "trois mille transporteurs",
            "les heures d'arrivée",
            "les tournées",
        ),
        "education": _sector(
            "des cours adaptatifs",
            "cinq millions d'apprenants",
            "l'estimation de la difficulté",
            "les retours sur les copies",
        ),
        "hardware": _sector(
            "le contrôle qualité en usine",
            "des usines de l'automobile et de l'agroalimentaire",
            "la détection de défauts",
            "les premiers signes d'usure",
        ),
        "services": _sector(
            "des projets de données",
            "des ministères et des industriels",
            "la recherche documentaire",
            "la répartition des dossiers",
        ),
    },
    company=(
        "{company} conçoit {product}. Depuis {founded}, nous grandissons avec {customers}, et de petites équipes "
        "portent chaque sujet de bout en bout.",
        "Chez {company}, nous développons {product}. Nos clients, {customers}, comptent sur nous : la fiabilité nous "
        "importe autant que les idées nouvelles.",
    ),
    company_facts=(
        "Nous sommes rentables et nous investissons dans la formation.",
        "Nous avons levé 20 M€ l'an dernier auprès d'investisseurs de long terme.",
        "Nos équipes de R&D et de vente travaillent sur le même étage.",
        "Nous publions un blog technique et soutenons des projets associatifs.",
    ),
    headcount="Nous sommes {people} collaborateurs.",
    context=(
        "Nos clients utilisent déjà {a} ou {b}, et nos connecteurs s'y adaptent.",
        "Nous sommes partenaires de {a} et de {b}.",
    ),
    role=(
        "Vous rejoignez l'équipe {team} pour travailler sur {problem}. L'équipe compte cinq personnes, un responsable "
        "produit et des experts du métier ; votre travail sera utilisé au bout de quelques semaines.",
        "L'équipe {team} est responsable de {problem}. Les idées simples ont été essayées : ce qui reste est "
        "intéressant. Vous choisissez la méthode, nous convenons ensemble de la mesure du succès.",
    ),
    reworded_role=(
        "Au sein de {team}, vous faites progresser {problem} avec le produit et les opérations, pas à pas, chiffres à "
        "l'appui.",
    ),
    for_client="Nous recrutons pour l'un de nos clients, une entreprise reconnue de la région.",
    way_of_working=(
        "Nous planifions par cycles de six semaines : une note écrite au début, une démonstration devant toute "
        "l'entreprise à la fin, et de longues plages sans réunion entre les deux.",
        "Chaque équipe veille sur son service. Les astreintes tournent, sont payées et restent calmes : ce qui "
        "réveille quelqu'un la nuit est corrigé avant tout nouveau chantier.",
        "Les décisions reviennent à celles et ceux qui font le travail. Les responsables dégagent la voie, posent des "
        "questions et veillent à ce que le bon travail soit vu et payé.",
        "À votre arrivée, une personne vous accompagne pendant trois mois et une première tâche part en production dès "
        "la première semaine.",
    ),
    duties={
        "": (
            "Concevoir, entraîner et livrer aux équipes des modèles pour {problem}",
            "Porter le sujet de la première expérience à l'utilisation réelle",
            "Comparer les modèles et décider sur des faits",
            "Comprendre pourquoi un modèle se trompe, dans les données comme dans le code",
            "Surveiller la qualité, la latence et les coûts",
            "Travailler avec le produit pour rendre {problem} mesurable",
            "Fournir des données fiables et les documenter",
            "Présenter les résultats à ceux qui décident",
        ),
    },
    general_duties=(
        "Rédiger des notes de conception et demander des avis tôt",
        "Accompagner les collègues par des relectures",
        "Participer aux recrutements",
        "Améliorer la documentation",
    ),
    duty_with_skill=(
        "Maintenir et faire évoluer notre usage de {skill}",
        "Développer des outils internes autour de {skill}",
        "Utiliser {skill} au quotidien",
    ),
    required_with_skills=(
        "Maîtrise de {skills}",
        "Très bonne connaissance de {skills}",
        "Expérience concrète avec {skills}",
        "Vous avez mis en production des systèmes avec {skills}",
    ),
    required_with_years=(
        "Au moins {n} ans d'expérience dans un poste comparable",
        "{n} ans d'expérience minimum",
        "Vous justifiez de {n} années d'expérience professionnelle",
    ),
    required_with_range="{n} à {most} ans d'expérience professionnelle",
    required=(
        "Vous écrivez clairement et aimez expliquer",
        "Vous êtes à l'aise face aux questions ouvertes",
        "Le goût du travail bien testé",
        "Anglais courant",
        "De bonnes bases théoriques dans votre domaine",
    ),
    preferred_with_skills=(
        "Une expérience avec {skills} est un plus",
        "Idéalement, vous connaissez {skills}",
        "Des notions de {skills} sont appréciées",
    ),
    preferred=(
        "Des publications ou des conférences",
        "Une expérience de notre secteur",
        "Un projet personnel dont vous êtes fier",
    ),
    certification="Une certification {skill}",
    degrees={
        "bachelor": ("Diplôme de niveau licence (bac+3) en informatique ou équivalent",),
        "master": ("Diplôme d'ingénieur ou master (bac+5) en informatique ou mathématiques",),
        "phd": ("Doctorat en informatique ou dans un domaine voisin",),
    },
    workplace={
        "remote": ("Poste ouvert au télétravail complet en France.", "Télétravail à 100 %."),
        "hybrid": (
            "Télétravail partiel : trois jours par semaine au bureau de {city}.",
            "Mode hybride, deux jours de télétravail par semaine.",
        ),
        "onsite": ("Poste basé à {city}, en présentiel.",),
        "unspecified": (),
    },
    employment={
        "full_time": ("CDI à temps plein.", "Type de contrat : CDI, temps plein."),
        "contract": ("Mission en freelance de douze mois.",),
        "internship": ("Stage de fin d'études de six mois.",),
        "part_time": ("Temps partiel, 24 heures par semaine.",),
        "temporary": ("CDD de dix mois pour remplacement.",),
    },
    benefits=(
        "RTT et congés supplémentaires",
        "Mutuelle prise en charge à 100 %",
        "Titres-restaurant",
        "Budget de formation de 1 500 par an",
        "Actions pour tous",
        "Forfait mobilités durables",
    ),
    closing=(
        "{company} étudie toutes les candidatures à compétences égales, dont celles des personnes en situation de "
        "handicap. Dites-nous si nous devons adapter les entretiens.",
        "Le processus : un premier appel, un exercice pratique, une rencontre avec l'équipe. Il dure environ trois "
        "semaines et chacun reçoit une réponse.",
    ),
    visa={
        "offered": ("Nous proposons une aide à l'obtention du visa.",),
        "refused": ("Pas de sponsoring de visa pour ce poste.",),
        "unspecified": (),
    },
    edits=("Mise à jour : les entretiens commencent le mois prochain, la date d'arrivée est souple.",),
    pay=("Rémunération : {pay}", "Salaire : {pay} selon expérience.", "La rémunération proposée est de {pay}."),
    on_target="À objectifs atteints (OTE) : {pay}.",
    and_word="et",
    or_word="ou",
)
