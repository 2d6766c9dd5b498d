"""Patterns for the workplace (remote, hybrid, on site), matched to lower-case text. English, French, German."""

from __future__ import annotations

import re

from jobmarket.extract.guarded import Guarded, needed_words

# Names of work from home, apart from "remote"
_FROM_HOME = (
    r"work(?:ing)?[- ]from[- ]home|wfh|telecommut\w*|home-?[ ]?office|télétravail|travail à distance|telearbeit"
)
# "TELETRAVAIL", "télé-travail", "2 jours de TT"
_TELEWORK = re.compile(r"\bt[ée]l[ée]-?travail|(?<=\bjours de )tt\b|(?<=\bj de )tt\b")


def in_full(sentence: str) -> str:
    """Return a lower-case sentence with the French word for work from home in its full spelling."""
    if "teletravail" in sentence or "-travail" in sentence or " de tt" in sentence:
        return _TELEWORK.sub("télétravail", sentence)
    return sentence


# A share of the working time below all of it: "50 % Remote", "Homeoffice bis zu 60 %", "Remote-Anteil: 80 %"
_PART = r"\b[1-9]\d? ?(?:%|prozent)"
_HOME_OR_REMOTE = (
    rf"(?:{_FROM_HOME}|remote(?:-?(?:work|anteil|arbeit))?|"
    r"mobil(?:e[smnr]?)?[- ](?:zu )?(?:arbeit\w*|work\w*|office))"
)
_PARTLY_AT_HOME = (
    rf"{_PART}[ -]?(?:im |en |from |der arbeitszeit (?:im )?)?{_HOME_OR_REMOTE}(?! (?:team|workforce|company))|"
    rf"\b{_HOME_OR_REMOTE}(?: ?[:,]| möglich| possible)? ?\(?(?:(?:von |zu )?bis zu |max\w*\.? |up to |jusqu['’]à |"
    rf"ca\. |zu )?"
    rf"{_PART}|\b(?:teilweise|anteilig\w*|überwiegend|größtenteils) (?:im |aus dem )?{_HOME_OR_REMOTE}|"
    rf"\b(?:home-?[ ]?office|remote)-?anteil\b(?! ?:? ?100)"
)
# "60% in-office", "Office attendance: 40%", "Präsenzanteil 40 %", but not "50% on-site at customers"
_PARTLY_IN_OFFICE = (
    rf"(?<!travel )(?<!travel: )(?<!up to ){_PART} (?:of (?:the|your|their) time )?(?:in[- ]office|in the office|"
    r"in[- ]person|on-?site|vor ort|im büro|sur site|(?:en )?présentiel|au bureau)\b"
    r"(?! (?:attendance |work )?(?:at|with|visit|bei|beim|chez)\b|[^.\n]{0,30}(?:client|customer|kund|travel)|"
    r" (?:[\w-]+ )?(?:events?|workshops?|meetings?|conferences?|trainings?|sessions?|class(?:es)?|lectures?|"
    r"veranstaltung\w*|schulung\w*))|"
    rf"\b(?:(?:office|on-?site|in[- ]person) (?:attendance|presence|time)|präsenz(?:anteil|quote)|présentiel)"
    rf"(?: ?:| of| de| à)? ?{_PART}"
)
# "2 jours", "2 à 3 j/semaine", "deux jours", and where they are spent
_FEW_DAYS = r"(?<!\d)(?:[1-4]|un|deux|trois)(?: ?(?:à|ou|[-–/]) ?(?:[2-4]|deux|trois))? ?(?:jours?\b|j\b)"
# A group's agreement: "accord de télétravail en France et à l'international"
_NOT_OF_GROUP = r"(?! en france et| à l['’]international)"
_IN_THE_OFFICE_FR = r"(?:au bureau|sur site|en présentiel|dans nos (?:locaux|bureaux))"
HEAD_REMOTE = Guarded(
    rf"\bremot[eoa]\b(?! sens)|\b(?:{_FROM_HOME})\b|\banywhere\b|"
    r"\bworldwide\b(?! [a-z])|"
    # The employee's home, not a patient's: "Engineer (Home-based)"
    r"^(?!.*\b(?:therap|nurs|care|behavio|technician|clinic|physician|teacher|aide)).*"
    r"[,(/–—-] ?home[- ]based\W*(?:$|[),|])|"
    r"\bdistributed\b(?!,? (?:\w+ )?(?:systems?|comput\w+|training|data|databases?|ledgers?|storage|back-?end|"
    r"infra\w*|cloud|energy|"
    r"ml|inference|tracing|teams lead))"
)
HEAD_HYBRID = Guarded(
    r"\bhybrid\w*\b(?! (?:mobile|app|apps|cloud)\b|-?(?:app|cloud))|\b[1-3](?:\s?[-–]\s?[1-4])? days\b|"
    r"\b[1-3] ?x ?(?:/|a|per) ?(?:week|wk)\b"
)
HEAD_ONSITE = Guarded(
    r"\bon-?\s?site\b|\bin[- ]person\b|(?<!:)\bin[- ]office\b|\bvor ort\b|\bsur site\b|\bpräsenz\b|\b[45] days\b"
)
# A location field without a place.
ANYWHERE = re.compile(r"\W*(?:anywhere|worldwide|global|remote)\W*")
MOST_DAYS = re.compile(r"\b[45] days\b")
EITHER = re.compile(
    r"hybrid\b[^;|]{0,40}(?:;|/|,|\bor\b)[^;|%]{0,40}\bremote|remote\b[^;|]{0,40}(?:;|/|,|\bor\b)[^;|"
    r"]{0,40}\bhybrid"
)
THIS_IS_HYBRID = Guarded(
    r"#li-hybrid|\bthis (?:position|role|job) is (?:a |categorized as |classified as )?hybrid\b(?! or)|"
    r"\bthis is an? (?:[\w-]+ ){0,2}hybrid (?:position|role|job)\b(?! or\b|,? (?:that |which )?"
    r"(?:blend|bridg|combin|mix|spann|between|at the intersection))|"
    rf"télétravail[^.\n]{{0,40}}\b{_FEW_DAYS}|{_FEW_DAYS} (?:de |en )?télétravail|"
    rf"{_FEW_DAYS} (?:par semaine )?{_IN_THE_OFFICE_FR}|\bprésence régulière {_IN_THE_OFFICE_FR}|"
    rf"\b(?:accord|charte) (?:de |du |sur le )?télétravail{_NOT_OF_GROUP}|\btype\s?:\s?hybrid\b(?! or|,? remote|/)"
)
# Beside a number of office days these make it a demand on whoever takes the job, which "our office is open 3 days a
# week" is not; those after them restrict it to some places, or to wishes.
DEMANDED = Guarded(
    r"\bmust\b|\byou(?:['’]ll| will| need to| have to| are (?:expected|required) to|['’]re (?:expected|required) to) "
    r"(?:be |work|come|commute|spend)|\bwilling to (?:work|be|come|commute)|\b(?:expect|require)[^.\n]{0,40}"
    r"\b(?:employees|you|everyone|candidates)\b|\bthis (?:role|position|job) (?:requires|will be|is)\b|"
    r"\bthis (?:is|will be) an? (?:[\w-]+ ){0,2}(?:hybrid|on-?site|in[- ]office)\b|"
    r"\b(?:du|sie) (?:arbeite(?:s?t|n)|kommst|kommen|musst|müssen|solltest|sollten)\b|\bwir erwarten\b"
)
DEMANDED_OTHER = re.compile(
    r"\b(?:if|when|near|nearby|within|miles|locations?|local|ideally|prefer\w*|welcome|optional|wenn|falls)\b|"
    r"(?<!not )(?<!not fully )(?<!not 100% )\bremote"
)
# Behind these, remote work is ruled out for some places or some time only: "not remote in Alaska", "until March"
_ONLY_THERE = (
    r"(?![ -]first|(?: (?:role|position|job))?,? (?:but|outside|abroad|from|for (?!\w+ reasons)|until|during|unless|"
    r"except|within|in (?!this\b|our\b|the (?:role|position|office|team)\b))|"
    r",? (?:außerhalb|aus|von|während|bis|hors|depuis|pendant|durant|avant|en dehors|à l['’]étranger)\b)"
)
# The same of remote work that is ruled out for this job, whatever the location field says
THIS_IS_NOT_REMOTE = Guarded(
    r"\bthis (?:is|(?:role|position|job|opportunity) (?:is|will be|can)) ?(?:not|n['’]t) (?:be )?(?:an? )?"
    rf"remote\b{_ONLY_THERE}|"
    r"\bthis (?:role|position|job) (?:cannot|can['’]t|can not) be (?:performed |done |worked )?"
    rf"remote(?:ly)?\b{_ONLY_THERE}|"
    rf"\bremote work is not (?:available|possible|offered|an option) for this (?:role|position|job)\b{_ONLY_THERE}|"
    r"\(no remote(?: work)?(?:/hybrid)?(?: please)?\)|^\W*no remote(?: work)?(?:/hybrid)?(?: please)?\W*$|"
    rf"\bdiese (?:stelle|position) ist (?:nicht|kein) remote\b{_ONLY_THERE}|"
    rf"\bce poste n['’]est pas (?:ouvert au télétravail|en (?:remote|télétravail))\b{_ONLY_THERE}"
)
# Said of this very job, which no number of office days that others have outranks
_THE_JOB_IS_REMOTE = (
    r"\b(?:this|all|these) (?:positions?|roles?|jobs?) (?:is|are) (?:100% |"
    r"fully )?remote[- ]?(?:friendly)?\W*(?:$|\.|;)|"
    r"\bthis is a (?:fully|100 ?%|completely|entirely)[- ]remote (?:position|role|job|opportunity)\W*(?:$|\.|;)"
)
THE_JOB_IS_REMOTE = Guarded(_THE_JOB_IS_REMOTE)
THIS_IS_REMOTE = Guarded(
    rf"{_THE_JOB_IS_REMOTE}|"
    r"^\W*(?:(?:work |job )?location|workplace|(?:arbeits)?ort)\s?:\s?(?:fully |100 ?% )?remote\b"
    r"(?! ?(?:friendly|possible|optional|not\b|/|\()|[^.\n]{0,30}\b(?:days|office|hybrid\W*$))|"
    r"\ball (?:positions|roles|jobs) are (?:100% |fully )?remote\b|"
    r"\b(?:as|since|because) this is an? (?:fully |100 ?% )?remote (?:position|role|job|opportunity)\b"
)
THIS_IS_ONSITE = Guarded(
    r"\bthis (?:is an?|(?:role|position|job) is(?: an?)?) (?:fully )?(?:office-based|on-?site|in[- ]person|"
    r"in[- ]office)\b(?: only\b|(?! or|/| days|,? (?:\d|two|three)|[^.]{0,60}(?:hybrid|remote)))"
)
_ALL_MOBILE = r"\b100 ?% mobil(?:e[smnr]?)? (?:arbeit|work)\w*"
# "überwiegend remote, mit gelegentlichen Terminen vor Ort"
_RARELY_ON_SITE = (
    r"\bremote(?:-basiert\w*)?\b[^.\n]{0,50}\bmit (?:gelegentlich|vereinzelt|selten)\w* [^.\n]{0,24}"
    r"(?:vor[- ]ort|präsenz|termin|treffen|büro)"
)
FULLY_REMOTE = Guarded(
    r"\b(?:fully|100 ?%|completely|entirely)[- ]remote\b|\b100 ?% home-?[ ]?office|"
    rf"{_ALL_MOBILE}|{_RARELY_ON_SITE}"
)
_REMOTE_WORK = rf"(?:remote(?:ly)?|{_FROM_HOME})\b"
_ELSEWHERE = r"(?!,? (?:work(?:ing)? )?(?:outside|abroad|from|within|in (?!this|the (?:role|position))))"
_NOT_POSSIBLE = (
    r"[^.,;\n]{0,30} (?:not|cannot|nicht|pas|non|(?:is|are|wo|ca)n['’]t) (?:be |currently |an? ){0,2}"
    r"(?:considered|available|possible|offered|option|permitted|allowed|supported|accepted|eligible|möglich|"
    r"vorgesehen|angeboten|proposé|autorisé|prévu)"
)


