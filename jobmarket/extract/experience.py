"""Read the years of experience required for the job as a whole, and derive the experience band."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from jobmarket.extract import anchors, degree
from jobmarket.extract.document import Document
from jobmarket.extract.forum_post import is_forum_line
from jobmarket.extract.others_years import are_of_others
from jobmarket.extract.passages import SOFT, answers, standing
from jobmarket.extract.role import role_family

# The least is None where only an upper end is named: "up to 5 years".
_Years: TypeAlias = tuple[int | None, int | None]


class _Asked(NamedTuple):
    """Years that a sentence requires, whether it mentions experience, and the sentence."""

    years: _Years
    is_of_experience: bool
    sentence: str


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10,
}  # fmt: skip
_ONE_YEAR = r"\b(?:an?|eine?m?|une?) (?:full |volles )?(?:year|jahr|an|année)\b"
_OF_EXPERIENCE = (
    r"(?=['’]?s? (?:or more )?(?:of |in |an |d['’])?(?:[\w-]+ ){0,3}?\w*(?:experien|erfahrung|expérience|praxis))"
)
# Employers and founders speak of decades as well ("Acme has a decade of experience"), so they count only where they are
# asked for: words that ask, or that open the sentence.
_ASKED_BEFORE = (
    r"(^\W*(?:over |more than |über |mehr als |plus d['’])?|\b(?:at least|minimum(?: of)?|must have|"
    r"candidates? (?:has|have|needs?|brings?)|"
    r"you(?:['’]ve| (?:have|bring|need))|mindestens|(?:du|sie) (?:hast|haben|bringst|bringen)|au moins|vous avez|tu as)"
    r"(?: over| more than| über| mehr als| plus d['’])? ?)"
)
# Years that are named without a number, and the same with it.
_SPELLED = (
    (re.compile(rf"(?<!once )(?<!twice )(?<!times )(?<!half )(?<!\bin ){_ONE_YEAR}{_OF_EXPERIENCE}"), "1 year"),
    (
        re.compile(
            r"(experience|erfahrung|expérience)"
            rf"((?:\W| (?:of|von|de|at least|mindestens|au moins)\b| d['’](?:au moins)?){{1,4}}){_ONE_YEAR}"
        ),
        r"\1\g<2>1 year",
    ),
    (re.compile(rf"\beinjährige[nrs]?\b{_OF_EXPERIENCE}"), "1 year"),
    (re.compile(rf"\ba couple of years{_OF_EXPERIENCE}"), "2 years"),
    (re.compile(r"\bune dizaine d['’]années(?= d['’]exp)"), "10 ans"),
    (re.compile(rf"\bhalf a decade{_OF_EXPERIENCE}"), "5 years"),
    (
        re.compile(rf"{_ASKED_BEFORE}\b(?:an?|one|ein|une) (?:decade|jahrzehnt|décennie){_OF_EXPERIENCE}"),
        r"\g<1>10 years",
    ),
    (
        re.compile(rf"{_ASKED_BEFORE}\b(?:two|zwei|deux) (?:decades|jahrzehnten?|décennies){_OF_EXPERIENCE}"),
        r"\g<1>20 years",
    ),
)
_NUMBER = r"\d{1,2}|" + "|".join(_WORDS)
_YEARS = re.compile(
    # A quick first test: how a number begins
    rf"(?=[\d{''.join(sorted({word[0] for word in _WORDS}))}])"
    # Lists without line breaks glue the number to the word before: "Requirements5+ years", "environment.5 years"
    r"(?:(?<![\w$€£.,/])(?<!\w-)|(?<=[a-z])(?=\d{1,2}\s?\+)|(?<=[a-z]\.)(?=\d)|(?<=\b[bm][as]/)(?=\d))"
    rf"(?P<least>{_NUMBER})(?:[.,]\d)?(?:\s?\((?:{_NUMBER})\+?\))?[\s-]?(?P<plus>\+|plus\b)?\s?"
    rf"(?:(?:-|–|—|‐|‑|to|bis|à|or|and|et|und|/)\s?(?P<most>{_NUMBER})\s?(?P<most_plus>\+|or more|plus\b)?\s?"
    r"(?:\(\d{1,2}(?:-\d{1,2})?\)\s?)?)?"
    r"(?:or more |full |relevant |more |solid )?[- ]?(?P<unit>years?|yrs?\b|yoe\b|jahren?|jahr\b|jährige[nrs]?\b|ans\b|"
    r"an(?= d['’]exp)|an\(s\)|(?<=1 )an\b|années?)"
)
# "6+ months of experience", "Experience: 12 months", "une expérience de 6 mois"
_MONTHS = re.compile(
    rf"(?<![\w$€£.,/-])(?<!first )(?P<least>{_NUMBER})\s?(?P<plus>\+|plus\b)?"
    rf"(?:\s?(?:-|–|—|to|bis|à)\s?(?P<most>{_NUMBER}))?[- ]?(?:months?|monate?n?|mois)\b"
)
_MONTHS_OF = re.compile(rf"\)? ?{_OF_EXPERIENCE}")
_MONTHS_AFTER = re.compile(
    r"(?:experience|erfahrung|expérience)(?:[\s:(,]+|(?:of|von|de|at least|minimum|min\.|mindestens|au moins)\b|"
    r"d['’])+$"
)
# "Years of experience: 3+"
_LABELLED = re.compile(
    r"\byears? of (?:[\w-]+ ){0,2}experience(?: required| needed)?\s?[:=]\s?(?:>=?|≥|min\w*\.?|at least)?\s?"
    r"(?P<least>\d{1,2})(?P<plus>\s?\+)?(?:\s?(?:-|–|to)\s?(?P<most>\d{1,2}))?(?!\d)"
)
# Requirements of which one is enough: "Option 2: 7 years' experience", "With a Master's degree: 3 years"
_OPTION = re.compile(r"\W*(option \d)\b")
_SCHOOL = re.compile(r"\bhigh[- ]school|\bassociate['’]?s? degree")
_EXPERIENCE = re.compile(
    r"experien|erfahrung|expérience|\bbackground|\btrack record|\bindustry\b|\bprofessional|\bsoftware|\bengineer|"
    r"\bdevelop|\bdata\b|"
    r"\b(?:machine learning|ml|ai)\b|\bhands-on|\bexpertise|\b(?:work|build|lead|deliver|shipp|design|manag)ing\b|"
    r"\byoe\b|\brole\b|"
    r"\bberuf|\b(?:of|in|with) [a-z]"
)
_STRONG = re.compile(
    r"\byou (?:have|bring|need)|\bminimum|\bat least|\brequir\w+|\bmust\b|\byoe\b|experien\w*|erfahrung|"
    r"expérience|\bau moins\b|\bau minimum\b|\btypically\b|expertise|proficien|\bof (?:professional|industry|relevant|"
    r"hands-on)"
)
_OTHER_BEFORE = re.compile(
    r"\b(?:company|employer|organi[sz]ation|firm) for (?:a |at )?(?:minimum|least)(?: of)? ?$|"
    r"\bfor up to ?$|"
    # How long something took, but "experience in 5+ years of sales" is asked
    r"(?<!experience )(?<!expertise )(?<!background )(?<!track record )(?<!erfahrung )"
    r"\bin(?: just| only| under| less than| about)? $|"
    r"\btrust(?:s|ed)?\b[^.;\n]{0,24} for(?: over| more than)? $|"
    r"\b(?:residen\w+|lived|living|licen[cs]e|permit)\b[^.;\n]{0,24} for(?: at least| over| more than)? $|"
    r"\badditional ?$|"
    r"\b(?:gain|earn|acquire)(?:ing|s)? (?:[\w-]+ ){0,2}(?:experience|expertise) in $|"
    r"\b(?:gain|earn|acquire)(?:ing|s)?(?: up to| at least| over)? ?$|"
    r"\b(?:seit|depuis)(?: über| mehr als| fast| rund| plus de| près de)? ?$|"
    r"\b(?:past|last|next|every|per|each|in just|in the first|over the|within|in under|recent|previous|coming|founded|"
    r"for over|for more than|typically reflects|after|(?<!you have )(?<!you['’]ve )spent|since|celebrat\w+|"
    r"with over|our)(?: \w+)? ?$|\bcontract (?:(?:of|for)(?: \w+)?)? ?$|"
    r"\bappointments? (?:is|are|will be)(?: for)?(?: up to)? ?$|"
    r"\b(?:cdd|stage|alternance|contrat|mission|vertrag|praktikum|ausbildung|befristet|laufzeit:?|"
    r"laufzeit de[rs] \w+:?|"
    r"\w*laufzeit|vertrag läuft|\w*dauer:?|dauert|regelstudienzeit|probezeit:?|(?:letzten|ersten|nächsten|"
    r"kommenden|vergangenen))"
    r" ?(?:est )?(?:de |d['’](?:au moins )?|von |über |auf )?$|"
    r"\bvest\w*[^.;\n]{0,20}$|"
    # "doublé en l'espace de trois ans", "d'ici 2 ans", "un programme sur 2 ans"
    r"\bdurée ?:? ?$|(?<!expérience )\b(?:en|en l['’]espace de|d['’]ici(?: à)?|"
    r"sur(?: une durée de)?)(?: moins de| seulement| à peine|"
    r" plus de)? ?$|"
    # What a degree is worth, how long a firm has been there, and how long ago something was
    r"\b(?:substitut\w+(?: for)?|in lieu of|in place of|counts? (?:as|for|towards?)|replaces?)(?: up to)? ?$|"
    r"\b(?:in (?:business|operation|existence)|around|on the market|we(?:['’]ve| have) been [^.;\n]{2,40}|"
    r"(?:company|firm|business|group|agency|studio|bank) has been [^.;\n]{2,40}) for(?: only| just)? ?$|"
    r"\b(?:vor|nach|après|il y a)(?: über| mehr als| rund| plus de| près de)? ?$|"
    r"\bmindestalter:?(?: von)? ?$|\bâgée?s? (?:de|d['’]au moins)(?: plus de)? ?$"
)
_OTHER_AFTER = re.compile(
    r"^[’']?\s?(?:ago|(?:of )?(?:full[- ]?time )?education\b|outcomes|experience credit|old|of age|in a row|"
    # "4 years running", but not "4 years running databases"
    r"running(?=\W*$|[^\w\s]|\s(?:by|as|in|for|with|at|now|we|and(?! \w+ing\b))\b)|"
    r"anniversary|from now|after|following|later|ahead|plan|horizon|outlook|in just|term|vesting|exercise|combined|"
    r"history|in business\b(?! [a-z])|of service|of study|"
    r"of (?:continuous )?residen|of growth\b(?! (?:\w+ )?(?:marketing|management|engineering|analytics|experience))|"
    r"of funding|of runway|of savings|"
    r"of (?:excellence|innovation|combined|(?:company |our )?history)|"
    r"of experience (?:uniting|serving|helping|delivering to)|"
    r"(?:university|college|degree|bachelor|undergraduate)|cliff|warranty|contract|sabbatical|and counting|strong\b|"
    r"we |into|or older|and older|alt\b|probezeit|befristet|am markt\b|auf dem markt\b|sur le marché\b)|"
    r"^ (?:(?:rotation(?:al)?|fixed[- ]term|renewable|temporary|initial|"
    r"graduate|training|trainee|leadership|development|full-time|paid|structured|research|"
    r"residency|degree|diploma) ){0,3}(?:program(?:me)?|fellowship|rotation|apprenticeship|traineeship|residency|"
    r"contract|roadmap|assignment|appointment)s?\b(?! (?:manag|lead|coordinat|direct))|"
    r"^ (?:of )?(?:(?:experience|erfahrung|d[’']expérience) )?(?:together|between (?:us|them)|collectively|zusammen\b|"
    r"ensemble\b|cumulé)|"
    r"^[^.\n]{0,12}\b(?:[- ]over[- ]year|combined)\b|^[^.\n]{0,24}\b(?:insurtech game|in the industry, we)"
)
# In a sentence that mentions no experience, so many years are an age: "Vous avez 18 ans minimum"
_AGES = frozenset({16, 17, 18})
_NAMES_EXPERIENCE = re.compile(r"experien|erfahrung|expérience|praxis|expertise|\byoe\b")
_IN_A_TRADE = re.compile(r"^ (?:minimum )?(?:in|as|with|of|dans|en|als|comme) [a-z]")
# "Up to 5 years", but "no less than 5 years" is a minimum
_UPPER_END = re.compile(
    r"(?:\bup to|(?<!\bno )(?<!\bnot )\b(?:less|fewer) than|\bno(?:t|t any)? more than|\bat (?:the )?most|"
    r"\bmax(?:imum|imal|\.)?(?: of)?:?|\bunder|\bbelow|\bbis zu|\bhöchstens|\bweniger als|"
    r"\bjusqu['’]à|\bmoins de|\bau (?:plus|maximum)) ?$"
)
# "Case management: 2 years (preferred)"
_WISH_IN_BRACKETS = re.compile(
    r" ?\((?:(?:strongly|highly) )?(?:preferred|desired|ideally|a plus|bonus|nice to have)\)"
)
# "4 years in consulting, preferably at a bank": the wish is what follows
_ADVERB = re.compile(r"preferabl|ideal|idéal|bevorzugt|vorzugsweise|optimalerweise")
_BINDING = re.compile(r"(?<!not )(?<!strictly )\brequir|\bminimum|\bat least|\bmust")
_ALTERNATIVE = re.compile(r"\bor\b(?! more)|\boder\b|\bou\b")
_ADDITION = re.compile(r"\band\b(?!/| more)|\bund\b|\bet\b")
# "2 years with a PhD and 5 with a Master's" are alternatives.
_DEGREE = re.compile(r"\bph\.?d|\bmaster|\bbachelor|\bdegree|\bm\.?sc|\bb\.?sc|\b[bm]\.?[as]\b")
_LEVELS_OF_DEGREE = {
    "bachelor": re.compile(r"\bbachelor|\bundergrad|\bb\.?s\.?c?\b|\bb\.?a\b"),
    "master": re.compile(r"\bmaster|\bm\.?s\.?c?\b|\bm\.?a\b"),
    "phd": re.compile(r"\bph\.?d|\bdoctor"),
}
# "5 years with a BS, 3 with an MS", "7+ years (or 5+ with a PhD)"
_ELIDED = re.compile(
    r"(?<=[\s(])\d{1,2}\+?(?= (?:with|for|if you have) (?:an? )?(?:ph\.?d|doctor|master|bachelor|"
    r"[bm]\.?s\.?c?\b|[bm]\.?a\b|advanced degree|graduate degree))"
)
# Short forms that are degrees only beside the years: "BS + 5 years", "3 years with an MS"
_SHORT_DEGREE = re.compile(r"^\W*(?P<first>[bm]s)c?\b|\b(?:with|and) an? (?P<last>[bm]s)c?\b")
# "5+ years in data or consulting, with at least 2 years of prompting": the two are part of the five
_PART_OF_THEM = re.compile(
    r"(?:, with(?: more than| over)?|with at least|, avec(?: au moins| plus de)?|, mit(?: mindestens| über| mehr als)?|"
    r"including(?: at least)?|of which|thereof|davon(?: mindestens)?|dont(?: au moins|"
    r" au minimum| environ)?) $"
)
# "10+ years in customer success", "4-8 years investigating fraud": opens a requirement, whatever follows on the line.
_OPENS = re.compile(
    r"\W*(?:have |bring |with )?\d{1,2}(?:\s?\+|\s?[-–—]\s?\d{1,2}\+?)\s?years? "
    r"(?:in|of|as|with|across|(?!running|counting|being|serving|helping|delivering)[a-z]+ing)\b"
)
# The largest plausible minimum and maximum; more years are the age of a company or a person.
_MOST_LEAST_YEARS, _MOST_YEARS = 20, 30
_MONTHS_A_YEAR = 12
# Characters.
_SHORT_SENTENCE = 60
_OPENS_WITHIN = 8
_BAND_OF_LEVEL = {
    "intern": "intern", "junior": "junior", "mid": "confirmed", "senior": "senior", "lead": "senior",
    "staff": "staff_principal", "principal": "staff_principal", "executive": "staff_principal",
}  # fmt: skip


def years(document: Document) -> tuple[int | None, int | None]:
    """Return (least, most) years of experience required; (None, None) if there is no requirement.

    Years in the title come first. Of several requirements the longest counts, as it covers the job as a whole. Of
    alternatives ("5+ years, or 3+ with a PhD", or lines that differ by degree or option) the lowest counts. "8-10+" is
    open-ended: (8, None). An upper end is no minimum: "up to 5 years" is (None, 5). Parts of a year are left out of the
    least: "6 months" is (0, None), "18 months" and "1.5 years" are (1, None).
    """
    if is_forum_line(document.title) and role_family(document) == "multiple":
        return (None, None)
    if (named := _of_title(document.title.lower())) is not None:
        return named
    firm: list[_Asked] = []
    wished: list[_Asked] = []
    for start, asked in answers(document, anchors.YEARS, _of_sentence, reach=180):
        level = standing(document, start)
        if level == "context" and not asked.is_of_experience:
            continue
        (wished if level == "preferred" else firm).append(asked)
    found = _without_alternatives(firm or wished)
    return max(found, key=_least) if found else (None, None)


def _of_title(title: str) -> _Years | None:
    """Return the years in a title: "Data Engineer (3-5 years)", but not "2 year contract"."""
    match = _YEARS.search(title)
    if match is None or is_forum_line(title) or not (match.group("plus") or match.group("most") or "exp" in title):
        return None
    return _required(title, match)


def _least(pair: _Years) -> int:
    """Return the least years; an upper end alone asks for less than any minimum."""
    return -1 if pair[0] is None else pair[0]


def _without_alternatives(found: Sequence[_Asked]) -> list[_Years]:
    """Return the years of several requirements, with only the lowest of those that are alternatives."""
    by = [(asked.years, _alternative(asked.sentence) if len(found) > 1 else None) for asked in found]
    if len({alternative for _, alternative in by if alternative}) < 2:
        return [pair for pair, _ in by]
    either = min((pair for pair, alternative in by if alternative), key=_least)
    return [either, *(pair for pair, alternative in by if not alternative)]


def _of_sentence(sentence: str) -> _Asked | None:
    """Return the years that a sentence requires; None if it requires none."""
    matches = list(_YEARS.finditer(sentence))
    if not matches and _NAMES_EXPERIENCE.search(sentence):
        sentence = _MONTHS.sub(_in_years, sentence)
        for spelled, years_in_digits in _SPELLED:
            sentence = spelled.sub(years_in_digits, sentence)
        matches = list(_YEARS.finditer(sentence))
    if not matches:
        labelled = _LABELLED.search(sentence)
        is_asked = labelled is not None and not _is_wish(sentence, labelled.end())
        asked = _required(sentence, labelled) if labelled and is_asked else None
        return _Asked(asked, True, sentence) if asked else None
    if _ELIDED.search(sentence, matches[0].end()):
        sentence = _ELIDED.sub(r"\g<0> years", sentence)
        matches = list(_YEARS.finditer(sentence))
    spans = [(asked, match.span()) for match in matches if (asked := _required(sentence, match)) is not None]
    if not spans or _is_wish(sentence, matches[0].end()) or not _is_requirement(sentence, matches[0].end()):
        return None
    is_of_experience = "experien" in sentence or "yoe" in sentence or _OPENS.match(sentence) is not None
    return _Asked(_of_degrees(sentence, spans) or _of_several(sentence, spans), is_of_experience, sentence)


@lru_cache(maxsize=16_384)
def _alternative(sentence: str) -> str | None:
    """Return what distinguishes a sentence from its alternatives, an option's number or a degree; None if nothing."""
    if option := _OPTION.match(sentence):
        return option.group(1)
    if _SCHOOL.search(sentence):
        return "school"
    if level := degree.lowest(sentence):
        return level
    short = _SHORT_DEGREE.search(sentence)
    return None if short is None else {"b": "bachelor", "m": "master"}[short.group(short.lastgroup or 0)[0]]


