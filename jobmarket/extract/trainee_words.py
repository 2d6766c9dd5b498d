"""The words in lower-case titles that name a trainee, an intern or an apprentice. English, French, German."""

from __future__ import annotations

# Not those who look after interns: "Internship Program Manager", "Co-op Coordinator", "Apprenticeship Lead". But an
# "Intern Lead" is an intern.
INTERN = (
    r"\b(?:interns?|internships?|co-?ops?|apprentice(?:ship)?s?)\b(?! (?:(?:&|and) \w+ )?(?:program(?:me)?s? )?"
    r"(?:managers?|coordinators?|recruiters?|recruiting|recruitment|director|supervisor)\b|"
    r"(?: (?:&|and) \w+)? program(?:me)?s? lead\b|(?:(?<=ship)|(?<=ships))(?: (?:&|and) \w+)? lead\b)"
)
# Not "Stage: Seed", the stage of a start-up, "Early Stage Engineer" or the PFE that is a premier field engineer.
FRENCH_TRAINEE = (
    r"\bstagiaire|^stage\b(?! manager| light)|(?:[–—|:,(/[] ?|- |\boffre de )stage\b(?! manager|:| light)|"
    r"(?<!early.)(?<!late.)\bstage (?:(?:en|de)\b|-)|(?<!field engineer \()(?<!field engineer - )\bpfe\b|"
    r"\bfin d['’]études?\b|\bapprentie?\b|"
    r"(?:^|\ben )apprentissage\b(?! (?:auto|prof|mach|stat|par|sup|féd|non))|"
    r"\bcontrat (?:pro\b|d['’]apprentissage|de professionnalisation)|\balternan\w+"
)
# The text speaks of the trainee whom it looks for, not of another one: "Ce stage s'inscrit dans", "Le stagiaire aura".
FRENCH_TRAINEE_SOUGHT = (
    r"(?:\b(?:ce stage|cette alternance)|^\W*(?:le stage|l['’]alternance)) (?:s['’]inscrit|se déroule|vise|"
    r"a pour|consiste|porte|débute|dure|permet|sera|aura)|"
    r"\brythme (?:de l['’]|d['’])alternance\b|^\W*alternance (?:de|sur) \d|\b(?:objectifs?|but|sujet|durée|"
    r"missions?|déroulement) (?:principale?s? )?(?:de ce|du) stage\b|"
    r"\b(?:le|la|le/la|la/le|le\(la\)|l['’]) ?(?:ou la |future? )?(?:stagiaire|alternante?|apprentie?) (?:\w+ )?"
    r"(?:aura|sera|devra|participer|travailler|intégrer|rejoindr|contribuer|développer|interviendr|pourra|"
    r"se familiaris|évoluer|réaliser|mettr)|"
    r"\b(?:cherch|recrut)(?:e|ons) (?:\d|une?|un\(e\)|un[.·/]e|deux|trois|des|plusieurs) (?:[\w-]+ ){0,2}?stagiaires?\b"
)
# Apprentices in Switzerland; "Lernende Systeme" is what groups of machine learning are called.
LEARNER = r"lernende[rn]?\b(?! (?:system|roboter|maschin|algorith|verfahren|agent))"
# Not the trade of those who train, choose or look after trainees: "Recruiter Ausbildung", "Betreuer Masterarbeit".
_NO_TRADE_BEFORE = (
    r"^(?:(?!recruit|referent|koordinat|leit(?:er|ung)|ausbilder|trainer|betreu|berater|manager|sachbearbeit"
    r"|personal(?!isier)"
    r"|spezialist|verantwortlich|marketing).)*"
)
STUDY_OR_THESIS = (
    rf"{_NO_TRADE_BEFORE}\bduale[rs]? (?:studium|student\w*|studiengang)|"
    rf"{_NO_TRADE_BEFORE}\b(?:bachelor|master|abschluss|diplom|studien)-?(?:arbeit\b|and(?:in|en)?\b)|"
    r"\bdiplomand\w*"
)
# "Ausbildung zum Fachinformatiker", "Fachinformatiker - Ausbildung 2026"
VOCATIONAL_TRAINING = rf"{_NO_TRADE_BEFORE}(?<!mit )(?<!abgeschlossener )\bausbildung\b(?! (?:leit|und\b|oder\b))"
# In the cases in which a job is named: not "Betreuung von studentischen Hilfskräften".
STUDENT_ASSISTANT = (
    r"(?:studentische|wissenschaftliche)[nr]?(?:(?: oder | und | bzw\. | ?/ ?)(?:studentische|wissenschaftliche)[nr]?)?"
    r" hilfskr(?:aft|äfte)\b"
)
# The text looks for one: "sucht zum nächstmöglichen Zeitpunkt eine studentische Hilfskraft"
STUDENT_ASSISTANT_SOUGHT = (
    r"\b(?:suchen|sucht|suche|wird|werden|stellt|bietet|ist|sind)\b(?:(?!betreu|anleit|erfahr|führ|\bals\b|\bvon\b|\bdurch\b|\bihnen\b"
    r"|unterstütz)[^.\n]){0,90}?"
    rf" {STUDENT_ASSISTANT}(?![^.\n]{{0,40}}(?:unterstützt|zur seite|zur verfügung))|"
    rf"^\W*(?:als |eine |mehrere )?{STUDENT_ASSISTANT}|\b(?:dich|sie) als {STUDENT_ASSISTANT}"
)