def _ruled_out(extent: str, remote_work: str) -> str:
    """Return a pattern for "not eligible for remote work"; ``extent`` are words that may say how far it goes."""
    return (
        r"(?:\bnot|\bcannot|n['’]t|\bineligible|\bunable to) "
        r"(?:(?:be|an?|as|for|to|any|currently|eligible|open|available|suitable|able|offer\w*|support\w*|allow\w*|"
        r"permit\w*|perform\w*|done|consider\w*|accept\w*|provide|hir(?:e|ing)|do|work\w*"
        rf"{extent}) ){{0,5}}{remote_work}{_ELSEWHERE}|"
        r"\b(?:no|non|without|keine?n?|pas de|aucun|sans)[- ]"
        rf"(?:any |option (?:for|of) |possibility (?:of|for) {extent})?{remote_work}{_ELSEWHERE}"
    )


# Remote work that the posting rules out: "not eligible for remote work", "no work from home", "kein Homeoffice". But
# neither "not only remote" nor where only some places are excluded: "no remote work outside the EU".
RULED_OUT = _ruled_out(r"|fully[- ]|full |100 ?% |fully|100%", rf"(?:fully[- ])?{_REMOTE_WORK}")
# Where all of it is ruled out, the work is on site: not where "not fully remote", or only remote candidates are, nor
# where it is ruled out for some people or some time ("not possible for interns", "until after the trial").
_IN_PART = (
    r"(?:(?:for|für|pour) (?!(?:this|the|an?|any|our|now|diese\w*|die|ce|cette|le|la)\b)|(?:until|during|unless|except|"
    r"before|während|bis|außer|pendant|sauf|avant) )"
)
_WORK_ONLY = _REMOTE_WORK + (
    rf"(?![^.;\n]{{0,40}} {_IN_PART})"
    r"(?=\W*$|[^\w -]| [-–—|·•]|[- ](?:work|position|role|job|option|employ|arbeit|arrange|possib|opportunit|set-?up|"
    r"möglich|"
    r"allowed|available|please|for this|in this|at this|(?:is|are|not|cannot|ist|nicht|non|n['’]est|and|or|und|ou|sur)"
    r"\b))"
)
NOT_REMOTE = (
    rf"{_ruled_out('', _WORK_ONLY)}|\b{_WORK_ONLY}{_NOT_POSSIBLE}|"
    r"\b(?:remote(?: work)?|home-?office|télétravail) ?: ?(?:no\b|nein|non\b|none|keine?s?\b|aucun)|"
    r"\bnon (?:éligible au télétravail|télétravaillable)|\btélétravail (?:impossible|exclu)\b"
)
NO_REMOTE = Guarded(rf"{RULED_OUT}|\b{_REMOTE_WORK}{_NOT_POSSIBLE}|\bremote:?\s?no\b|\bremote not\b")
HEAD_NOT_REMOTE = Guarded(rf"{NOT_REMOTE}|\bremote no\b")