def _required(sentence: str, match: re.Match[str]) -> _Years | None:
    """Return the (least, most) years of a match; None if the words around it are about other years."""
    least = _number(match.group("least"))
    named = match.groupdict()
    most = _number(match.group("most")) if match.group("most") else None
    if match.group("plus") or named.get("most_plus"):
        most = None
    after = sentence[match.end() : match.end() + 32]
    unit = named.get("unit", "years")
    if unit.startswith("jährig"):
        if "erfahrung" not in after and "praxis" not in after:
            return None  # "dreijährige Ausbildung"
    elif "unit" in named and sentence[match.start("unit") - 1] == "-" and "experience" not in after:
        return None  # "a one-year outlook", "30-year-old"
    before = sentence[max(0, match.start() - 48) : match.start()]
    if _OTHER_BEFORE.search(before) or are_of_others(sentence, match.start(), match.end()):
        return None
    is_exact = most is None and not match.group("plus")
    if least in _AGES and is_exact and not (_IN_A_TRADE.match(after) or _NAMES_EXPERIENCE.search(sentence)):
        return None
    # "3-5 years of combined experience" of one person opens its line or follows a label; a team's stands in a sentence.
    is_own = (_OPENS.match(sentence) is not None and match.start() < _OPENS_WITHIN) or before.endswith("experience: ")
    if _OTHER_AFTER.search(sentence[match.end() : match.end() + 40]) and not (is_own and "combined" in after):
        return None
    if least > _MOST_LEAST_YEARS or (most is not None and not least < most <= _MOST_YEARS):
        return None
    if most is None and not match.group("plus") and _UPPER_END.search(before):
        return None, least
    return least, most


