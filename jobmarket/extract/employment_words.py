"""Patterns for the employment type, matched to lower-case text. English, French, German."""

from __future__ import annotations

import re

from jobmarket.extract.guarded import FirstGuarded, Guarded
from jobmarket.extract.trainee_words import (
    FRENCH_TRAINEE,
    FRENCH_TRAINEE_SOUGHT,
    INTERN,
    LEARNER,
    STUDENT_ASSISTANT_SOUGHT,
    STUDY_OR_THESIS,
    VOCATIONAL_TRAINING,
)

# "Ausbildung zum Fachinformatiker", "Duales Studium Informatik", "Masterarbeit"
_GERMAN_TRAINING = (
    rf"^\W*(?:(?:auszubildende\w*|azubi\w*|lehrling|lehrstelle)\b|{LEARNER})|"
    r"\bauszubildende[rn]?(?:/r)? (?:\(|zu|als|fach|kauf|informatik)|\bazubi (?:\(|zu|als|fach|kauf|informatik)|"
    rf"{VOCATIONAL_TRAINING}|{STUDY_OR_THESIS}"
)
# Swiss and Austrian postings state the workload in per cent: "80-100%", "Pensum: 60 %". Only at the end of the title or
# of a part of it: not "100% Remote".
_RANGE = r"(?:[1-9]0 ?%? ?(?:[-–]|bis|to|à) ?)?"
_SHARE_ENDS = r" ?%(?=\W*$| ?[),;|/(]| [-–—] ?(?!remote|home|online)| tv-?l| e ?1\d| unbefristet| befristet)"
# Not "Travel 50%", "Remote: 80%", "Home Office 50%", "up to 30%"
_OF_THE_JOB = r"(?<!(?:travel|remote|office) )(?<!(?:travel|remote|office): )(?<!up to )(?<!bis zu )"
_FULL_WORKLOAD = rf"(?:^|[ (,/–-]){_OF_THE_JOB}{_RANGE}100{_SHARE_ENDS}"
_WORKLOAD_BELOW_FULL = rf"(?:^|[ (,/]){_OF_THE_JOB}{_RANGE}[2-9][05](?! ?%? ?(?:[-–]|bis|to|à) ?100){_SHARE_ENDS}"
_LABEL_OF_WORKLOAD = (
    r"\b(?:pensum|arbeitspensum|(?:beschäftigungs|stellen|arbeits|arbeitszeit|stunden)umfang|"
    r"^(?:im )?umfang|(?<=stelle )im umfang|stelle umfasst|"
    r"beschäftigungs(?:ausmaß|grad)|stellenanteil|workload|"
    r"taux d['’](?:activité|occupation)|quotité(?: de (?:travail|temps))?)\s?:? "
    r"(?:von |beträgt |ca\. )?"
)
# Public service states a share of a full post: "TV-L E13, 65 %", "50 % der regelmäßigen Arbeitszeit", "2/3-Stelle".
_E13 = r"(?:e1[0-5]\w?|e 1[0-5]\w?)"  # both words in full, so that the guard knows them
_GRADE = rf"\b(?:tv-?l|tvöd|entgeltgruppe|eg ?1[0-5]|{_E13})\b"
_NEXT_TO_GRADE = rf"[ ,(/;–-]{{1,3}}(?:(?:1[0-5]\w?|tv-?l|{_E13})[ ,(/;–-]{{1,3}})?"


def _of_a_post(share: str) -> str:
    """Return a pattern for a share of a full post in per cent."""
    return (
        rf"{_GRADE}{_NEXT_TO_GRADE}(?:zu )?{share} ?%(?=\W*(?:$|[),;.|]|befrist|für |ab ))|{share} ?%,? ?\(?{_GRADE}|"
        rf"{share} ?%(?:ige)?[- ](?:stelle|position|anstellung)\b|\bstelle,? ?\(?{share} ?%|"
        rf"{share} ?% (?:der|einer) (?:\w+ ){{0,2}}(?:arbeitszeit|vollzeit\w*|vollbeschäftigung|stelle)\b"
    )


