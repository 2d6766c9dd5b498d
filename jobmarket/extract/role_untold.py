"""Judge the work of students, freelancers and "KI-Experten" whose titles name no trade, by the duties in the text.

German employers advertise "Werkstudent (m/w/d)", "Studentische Hilfskraft gesucht" or "Freelancer im Projekt"; what
such a person does stands in the text only.
"""

from __future__ import annotations

import re
from typing import Final

from jobmarket.extract.document import Document
from jobmarket.extract.folding import lower
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.inclusive import in_masculine
from jobmarket.extract.role_title import family_of_title
from jobmarket.extract.sections import CONTEXT, Section

_STUDENT = (
    r"werks?(?:student|studierende)|praktik(?:um|ant)|hilfskr[aä]ft|\bhiwi\b|\b[sw]hk\b|studentische[nr]? mitarbeit"
)
_TITLE = Guarded(
    rf"{_STUDENT}|working student|\bfreelancer\b|\bfreie[rn]? mitarbeit|"
    r"\b(?:ki|ai|ki[/-]ai|ai[/-]ki)[- ](?:expert|spezialist|berater)"
)
# Departments whose students may analyse data or try out language models without that being their trade
_OTHER_WORK = Guarded(
    r"vertrieb|\bsales\b|marketing|\bhr\b|personal(?!isier)|people|recruit|talent|controlling|financ|finanz|buchhalt|accounting|"
    r"rechnungs|steuer|audit|\brecht\b|legal|juris|einkauf|procurement|logisti|supply|lager|event|social|content|"
    r"redakt|presse|\bpr\b|kommunik|communic|design|\boffice\b|büro|assist|sekretariat|empfang|business develop|"
    r"founders|strateg|produktmanage|product (?:manage|owner)|projektmanage|project manage|operations|support|"
    r"\bservice|kund|customer|beratung|consult|immobil|nachhaltig|\besg\b|qualität|produktion|fertigung|montage|"
    r"(?<!re)konstruktion|\bcad\b|mechani|maschinenbau|elektr|hardware|(?<!kol)labor|chemi|bio|pharma|medizin|klini|pflege|bau\b|"
    r"architektur|didakti|lehr|teaching|literacy|training|community|video|medien|foto|übersetz|journalis"
)
# "Praktikant im Bereich Data Science", "Werkstudent:in für Machine Learning"
_FIELD: Final = re.compile(
    rf"\b(?:{_STUDENT})[^.\n]{{0,40}}?(?: im bereich | in der | im | für |: ?| [-–—] )(?P<field>[^.\n]{{3,60}})"
)
# What each trade does, by words of which several different ones show that a person does it.
_WORK: Final = {
    "data_scientist": (
        r"data[- ]science|statisti\w|quantitative\w? (?:analys|method)|prognose|forecast|vorhersagemodell|hypothese|"
        r"optimierungs(?:-|modell|algorithm|verfahren)|simulation|mathematische\w? (?:modell|optimier)|zeitreihe|"
        r"explorative|modellierung|a/b-test"
    ),
    "ml_engineer": (
        r"machine[- ]learning|(?:ai|ml|machine learning) models?\b|model training|datasets?\b|scikit|"
        r"maschinelle\w* lern|deep[- ]learning|neuronale|computer[- ]vision|bildverarbeit|"
        r"bilderkenn|objekterkenn|umfelderkenn|stereovision|kamerabasiert|sprachverarbeit|natural language|\bnlp\b|"
        r"ki-modell|trainingsdaten|pytorch|tensorflow|predictive maintenance|reinforcement|segmentierung|annotier"
    ),
    "ai_engineer": (
        r"\bllms?\b|sprachmodell|language model|generative\w? (?:ki|ai)|\bgenai\b|prompt|chatbot|\brag\b|"
        r"(?:ki|ai)-agent|\bagenten\b|copilot|langchain|openai|chatgpt|ki-(?:anwendung|lösung|assistent)"
    ),
    "data_engineer": (
        r"\betl\b|\belt\b|data[- ]warehouse|data[- ]?lake|(?:daten|data)[- ]?pipeline|datenbank|datenmodell|"
        r"datenintegration|datenmigration|datenplattform|schnittstelle|\bdbt\b|airflow|\bspark\b|kafka|snowflake|"
        r"databricks"
    ),
    "data_analyst": (
        r"datenanalys|data analy|analyse von daten|auswertung|dashboard|power ?bi|tableau|\bqlik|report|berichte|"
        r"visualisier|datenaufbereit|aufbereit|bereinig|datenrecherche|datenqualität|\bkpis?\b|kennzahl|\bexcel\b"
    ),
    "software_engineer": (
        r"softwareentwickl|webentwickl|app-?entwickl|(?:weiter)?entwicklung (?:von|unserer|der) (?:web|software|app)|"
        r"front-?end|back-?end|full-?stack|web-?anwendung|webapplikation|programmier|\bapis?\b|\bbugs?\b|unit-?tests?|"
        r"testautomat|automatisierte\w? test|\bcode|javascript|typescript|\breact|\bjava\b|c\+\+|\bc#|\.net\b|\bphp\b|"
        r"docker|\bgit\b|devops|ci/cd|softwarearchitekt|implementier"
    ),
}
_FIND: Final = {family: re.compile(words) for family, words in _WORK.items()}
_LEAST_WORDS: Final = 3
_DUTIES: Final = frozenset(("responsibilities", "stack"))
_NEVER_DUTIES: Final = CONTEXT | {"preferred"}
# Characters in which a posting repeats its title with the field of work
_OPENING: Final = 400


def family_of_duties(title: str, document: Document) -> str | None:
    """Return the family of such a posting, or None if its title names a department or its text says too little.

    Args:
        title: The title in lower case, in the masculine.
        document: The posting.
    """
    if not _TITLE.search(title) or _OTHER_WORK.search(title):
        return None
    opening = in_masculine(lower(document.text[:_OPENING]))
    for said in _FIELD.finditer(opening):
        family = family_of_title(said["field"])
        if family not in (None, "other"):
            return family
    duties = _text_of(document)
    counts = {family: len(set(find.findall(duties))) for family, find in _FIND.items()}
    family = max(counts, key=counts.__getitem__)  # of equals, the first: analysis is also part of science
    return family if counts[family] >= _LEAST_WORDS else None


def _text_of(document: Document) -> str:
    """Return the duties in lower case; where there are few, all that may be about the work."""
    duties = _joined(document, [section for section in document.sections if section.kind in _DUTIES])
    if len(duties) >= _OPENING:
        return duties
    return _joined(document, [section for section in document.sections if section.kind not in _NEVER_DUTIES])


def _joined(document: Document, sections: list[Section]) -> str:
    return lower("\n".join(document.text[section.start : section.end] for section in sections))