def _is_wish(sentence: str, first_end: int) -> bool:
    """Return whether a sentence only wishes for the years whose first mention ends at ``first_end``."""
    if _WISH_IN_BRACKETS.match(sentence, first_end):
        return True
    soft = SOFT.search(sentence)
    if not soft or (_STRONG.search(sentence) and _BINDING.search(sentence)):
        return False
    if soft.start() < first_end:
        return True
    # The wish may be about what follows the years.
    is_apart = re.search(r"[,;(]| [-–—] |\bvisa\b", sentence[first_end : soft.start()])
    return not (is_apart or (_ADVERB.match(soft.group()) and sentence[soft.end() :].strip(" .)")))


def _is_requirement(sentence: str, first_end: int) -> bool:
    """Return whether a sentence speaks of experience required, or is too short to speak of anything else."""
    return bool(
        _STRONG.search(sentence)
        or _OPENS.match(sentence)
        or _EXPERIENCE.search(sentence[first_end : first_end + 60])
        or len(sentence) < _SHORT_SENTENCE
    )


def _of_degrees(sentence: str, spans: list[tuple[_Years, tuple[int, int]]]) -> _Years | None:
    """Return the lowest of years that each have their own degree: "5 years (BS) / 3 years (MS)"; None if they do not.

    The degree stands behind all of the years or before all of them.
    """
    if len(spans) < 2:
        return None
    places = [start for _, (start, _) in spans]
    is_before = bool(_levels(sentence[: places[0]]))
    cuts = [0, *places] if is_before else [*places, len(sentence)]
    taken: set[str] = set()
    own: list[_Years] = []
    for (asked, _), (start, end) in zip(spans, pairwise(cuts), strict=True):
        levels = _levels(sentence[start:end])
        if not levels or levels & taken:
            break
        taken |= levels
        own.append(asked)
    return min(own, key=_least) if len(own) > 1 else None