# "ONSITE + part remote"
PARTLY_REMOTE = re.compile(rf"\bpart(?:ly|ially)?[- ]remote\b|{_PARTLY_AT_HOME}|{_PARTLY_IN_OFFICE}")
# "SF onsite (designer remote)": one of the roles, not all
ONE_REMOTE = re.compile(
    r"\((?:[\w/]+ ){0,2}(?:engineers?|developers?|designers?|marketers?|sales|support|marketing|recruiters?) "
    r"(?:is |are )?(?:can be )?remote\)"
)

ONLY_REGIONS = Guarded(
    r"\b(?:emea|namer|amer|americas|latam|apac|latin america|north america|northern america|europe|worldwide)\b"
)

_ONCE = r"once (?:a|per) week|einmal (?:pro|in der) woche|une fois par semaine"
_TWICE = r"twice|zweimal|deux fois"
_TIMES_A_WEEK = r"(?:times|x) ?(?:a|per|each|/) ?(?:week|wk)"
_DAYS_FR = r"(?:jours?|j(?= ?(?:/|par) ?semaine))"
_DAYS = rf"(?:days?|tage?n?|{_DAYS_FR}|{_TIMES_A_WEEK}|{_TWICE}|{_ONCE})"
OFFICE_DAYS = Guarded(
    rf"(?:{_DAYS}[^.\n]{{0,48}}?"
    r"(?:in[- ]office|in the office|at the office|office (?:presence|attendance)|"
    r"(?:in|out of) our [\w ,-]{0,24}?(?:office|hq)|from (?:the|our) [\w ]{0,24}?office|on-?site|in[- ]person|onsite|"
    rf"im büro|vor ort|{_IN_THE_OFFICE_FR}|in (?:the )?[\w ]{{0,20}}office|office|in (?:our|the) [\w ]{{0,16}}hq)"
    r"|(?:in[- ]office|in the office|(?:in|out of) our [\w ()-]{0,28}?office|(?:at|to) our [\w ]{0,24}office|"
    r"from our [\w ]{0,24}(?:office|hq)|office (?:presence|attendance)|the office|into the office|on-?site|"
    rf"in[- ]person|im büro|präsenz\b|{_IN_THE_OFFICE_FR}|"
    r"in (?:the )?[\w ]{0,20}office|in person)"
    rf"[^.\n]{{0,48}}?{_DAYS}"
    r"|in[- ]person (?:role|position)[^.\n]{0,90}?days?|office[- ]first[^.\n]{0,24}?days?|\boffice days\b)"
)
NUMBER_WORDS = {
    "one": 1, "ein": 1, "einen": 1, "einem": 1, "un": 1, "two": 2, "zwei": 2, "deux": 2, "three": 3, "drei": 3,
    "trois": 3,
    "four": 4, "vier": 4, "quatre": 4, "five": 5, "fünf": 5, "cinq": 5,
}  # fmt: skip
_NUMBER = rf"(?:[1-5]|{'|'.join(NUMBER_WORDS)})"
_LEAST = rf"(?P<least>{_NUMBER})"
_MOST = rf"(?:\s?(?:-|–|to|or|bis|oder|à|ou|/)\s?(?P<most>{_NUMBER}))?"
COUNT_DAYS = re.compile(
    rf"\b{_LEAST}\+?\s?{_MOST}(?:\s?(?:full|in-office|office|working|"
    r"in-person|anchor|x))?[ -]?(?:days?|tage?n?|"
    rf"{_DAYS_FR}|{_TIMES_A_WEEK})\b|"
    rf"\b(?P<twice>{_TWICE})\b|\b(?P<once>{_ONCE})\b"
)
# Days that are a week's without the word: "Min. 3 days onsite", but not the "1 day onsite" of a hiring process
BARE_OFFICE_DAYS = re.compile(
    rf"\W*(?:at least|min\w*\.?(?: of)?|mind\w*\.?) {_LEAST}{_MOST} (?:days?|tage?n?) "
    r"(?:on-?site|in[- ]person|vor ort)\W*"
)
_A_WEEK = r"(?: ?(?:a|per|each|every|pro|in der|die|par|/) ?(?:week|wk|woche|semaine))?"
_AT_HOME = (
    rf"(?:{_FROM_HOME}|(?:from|at) home|à distance|(?:von )?(?:zu ?hause|daheim)|chez (?:vous|soi)|"
    r"mobil\w* (?:zu )?arbeit\w*)"
)
_FILLER = r"(?:(?:of|working|work|im|in|von|aus|dem|en|de|for|as|to|sind|is) ){0,4}"
_LIMIT = r"(?:up to|max\w*\.?|bis zu|jusqu['’]à|at least|mindestens)"
_LIMITS = rf"(?:(?:{_LIMIT}|an|for|on|à raison de|and|is|possible|möglich) ){{0,3}}"
_NOT_IN_OFFICE = r"(?![^.\n]{0,24}(?:office|on-?site|vor ort|büro|bureau|sur site|in[- ]person))"
# Days of the week that are not spent in the office.
HOME_DAYS = (
    # "2 days a week from home"
    re.compile(
        rf"\b{_LEAST}{_MOST} ?(?:days?|tage?n?|jours?|j\b){_A_WEEK} {_FILLER}"
        rf"(?:{_AT_HOME}|remote(?:ly)?(?! (?:position|role|job|contract|opportunity)))\b(?!-)"
    ),
    # "2 remote days"
    re.compile(rf"\b{_LEAST}{_MOST} (?:remote|home-?[ ]?office|wfh)[- ]?(?:days?|tage?n?)\b"),
    # "Cape Town (remote 3 days a week)"
    re.compile(rf"\(remote {_LEAST}{_MOST} (?:days?|tage?n?|jours?)\b{_NOT_IN_OFFICE}"),
    # "Homeoffice: bis zu 2 Tage", but not "Remote, 2 days in the office"
    re.compile(rf"\b{_AT_HOME}(?: ?[:,])? ?\(?{_LIMITS}{_LEAST}{_MOST} ?(?:days?|tage?n?|jours?|j)\b{_NOT_IN_OFFICE}"),
    # "Remote up to 2 days", "work remotely 2 days a week", but "Remote, 4 days a week" is a short week
    re.compile(
        rf"\b(?:remote(?: work(?:ing)?)?(?: ?:|,? \(?(?:{_LIMIT}|for|on|possible)) ?|"
        rf"(?:remotely|remote work(?:ing)?),? \(?){_LIMITS}{_LEAST}{_MOST} ?(?:days?|tage?n?|jours?|j)\b"
        rf"{_NOT_IN_OFFICE}"
    ),
)
# Plain words without which no such day is named.
HOME_WORDS = tuple(sorted({word for pattern in HOME_DAYS for word in needed_words(pattern.pattern) or ()}))
NOT_WEEKLY = Guarded(
    r"paid|workshop|vacation|holiday|leave|volunteer|urlaub|congés|remote days|days? remote|abroad|"
    r"home-?[ ]?office|per year|a year|per month|a month|quarter|"
    r"(?:pro|im) (?:jahr|monat)|par (?:an|mois)\b|"
    r"\b(?:in[- ]office|on-?site|in[- ]person) (?:\w+ )?(?:lunch|meal|breakfast|dinner|snack)"
)
# Of the week but Friday: a week of office days ends with it
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?)(?:days?)?"
_TO = r"(?:to|through|thru|-|–)"
HYBRID = Guarded(
    r"#li-hybrid|\bhybrid(?:e|es|er|en)?[ -]+(?:work(?!load|flow)|role|internship|position|schedule|setup|"
    r"set-up|set up|"
    r"model|environment|"
    r"office|polic|arrangement|job|flex|team|"
    r"culture|company|working|arbeits\w*|basis|opportunit|format|workplace|first|remote|setting|format|nyc|sf|"
    r"london|berlin|mode|\()|(?<!rare )(?<!true )(?<!unique )\bhybrid:|\b(?:is|are|be|as|operate|work|"
    r"working) (?:a )?hybrid\b|"
    r"\bhybrid\b(?=[\s]*$)|\bhybrid,|\bhybrid (?:in|from|at|with|out of|between)\b|\bhybrid ?/|^\W*hybrid\b|"
    r"\bmode hybride|\btravail hybride|\(hybrid|\bhybrid\)|\|\s*hybrid|hybrides? (?:arbeit|modell)|"
    r"\bmix of (?:remote|in-office|office|home)|\bflexib\w+[^.\n]{0,40}\b(?:hybrid|work from home)|"
    r"télétravail (?:est )?(?:partiel|flexible|hybride|régulier|possible|occasionnel|ponctuel)|"
    r"télétravail[^.\n]{0,32}\bjours?|"
    rf"\b(?:possibilité|accord|charte|politique|rythme|option|flexibilité) (?:souple |flexible |avantageuse )?"
    rf"(?:de |du |en |sur le )?télétravail{_NOT_OF_GROUP}|"
    r"(?<!\bnon )(?<!\bpas )\b(?:ouverte?|éligible|compatible|adaptée?) (?:au|avec (?:le|du|un)) (?:\w+ )?télétravail"
    r"(?! (?:complet|total|intégral|à 100|100))|"
    r"\bprésentiel[^.\n]{0,12} ?(?:et|ou|&|/|[-–]) ?(?:en |le |du )?(?:télétravail|remote)|"
    r"\b(?:télétravail|remote)[^.\n]{0,12} ?(?:et|&|/) ?(?:en |le |du )?présentiel|"
    r"\b(?:parfois|ponctuellement|occasionnellement|partiellement|en partie) (?:en |du )?(?:télétravail|remote)|"
    r"\bhome-?[ ]?office ?: ?(?:ja|yes)\b|\btélétravail ?: ?(?:oui|partiel|hybride|occasionnel|possible)|"
    r"\b(?:mode|modèle|format|rythme|organisation|type)(?: de travail)? ?: ?hybride|"
    r"\bpossibilité de (?:faire du |travailler en |travail en )(?:télétravail|remote)\b|"
    r"(?<!\d)[1-9]\d? ?% (?:de |en |du temps en )?télétravail|"
    r"\bposte (?:en )?hybride\b|\b(?:format|formule|modèle|organisation|rythme) (?:de travail )?hybride\b"
    r"(?! (?:combin|associ|mêl|alli|d['’]|de ))|"
    rf"\bremote partiel\b|\bremote ?[:,(]? ?{_FEW_DAYS}|\bprésence régulière {_IN_THE_OFFICE_FR}|"
    r"\bregelmäßige (?:präsenz|anwesenheit) (?:vor ort|am standort)\b|"
    r"\bhybrid (?:&|und) flexib|"
    r"jours? de télétravail|"
    rf"(?<!100% )(?<!100 % )\bhome-?[ ]?office (?:(?:ist|nach absprache|teilweise|grundsätzlich|auch|gerne|tageweise|"
    rf"jederzeit|in \w+) ){{0,3}}"
    rf"möglich|\bhome-?[ ]?office (?:ist|gehört) [^.\n]{{0,24}}\bselbstverständlich|{_PARTLY_AT_HOME}|"
    rf"{_PARTLY_IN_OFFICE}|"
    r"^\W*(?:home-?[ ]?office|mobile? (?:work\w*|office))(?:[ -](?:nach absprache|option\w*|möglichkeit\w*|"
    r"regelung\w*))?\W*$|"
    r"\bortsflexible[sn]? arbeiten\b|\bflexibler arbeitsort\b|\bmobilarbeit\b|\bmobile arbeitsmöglichkeit|"
    r"\b(?:von )?zu ?hause (?:aus )?oder (?:im|vom) büro|\barbeitsort\s?:[^.\n]{0,30}(?:\+|und|&) home-?[ ]?office|"
    r"^\W*home-?[ ]?office und flexible|\b(?:workation|gleitzeit) und (?:home-?[ ]?office|mobil)|"
    r"\bmobile[- ]office-(?:regelung|option|möglichkeit)|"
    r"\bmobile working\b|\bmobile[mnr]? arbeit\b|\bmobile[mns] arbeiten\b|\bmobil (?:zu )?arbeiten\b|"
    r"\b(?:möglichkeit|option|chance|recht|angebot)\w* (?:zur?|zum|auf|für|von|der|des) (?:\w+ ){0,3}"
    r"(?:home-?[ ]?office|home-|remote[- ]?(?:work|arbeit)\w*|mobile\w*(?= (?:arbeit|work|office)))|\btelearbeit\b|"
    r"\bflexible[nrs]? arbeits(?:modell|zeitmodell|form)\w* (?:inkl\.|inklusive|mit|und|"
    r"sowie) (?:\w+ )?home-?[ ]?office|"
    r"\b(?:arbeitszeit\w*|gleitzeit)(?:,| und| sowie| &| mit| \+)[^.\n]{0,24}\bhome-?[ ]?office\b|"
    r"\barbeiten im home-?[ ]?office (?:nach|an|bis|möglich)|"
    r"\b(?:remote|mobile[sr]? arbeit(?:en)?|home-?[ ]?office|zu ?hause)\b[^.\n]{0,30} (?:und|sowie|&|/) "
    r"[^.\n]{0,30}\b(?:vor ort|büro|präsenz)|\b(?:büro|vor ort|präsenz)\b[^.\n]{0,24} (?:und|oder|sowie|/) "
    r"(?:(?:mal|im|von|am|aus dem|in) ){0,2}(?:zu ?hause|daheim|home-?[ ]?office|mobiler arbeit)|"
    r"\bhome-?[ ]?office oder (?:im |in (?:unserem|einem unserer) )?büro|"
    r"\bhome-?[ ]?office (?:\w+ )?nach (?:\w+ )?einarbeitung|"
    r"\btage?n?[^.\n]{0,16} home-?[ ]?office|home-?[ ]?office-(?:regelung|modell|möglichkeit|option)|"
    r"in[- ]person collaboration while offering flexib|\b(?:at least )?half (?:\(50 ?%\) )?of (?:our|your|"
    r"the) time|at least \d+% of (?:their|your) time in|"
    r"\b(?:bis zu|up to|jusqu['’]à) [1-9]\d? ?% (?:im |en |from )?(?:home-?[ ]?office|home\b|remote|télétravail|mobil)|"
    r"\b(?:home-?[ ]?office|remote work|télétravail|mobiles? arbeit\w*)(?: ?[:,]| möglich| possible)? ?\(?"
    r"(?:bis zu|max\w*\.?|up to|jusqu['’]à) [1-9]\d? ?%|"
    r"(?:^|[-–—|·])\W*part(?:ly|ially) remote\W*(?:$|[-–—|·])|\bblended working\b|"
    r"\bexpected to [^.\n]{0,48}\bhybrid (?:capacity|mode|manner|fashion)\b|"
    r"\b(?:combin\w+|mix\w*|blend\w*)\b[^.\n]{0,30}\bremote (?:flexib|work)[^.\n]{0,40}"
    r"\b(?:on-?site|in[- ]person|office)|"
    r"/ hybrid apply\b|\barbeite[nt]? (?:\w+ ){0,2}hybrid\b|\btravaill\w+ (?:\w+ ){0,2}hybride|"
    r"\bteilweise (?:im |aus dem )?(?:home-?[ ]?office|remote)|"
    r"\b(?:büro|office)[^.\n]{0,48}\bauch (?:im|aus dem|vom) home-?[ ]?office\b|"
    r"home-?office[- ]tag|bürotage|remote days(?! (?:a|per) (?:calendar )?year)|"
    r"\b(?:mon|tues|wednes|thurs|fri)days?,? (?:and|&|,)[^.\n]{0,40}\bin[- ]office\b|"
    rf"\b(?:in|into|at)(?:[- ]| (?:the|our) (?:\w+ )?)office (?:(?:on|every|each) )?{_WEEKDAY}\b"
    rf"(?!,? ?{_TO} ?fri)|\b{_WEEKDAY} ?{_TO} ?{_WEEKDAY},? (?:in|at)[- ](?:(?:the|our) )?office\b|"
    rf"\b(?:office|anchor) days ?: ?{_WEEKDAY}\b(?! ?{_TO} ?fri)|"
    r"\b(?:in|from|at) (?:the|our) (?:\w+ )?office[^.\n]{0,32}[1-9]\d ?% of (?:the|their|your) time|"
    r"\bpart[- ]remote\b|\bhybrid[- ]friendly\b|"
    r"\b(?:liberal|generous) (?:work[- ]from[- ]home|wfh|remote[- ]work\w*|telecommut\w*|home[- ]office) polic|"
    r"\bpartial(?:ly)? (?:work(?:ing)? )?(?:from home|remote)\b|\btelework (?:eligible|eligibility) ?:? ?yes\b|"
    r"\btelework(?:ing)?\b(?! ?:? no\b)[^.\n]{0,32} (?:days|permitted|allowed|available|possible)\b|"
    r"\b(?:alternate|switch|choose) between[^.\n]{0,30}\boffice[^.\n]{0,30}\b(?:remote|home)|"
    r"(?:some|regular|occasional|few)[^.\n]{0,20}in[- ]office|"
    r"\bremote[^.\n]{0,30} (?:und|mit) [^.\n]{0,30}\bvor ort"
)
HYBRID_OTHER = Guarded(
    r"hybrid[ -]+(?:search|retriev|cloud|model(?:s|ing)\b|approach to|system|architect|intelligen|infra|patterns?|"
    r"rag|quantum|vehicle|app\b|mobile|deployment|event|and remote|teams? of)|"
    r"hybrid (?:background|profile|skill|learning|of|role between)|vector/hybrid|remote/hybrid language|"
    r"hybrid companies|or hybrid patterns|cloud/hybrid|hybrid/multi|on-prem|"
    r"\bif (?:(?:your|the|this) (?:role|position|job) is )?hybrid\b|"
    r"\bremote,? with (?:an |the )?option (?:for|of) hybrid|"
    r"\bhybrid\b[^.\n]{0,40} or (?:be )?(?:fully )?remote\b|"
    r"\bnot? (?:offer |an? |open to |(?:available|eligible) for )?(?:fully )?(?:remote ?(?:/|,|or) ?)?hybrid\b|"
    r"\b(?:keine?n?|pas de|aucun|sans) (?:home-?[ ]?office|télétravail)|"
    r"télétravail (?:partiel|hybride) (?:ou|à|et) (?:complet|total)|"
    r"\bhybrid,? (?:[\w-]+ )?(?:role|position) (?:that )?(?:blend|bridg|combin|mix|at the intersection|spann)|"
    r"(?:beim|bei den|bei unseren) kunden?\b|\bkunden vor ort|"
    r"\bmobile working (?:solution|device|environment|software)|\blösungen für mobiles|"
    r"\b(?:team|company|workforce) is [1-9]\d? ?% remote|"
    r"\b(?:betreu|schul|berät|unterstütz|support)\w*[^.\n]{0,40}\bremote (?:und|sowie) vor ort|"
    r"home-?[ ]?office-arbeitspl|"
    # Of a conference, not of the job
    r"\b(?:conférences?|séminaires?|[ée]v[éè]nements?|formations?|salons?)\b[^.,;\n]{0,24}"
    r"\d ?% (?:en )?présentiel"
)
REMOTE = Guarded(
    r"#li-remote|\b(?:fully|100%|completely|all|entirely|full|totally|permanently)[- ]remote\b|\b100 ?% (?:remote|"
    r"home ?office|télétravail)|\bremote[- ](?:position|role|job|opportunit|contract\b|employment|friendly)|"
    r"\b(?:role|position|job|opportunity|location|work location|workplace|work type|"
    r"work mode)s?\b[^.\n]{0,24}?(?:\bis|\bare|:|(?:can|may|could|will) be|-|–)\s*(?:\w+ ){0,4}?remote\b|"
    r"\bwork(?:ing)? (?:fully |100% |completely )?remotely\b|"
    r"\bwork[- ]from[- ]home (?:position|role|job|opportun|set-?up)|\b(?:position|role) will work from home\b|"
    r"\bis an? remote, (?:[\w-]+[, ]+){1,3}(?:position|role|job|opportunity|contract)|\beligible for remote\b|"
    r"\bwork from (?:anywhere|wherever|home\b(?= (?:full|100|position|role)))|\bworking from (?:anywhere|"
    r"wherever)|\bremote[- ]first\b|\bremote,? (?:work )?(?:environment|company|team|organi[sz]ation|culture|"
    r"work culture|setup|schedule|basis)\b|"
    r"\bwe(?:'|’)?(?: a)?re (?:a )?(?:fully |100% )?(?:remote|distributed)\b|\bfully distributed\b|\b(?:globally|"
    r"fully) distributed (?:team|company)|\bdue to the remote nature|\bremote nature of|\bteam works remotely\b|"
    r"\byour desk at home or\b|"
    r"^\W*(?:\w+ ){0,2}remote[^\w:]*$|^\W*remote[,( -](?! ?:|[^.\n]{0,12}\b(?:teil|tage|gelegent))|"
    r"^\W*remote ?:(?! ?(?:non?\b|nein|nicht|kein|teil|parti|$))|\bremote \((?:us|usa|eu|"
    r"uk|"
    r"emea|europe|global|worldwide|"
    r"anywhere|canada)|\bremote (?:within|in|from|across|anywhere|only|u\.?s|europe|eu\b|emea|or (?:in[- ]office|"
    r"on-?site|hybrid))|"
    r"\b(?:travaill?\w* (?:\w+ ){0,2}à (?:distance|domicile)|(?:poste|emploi) à distance)\b|^\W*wfh\W*$|"
    r"\b(?:vollständig|vollkommen|rein|ganz) remote|\bortsunabhängig|"
    r"\b(?:100 ?%|entièrement|totalement|intégralement) (?:à distance|en télétravail)|"
    rf"{_ALL_MOBILE}|{_RARELY_ON_SITE}|\bstandortunabhängig|\bvon überall [^.\n]{{0,30}}\barbeiten|"
    r"\bflexible arbeitszeit\w*(?:,| und| sowie| &) remote[- ]?arbeit\b|"
    r"\b(?:arbeits|einsatz|dienst)?ort\s?:[^.\n]{0,30}\b(?:oder|/) ?remote\b|\b(?:vor ort|büro) oder remote\b|"
    r"\bperformed from anywhere\b|\b(?:based|located|live|reside|sit) anywhere (?:in|within)\b|"
    r"\bcan (?:sit|be based|be located|live|reside) in any of the (?:following|\d+)\b|"
    r"\b(?:primarily|mostly|predominantly) remote,? with (?:quarterly|occasional|some travel|a few)\b|"
    r"\bremote candidates (?:in|based|from|across|within)\b|\bremote work possibility\b|"
    r"\bopen to remote|\bour (?:fully )?remote team\b|\bvoll ?remote|\bkomplett remote|\barbeiten von überall|"
    r"\bfull télétravail|\bremote\b[^.\n]{0,20} (?:avec|et) (?:du )?présentiel (?:occasionnel|ponctuel|exceptionnel)|"
    r"\btélétravail(?: ?:)? (?:(?:partiel|hybride) (?:ou|à|et) )?"
    r"(?:complet|total|intégral|illimité|permanent|à (?:100|temps plein|plein temps)|100 ?%)|"
    r"\b(?:travail\w*|poste|job|équipe|mission) (?:(?!parti|majorit|principal|(?:non|pas)\b)\w+ ){0,2}en (?:remote|"
    r"télétravail)\b|"
    r"\benvironnement (?:de |en )télétravail\b|"
    r"\bhome-?[ ]?office ?: ?100 ?%|\bremote oder (?:[\w-]+ ){0,4}(?:büro|office|vor ort|hybrid)|"
    r"\barbeite[nt]?,? (?:von )?wo (?:immer )?du\b|"
    r"\b(?:komplett|ausschließlich|zu 100 ?%|dauerhaft) (?:im|aus dem|von) (?:home-?[ ]?office|zu ?hause)|"
    r"\bremote-?(?:arbeit|tätigkeit)\w* (?:(?!nicht|teil|tage|gelegent)\w+ )?möglich|"
    r"\b(?:deutschland|bundes|europa|schweiz|österreich)weit remote|"
    r"\bremote (?:(?!nicht|teil|tage|gelegent)\w+ )?möglich|"
    r"\bremote possible|\bor (?:be )?remote(?:ly)?\b|\bremote ok\b|"
    r"\bopen to (?:[\w-]+ ){0,2}remote (?:talent|folks|candidates|people|applicants)\b|/ ?remote\W*$|"
    r"^[\w ()/-]{0,40}, remote\W*$|\bflexible remote work\b|\bwork remote\b|"
    r"[\[(]remote(?:[,)\]]| ?[-–—:])|#\w\w-remote\b|"
    r"\bperformed (?:fully |100% |entirely )?remotely\b|"
    r"\b(?:role|job|work|employment|position) type\s?:[^.\n]{0,30}\bremote\b|"
    r"^\W*type\s?:[^.\n]{0,30}\bremote\b|"
    r"\bhiring remotely\b|\bremote working conditions\b|[-–—] (?:fully )?remote (?:[-–—] |\W*$)|"
    r"\bsupports [^.\n]{0,40}\bremote work\b|\b(?:performed|done)\b[^.\n]{0,90}\band remotely\b|"
    r"\bremote work(?:er|ing)?(?: is)? (?:allowed|possible|available)|\bmay telecommute\b|"
    r"\btelecommuting is (?:an option|possible|available|allowed|permitted|accepted)\b|"
    r"\bremote (?:work(?:ing)? )?(?:(?:is|will be|may be|also) ){0,2}considered\b|"
    r"\blocation ?:[^.;\n]{0,40} ?/ ?remote work(?:ing)?\b|[,|] ?on-?site, ?remote ?(?:[,|]|$)|"
    r"\b(?:ort|einsatzort|arbeitsort)\s?:\s?remote\b|\bwork from home or (?:enjoy|from|in|at)\b|"
    r"\|\s*(?:fully |100% )?remote\s*(?:\||$)"
)
REMOTE_OTHER = Guarded(
    r"depending on (?:the|your) (?:requirements of (?:the|your|their) )?(?:role|team|position)|"
    r"remote[ -](?:zugriff|support|service|wartung)|remote (?:areas?|offices|users?|sens|monitor|desktop|access|"
    r"control|location|site|procedure|debug|device|patient|"
    r"team members|collaboration|workers?|hire|work(?:place)? stipend|work (?:approach|set|reimb|support|allow)|"
    r"co-located|stakeholder|companies|job board|interview)|remote workspace stipend|"
    rf"{RULED_OUT}|"
    rf"\b{_REMOTE_WORK}{_NOT_POSSIBLE}|"
    r"\b(?:workshops?|trials?)\b|\b(?:not|n['’]t) apply\b|"
    r"(?:when|if|as) (?:required|needed)|\bwith (?:globally|fully) distributed|"
    r"remote(?:ly)? (?:work )?(?:(?:with)?in|for|during) (?:the |your )?first (?:\w+ )?(?:weeks?|months?)\b|"
    r"remote(?:ly)? (?:for|up to) (?:a maximum of |up to )?\d+ (?:\w+ )?(?:weeks|days|months)|"
    r"exceptional candidates?|remote/hybrid|not (?:a |quite |yet |currently )*(?:open to |offering |hiring "
    r")?(?:fully[- ])?remote(?! (?:work )?(?:outside|abroad))|session|"
    r"\bif [^.\n]{0,30}can be performed remote|after (?:the )?(?:first )?\d+ (?:days|months)|"
    r"(?<!is )(?<!are )remote-first (?:and|or)\b|remote-first (?:companies|teams|startups)|unless|"
    r"possibilité de travail\w* en|regular remote|remote and in-person|flexible/remote|onboarding|customers?|clients|"
    r"partial"
)
# "On-site first aid training", "in-person-first onboarding"
_NOT_FIRST_OF = (
    r"(?! (?:aid|respon|round|interview|meet|onboarding|induction|impression|training|days?\b|weeks?\b|months?\b|visit|"
    r"step|stage))"
)
ONSITE = Guarded(
    rf"#li-onsite|#li-on-site|{NOT_REMOTE}|"
    r"\b(?:in|at) (?:the|our) [\w ]{0,12}office (?:every day|daily)\b|\b(?:100 ?%|komplett|ausschließlich) vor ort\b|"
    r"\bposte basé dans (?:nos|notre) (?:bureaux|locaux)\b|"
    r"\b(?:uniquement|exclusivement|100 ?%) sur site\b|\bsur site (?:uniquement|exclusivement)\b|"
    r"/ on-?site apply\b|\boffice mon(?:day)?\s?(?:-|–|to|through)\s?fri(?:day)?\b|"
    r"\boffice setting role\b|^\W*work from (?:the |our )?office\W*$|"
    r"\bposition is (?:[\w-]+,? (?:and )?){1,4}in[- ]person\b|"
    r"\bfull[- ]time (?:on-?site|in[- ]office|in[- ]person)\b|\b(?:on-?site|in[- ]office|in[- ]person) full[- ]time\b|"
    r"\b(?:5|five)(?:\s?[-–]\s?[67])? (?:full )?days (?:on-?site|in[- ]person)\b|"
    rf"\bon-?site[- ]first\b{_NOT_FIRST_OF}|\bin-(?:person|office)-first\b{_NOT_FIRST_OF}|"
    r"\b(?:on-?site|in[- ](?:person|office)|office) attendance (?:is |will be )?(?:required|mandatory)\b"
    r"(?! (?:for|at|on|during|when|if)\b)|"
    rf"\b(?:on-?site|in[- ]person|in[- ]office),? \(?mon(?:days?)? ?{_TO} ?fri|"
    rf"\bmon(?:days?)? ?{_TO} ?fri(?:days?)?,? \(?(?:on-?site|in[- ]person|in[- ]office)\b|"
    r"\bvor-ort-(?:tätigkeit|präsenz|arbeit|stelle|position|rolle|job)\b|^\W*(?:tätigkeit|arbeiten?) vor ort\W*$|"
    r"^\W*(?:in[- ]person|in[- ]office|on-?site)\W*$|\b(?:hours?|hrs?)(?:/| a | per )week in[- ]person\b|"
    r"\bon-?site (?:is )?required\b|"
    r"\b(?:role|job|employment|position) type\s?:[^.\n]{0,30}\bon-?site\b|^\W*type\s?:[^.\n]{0,30}\bon-?site\b|"
    r"\bwill be (?:fully )?(?:on-?site|in[- ]office|in[- ]person)\b|"
    r"\bon-?site in (?:the )?office|"
    r"\b(?:must be (?:willing|able)|available) to work (?:out of|from) (?:an|our|the) [\w ]{0,16}office|"
    r"\b(?:role|position|job|opportunity) (?:is )?based (?:in|at|out of) our [\w ,]{0,24}(?:hq|headquarters)\b|"
    r"\|\s*on-?site\b|[-–—] on-?site (?:[-–—] |\W*$)|(?:jeden tag|täglich)[^.\n]{0,20}(?:im|ins) büro|\b(?:every day|"
    r"daily) (?:in|at|from) (?:the|our) [\w ]{0,12}office|\boffice[- ]based\b|\bthis (?:role|position|job|"
    r"is an?)[^.\n]{0,60}?(?:on-?site|in[- ]person|in[- ]office|based in (?:our|the) [\w ,]{0,30}office)|"
    r"\b(?:fully|100%|5x/week|strictly|primarily|all|mostly) (?:an )?(?:on-?site|in[- ]person|in[- ]office)|"
    rf"\bin[- ]person (?:work(?!shop)|team|company|culture|role|position|first{_NOT_FIRST_OF}|environment|at our|"
    r"in (?:our|sf|san|nyc|"
    r"new york|london))|"
    r"\bin[- ]office (?:role|position|company|culture|team|environment|work|first|collaborative)|"
    r"\bon-?site (?:role|position|job|work(?!shop)|in|at|presence|environment|requirement|full)|\b(?:location|"
    r"work(?:place)? type|work model|work location|shift)\b[^.\n]{0,30}(?:on-?site|in[- ]person|in[- ]office)|"
    r"\bwork(?:ing|s)? (?:together )?(?:fully |full-time )?(?:in[- ]person|on-?site)\b|\b(?:role|position|"
    r"job)s?\b[^.\n]{0,20}(?:is|are|will be) (?:fully |100% |in )?(?:in[- ]person|on-?site|in[- ]office)|"
    r"\bin[- ]person in our [\w ,]{0,20}(?:office|hq)\b|"
    r"\bexpected to work from (?:the|our) [\w ]{0,16}office|\bworking together daily\b|"
    r"\bin the same room|"
    r"\bwe(?:'|’)?(?:re| are)? (?:all |(?:almost |nearly )?always )?(?:work |based )?(?:an )?in[- ](?:person|office)\b|"
    r"\blove (?:working|being) in[- ](?:person|the office)|\bwarm, [\w ,-]{0,30}in-person|"
    r"\bin-person[,;][^.\n]{0,40}culture|"
    r"(?<!distance et en )(?<!distanciel et en )\bprésentiel\b(?! ?(?:et|ou|/|&) ?(?:en |à |du |le )?(?:distan|"
    r"télétrav))|"
    r"\barbeit(?:et|est|en)? (?:\w+ ){0,2}vor ort(?![^.;\n]{0,32} möglich)|"
    r"^\W*vor ort (?:in|im|bei)\b|\b(?:einsatz|arbeits)(?:ort|art|modell)\s?:[^.\n]{0,30}\bvor ort\b|"
    r"\b0 ?% remote\b|(?<!keine )(?<!ohne )\bpräsenzpflicht\b|"
    r"\b(?:tätigkeit|arbeit|stelle|job) (?:ist|erfolgt|findet) (?:\w+ ){0,2}vor ort\b|"
    r"\b(?:präsenz|anwesenheit) (?:vor ort|im büro) (?:(?:ist|wird) )?(?:erforderlich|notwendig|erwünscht|erwartet"
    r"|vorausgesetzt)|^\W*(?:(?:tägliche|ständige) )?(?:präsenz|anwesenheit) (?:vor ort|am standort)\W*$|"
    r"^\W*office-first\W*$|\boffice-first(?: company|[ -]culture|[ -]kultur|[ -]team| environment|-unternehmen)|"
    r"\bpräsenz(?:arbeit|"
    r"kultur)|"
    r"\bmust be (?:willing|able) to (?:work|be)[^.\n]{0,20}(?:on-?site|in[- ]person|in[- ]office)|"
    r"\bin[- ]person[^.\n]{0,24}culture|\bbuild(?:ing)? (?:our team )?[^.\n]{0,20}in[- ]person|\(on-?site\)|"
    r"\bon-?site\)|\b(?:on-?site|in[- ](?:person|office)) only\b|\b100 ?% präsenz\b|"
    r"\b(?:to|into) (?:the |our )?office (?:daily|every day)\b|"
    r"\bteams?(?: all)? collaborate in[- ]person|\bteam (?:is |"
    r"works )?in[- ]person"
)
ONSITE_OTHER = Guarded(
    r"\bnot (?:be )?(?:an? )?(?:fully |strictly )?(?:on-?site|in[- ]person|in[- ]office|office[- ]based)\b|"
    r"\bfor (?:our |all )?office[- ]based\b|"
    r"prioriti[sz]es in[- ]person|(?:in[- ]person|on-?site)s? (?:team )?(?:interview|meeting|meet|gather|event|retreat|"
    r"hackathon|train|days|offsite|"
    r"medical|visit|support|gym|lunch|meals?|amenit|panel|final|loop|socials?|with customers|"
    r"collaboration (?:days|sessions)|customer|client|conference|onboarding|parking|caf|perks?)|"
    r"\b(?:entretiens?|rendez-vous|rencontres?|séminaires?|formations?|afterworks?|[ée]v[éè]nements?|cours|ateliers?|"
    r"conférences?|salons?|réunions?|formez|animez)\b"
    r"[^.\n]{0,24}présentiel|\bprésentiel (?:occasionnel|ponctuel|exceptionnel)|"
    r"final (?:in[- ]person|on-?site)|in[- ]office (?:lunch|meals?|snacks?|perks?|amenit|gym|chef|breakfast|"
    r"dinner|days)|customers? on-?site|on-?site (?:at|with) (?:our )?(?:customer|client)|global onsites|"
    r"periodic in[- ]person|occasional|travel|virtual(?:ly)? (?:and|or) in[- ]person|"
    r"in[- ]person working sessions|\bmeetups?\b|retreats?\b|"
    r"remote (?:and|or) in[- ]person|strongly value in[- ]person|offsite|interview|when needed|as needed|"
    r"customer sites?|some in[- ]person|come work with us|stipend|"
    # "Candidates who cannot work remotely are welcome"
    rf"\bwho (?:cannot|can['’]t|do(?: not|n['’]t)|are (?:not able|unable) to) (?:want to )?work {_REMOTE_WORK}"
)

# In the order tried: the pattern that states the mode, and one for other meanings.
STATEMENTS = {
    "hybrid": (HYBRID, HYBRID_OTHER),
    "remote": (REMOTE, REMOTE_OTHER),
    "onsite": (ONSITE, ONSITE_OTHER),
}