_ALL_OF_A_POST = _of_a_post(r"\b100")
_PART_OF_A_POST = (
    _of_a_post(r"(?<![-–] )(?<!bis zu )\b(?:[2-9][05]|33|6[67])")
    + rf"|(?<![\d/])(?:1/2|1/3|2/3|3/4|0[.,][2-8]\d?)[- ](?:stelle|tv-?l|{_E13})|\b(?:halbe|dreiviertel)[- ]?stelle\b"
)
# "20-25 Std./Woche", "38,5 Wochenstunden"; the hours come before it.
_HOURS_A_WEEK = (
    r"(?:[,.]\d+)?[- ]?(?:(?:std\.?|(?:arbeits)?stunden|h)(?: ?/ ?|-| (?:pro|die|in der) )wo(?:che|\.)|wochenstunden|"
    r"stunden wöchentlich)(?!\w)"
)
_WEEKLY_HOURS = (
    r"\b(?:wochenarbeitszeit|wöchentliche[nr]? (?:arbeitszeit|arbeitsumfang|stundenumfang|stundenzahl))"
    r"(?: von| beträgt| liegt bei| umfasst)?(?: ca\.| etwa| bis zu)?\s?:? "
)
TITLE = FirstGuarded(
    (
        (
            "part_time",
            r"\bpart[- ]?time\b|\b(?:studentische|wissenschaftliche|"
            r"studentisch-wissenschaftliche)[nr]? hilfskr[aä]ft\w*|"
            r"\bshk\b|\bwhk\b|\bhiwi\b|\bwerkstudierende\w*|\bstudentische[nr]? mitarbeit\w*|"
            rf"{_WORKLOAD_BELOW_FULL}|{_PART_OF_A_POST}|\b(?:[12]\d|3[0-4]){_HOURS_A_WEEK}|"
            r"\bteilzeit\w*(?!.*vollzeit)|\btemps partiel\b|\bworking student\b|"
            rf"\bwerkstudent\w*|"
            r"\bmini-?job\b|\b\d{3}[- ](?:euro|€)[- ](?:job|basis)\b|\bmi-temps\b",
        ),
        (
            "internship",
            rf"{INTERN}|\b(?:pflicht)?praktik\w*|\bpraxissemester|{_GERMAN_TRAINING}|{FRENCH_TRAINEE}",
        ),
        (
            "contract",
            r"(?<!smart )(?<!helping )(?<!for )(?<!fixed term )(?<!fixed-term )(?<!temporary )\bcontract(?:or|ors)?\b"
            r"(?!s? (?:manage(?:r|ment)|specialist|lawyer|counsel|admin|analyst|negotiat|operations))|"
            r"\bfreelanc\w*|\bfreiberufl\w*|\bfreie[rn]? mitarbeit\w*|\bindependent (?:[\w-]+ ){0,3}(?:contract|"
            r"consult|engineer|developer|designer)\w*|"
            r"\bb2b contract|\bcorp[- ]to[- ]corp\b|"
            r"\bconsultant \(contract|"
            r"\bindépendant\w*",
        ),
        (
            "temporary",
            r"\btemporary\b|\bfixed[- ]term\b|\bftc\b|\bseasonal\b|\bbefristet\w*|\bcdd\b|\binterim\b|\bintérim\w*|"
            r"\bzeitarbeit\b|\belternzeitvertretung\b|\bmaternity cover\b|\bparental leave cover\b",
        ),
        (
            "full_time",
            rf"\bfull[- ]?time\b|\bvollzeit\b|\b(?:temps plein|plein temps)\b|\bfull tim\b|{_FULL_WORKLOAD}|"
            r"(?: [-–—|] |[(\[/,] ?)ft\W*$",
        ),
    )
)
_FULL = r"full[- ]?time"
_NAMES_OF_TYPE = (
    r"job types?|employment ?types?|type|contract type|position type|"
    r"type of (?:employment|contract|position|job|work|engagement|cooperation)|employment|engagement|"
    r"(?:form of|employment) (?:employment|cooperation|form)|work(?:ing)? (?:style|pattern|type)|"
    r"(?:engagement|cooperation|employment) model|worker type|classification|"
    r"(?:employment|contract|job|work) status|(?<!\w )status|"
    r"type (?:de contrat|d['’]emploi|de poste)|nature du contrat|contrat|statut|"
    r"vertragsart|vertragsform|anstellungsart|beschäftigungsart|art der (?:anstellung|beschäftigung)"
)
# What stands between a label and its value, also in the marks of the text's source: "**Status:** Contractor"
_COLON = r"""\s?:[\s*_"']{0,4}"""
# "Type de contrat : …", "Anstellungsart: …"; a label of the hours may only say full or part time.
_LABEL = rf"\b(?:{_NAMES_OF_TYPE}){_COLON}"
_LABEL_OF_TIME = (
    rf"\b(?:(?:{_NAMES_OF_TYPE}|commitment|time type|tenure|terms?|contract|role|position|category|"
    rf"arbeitszeit){_COLON}|(?:job|employment) type is )"
)
_HOURS = rf"\b(?:(?:working )?(?<!opening )hours|schedule|availability){_COLON}"
_LABEL_OF_HOURS = rf"(?:{_LABEL_OF_TIME}|{_HOURS})"
_A_WEEK = r" ?(?:hours?|hrs?|h)? ?(?:per |a |/ ?)week\b"
# A few years or months, as the length of a contract
_LENGTH = (
    r"(?:\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen)"
    r"(?: ?(?:[-–]|to|or) ?(?:\d{1,2}|two|three|four|five))?[ -]"
    r"(?:\(\d{1,2}\) )?(?:years?|months?)\b(?!['’]? (?:of )?(?:\w+ )?experience)"
)
_LIMITED = (
    r"(?:(?:is|are|will|be|initially|first|offered|limited|funded|available|fully|currently|guaranteed|granted) ){1,4}"
    r"(?:for |to )?(?:an? )?(?:(?:initial|total|maximum|fixed|limited) )?(?:(?:period|duration|term) of )?(?:up to )?"
)
_EMPLOYED = r"\b(?:contract of employment|employment contract|coe|uop|umow\w+(?: o prac\w+)?|permanent)\b"
# Business-to-business is a contractor's contract where it is said of pay or of a contract, not of the market.
_CURRENCY = r"(?:pln|zł|eur|usd|gbp|czk|[€$£])"
_AMOUNT = (
    rf"(?:{_CURRENCY} ?\d[\d.,' ]*\d|\d[\d.,' ]*k?(?: ?[-–] ?\d[\d.,' ]*k?)? ?{_CURRENCY})"
    r"(?! ?(?:m|mn|bn|b|million|billion|arr|revenue)\b)"
)
_B2B = (
    rf"\bb2b[ ,:(–-]{{1,3}}(?:(?:up to|from|rate|salary) )?{_AMOUNT}|"
    rf"\d ?k? ?{_CURRENCY}(?: ?(?:net(?:to)?|gross|\+ ?vat|/ ?(?:h|hour|month|day)\b|(?:per|an?) (?:hour|month|day)|"
    r"monthly|[(,/–-]))* ?(?:on )?(?:a )?b2b(?=\W*$|\)|,|;| contract| basis)|"
    r"\+ ?vat\b[^.;\n]{0,12}\bb2b\b|\bb2b\b[^.;\n]{0,40}\+ ?vat\b|"
    r"\bb2b (?:contract(?:ors?)?|agreement|cooperation|basis|employment)\b"
)
# "Wir suchen einen …", "nous proposons un …"
_OFFERED = (
    r"\b(?:(?:suchen|bieten)(?: wir)?(?: dir| ihnen)?|(?:stelle|job) ist|looking for|hiring|seeking|"
    r"(?:recherch|propos|recrut)(?:ons|e)|(?:poste|offre) est) "
    r"(?:eine?n?|an?|une?|un(?:\(e\)|[.·/]e)|(?:notre|nos|son) (?:(?:prochaine?|future?|futur\(e\)) )?|"
    r"ab sofort eine?n?) "
)
# "As a full-time employee of Acme, you will be eligible": said to the reader, unlike "for full-time employees".
_ADDRESSED = rf"\bas a {_FULL} (?:employee|team member)\b[^.\n]{{0,32}}, (?:you\b|we (?:offer|provide) you\b)"
STATEMENTS = FirstGuarded(
    (
        (
            "part_time",
            r"\bpart[- ]?time(?! roles will be prorated)[, ]+(?:(?:remote|freelance|hourly|contract|flexible|paid|"
            r"hybrid|on-?site)[, ]+){0,3}(?:position|role|job|basis|opportunity|project|contract|engagement|schedule|"
            r"work\b)|"
            rf"{_LABEL_OF_HOURS}(?:(?!full|or\b|and\b)\w+[ ,/-]+){{0,2}}part[- ]?time\b(?! ?(?:or\b|and\b|/))|"
            r"\bfte ?: ?0[.,]\d|"
            r"\b(?:position|role|job|opportunity) is (?:(?!also\b|not\b|available|open|offered|suitable|possible)[\w-]+"
            r"[, ]+){0,3}part[- ]?time\b(?! ?(?:or\b|and\b|/))|"
            rf"\b(?<!opening )hours{_COLON}(?:approx\w*\.? |up to |~ ?)?(?:\d{{1,2}} ?(?:[-–]|to) ?)?"
            rf"(?:[4-9]|[12]\d|3[0-4]){_A_WEEK}|"
            r"(?<![\d.,–-])(?<![–-] )0[.,][1-9]\d? ?fte\b|"
            r"\b(?:poste|pourvoir|emploi) à (?:[2-9][05]) ?%(?! ?(?:de |en )?(?:télétravail|remote|distan))|"
            r"\|\s*part[- ]?time\s*(?:\||$|,|\()|^\W*part[- ]?time\W*$|"
            r"\bpart[- ]?time hours available\b|"
            r"\b(?:hiring|looking|recruiting) for part[- ]?time\b(?! ?(?:or\b|and\b|/))|"
            r"\b(?:seeking|hiring|looking for|need) (?:an?|someone)\b[^.\n]{0,48}(?<!or )(?<!and )(?<!/)"
            r"\bpart[- ]?time\b(?! ?(?:or\b|and\b|/))|"
            r"[-–—] part[- ]?time (?:[-–—→(]|$)|"
            r"^\W*part[- ]?time\s?:\s?~?[12]?\d\b(?!.*(?:full|\bft\b))|^[^.]{0,60}\(part[- ]?time\)(?!.*full)|"
            r"^\W*teilzeit(?:stelle|job)?\b(?!.*vollzeit)|\bin teilzeit\b|\bteilzeitkraft\b|"
            rf"{_LABEL_OF_HOURS}teilzeit(?!.*vollzeit)|"
            rf"\b(?:[12]\d|3[0-4]|[89])(?: ?(?:[-–]|bis) ?[123]\d)?{_HOURS_A_WEEK}|"
            rf"{_WEEKLY_HOURS}(?:[4-9]|[12]\d|3[0-4])\b(?! ?(?:[-–]|bis) ?(?:3[5-9]|4\d))|"
            rf"{_LABEL_OF_WORKLOAD}(?:(?:[2-9][05] ?%? ?[-–] ?)?[2-9][05] ?%(?! ?(?:[-–]|bis))|[12]\d (?:std|"
            rf"stunden))|{_PART_OF_A_POST}|"
            r"\bhälfte der (?:\w+ )?wöchentlichen arbeitszeit\b|\b[2-8]\d stunden ?(?:/ ?|pro |im )monat\b|"
            rf"{STUDENT_ASSISTANT_SOUGHT}|"
            r"(?<!salariés )(?<!collaborateurs )(?<!employés )(?<!agents )\bà temps partiel|"
            r"^\W*temps partiel\b|\b(?:poste|emploi|travail|cdi|cdd|contrat) à mi-temps\b|"
            r"^\W*mi-temps\b(?! théra)|\bhours (?:a|per) week, part[- ]?time\b|"
            rf"(?:{_LABEL}|^\W*)(?:mini-?job|werkstudent\w*|working student)\W*$|"
            r"\bgeringfügige[nrs]? beschäftigung|\bauf werkstudentenbasis\b|^\W*mini-?job\b|\b\d{3}[- ](?:euro|"
            r"€)[- ](?:job|basis)\b|"
            rf"{_OFFERED}(?:mini-?job|werkstudent(?:en|in)?(?:stelle|tätigkeit|job)?|working student)\b|"
            r"\bsuchen (?:wir )?(?:dich|sie) als werkstudent|"
            r"^\W*als werkstudent(?:in)?\b|^\W*werkstudent(?:en)?(?:stelle|tätigkeit|job)\b",
        ),
        (
            "contract",
            rf"{_LABEL}(?:\w+[- /]+){{0,2}}(?:contract|freelance|independent contractor|indépendant|freiberuflich|"
            rf"freie mitarbeit)|"
            r"\b(?:outside|inside)(?: of)? ir35\b|\b(?:day|daily) rate(?: of| is| ?:)? ?(?:[€£$] ?\d|\d{3})|"
            r"\brate ?:[^.\n]{0,20}\d ?[€$£]?(?:pln|eur|usd|gbp)? ?/ ?day\b|\btagessatz(?: ?:| von| ab| bis)? ?€? ?\d|"
            r"\b(?:als|in) freie[rn]? mitarbeit\w*|"
            r"\b(?:cherch|recrut)(?:ons|e) (?:[\w()-]+ ){0,3}prestataires?\b|"
            r"\bthis is an? (?:[\w-]+[, ]+){0,4}(?:contract|contractor|freelance)\b|"
            r"\bcontractor,? \(?1099|\b1099 (?:\w+ )?(?:contract|role|position)|"
            r"\bas an? (?:[\w-]+[, ]+){0,2}(?:independent contractor|"
            r"contractor|freelancer)\b|"
            r"\bindependent contract(?:ors?)?\b|\b(?:contract|freelance|contractor)[- ](?:role|position|engagement|"
            r"basis|opportunity|project|assignment|to[- ]hire)|\bfreelance,? (?:project|basis|opportunit)|"
            r"\b(?:seeking|hiring|looking for) (?:[\w-]+ ){0,2}(?:freelance|contractors)\b|\brole is freelance\b|"
            r"\bmonth[- ]to[- ]month (?:contract|engagement|basis)\b|"
            r"\b(?:\d+|six|three|twelve)[- ]months? contract\b|^\W*contract(?:,|:| of| for)? \d+ ?\+? ?months?\b|"
            r"\bcontract (?:duration|length|term)\b|\bw-?2 contract\b|"
            r"\bon a (?:contract|freelance) basis|\bcontract via\b|\|\s*contract(?:or)?\s*(?:\||$)|"
            r"^\W*(?:w-?2 |1099 |c2c )?contract(?:or)?\W*$|"
            r"^\W*contract(?:or)? \(|\bjoin\b[^.\n]{0,40} as an? freelance\b|"
            r"\bas (?:an )?international contractor\b|"
            r"\b(?:mission|contrat|poste|emploi) (?:de |en )?freelance|\bfreelance pour une mission\b|"
            r"\bfreelance-?[ ]?projekt\b|"
            r"\b(?:en tant que?|comme|d['’]un|statut(?: de)?) ?['’]? ?(?:freelance|(?:travailleur )?indépendante?|"
            r"travailleur autonome)\b|"
            r"\bcontrat à long terme\b|\btravailleur autonome\b|"
            r"\bfreiberuflich\w* (?:basis|mitarbeit|tätigkeit)|\bsuchen (?:\w+ )?freelancer|"
            r"^\W*freelancer(?:in)?\b[^.]{0,30}\bgesucht\b|\bvertragsform\s?:\s?(?:freelance|freiberuflich)|"
            r"\b(?:suchen|sucht)\b[^.\n]{0,48}\beine?n? freiberufliche|"
            r"\bhonorarbasis\b|^\W*als freelancer(?:in)?\b|^\W*(?:freelance|freiberuflich|freelancer)\W*$|"
            r"\bmission en freelance|\bmission de consultance\b|\b(?:tjm|tarif journalier)\b(?! des)|"
            r"\b(?:mission|contrat|en) (?:de |en )?portage salarial\b|\bcontrat de prestation\b",
        ),
        ("b2b", rf"{_LABEL}b2b\b|{_B2B}"),
        # The other pay of an offer that leaves the choice: "UoP: 14,000 PLN gross"
        (
            "employed",
            rf"{_EMPLOYED}\W{{0,3}}(?:(?:up to|from|do) )?{_AMOUNT}|{_AMOUNT}(?: (?:gross|brutto))?,? \(?{_EMPLOYED}",
        ),
        (
            "temporary",
            r"\b(?:this is|as) an? (?:[\w-]+[, ]+){0,4}(?:temporary|provisional|fixed[- ]term|seasonal)\b|"
            r"\b(?:this is a|for a) \d{1,2}[- ](?:year|month)s?[- ]term\b|"
            rf"\b(?:appointment|position|post|contract|employment|role)s? {_LIMITED}{_LENGTH}|"
            rf"^\W*fixed[- ]term{_COLON}(?:until|to|for|{_LENGTH})|\bon a (?:fixed[- ]term|temporary|seasonal) basis\b|"
            r"\bvertrags(?:dauer|laufzeit) ?:? ?(?:\d|ein|zwei|drei)|"
            r"\b\d{1,2}[- ](?:months?|years?) ftc\b|"
            r"\b(?:temporary|fixed[- ]term|seasonal) (?:project )?(?:role|position|contract|assignment|job)|"
            r"\bbefristete[rsn]? (?:stelle|vertrag|anstellung|arbeitsvertrag)|"
            r"\b(?:auf|zum|bis) [\d.]+ (?:monate |jahre )?befristet|"
            r"\bcontrat de (?:\d{1,2}|six|neuf|douze|dix-huit) (?:mois|ans?)\b(?! avec)|\bdurée (?:du contrat|"
            r"du cdd) ?: ?\d|"
            r"^\W*durée ?: ?\d{1,2} mois\b|"
            r"\b(?:poste|emploi|contrat|mission|embauche)\b(?:(?!stage|alternance|apprenti|profession|essai|\bcdi\b|préavis"
            r"|formation)[^.\n]){0,40}?"
            r"(?:\b(?:d['’]|pour |sur )une durée (?:initiale |maximale )?de "
            r"(?:\d{1,2}|un|deux|trois|six|douze) (?:mois|ans?)\b|"
            r"\bà durée déterminée)|"
            r"\|\s*cdd\b|\bcdd de \d|^\W*cdd\b|"
            r"\bauf (?:\w+ ){1,3}befristet|\bbefristet (?:bis|auf|für)\b|^\W*befristet\W*$|\bbefristung\s?:|"
            r"\b(?:stelle|position|vertrag|anstellung|arbeitsverhältnis) (?:ist |wird )?(?:zunächst |"
            r"vorerst )?befristet\b|\bsachgrundlos befristet|"
            r"\b(?:(?:poste|pourvoir|contrat|recrut\w+|embauche) (?:en )?|propos\w+ un )cdd\b|"
            r"^\W*(?:zeitarbeit|temporary|seasonal work|fixed[- ]term|int[eé]rim|maternity cover|elternzeitvertretung)"
            r"(?:\W*$|, )|"
            r"\b(?:anstellung|beschäftigung|einsatz|vertrag) (?:über|in|per) zeitarbeit\b|"
            r"\b(?:mission|contrat|poste)(?: ?:)? (?:d['’]|en |de )?int[eé]rim\b|"
            r"\bcontrat (?:post-?)?doctoral\b|\bmission intérimaire\b|\b(?:poste|contrat|emploi) temporaire\b|"
            rf"{_LABEL}(?:zeitarbeit|arbeitnehmerüberlassung|int[eé]rim|cdd|befristet|temporary|fixed[- ]term)\b|"
            r"\b(?:im rahmen|in form|über|per) (?:der |einer )?arbeitnehmerüberlassung\b|"
            r"\b(?:im rahmen einer|als) elternzeitvertretung\b|\bremplacement (?:de |d['’]un )?congé (?:de )?maternité",
        ),
        (
            "internship",
            r"\b(?:this is|this will be|(?<!such )(?<!worked )as) an? (?:[\w-]+[, ]+){0,4}"
            r"(?:internship|intern|co-?op)\b|"
            r"\bthis internship\b|\b(?:duration|length) of (?:the|your) internship\b|"
            r"\bthe internship (?:is|will|runs|lasts)|\bduring (?:the|your|this) internship|"
            r"(?<!effectué un )(?<!réalisé un )(?<!fait un )(?<!après un )\bstage de (?:\d|"
            r"fin d['’]études)|\b(?:(?:durée|gratification|indemnité) du|durée de) stage\b|\bstage (?:conventionné|"
            r"rémunéré)|"
            r"\b(?:dans le cadre|au cours|durant|pendant|lors)(?: de)? (?:votre|ton|ta|cet?te?|ce|la|l['’]) ?"
            r"(?:stage|alternance)\b|"
            r"\bcontrat (?:d['’]apprentissage|de professionnalisation)\b|"
            r"\b(?:recherch|propos|recrut)(?:ons|e)\b(?:(?!encadr|tut(?:eur|rice)|accompagn|\bnos\b|"
            r"\bdes\b)[^.\n]){0,60}"
            r"\ben (?:alternance|stage|apprentissage)\b|"
            r"\bvous (?:re)?cherchez (?:un (?:stage|contrat d['’]a)|une alternance)|"
            r"\bpraktikum (?:von|über|dauert|für \d)|\bdauer des praktikums\b|^\W*duales studium\b|"
            rf"{_LABEL}(?:stage|alternance|apprentissage|praktikum|internship|intern|co-?op)\b|"
            r"^\W*(?:(?:contrat|offre|poste) (?:de |en |d['’])stage|"
            r"(?:(?:contrat|offre|poste) (?:en |d['’]))?(?:alternance|apprentissage))\W*$|"
            r"^\W*(?:paid |unpaid |summer |\d{1,2}[- ]months? )?internship\W*$|^\W*praktik(?:um|ant(?:in)?)\W*(?:\(|$)|"
            rf"{_OFFERED}(?:stage|alternance|alternante?|stagiaire|praktikum|praktikant(?:en|in)?|auszubildende[rn]?)"
            r"\b|\bsuchen (?:wir )?(?:\w+ ){0,2}(?:auszubildende|azubis)\b|"
            r"^\W*ausbildungs(?:beginn|dauer|start)\b|^\W*(?:die |deine )?ausbildung dauert\b|"
            r"\b(?:contrat|poste|offre|recrut(?:ons|e)) (?:un\w* \w+ |à pourvoir )?en (?:alternance|stage)\b|"
            rf"{FRENCH_TRAINEE_SOUGHT}",
        ),
        (
            "full_time",
            rf"\b{_FULL}[, ]+(?:(?:remote|permanent|on-?site|hybrid|salaried|exempt|regular|in-person|in-office|"
            rf"employee|work-from-home|fully|w2|direct|long-term|and|multiple|paid)[, ]+){{0,4}}(?:position|role|"
            rf"job|opportunity|hire|contract|permanent|employment|salaried|opportunit|on-?site|based)s?\b|"
            rf"{_LABEL_OF_TIME}(?:\w+[ ,/-]+){{0,3}}{_FULL}|"
            rf"\b(?:this is|position is|role is|job is) an? (?:[\w-]+[, ]+){{0,5}}{_FULL}\b|\b(?:position|role|"
            rf"opportunity|job)s? (?:is|are) (?:[\w-]+[, ]+){{0,3}}{_FULL}\b|\|\s*{_FULL}\s*(?:\||$|,|\()|"
            rf"^\W*{_FULL}(?:, (?:non-)?exempt)?\W*$|^\W*{_FULL} \(\d\d|"
            rf"^\W*{_FULL},? reporting to\b|[-–—] {_FULL}\s*(?:[-–—|()]|$)|"
            rf"\({_FULL}[),]|,\s?{_FULL}(?:\)|\W*$)|^\W*{_FULL}\W{{1,3}}(?:remote|hybrid|on-?site|w-?2)\b|"
            rf"\b{_FULL} (?:and|&|or) part[- ]?time (?:options|available|positions)|"
            rf"\bfor {_FULL} \(salary\)|\bjoin (?:us|our)\b[^.\n]{{0,40}}\b{_FULL}\b|"
            rf"\b(?:seeking|hiring|looking for) (?:an?|our (?:first|next)|\d{{1,2}}|two|three|several)\b"
            rf"[^.\n]{{0,48}}\b{_FULL}\b|"
            rf"\b{_FULL}\s*[|•·/]|[|•·]\s*{_FULL}\b|\bmultiple {_FULL}|\b(?:be|as) (?:our|the|its) (?:first|"
            rf"second|next|only) {_FULL}\b|"
            rf"\bas a {_FULL} member of (?:our|the)\b|"
            rf"\b(?:able|ability|available|availability|willing|commit) to (?:work )?(?:on a )?{_FULL}\b"
            rf"(?! (?:basis )?in the (?:u\W?s|u\W?k|eu|country)\b)|"
            rf"(?<![\d.])1[.,]0 ?fte\b|\bfte ?: ?1(?:[.,]0)?\b|\b100 ?% fte\b|"
            rf"{_ADDRESSED}|"
            rf"\btemps (?:plein|complet)\b|\bplein temps\b|\bcdi,?[ (–-]{{1,3}}3[5-9] ?(?:h\b|heures)|"
            rf"\b3[5-9](?:[,.]5)? ?h(?:eures)?(?: ?(?:/|par) ?sem| ?hebdo| travail en journée)|"
            rf"\b(?:durée|temps) (?:de travail|hebdomadaire)(?: hebdomadaire)? ?: ?3[5-9] ?h|"
            rf"\bin vollzeit\b|\bvollzeit[- ](?:stelle|position)|"
            rf"\bvollzeit(?:stelle|job|anstellung|beschäftigung|tätigkeit)?\b|"
            rf"\bvoll- (?:oder|und) teilzeit|"
            rf"\b(?:3[5-9]|4[0-2]){_HOURS_A_WEEK}|{_WEEKLY_HOURS}(?:3[5-9]|4[0-2])\b|\bvolle stelle\b|"
            rf"{_LABEL_OF_WORKLOAD}(?:[4-9]0 ?%? ?(?:[-–]|bis) ?)?100 ?%|{_ALL_OF_A_POST}",
        ),
        (
            # Those of a full-time job, unless it is a contract: "Availability: Full-time", "Hours: 37.5 per week"
            "hours",
            rf"{_HOURS}(?:\w+[ ,/-]+){{0,3}}{_FULL}|\b(?<!opening )hours{_COLON}(?:3[5-9]|4[0-2])(?:\.\d+)?{_A_WEEK}|"
            r"\b40 hours (?:a|per) week\b",
        ),
    )
)
NOT_THIS_JOB = Guarded(
    r"(?<!as a )\bfull[- ]?time (?:(?:hourly|salaried|exempt|non-exempt|regular)(?:,| and| or|/)? ?){0,3}(?:employees?|"
    r"team|associates)\b|\binterns? (?:may|can|could|will|often)\b|"
    r"\bfull[- ]?time (?:applicants|offer|experience|engineers?\b)|"
    r"\bfull[- ]?time staff\b(?! (?:[\w/&-]+ ){0,3}(?:engineer|scientist|developer|researcher|analyst|designer|"
    r"pharmacist|accountant|nurse|writer)\b)|"
    r"\bfor (?:all )?(?:our )?full[- ]?time\b(?! \(salary)|\bper full[- ]?time|\beligible\b|\(full-time or intern|"
    r"\b(?:leads? to|leading to|potential|possibility|extended|awarded)\b[^.\n]{0,24}\bfull[- ]?time\b|"
    r"\bcontractors? (?:and|or)|\binterns? and\b|contract negotiat|\bbenefits\b(?! [·|•])[^.\n]{0,60}full[- ]?time|"
    r"\b(?:salariés|collaborateurs|employés) à temps plein\b|full[- ]?time jobs in|\bfull[- ]?time (?:equivalent|"
    r"regular employees)|"
    r"or part[- ]?time|convert|"
    r"\bsmart contract"
)
OTHER_CONTRACT = Guarded(
    r"\bincluding part[- ]time|\bexpérience\b[^.\n]{0,60}\bd['’]une durée|"
    r"\b(?:experience|background|worked)\b[^.\n]{0,60}\bas an? (?:[\w-]+ )?(?:freelanc|contractor)|"
    r"\b(?:experience|experienced|background|worked|working) (?:[\w-]+ ){0,2}(?:in|from) an? (?:[\w-]+ )?"
    r"(?:contract|freelance|temporary|fixed|seasonal)|"
    # "30k PLN on B2B or 25k PLN with a contract of employment", "You negotiate B2B contracts"
    rf"\bb2b\b[^;\n]{{0,80}}{_EMPLOYED}|{_EMPLOYED}[^;\n]{{0,80}}\bb2b\b|"
    r"\b(?:negotiat|review|sign|sell)\w* [^.\n]{0,30}\bb2b\b|"
    r"to-hire possible|\bsmart contract|contract negotiat|\bcontractors? "
    r"(?:and|or)\b|\beligible\b|\bapplicable\b|\binterns? and\b"
)
# What the posting rules out: "no contractors", "part-time roles are not available", "Teilzeit ist nicht möglich". To be
# "not eligible" is left out: contractors are not for many a benefit.
_KIND = (
    r"(?:(?:part|full)[- ]?time|contract(?:ors?)?|b2b|c2c|freelanc\w*|temporary|fixed[- ]term|seasonal|internships?|"
    r"teilzeit\w*|vollzeit|befristet\w*|freiberuflich\w*|temps (?:partiel|plein)|plein temps|mi-temps|cdd|zeitarbeit|"
    r"mini-?jobs?|stage|arbeitnehmerüberlassung|"
    r"alternance|int[eé]rim)\b"
)
RULED_OUT = Guarded(
    r"(?:\b(?:not|no|cannot|keine?n?|nicht|pas (?:de|en|à)|aucun|sans)|n['’]t) "
    r"(?:(?:be|an?|for|to|of|in|as|any|currently|offer\w*|accept\w*|hir(?:e|ing)|consider\w*|open|looking|seeking|über|"
    rf"available|provide|support) ){{0,4}}{_KIND}(?:(?:,? (?:or|and|nor|oder|ou) |/|, ){_KIND}){{0,3}}|"
    rf"\b{_KIND}(?: [\w'’-]+){{0,3}}? (?:not|cannot|nicht|pas|(?:is|are|wo|ca)n['’]t) (?:be |currently |an? ){{0,2}}"
    r"(?:available|possible|offered|option|considered|accepted|permitted|supported|möglich|vorgesehen|proposé|"
    r"obligatoire|nécessaire|exigé|requis)|"
    r"\bpas (?:nécessaire|obligatoire)[^.\n]{0,24}\b(?:temps plein|plein temps)|"
    # Experience from an earlier traineeship
    r"\b(?:expérience|acquis|appris|découvert)\w*\b[^.\n]{0,60} (?:durant|pendant|lors d[eu]|au cours de) "
    r"(?:votre |ton |un )?(?:stage|alternance)\b"
)
# Hours that are not the job's: "kannst du 8 Stunden pro Woche forschen"
OTHER_HOURS = Guarded(
    rf"\bkannst (?:du )?(?:bis zu )?\d{{1,2}}{_HOURS_A_WEEK}(?! arbeiten)|"
    rf"\bazubis\b[^.\n]{{0,24}}\b\d{{1,2}}{_HOURS_A_WEEK}|"
    rf"\b\d{{1,2}}{_HOURS_A_WEEK} für (?:\w+ )?(?:weiterbildung|fortbildung|forschung)|"
    rf"\b\w*(?:ersparnis|sparen|sparst|spart)\b[^.\n]{{0,32}}\b\d{{1,2}}{_HOURS_A_WEEK}|"
    rf"\b\d{{1,2}}{_HOURS_A_WEEK}[^.\n]{{0,24}}\b(?:ein)?(?:sparen|spart|gespart)\b"
)
# Part time is only the alternative: "Voll- oder Teilzeit", "in Teilzeit bzw. in Vollzeit"
_OR_DE = r" ?(?:/|,|&|\||oder|und|bzw\.|sowie|or) ?(?:auch )?(?:in )?"
FULL_OR_PART_DE = re.compile(rf"\b(?:in )?(?:voll(?:zeit|-){_OR_DE}teilzeit|teil(?:zeit|-){_OR_DE}vollzeit)\b")
# The same after a label: "Hours: Full time or part time"
FULL_OR_PART_LABELLED = re.compile(
    rf"(?P<label>{_LABEL_OF_HOURS})(?:{_FULL} ?(?:/|,|or|and) ?part[- ]?time|part[- ]?time ?(?:/|,|or|and) ?{_FULL})\b"
)
# One of several French contracts
_CONTRACT_FR = r"(?:cdi|cdd|freelance|indépendant|portage salarial|stage|alternance|intérim)\b(?: de \d+ mois)?"
_OR_FR = r" ?(?:/|,|ou|et/ou|puis|[-–]) ?(?:en )?"
# Alternatives or a sequence, of which neither is the type ("CDD ou CDI", "CDD puis CDI"), and hours
# that are only an option ("Teilzeit möglich").
LEFT_OPEN = Guarded(
    rf"\b(?:{_CONTRACT_FR}{_OR_FR})+cdi\b(?:{_OR_FR}{_CONTRACT_FR})*|\bcdi\b(?:{_OR_FR}{_CONTRACT_FR})+|"
    r"(?<!oder )(?<!und )(?<!/)\b(?:in )?teilzeit (?:(?:ist|auch|ab \d\d ?(?:%|h|std\.?|stunden)) ){0,2}möglich|"
    r"\b(?:möchtest|willst|möchten|wollen) (?:du |sie )?(?:lieber )?in teilzeit\b|"
    # At least so many hours, or more
    rf"\b(?:ab|mind(?:estens|\.)) (?:[12]\d|3[0-4]){_HOURS_A_WEEK}|"
    r"\b(?:à )?temps partiel (?:est )?possible|"
    # "30 Tage Urlaub bei einer Vollzeitstelle"
    r"\bbei (?:einer )?vollzeit\w*|\b(?:für|auf) (?:eine )?vollzeit(?!stelle|position)\w*"
)
_OFFERED_IN_FULL = (
    r"\b(?:in )?vollzeit(?:stelle|job|position|vertrag|anstellung)?\b"
    r"(?! (?:arbeitend|beschäftigt|angestellt|tätig))|\b(?:3[5-9]|4[0-2])" + _HOURS_A_WEEK
)
OUTRIGHT = {
    # Counts even under benefits, where a plain "full-time" is only a condition for them.
    "full_time": re.compile(
        rf"\b(?:this is an?|for this|this) {_FULL}(?:[, ]+(?:salaried|exempt|permanent|remote|hybrid|on-?site)){{0,3}} "
        rf"(?:position|role|job)\b|{_ADDRESSED}|"
        # German employers list the hours among what they offer, and name no full-time staff as those who get a perk.
        rf"{_OFFERED_IN_FULL}|\bvolle stelle\b|"
        r"\bcdi,? ?(?:à |en |[-–] ?)?(?:temps plein|plein temps)\b"
    ),
    # Counts whatever else the posting says: "We seek a full-time engineer. This is an independent contractor role."
    "contract": re.compile(
        r"\bthis (?:is an? )?(?:[\w-]+ )?(?:contract|contractor|freelance) (?:role|position|engagement)\b|"
        # Boards of freelance projects, whose texts add the hours: "Auslastung: Vollzeit"
        r"\b(?:vertrags(?:art|form)|anstellungsart|beschäftigungsart)\s?:\s?(?:freiberuflich|freelance|freie mitarbeit)"
        r"\w*(?! ?(?:/|,|oder\b))|"
        # "Type of contract: Independent contractor"
        rf"\b(?:type of (?:contract|employment)|(?:contract|employment) ?type|type de contrat){_COLON}"
        r"(?:independent contractor|contractor|contract|freelance|b2b)\b(?! ?(?:/|,|or\b|ou\b|to[- ]hire|-to-|\(full))"
    ),
}
FULL_OR_PART = Guarded(
    rf"\b(?:{_FULL}|voll(?:zeit|-)|temps plein|plein temps) ?(?:/|or|oder|und|ou) ?(?:part[- ]?time|teilzeit|"
    rf"(?:temps )?partiel)\b|"
    rf"\b(?:part[- ]?time|teil(?:zeit|-)|temps partiel) ?(?:/|or|oder|und|ou) ?(?:{_FULL}|vollzeit|(?:temps )?plein)\b"
)
# "contract or full-time", but not "contract, full-time"
OR_FULL = re.compile(rf"\bcontract(?:or)? ?(?:/|or) ?{_FULL}\b|\b{_FULL} ?(?:/|or) ?(?:a |{_FULL} )?contract")
# Posts at universities that end: those of doctoral students and of researchers who have the degree
DOCTORAL = Guarded(
    r"\bpost-?doc|\bph\.?d\.?[ -](?:position|student|candidate|researcher|fellow|scholar|project|thesis)|"
    r"\bdoctoral (?:position|student|candidate|researcher|fellow)|\bdoktorand|\bpromotionsstelle|\bdoctorante?\b"
)
LENGTH_OF_POST = Guarded(
    rf"\bduration{_COLON}{_LENGTH}|^\W*{_LENGTH}(?:\W*$|,)|\b(?:for|over) (?:a (?:period|duration) of )?"
    rf"(?:up to )?{_LENGTH}(?! of\b)|\b(?:\d|two|three|four|five)[ -]years? (?:position|post|contract|appointment|"
    r"ph\.?d|fixed|fellowship|term)|\b(?:durée|dauer|laufzeit) ?:? ?(?:\d|un|deux|trois|zwei|drei)"
)
FULL_TIME = frozenset(("full_time", "hours"))
PRECEDENCE = ("part_time", "internship", "temporary", "full_time", "hours")