def _in_years(months: re.Match[str]) -> str:
    """Return months of experience as the years that contain them, "12-18 months" as "1-2 years"; other months as is."""
    sentence = months.string
    before = sentence[max(0, months.start() - 48) : months.start()]
    if not (_MONTHS_OF.match(sentence, months.end()) or _MONTHS_AFTER.search(before)):
        return months[0]
    least = f"{_number(months['least']) // _MONTHS_A_YEAR}{months['plus'] or ''}"
    most = f"-{-(-_number(months['most']) // _MONTHS_A_YEAR)}" if months["most"] else ""
    return f"{least}{most} years"


def _levels(words: str) -> set[str]:
    return {level for level, pattern in _LEVELS_OF_DEGREE.items() if pattern.search(words)}


def _of_several(sentence: str, spans: list[tuple[_Years, tuple[int, int]]]) -> _Years:
    """Return the first years of a sentence, or fewer ones that are an alternative, or more that are asked as well."""
    chosen = spans[0][0]
    for (_, (_, end)), (other, (start, _)) in pairwise(spans):
        between = sentence[end:start]
        is_part = _PART_OF_THEM.search(between) or (between.endswith(" with ") and not _DEGREE.search(sentence))
        is_alternative = _ALTERNATIVE.search(between) and not is_part
        is_addition = _ADDITION.search(between) and not _DEGREE.search(sentence)
        if (is_alternative and _least(other) < _least(chosen)) or (is_addition and _least(other) > _least(chosen)):
            chosen = other
    return chosen


def _number(word: str) -> int:
    return _WORDS[word] if word in _WORDS else int(word)


def experience_band(seniority: str, years_min: int | None) -> str:
    """Return the experience band, from seniority or else from the years required.

    By the minimum years: ``junior`` below 3, ``confirmed`` 3-4, ``senior`` 5-7, ``staff_principal`` 8 and more. A lead
    is ``senior``, an executive ``staff_principal``. Interns have a separate band, ``intern``: their pay and hiring
    season say nothing about first jobs (docs/decisions/0017-experience-by-minimum-years.md).
    """
    if seniority in _BAND_OF_LEVEL:
        return _BAND_OF_LEVEL[seniority]
    if years_min is None:
        return "unspecified"
    if years_min <= 2:
        return "junior"
    if years_min < 5:
        return "confirmed"
    return "senior" if years_min < 8 else "staff_principal"
