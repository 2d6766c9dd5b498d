"""German phrases of the sample postings."""

from __future__ import annotations

from scrapers.sample.phrasebook import Phrasebook, Sector

_TEAMS = ("Daten", "Modelle", "Produkt", "Plattform", "Angewandte Forschung")


def _sector(product: str, customers: str, *problems: str) -> Sector:
    return Sector(product, customers, _TEAMS, problems)


PHRASES = Phrasebook(
    headings={
        "company": ("Über uns", "Wer wir sind", "DAS UNTERNEHMEN", "Über {company}", "Unsere Geschichte"),
        "role": ("Die Stelle", "Deine Rolle", "ÜBER DIE STELLE", "Worum es geht", "Dein Team"),
        "duties": ("Deine Aufgaben", "Das erwartet dich", "AUFGABEN", "Was du tun wirst", "Ihre Aufgaben"),
        "required": ("Dein Profil", "Das bringst du mit", "ANFORDERUNGEN", "Was wir erwarten", "Ihr Profil"),
        "preferred": ("Von Vorteil", "Das wäre ein Plus", "WÜNSCHENSWERT", "Nice to have", "Idealerweise"),
        "working": ("So arbeiten wir", "Arbeiten bei uns", "UNSERE ARBEITSWEISE", "Das Team", "Leben bei {company}"),
        "benefits": ("Wir bieten", "Deine Vorteile", "UNSER ANGEBOT", "Was wir bieten", "Darauf kannst du dich freuen"),
        "pay": ("Gehalt", "Vergütung", "VERGÜTUNG", "Gehaltsrahmen", "Gehalt"),
    },
    sectors={
        "ai": _sector(
            "eine Plattform für automatische Assistenten",
            "vierhundert Unternehmen",
            "die Qualität der Antworten",
            "das Lesen von Dokumenten",
        ),
        "fintech": _sector(
            "Zahlungen und Kredite für kleine Betriebe",
            "zweihunderttausend Läden und Werkstätten",
            "Kartenbetrug",
            "Kreditentscheidungen",
        ),
        "health": _sector(
            "Software für Kliniken", "sechshundert Krankenhäuser", "die Befundung von Bildern", "die Bettenplanung"
        ),
        "retail": _sector(
            "einen Marktplatz für reparierte Waren", "neun Millionen Menschen", "die Produktsuche", "Preisvorschläge"
        ),
        "robotics": _sector(
            "mobile Roboter für Lager und Höfe",
            "neunzig Standorte",
            "die Erkennung von Objekten",
            "die Steuerung der Flotte",
        ),
        "software": _sector(
            "die Erkennung von Angriffen", "Banken und Stadtwerke", "Auffälligkeiten in Protokollen", "Phishing"
        ),
        "internet": _sector(
            "Werkzeuge für Ton und Bild", "vierzigtausend Redaktionen", "die Abschrift von Gesprächen", "Empfehlungen"
        ),
        "energy": _sector(
            "Prognosen für Wind und Sonne",
            "Netzbetreiber in elf Ländern",
            "Vortagsprognosen",
            "die Steuerung von Speichern",
        ),
        "mobility": _sector(
            "Planungssoftware für die Spedition", "dreitausend Fuhrunternehmen", "Ankunftszeiten", "kürzere Wege"
        ),
        "education": _sector(
            "Kurse, die sich anpassen",
            "fünf Millionen Lernende",
            "die Schätzung der Schwierigkeit",
            "Rückmeldungen zu Aufsätzen",
        ),
        "hardware": _sector(
            "die Qualitätsprüfung in Fabriken",
            "Werke der Auto- und Lebensmittelindustrie",
            "die Erkennung von Fehlern",
            "frühe Zeichen von Verschleiß",
        ),
        "services": _sector(
            "Datenprojekte", "Ministerien und Mittelstand", "die Dokumentensuche", "die Bedarfsplanung"
        ),
    },
    company=(
        "{company} entwickelt {product}. Seit {founded} wachsen wir mit unseren Kunden: {customers}. Kleine Teams "
        "tragen ein Thema von Anfang bis Ende.",
        "Bei {company} bauen wir {product}. Auf uns verlassen sich {customers}, deshalb ist uns Zuverlässigkeit so "
        "wichtig wie Neues.",
    ),
    company_facts=(
        "Wir sind profitabel und stecken den Gewinn in Werkzeuge und Weiterbildung.",
        "Im letzten Jahr haben wir 30 Mio. € von langfristigen Investoren erhalten.",
        "Entwicklung und Vertrieb sitzen bei uns auf einem Flur.",
        "Wir schreiben ein technisches Blog und unterstützen freie Software.",
    ),
    headcount="Wir sind {people} Mitarbeitende.",
    context=(
        "Unsere Kunden setzen {a} oder {b} ein, und unsere Anbindungen passen sich an.",
        "Wir sind Partner von {a} und {b}.",
    ),
    role=(
        "Im Team {team} geht es um {problem}. Du arbeitest mit fünf Kolleginnen und Kollegen, einer Produktmanagerin "
        "und Fachleuten zusammen und siehst nach wenigen Wochen, wie deine Arbeit genutzt wird.",
        "Das Team {team} verantwortet {problem}. Die einfachen Ideen sind ausprobiert, der Rest ist spannend. Den Weg "
        "bestimmst du, den Erfolg messen wir gemeinsam.",
    ),
    reworded_role=(
        "Als Teil von {team} bringst du {problem} voran, zusammen mit Produkt und Betrieb, Schritt für Schritt und mit "
        "Zahlen belegt.",
    ),
    for_client="Wir suchen im Auftrag unseres Kunden, eines etablierten Unternehmens der Region.",
    way_of_working=(
        "Wir planen in Abschnitten von sechs Wochen: am Anfang steht ein geschriebener Vorschlag, am Ende eine "
        "Vorführung vor der ganzen Firma, dazwischen lange Zeit ohne Besprechungen.",
        "Jedes Team betreut seinen Dienst selbst. Die Rufbereitschaft wechselt, wird bezahlt und ist meist ruhig, "
        "denn was nachts jemanden weckt, wird vor allem Neuen behoben.",
        "Entschieden wird dort, wo die Arbeit getan wird. Führungskräfte räumen Hindernisse weg, stellen Fragen und "
        "sorgen dafür, dass gute Arbeit gesehen und bezahlt wird.",
        "Am Anfang begleitet dich drei Monate lang jemand aus dem Team, und eine kleine Aufgabe geht schon in der "
        "ersten Woche in den Betrieb.",
    ),
    duties={
        "": (
            "Du entwirfst und trainierst Modelle und bringst sie in den Betrieb",
            "Du begleitest das Thema vom ersten Versuch bis zur Nutzung",
            "Du baust die Auswertung auf und entscheidest nach Belegen",
            "Du findest heraus, warum ein Modell irrt, in den Daten wie im Code",
            "Du behältst Qualität, Antwortzeit und Kosten im Blick",
            "Du machst gemeinsam mit dem Produktteam Ziele messbar",
            "Du sorgst für verlässliche Daten und dokumentierst sie",
            "Du erklärst Ergebnisse denen, die entscheiden",
        ),
    },
    general_duties=(
        "Du schreibst Entwürfe auf und fragst früh nach Meinungen",
        "Du hilfst anderen durch Durchsicht ihres Codes",
        "Du wirkst bei Einstellungen mit",
        "Du verbesserst die Dokumentation",
    ),
    duty_with_skill=(
        "Du pflegst und erweiterst unsere Umgebung mit {skill}",
        "Du baust interne Werkzeuge rund um {skill}",
        "Du arbeitest täglich mit {skill}",
    ),
    required_with_skills=(
        "Sehr gute Kenntnisse in {skills}",
        "Praktische Erfahrung mit {skills}",
        "Sicherer Umgang mit {skills}",
        "Du hast Systeme mit {skills} gebaut und betrieben",
    ),
    required_with_years=(
        "Mindestens {n} Jahre Berufserfahrung in einer ähnlichen Rolle",
        "{n}+ Jahre einschlägige Erfahrung",
        "Mehr als {n} Jahre Erfahrung in der Entwicklung",
    ),
    required_with_range="{n} bis {most} Jahre einschlägige Berufserfahrung",
    required=(
        "Du schreibst klar und erklärst gern",
        "Offene Fragen machen dir Freude",
        "Du prüfst, was du baust",
        "Gutes Englisch, Deutsch ist willkommen",
        "Solide theoretische Grundlagen in deinem Fach",
    ),
    preferred_with_skills=(
        "Erfahrung mit {skills} ist von Vorteil",
        "Idealerweise kennst du {skills}",
        "Erste Berührung mit {skills}",
    ),
    preferred=("Veröffentlichungen oder Vorträge", "Erfahrung in unserer Branche", "Beiträge zu freier Software"),
    certification="Eine Zertifizierung als {skill}",
    degrees={
        "bachelor": ("Abgeschlossenes Bachelorstudium der Informatik oder vergleichbar",),
        "master": ("Masterabschluss in Informatik, Mathematik oder Physik",),
        "phd": ("Promotion in Informatik oder einem verwandten Fach",),
    },
    workplace={
        "remote": ("Du arbeitest vollständig remote innerhalb Deutschlands.", "100 % Homeoffice möglich."),
        "hybrid": (
            "Hybrides Arbeiten: drei Tage pro Woche im Büro in {city}.",
            "Homeoffice an zwei Tagen pro Woche, sonst im Büro in {city}.",
        ),
        "onsite": ("Die Arbeit findet vor Ort in {city} statt.",),
        "unspecified": (),
    },
    employment={
        "full_time": ("Unbefristete Vollzeitstelle.", "Vollzeit, unbefristet."),
        "contract": ("Freie Mitarbeit für zwölf Monate.",),
        "internship": ("Praktikum von sechs Monaten.", "Werkstudententätigkeit mit 20 Stunden pro Woche."),
        "part_time": ("Teilzeit, 24 Stunden pro Woche.",),
        "temporary": ("Befristet auf zehn Monate als Elternzeitvertretung.",),
    },
    benefits=(
        "30 Tage Urlaub",
        "Betriebliche Altersvorsorge",
        "Deutschlandticket und Jobrad",
        "Weiterbildungsbudget von 1.500 im Jahr",
        "Beteiligung am Unternehmen",
        "Flexible Arbeitszeiten",
    ),
    closing=(
        "{company} freut sich über Bewerbungen aller Menschen, unabhängig von Alter, Herkunft, Geschlecht, Religion "
        "oder Behinderung.",
        "So geht es weiter: ein erstes Gespräch, eine praktische Aufgabe, ein Treffen mit dem Team. Das dauert etwa "
        "drei Wochen, und alle bekommen eine Antwort.",
    ),
    visa={
        "offered": ("Wir unterstützen beim Visum.",),
        "refused": ("Für diese Stelle können wir kein Visum beantragen.",),
        "unspecified": (),
    },
    edits=("Nachtrag: Die Gespräche beginnen im nächsten Monat, der Starttermin ist flexibel.",),
    pay=(
        "Gehalt: {pay}",
        "Wir zahlen {pay}, je nach Erfahrung.",
        "Der Gehaltsrahmen für diese Stelle liegt bei {pay}.",
    ),
    on_target="Zielgehalt: {pay}.",
    and_word="und",
    or_word="oder",
)
