"""Determine the workplace (remote, hybrid or on site) from the location field, the title and the text."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import answers, in_benefits

_HEAD_REMOTE = Guarded(
    r"\bremot[eoa]\b|\bwork from home\b|\bwfh\b|\btélétravail\b|\bhome ?office\b|\banywhere\b|\bworldwide\b|"
    r"\bdistributed\b(?!,? (?:\w+ )?(?:systems?|comput\w+|training|data|databases?|ledgers?|storage|back-?end|"
    r"infra\w*|cloud|energy|"
    r"ml|inference|tracing|teams lead))"
)
_HEAD_HYBRID = Guarded(
    r"\bhybrid\w*|\bhybride\b|\b[1-3](?:\s?[-–]\s?[1-4])? days\b|"
    r"\b[1-3] ?x ?(?:/|a|per) ?(?:week|wk)\b"
)
_HEAD_ONSITE = Guarded(
    r"\bon-?\s?site\b|\bin[- ]person\b|(?<!:)\bin[- ]office\b|\bvor ort\b|\bsur site\b|\bpräsenz\b|\b[45] days\b"
)
_EITHER = re.compile(
    r"hybrid\b[^;|]{0,40}(?:;|/|,|\bor\b)[^;|]{0,40}\bremote|remote\b[^;|]{0,40}(?:;|/|,|\bor\b)[^;|"
    r"]{0,40}\bhybrid"
)
_THIS_IS_HYBRID = Guarded(
    r"#li-hybrid|\bthis (?:position|role|job) is (?:a )?hybrid\b(?! or)|\btype\s?:\s?hybrid\b(?! or|,? remote|/)"
)
_THIS_IS_REMOTE = Guarded(
    r"\b(?:this|all|these) (?:positions?|roles?|jobs?) (?:is|are) (?:100% |"
    r"fully )?remote[- ]?(?:friendly)?\W*(?:$|\.|;)|\ball (?:positions|roles|jobs) are (?:100% |fully )?remote\b"
)
_THIS_IS_ONSITE = Guarded(
    r"\bthis (?:is an?|(?:role|position|job) is(?: an?)?) (?:fully )?(?:office-based|on-?site|in[- ]person|"
    r"in[- ]office)\b"
    r"(?! or|/| days|,? (?:\d|two|three)|[^.]{0,60}(?:hybrid|remote))"
)
_FULLY_REMOTE = Guarded(r"\b(?:fully|100 ?%|completely|entirely)[- ]remote\b")
_NO_REMOTE = Guarded(r"\b(?:no|not|non|kein|pas de|without)[- ](?:fully )?remote\b|\bremote:?\s?no\b|\bremote not\b")

# "ONSITE + part remote", "2 days remote, 3 days in the office"
_PARTLY_REMOTE = re.compile(r"\bpart(?:ly|ially)?[- ]remote\b|\b[1-4](?:\s?[-–]\s?[1-4])? days? (?:remote|from home)\b")
# "SF onsite (designer remote)": one of the roles, not all
_ONE_REMOTE = re.compile(
    r"\((?:[\w/]+ ){0,2}(?:engineers?|developers?|designers?|marketers?|sales|support|marketing|recruiters?) "
    r"(?:is |are )?(?:can be )?remote\)"
)

_ONLY_REGIONS = Guarded(
    r"\b(?:emea|namer|amer|americas|latam|apac|latin america|north america|northern america|europe|worldwide)\b"
)

_OFFICE_DAYS = Guarded(
    r"(?:(?:days?|twice|tage?n?|jours?)[^.\n]{0,48}?(?:in[- ]office|in the office|at the office|"
    r"(?:in|out of) our [\w ,-]{0,24}?(?:office|hq)|from (?:the|our) [\w ]{0,24}?office|on-?site|in[- ]person|onsite|"
    r"im büro|vor ort|au bureau|sur site|in (?:the )?[\w ]{0,20}office|office|in (?:our|the) [\w ]{0,16}hq)"
    r"|(?:in[- ]office|in the office|(?:in|out of) our [\w ]{0,24}?office|at our [\w ]{0,24}office|"
    r"from our [\w ]{0,24}office|the office|into the office|on-?site|in[- ]person|im büro|au bureau|"
    r"in (?:the )?[\w ]{0,20}office|in person)[^.\n]{0,48}?(?:days?|twice|tage?n?|jours?)"
    r"|in[- ]person role[^.\n]{0,90}?days?|office[- ]first[^.\n]{0,24}?days?)"
)
_NUMBER_WORDS = {
    "one": 1, "ein": 1, "two": 2, "zwei": 2, "deux": 2, "twice": 2, "three": 3, "drei": 3, "trois": 3,
    "four": 4, "vier": 4, "quatre": 4, "five": 5, "fünf": 5, "cinq": 5,
}  # fmt: skip
_COUNT_DAYS = re.compile(
    r"\b(?P<least>[1-5]|one|two|three|four|five|ein|zwei|drei|vier|fünf|deux|trois|quatre|cinq)\+?\s?"
    r"(?:(?:-|–|to|or|bis|à|/)\s?(?P<most>[1-5]|two|three|four|five)\s?)?(?:\s?(?:full|in-office|office|working|"
    r"in-person|anchor|x))?[ -]?(?:days?|tage?n?|jours?)\b|\b(?P<twice>twice)\b"
)
_NOT_WEEKLY = Guarded(
    r"paid|vacation|holiday|leave|volunteer|urlaub|congés|remote days|days? remote|days? from home|abroad|"
    r"per year|a year|per month|a month|quarter|\b(?:in[- ]office|on-?site) (?:lunch|meal|breakfast|dinner|snack)"
)
_HYBRID = Guarded(
    r"#li-hybrid|\bhybrid(?:e|es|er|en)?[ -]+(?:work(?!load|flow)|role|position|schedule|setup|set-up|set up|"
    r"model|environment|"
    r"office|polic|arrangement|job|flex|team|"
    r"culture|company|working|arbeits\w*|basis|opportunit|format|workplace|first|remote|setting|format|nyc|sf|"
    r"london|berlin|mode|\()|(?<!rare )(?<!true )(?<!unique )\bhybrid:|\b(?:is|are|be|as|operate|work|"
    r"working) (?:a )?hybrid\b|"
    r"\bhybrid\b(?=[\s]*$)|\bhybrid,|\bhybrid (?:in|from|at|with|out of|between)\b|\bhybrid ?/|^\W*hybrid\b|"
    r"\bmode hybride|\btravail hybride|\(hybrid|\bhybrid\)|\|\s*hybrid|hybrides? (?:arbeit|modell)|"
    r"\bmix of (?:remote|in-office|office|home)|\bflexib\w+[^.\n]{0,40}\b(?:hybrid|work from home)|"
    r"télétravail (?:partiel|flexible|hybride|régulier|possible)|télétravail[^.\n]{0,16}\bjours?|"
    r"jours? de télétravail|"
    r"tage? home ?office|home ?office-regelung|"
    r"in[- ]person collaboration while offering flexib|\b(?:at least )?half (?:\(50 ?%\) )?of (?:our|your|"
    r"the) time|at least \d+% of (?:their|your) time in|mobiles arbeiten|"
    r"home-?office[- ]tag|bürotage|remote days|\b(?:mon|tues|wednes|thurs|fri)days?,? (?:and|&|"
    r",)[^.\n]{0,40}\bin[- ]office\b|\balternate between[^.\n]{0,30}\boffice[^.\n]{0,30}\bremote|(?:some|"
    r"regular|occasional|few)[^.\n]{0,20}in[- ]office|"
    r"\bremote[^.\n]{0,30} (?:und|mit) [^.\n]{0,30}\bvor ort"
)
_HYBRID_OTHER = Guarded(
    r"hybrid[ -]+(?:search|retriev|cloud|model(?:s|ing)\b|approach to|system|architect|intelligen|infra|patterns?|"
    r"rag|quantum|vehicle|app\b|mobile|deployment|event|and remote|teams? of)|"
    r"vector/hybrid|remote/hybrid language|hybrid companies|or hybrid patterns|cloud/hybrid|hybrid/multi|on-prem"
)
_REMOTE = Guarded(
    r"#li-remote|\b(?:fully|100%|completely|all|entirely|full|totally|permanently)[- ]remote\b|\b100 ?% (?:remote|"
    r"home ?office|télétravail)|\bremote[- ](?:position|role|job|opportunit|contract\b|employment|friendly)|"
    r"\b(?:role|position|job|opportunity|location|work location|workplace|work type|"
    r"work mode)s?\b[^.\n]{0,24}?(?:\bis|\bare|:|can be|-|–)\s*(?:\w+ ){0,4}?remote\b|\bwork(?:ing)? (?:fully |"
    r"100% |completely )?remotely\b|\bwork[- ]from[- ]home (?:position|role|job|opportun)|"
    r"\bwork from (?:anywhere|wherever|home\b(?= (?:full|100|position|role)))|\bworking from (?:anywhere|"
    r"wherever)|\bremote[- ]first\b|\bremote,? (?:work )?(?:environment|company|team|organi[sz]ation|culture|"
    r"work culture|setup|schedule|basis)\b|"
    r"\bwe(?:'|’)?(?: a)?re (?:a )?(?:fully |100% )?(?:remote|distributed)\b|\bfully distributed\b|\b(?:globally|"
    r"fully) distributed (?:team|company)|\bdue to the remote nature|\bremote nature of|\bteam works remotely\b|"
    r"\byour desk at home or\b|"
    r"^\W*(?:\w+ ){0,2}remote[^\w:]*$|^\W*remote[,( -]|^\W*remote:(?! ?(?:no\b|$))|\bremote \((?:us|usa|eu|uk|"
    r"emea|europe|global|worldwide|"
    r"anywhere|canada)|\bremote (?:within|in|from|across|anywhere|only|u\.?s|europe|eu\b|emea|or (?:in[- ]office|"
    r"on-?site|hybrid))|"
    r"\b(?:vollständig|vollkommen|rein|ganz) remote|\bortsunabhängig|"
    r"\b(?:100 ?%|entièrement|totalement|intégralement) (?:à distance|en télétravail)|"
    r"\bopen to remote|\bour (?:fully )?remote team\b|\bvoll ?remote|\bkomplett remote|\barbeiten von überall|"
    r"\bfull télétravail|"
    r"\btélétravail (?:complet|total|à 100)|\bremote possible|\bor remote(?:ly)?\b|\bremote ok\b|"
    r"\bopen to (?:[\w-]+ ){0,2}remote (?:talent|folks|candidates|people|applicants)\b|/ ?remote\W*$|"
    r"^[\w ()/-]{0,40}, remote\W*$|\bflexible remote work\b|\bwork remote\b|"
    r"\(remote(?:[,)]| ?[-–—:])|\b(?:role|job|work|employment|position) type\s?:[^.\n]{0,30}\bremote\b|"
    r"^\W*type\s?:[^.\n]{0,30}\bremote\b|"
    r"\bhiring remotely\b|"
    r"\bremote work(?:er)?(?: is)? (?:allowed|possible|available)"
)
_REMOTE_OTHER = Guarded(
    r"depending on (?:the|your) (?:role|team|position)|remote (?:areas?|offices|users?|sens|monitor|desktop|access|"
    r"control|location|site|procedure|debug|device|patient|"
    r"team members|collaboration|workers?|hire|work(?:place)? stipend|work (?:approach|set|reimb|support|allow)|"
    r"co-located|stakeholder|compan|job board|interview)|remote workspace stipend|"
    r"\bremote\b[^.\n]{0,30} (?:is )?not (?:considered|available|possible|offered|an option)|"
    r"\b(?:workshops?|trials?)\b|"
    r"(?:when|if|as) (?:required|needed)|\bwith (?:globally|fully) distributed|"
    r"remote(?:ly)? (?:for|up to) (?:a maximum of |up to )?\d+ (?:\w+ )?(?:weeks|days|months)|"
    r"exceptional candidates?|remote/hybrid|not (?:a |quite |yet |currently )*(?:open to |offering |hiring "
    r")?(?:fully[- ])?remote|session|"
    r"no remote|remote-first (?:and|or|companies|teams|startups)|unless|regular remote|remote and in-person|"
    r"flexible/remote|onboarding|customers?|clients|partial"
)
_ONSITE = Guarded(
    r"#li-onsite|#li-on-site|\bwill be (?:fully )?(?:on-?site|in[- ]office|in[- ]person)\b|"
    r"\bon-?site in (?:the )?office|"
    r"\bmust be (?:willing|able) to work (?:out of|from) (?:an|our|the) [\w ]{0,16}office|"
    r"\|\s*on-?site\b|(?:jeden tag|täglich)[^.\n]{0,20}(?:im|ins) büro|\b(?:every day|"
    r"daily) (?:in|at|from) (?:the|our) [\w ]{0,12}office|\boffice[- ]based\b|\bthis (?:role|position|job|"
    r"is an?)[^.\n]{0,60}?(?:on-?site|in[- ]person|in[- ]office|based in (?:our|the) [\w ,]{0,30}office)|"
    r"\b(?:fully|100%|5x/week|strictly|primarily|all|mostly) (?:an )?(?:on-?site|in[- ]person|in[- ]office)|"
    r"\bin[- ]person (?:work|team|company|culture|role|position|first|environment|at our|in (?:our|sf|san|nyc|"
    r"new york|london))|"
    r"\bin[- ]office (?:role|position|company|culture|team|environment|work|first|collaborative)|"
    r"\bon-?site (?:role|position|job|work(?!shop)|in|at|presence|environment|requirement|full)|\b(?:location|"
    r"work(?:place)? type|work model|work location|shift)\b[^.\n]{0,30}(?:on-?site|in[- ]person|in[- ]office)|"
    r"\bwork(?:ing|s)? (?:together )?(?:fully |full-time )?(?:in[- ]person|on-?site)\b|\b(?:role|position|"
    r"job)s?\b[^.\n]{0,20}(?:is|are|will be) (?:fully |100% |in )?(?:in[- ]person|on-?site|in[- ]office)|"
    r"\bin[- ]person in our [\w ,]{0,20}(?:office|hq)\b|"
    r"\bexpected to work from (?:the|our) [\w ]{0,16}office|\bworking together daily\b|"
    r"\bin the same room|\bwe(?:'|’)?(?:re| are)? (?:all )?(?:work |based )?(?:an )?in[- ](?:person|office)\b|"
    r"\blove (?:working|being) in[- ](?:person|the office)|\bwarm, [\w ,-]{0,30}in-person|"
    r"\bin-person[,;][^.\n]{0,40}culture|\bprésentiel\b|\barbeit(?:et|est|en)? (?:\w+ ){0,2}vor ort|"
    r"^\W*vor ort (?:in|im|bei)\b|\bpräsenz(?:arbeit|kultur)|"
    r"\bmust be (?:willing|able) to (?:work|be)[^.\n]{0,20}(?:on-?site|in[- ]person|in[- ]office)|"
    r"\bin[- ]person[^.\n]{0,24}culture|\bbuild(?:ing)? (?:our team )?[^.\n]{0,20}in[- ]person|\(on-?site\)|"
    r"\bon-?site\)|\b(?:onsite|in[- ]person) only|\bteams?(?: all)? collaborate in[- ]person|\bteam (?:is |"
    r"works )?in[- ]person"
)
_ONSITE_OTHER = Guarded(
    r"prioriti[sz]es in[- ]person|(?:in[- ]person|on-?site)s? (?:interview|meeting|meet|gather|event|retreat|"
    r"hackathon|train|days|offsite|"
    r"medical|visit|support|gym|lunch|meals?|amenit|panel|final|loop|socials?|with customers|"
    r"collaboration (?:days|sessions)|customer|client|conference|onboarding|parking|caf|perks?)|"
    r"final (?:in[- ]person|on-?site)|in[- ]office (?:lunch|meals?|snacks?|perks?|amenit|gym|chef|breakfast|"
    r"dinner|days)|customers? on-?site|on-?site (?:at|with) (?:our )?(?:customer|client)|global onsites|"
    r"periodic in[- ]person|occasional|travel|virtual(?:ly)? (?:and|or) in[- ]person|"
    r"in[- ]person working sessions|\bmeetups?\b|retreats?\b|"
    r"remote (?:and|or) in[- ]person|strongly value in[- ]person|offsite|interview|when needed|as needed|"
    r"customer sites?|some in[- ]person|come work with us|stipend"
)


_MODES = ("remote", "hybrid", "onsite")
_HYBRID_WORDS = (
    "hybrid",
    "home",
    "in-person",
    "office",
    "time in",
    "remote days",
    "télétravail",
    "mobiles",
    "büro",
    "vor ort",
)
_REMOTE_WORDS = (
    "remote",
    "anywhere",
    "wherever",
    "from home",
    "distributed",
    "home office",
    "homeoffice",
    "home-office",
    "télétravail",
    "à distance",
    "überall",
    "ortsunabh",
)
_ONSITE_WORDS = ("site", "office", "person", "room", "présen", "präsenz", "vor ort", "büro")


def workplace(document: Document) -> str:
    """Return where the work is done; ``remote`` also if remote is one of the modes on offer.

    The location field and the title come first, then the text. There, a number of office days outranks a slogan (four
    or more days are ``onsite``), and a statement about this job outranks one about the company.
    """
    location = (document.location or "").lower()
    title = document.title.lower()
    for head in (location, title):
        verdict = _of_head(head, is_location=head is location)
        if verdict == "remote" and head is location and _is_told_hybrid(document):
            return "hybrid"  # the field says who may apply, the text how the work is done
        if verdict:
            return verdict
    verdict = _of_text(document)
    if verdict == "unspecified" and _ONLY_REGIONS.search(location):
        return "remote"  # a job anywhere in "EMEA" or "Americas, Europe" is not tied to an office
    return verdict


def _is_told_hybrid(document: Document) -> bool:
    lines = (line.lowered for _, line in document.spots.get(anchors.WORKPLACE, ()))
    return any("hybrid" in line and _THIS_IS_HYBRID.search(line) for line in lines)


@lru_cache(maxsize=4_096)
def _of_head(head: str, *, is_location: bool) -> str | None:
    if not head:
        return None
    if _PARTLY_REMOTE.search(head):
        return "hybrid"
    head = _ONE_REMOTE.sub(" ", head)
    remote = bool(_HEAD_REMOTE.search(head)) and not _NO_REMOTE.search(head)
    if is_location and re.fullmatch(r"\W*(?:anywhere|worldwide|global|remote)\W*", head):
        return "remote"
    if is_location and head.strip() in {"global", "worldwide", "anywhere"}:
        return "remote"
    hybrid = bool(_HEAD_HYBRID.search(head)) and (
        "hybrid" in head or "office" in head or "onsite" in head or "on-site" in head
    )
    if remote:
        return "hybrid" if "hybrid" in head and not _EITHER.search(head) and "|" not in head else "remote"
    if hybrid:
        return "hybrid"
    if _HEAD_ONSITE.search(head) and (not re.search(r"\b[45] days\b", head) or re.search(r"site|office|person", head)):
        return "onsite"
    return None


def _of_text(document: Document) -> str:
    tags = ""
    firm = dict.fromkeys(_MODES, 0)
    loose = dict.fromkeys(_MODES, 0)  # stated among the benefits: "flexible hybrid working"
    days: int | None = None
    for start, (counted, mode, tagged) in answers(document, anchors.WORKPLACE, _told, reach=140):
        tags += tagged
        if counted is not None:
            days = counted if days is None else max(days, counted)
        if mode is not None:
            (loose if in_benefits(document, start) else firm)[mode] += 1
    if days is not None:
        return "onsite" if days >= 4 else "hybrid"
    if _THIS_IS_REMOTE.search(tags):
        return "remote"  # whatever offices the company has
    if _THIS_IS_ONSITE.search(tags):
        return "onsite"  # however the company works elsewhere
    if "#li-hybrid" in tags:
        return "hybrid"
    if "#li-remote" in tags:
        return "remote"
    if "#li-onsite" in tags or "#li-on-site" in tags:
        return "onsite"
    said = firm
    if firm["remote"] or not firm["onsite"]:
        said = {mode: firm[mode] + loose[mode] for mode in _MODES}
    if said["hybrid"]:
        return "hybrid"
    if said["remote"] and said["remote"] >= said["onsite"]:
        return "remote"
    return "onsite" if said["onsite"] else "unspecified"


def _told(sentence: str) -> tuple[int | None, str | None, str] | None:
    """Return the result of :func:`_said`, and the sentence if it settles the question; None if it says nothing.

    A board's tag settles it, and so does "all positions are remote".
    """
    counted, mode = _said(sentence)
    tagged = sentence + "\n" if _settles(sentence) else ""
    return None if counted is None and mode is None and not tagged else (counted, mode, tagged)


def _settles(sentence: str) -> bool:
    return "#li-" in sentence or bool(_THIS_IS_REMOTE.search(sentence) or _THIS_IS_ONSITE.search(sentence))


def _said(sentence: str) -> tuple[int | None, str | None]:
    """Return the office days a week that a sentence requires, else the mode of work that it describes."""
    counted = _days(sentence)
    if counted is not None:
        return counted, None
    is_remote = "hybrid" not in sentence and _FULLY_REMOTE.search(sentence)  # "with the flexibility to work from home"
    if (
        not is_remote
        and _names(sentence, _HYBRID_WORDS)
        and _HYBRID.search(sentence)
        and not _HYBRID_OTHER.search(sentence)
    ):
        return None, "hybrid"
    if _names(sentence, _REMOTE_WORDS) and _REMOTE.search(sentence) and not _REMOTE_OTHER.search(sentence):
        return None, "remote"
    if _names(sentence, _ONSITE_WORDS) and _ONSITE.search(sentence) and not _ONSITE_OTHER.search(sentence):
        return None, "onsite"
    return None, None


def _names(sentence: str, words: tuple[str, ...]) -> bool:
    """Return whether a plain word occurs: a quick test before a long pattern."""
    return any(word in sentence for word in words)


def _days(sentence: str) -> int | None:
    """Return the fewest office days a week that a sentence requires, or None."""
    if "day" not in sentence and "tag" not in sentence and "jour" not in sentence and "twice" not in sentence:
        return None
    if not _OFFICE_DAYS.search(sentence) or _NOT_WEEKLY.search(sentence):
        return None
    if not _names(sentence, ("week", "woche", "semaine", "wk", "office", "büro", "bureau")):
        return None  # days of an offsite or a visit
    match = _COUNT_DAYS.search(sentence)
    if not match:
        return None
    if match.group("twice"):
        return 2
    word = match.group("least")
    return _NUMBER_WORDS.get(word) or int(word)
