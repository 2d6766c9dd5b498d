"""Patterns for the words around an amount: whether it is pay for this job, its period and its kind.

They cover English, French and German, and the pay words of neighbouring languages. All match lower-case text.
"""

from __future__ import annotations

import re

# Beside one of these an amount is money, but not pay for this job.
NOT_PAY_BEFORE = re.compile(
    r"\b(?:rais(?:ed|ing|e)|funding|funded|series [a-h]|seed|valuation|valued|revenues?|arr|mrr|gmv|tpv|aum|acvs?|"
    r"backed|backing|invest(?:ed|ments?|ing)|sav(?:ed|es?|ings?)|(?<!base )stipends?|allowances?|"
    r"reimburse\w*|sign-?on|signing|equity|stock|options|rsus?|budgets?|referrals?|refer|credits?|flexifund|"
    r"wellness|wellbeing|well-being|gym|tuition|401\(?k\)?|donat\w+|match\w*|deals?(?!:)|"
    r"contracts? (?:worth|value|of)|quotas?|spend(?:ing|s)?|portfolio|worth|bookings|costs?|coverage|covering|"
    r"insurance|"
    r"differential|deductible|prizes?|rewards? of|awards?|housing|relocation|discounts?|laptop|internet|home[- ]office|"
    r"lunch|meals?|commuter|childcare|fertility|adoption|per diem|sourc(?:ed|ing)(?! manager| lead| specialist)|"
    r"candidates? in|priced?|(?<!in )orders?|"
    r"transactions?|assets|loans?|mortgage|subsid\w+|fees?|fines?|profit|sales of|conference|"
    r"hsa|fsa|bount(?:y|ies)|grants?|premiums?|"
    r"aux[ií]lio|vale|budżet\w*|dofinansowanie|friskvård\w*|ayudas?|sumas?|sum (?:insured|assured)|"
    r"(?:retention|referral|joining|spot) bonus|bonus(?:es)? (?:of|up to|worth)|startups and|"
    r"lev[ée]es? de fonds|chiffre d'affaires|tickets? restaurant|primes?|financement|intéressement|abondement|"
    r"(?<!et )participation de|"
    r"umsatz|finanzierung\w*|zuschuss|bonus|prämie|weiterbildung\w*|jobrad|essenszuschuss)\b"
)
# These also occur in role names ("Growth Engineer ($150k-$180k)"), so they do not count for an entry of a list.
MAYBE_NOT_PAY_BEFORE = re.compile(
    r"\b(?:investors?|markets?|industry|(?<!machine )(?<!deep )(?<!reinforcement )learning|education|"
    r"customers?(?! success| engineer| support| experience| solution| facing)|users?|"
    r"equipment|food|travel|accounts|growth|coaching|development|retreats?)\b"
)
ALWAYS_NOT_PAY_BEFORE = re.compile(
    r"\b(?:insurance|coverage|covering|401\(?k\)?|pension|(?:companies|customers|clients) (?:can |may |often )?pay|"
    r"(?:kunden|unternehmen|firmen) (?:be)?zahlen|clients? (?:nous )?(?:paient|paie)|"
    r"our (?:median|average) (?:\w+ )?(?:salary|compensation|pay)|"
    r"(?:average|median) (?:\w+ )?(?:salary|compensation|pay) (?:for|of|in|across) "
    r"(?!(?:this|the) (?:role|position|job))[^.:]{0,60} is)\b"
)
# "Base salary plus equity package:", "The base, bonus and equity compensation range": one sum for all of it
TOGETHER_WITH_PAY = re.compile(
    r"\b(?:salary|base|pay|compensation|cash)\b[^\d;]{0,24}(?:\bplus|\band|[+&,(])\s*(?:plus )?$"
)
# Pay that comes beside a job's own: "Relocation package: $3,000", "additional compensation of $5,000"
PAY_BESIDES = re.compile(
    r"\b(?:relocation|sign-?on|signing|on[- ]call|stand-?by|overtime|certifications?|retention|referral|bonus|"
    r"incentive|equity|stock|severance|"
    r"(?:additional|extra|supplement(?:al|ary))(?: (?:annual|yearly|monthly|cash|variable))?) "
    r"(?:pay(?:ments?)?|compensation|package|earnings|remuneration)\b(?! (?:information|info|details|transparency))|"
    r"\b(?:pay|compensation) for (?:on[- ]call|stand-?by|overtime|relocation|certifications?|retention|referrals?)\b|"
    r"\bzusätzliche vergütung\b|\br[ée]mun[ée]ration (?:complémentaire|supplémentaire|additionnelle)\b"
)
NOT_PAY_AFTER = re.compile(
    r"\b(?:stipends?|allowances?|reimburse\w*|bonus(?:es)?|sign-?on|signing|equity|stock|rsus?|budgets?|referral|"
    r"credits?|flexifund|fund|funding|round|series [a-h]|seed|valuation|revenues?|arr|mrr|gmv|aum|acvs?|"
    r"(?<!geographic )(?<!highest )markets?|"
    r"industry|"
    r"opportunity|savings?|gift|learning|wellness|wellbeing|well-being|gym|education|tuition|donation|match\w*|deals?|"
    r"contracts|quotas?|spend|customers?|users?|budget|worth|bookings|in (?:assets|funding|revenue|capital|sales|"
    r"damages|savings|credits|bounties|grants|prizes|your hsa)|into your hsa|hsa|raised|coverage|differential|"
    r"deductible|prize|award|housing|relocation|discount|laptop|"
    r"equipment|internet|home[- ]office|lunch|meals?|food|commuter|childcare|per diem|travel|price|accounts|profit|"
    r"venture|capital|investment|from investors|retention|development|conference|benefits?|expense|coaching|"
    r"de prime|de budget|zuschuss|prämie|weiterbildungs\w*|"
    r"insurance|people|employees|jobs|companies|developers|followers|members|requests|engineers|students|shift|"
    r"over (?:\w+ )?months)\b"
)
PAY = re.compile(
    r"\b(?:(?:base)?salar(?:y|ies)|salaried|compensation|comp|base|base pay|pay|pays|paid|rates?|remuneration|"
    r"renumeration|ote|on[- ]target|earn(?:ings?|s)?|wages?|hourly|annually|annualized|annual|yearly|"
    r"per (?:year|annum|hour|month|day|week)|ctc|lpa|"
    r"cash (?:comp|salary|range|base)\w*|base cash|tc|hiring range|target range|expected range|posted range|"
    r"zone [a-d1-4]|tier [1-4]|income|stipend range|"
    r"gross(?! margin| revenue| profit| merchandise)|"
    r"\w*gehalt\w*|\w*vergütung\w*|\w*entgelt|(?:lehr|ausbildungs)jahr|\w*lohn|verdienst\w*|brutto\w*|r[ée]mun[ée]ration|salaires?|salariale?|brut|bruts|"
    r"fixe|fourchette|sueldos?|tjm|package|gages|gratification|échelle|taux (?:horaire|journalier)|"
    r"tarif journalier|(?:mensuel|annuel|horaire) de|nets? (?:par mois|mensuels?)|bourse de|indemnisée?|honorar\w*|"
    r"\w*(?:stunden|tages)s[aä]tze?|"
    r"sal[aá]rios?|salarial|remunera(?:ção|ción|zione)|retribu(?:zione|ción|ição)|ral|salaris|brutos?|\w*lön|\w*lønn?|"
    r"palkka|wynagrodzeni\w*|pensja|mzda|ücret\w*|maaş\w*|年収|月収|月給|時給|薪资|薪酬|月薪|年薪|연봉|월급|급여)\b"
)
BETWEEN = re.compile(
    r"\b(?:between|from|range|ranges|ranging|zwischen|von|entre|de|min|minimum|tussen|van|mellan|mellem|mellom|"
    r"från|fra|od)\b"
)

# What interns are paid, as the label of a line; other stipends say what they are for.
STIPEND = re.compile(r"\W*(?:monthly |weekly )?stipend(?: range| amount)?\s*[:–-]\s*")
# "Rate: $60-75": by the hour, where the size allows it
RATE = re.compile(r"(?:^|[^\w ] ?|\b(?:hourly|pay|bill|our|the|your) )rate(?: is| of| from)?[\s:–-]*$")
# "Pay rate: 60-65/hr": an hour's pay without a currency
BARE_HOURLY = re.compile(
    r"(?:\b(?:(?:hourly|pay|bill) rate|pays|salary|wages?|compensation)|(?:^|[^\w\s] ?)(?:rate|pay|comp))"
    r"(?: range| rate| is| of| from)*[\s:–-]*$"
)
UP_TO = re.compile(
    r"\b(?:up to|upto|as much as|max\.?|maximum(?: (?:salary|pay))?(?: of)?|maxima?al|bis(?: zu)?|jusqu['’][àa]|"
    r"capped at)(?: \w{1,3}\.?)?\s*$"
)
FROM = re.compile(
    r"\b(?:from|start(?:s|ing)? (?:at|from)|starting(?: base)?(?: salary| pay| wage| rate)?(?: of| at| is|:)?|"
    r"at least|minimum(?: (?:base )?(?:salary|pay|compensation|rate|wage))?(?: of)?|"
    r"min\.?|ab|mindestens|mindest\w*(?: (?:laut|gemäß|nach|lt\.) (?:kv|kollektivvertrag|tarifvertrag))?:?"
    r"(?: beträgt| von| ist| liegt bei)?|"
    r"[àa] partir de|dès|no less than|upwards of|north of|over|floor of)(?: is)?"
    r"(?: (?:ca\.?|currently|about|approximately))?\s*$"
)

_UNITS = {
    "year": r"year|yr|y|annum|anno|jahr|ans?|année|jaar|år|año|ano|rok",
    "month": r"month|m|mo|mth|monat|mois|maand|måned|månad|mån|miesiąc|mies\.?|měsíc|mes|mês|mese|lun[aă]|kk|月",
    "week": r"week|wk|woche|semaine",
    "day": r"day|d|tag|jour|j|dag|día|dia",
    "hour": r"hour|hr|h|std\.?|stunde|heure|uur|hora|godz\w*|timme",
}
_ADVERBS = {
    "year": r"annually|yearly|annual|annum|p\.\s?a\.?|pa|per annum|jährlich(?:e[nrs]?)?|jahresgehalt|\w*jahres\w*"
    r"|annuels?|annuelle|annualized|lpa|ctc|yrly|anua(?:l|les)|jaarlijks|årligen|\w*års(?:lön|lønn|løn)|rocznie|ročně|yıllık|ral|年収|年薪|연봉",
    # Apprentices are paid by the month, more each year: "1. Lehrjahr: 1.100 €"
    "month": r"monthly|pcm|monatlich(?:e[nrs]?)?|\w*monats\w*|lehrjahr|ausbildungsjahr|ausbildungsvergütung|mensuels?"
    r"|mensuelle|mensua(?:l|les)|mensa(?:l|is)|mensile|miesięcznie|měsíčně|maandelijks|\w*månads\w*|\w*måneds\w*|aylık|月収|月給|月薪|월급",
    "week": r"weekly|wöchentlich|hebdomadaire",
    "day": r"daily|day rate|\w*tagess\w*|journalier|tjm",
    "hour": r"hourly|stündlich|\w*stundenlohn\w*|\w*stundensatz\w*|horaire|hrly|\w*tim(?:e|lön)lønn?|時給",
}


def _alternatives(table: dict[str, str], lead: str, tail: str) -> re.Pattern[str]:
    return re.compile(lead + "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in table.items()) + ")" + tail)


# "/ hr", "per year", "pro Monat", "par an", "a year": directly after the amount.
_BEFORE_PERIOD = (
    r"\s*(?:\([^()$€£]{2,32}\)\s*)?(?:\(?(?:gross|brutto|bruts?|brutos?|lord[io]|base|nets?|nett[io]|netos?|l[íi]quidos?|ht|salary|cash|ote|"
    r"\+\s?vat)\)?,?\s*){0,2}"
)
PERIOD_BESIDE = _alternatives(
    _UNITS,
    _BEFORE_PERIOD + r"(?:/\s?|per[ -]|a |an |pro |par |por |pe |je |im |al |pr\.? |de l['’]|the |"
    r"(?=hr\b|hrs\b|hour\b)|p/?(?=[dhm]\b))"
    r"(?:full |calendar )?",
    r"s?(?![\w])",
)
# Pay by half a month, two weeks or a piece of work has none of the periods; hence _NOT_TWICE.
OTHER_PERIOD = re.compile(
    r"\b(?:bi[- ]?weekly|bi[- ]?monthly|fortnight\w*|semi[- ]?monthly|pay[- ]?(?:checks?|periods?)|quinzaine|"
    r"(?:every|each) (?:two|2|other|second) (?:weeks?|[a-z]+days?)|twice (?:monthly|(?:a|per|each|every) month)|"
    r"for (?:the |an? |this |our )?(?:\d+|[a-z]+)[- ](?:weeks?|months?)|"
    r"for (?:the|an?|this|our) (?:(?:[a-z]+ )?(?:projects?|program(?:me)?|duration|fellowship|summer|semester|"
    r"engagement|assignment|residency)|(?:whole|entire|full))|"
    r"(?:für|pour|por|para) (?:\d+|[^\W\d]+) (?:wochen|monate|semaines|mois|semanas|meses)|"
    r"für (?:d(?:as|ie|en) )?(?:gesamte\w*|ganze\w*|dauer|projekt|programm)|"
    r"pour (?:toute )?(?:la durée|la mission|le projet|le programme|l['’]ensemble)|"
    r"(?:per|a|pro|par|por) (?:project|projekt|projet|article|sprint|semester|term|quarter|quartal|trimestre))\b|"
    r"/ ?(?:project|projekt|projet|article|sprint|semester|term|quarter|quartal|trimestre)\b"
)
_NOT_TWICE = r"(?<![\w])(?<!bi[- ])(?<!semi[- ])(?<!twice )"
PERIOD_WORD = _alternatives(_ADVERBS, _NOT_TWICE, r"(?![\w])")
# "per accepted model": where no period stands directly behind the amount, this is pay by something else.
UNIT_BESIDE = re.compile(_BEFORE_PERIOD + r"(?:per|pro|par|por) [^\W\d]")
# "monthly", "(mensuales)": directly after the amount
PERIOD_WORD_BESIDE = _alternatives(_ADVERBS, _BEFORE_PERIOD + r"\(?", r"(?![\w])")
# "Monthly gross salary of": directly before it
PERIOD_LABEL = _alternatives(_ADVERBS, _NOT_TWICE, r"(?: [^\W\d]+){0,3}[\s:–—-]*$")
PERIOD_LONG = re.compile(
    r"(?<!\w)(?<!twice )(?:per|/|pro|par)\s?"
    r"(?P<unit>year|annum|hour|hr|month|week|day|an|mois|heure|jour|jahr|monat|stunde)(?!\w)"
)
# How often a month's pay is paid, which is no period of pay: "€ 3.100,- (14x jährlich)", "sur 13 mois", "en 12 pagas",
# "+ 13. Monatsgehalt"
_TIMES = r"1[2-5](?:[.,]\d{1,2})?"
_PAYMENTS = (
    r"(?:monthly )?(?:payments|instal?lments|salaries)|pagas|mensualit[ée]s|mensualidades|mensilit[àa]|\w*gehältern?|"
    r"\w*löhnen?|sal[áa]rios|salarissen"
)
_IN_A_YEAR = r"(?:\s(?:im|pro|per|al|par|an?|por)\s(?:jahr|annum|año|an|ano|year)|\s?p\.\s?a\.?|\s?/\s?jahr|\sjährlich)"
INSTALMENTS = re.compile(
    rf"\b(?:sur|par|auf) (?P<months>{_TIMES}) (?:mois|monate)\b|"
    rf"(?P<multiplied>(?<!\w)[x×] ?{_TIMES}\b(?: (?:mois|{_PAYMENTS})\b)?)|"
    rf"\b{_TIMES}\s?(?:(?:[x×]|-?\s?mal|veces|fois|times)(?:{_IN_A_YEAR}(?!\w)|(?P<bare>(?=\s*(?:$|[),;.]))))|"
    rf"(?:{_PAYMENTS})\b{_IN_A_YEAR}?)|"
    r"\b(?:13\. ?(?:und|&|\+) ?)?1[3-5](?:\. ?|e |[èe]me |th |ª )"
    r"(?:mois|maand|mensilit[àa]|paga|\w*gehalt|\w*lohn|month(?:ly)?|salary)\b"
)
_INSTALMENTS_BEFORE = re.compile(
    rf"\b{_TIMES} ?(?:[x×]|mal|veces|fois|times|(?:{_PAYMENTS})(?: (?:de|à|von|zu(?: je)?|of|da|di))?:?)\s*$"
)
_NUMBER_OF_TIMES = re.compile(_TIMES)
# Directly before a bare "14x" or "x 14"; at the start stands the amount itself.
_BEFORE_BARE = re.compile(
    r"(?:^|\b(?:brutt?o|brutos|bruts?|gross|lord[io]|nett?o?s?|netos?|month|monthly|monat|monatlich|mois|mensuels?|mes|"
    r"mês|mese|maand|mensual(?:es)?|mensal|mensili?|\w*gehalt|\w*lohn|salary|pay|paid|payable|payée?s?|versée?s?|"
    r"(?:aus)?(?:ge|be)?zahlt|zahlbar|auszahlung))[\s(,:–—-]*$"
)
# Beside a number of months: words of payment, without which only 13 and fractions are payments, and of a fixed term
_PAYMENT = re.compile(
    r"\b(?:paid|payable|payée?s?|versée?s?|versements?|paiements?|réparti\w*|lissée?s?|verteilt|zahlbar|"
    r"(?:aus)?(?:ge|be)?zahlt|(?:aus)?zahlung\w*)\b"
)
_TERM = re.compile(
    r"\b(?:\w*befrist\w*|cdd|contrats?|contracts?|\w*vertr[aä]g\w*|alternan\w+|\w*prakti[kc]\w*|stages?|stagiaires?|"
    r"durée|\w*dauer|laufzeit|zunächst|vorerst|\w*anstellung|\w*projekt\w*|projets?|missions?|intérim|"
    r"remplacement|apprentissage|ausbildung|stipendium|bourse)\b"
)
_BESIDE_MONTHS = 24  # characters behind the months
# Not the full stop of "13. Gehalt", "p.a." or "inkl."
_SENTENCE_END = re.compile(r"[;!?]|(?<!\d)(?<!\bp\.a)(?<!\bca)(?<!\binkl)(?<!\bincl)(?<!\bzzgl)(?<!\bbzw)\.(?=\s|$)")
# Pay after taxes or before them, behind the amount and before it; ".NET" and "Dot Net Developer" are neither.
# "Net" counts where nothing follows, or pay or a period does, so that "Netto-Sachbezug" and "net zero" do not.
_OF_PAY = (
    r"(?=\s*(?:$|[,;:()/|+–—]|[.-](?!\w))|\s(?:per|pro|par|pe|por|al|im|je|an?|p\.|of|von|de|di|after|nach|avant|"
    r"après|in|on|for|für|pour|bei|and|und|et|or|oder|plus|with|mit|from|ab|à|between|zwischen|entre|ca|about|environ|"
    r"is|ist|est|es|beträgt|dep\w*|based|selon|según|impos\w*|d['’]imp\w*|"
    r"month\w*|monat\w*|mensu\w*|mensil\w*|mensal\w*|mies\w*|měs\w*|year\w*|annu\w*|an[uo]\w*|jahr\w*|jähr\w*|"
    r"salar\w*|pay|income|wages?|compensation|amount|\w*gehalt\w*|\w*lohn\w*|\w*vergütung|r[ée]mun\w+|retrib\w+|"
    r"\w*entgelt|b2b|vat|eur|euros?|usd|gbp|chf|pln|[€$£])(?!\w))"
)
_NET = (
    rf"(?<![.\w])(?:(?P<net>(?:net(?:s|t[eoi]|tes|os?|as?)?|l[íi]quid[oa]s?|na rękę|take[- ]home|in[- ]hand){_OF_PAY}|"
    r"netto-?(?:\w*(?:gehalt|gehälter|lohn|löhne|verdienst|vergütung|entgelt|einkommen))\w*)|"
    r"(?P<gross>gross\b|brutt?o\w*|brut(?:s|es?|os?|as?)?\b|lord[oi]\b|before tax))"
)
_NO_NEW_PART = r"(?:(?! (?:and|plus|with|und|et|zzgl|inkl|mit|avec)\b)[^\d;,|.+]|\.(?=\S)|(?<=p\.[am])\.)"
NET_AFTER = re.compile(rf"{_NO_NEW_PART}{{0,32}}?{_NET}")
NET_BEFORE = re.compile(rf".*{_NET}[^\d;,|]{{0,40}}$")
# A freelancer's invoice is "net" of value added tax.
INVOICED = re.compile(r"\b(?:vat|mwst|ust|tva|iva|b2b|ht|freelance\w*|auf rechnung|invoice\w*)\b")
# The dash for no cents, at the end of an amount: "€ 3.100,- brutto/Monat"
NO_CENTS = re.compile(r"^[.,][-–—]{1,2}(?!\d)")
PERIOD_OF_UNIT = {
    "year": "year",
    "annum": "year",
    "an": "year",
    "jahr": "year",
    "hour": "hour",
    "hr": "hour",
    "heure": "hour",
    "stunde": "hour",
    "month": "month",
    "mois": "month",
    "monat": "month",
    "week": "week",
    "day": "day",
    "jour": "day",
}

KIND = re.compile(
    r"(?P<ote>\bote\b|\bon[- ]target\b|\btarget earnings\b|\bzielgehalt\b|\bfirst year earnings\b)"
    r"|(?P<total>\btotal (?:cash|comp|compensation|target|earnings|rewards? of|annual compensation|package)\b|\btc\b)"
    r"|(?P<base>\bbase\b|\bbase pay\b|\b\w*grundgehalt\b|\bfixgehalt\b|\bfestgehalt\b|\bfixe\b|\bfixum\b)"
)

# In brackets behind an amount, what it consists of, or another amount: "OTE: $225K (base + bonus)", "Total: $300K (base
# $180K)".
PARTS = re.compile(
    r"\s*\([^()]{0,16}\b(?:base|fixe?|\w*grundgehalt|fixgehalt|fixum)\b(?:[^()]{0,24}(?:\+|&|\bplus\b|\band\b|\bund\b|"
    r"\bet\b)"
    r"|[^()]{0,10}[$€£]?\d)"
)


def period_named(text: str) -> str | None:
    """Return the pay period named in a pay field ("Hourly rate", "Annual salary"), or None."""
    word = PERIOD_WORD.search(text)
    if word:
        return word.lastgroup
    unit = PERIOD_LONG.search(text)
    return PERIOD_OF_UNIT[unit.group("unit")] if unit else None


def times_a_year(before: str, after: str) -> float | None:
    """Return how often a year an amount is paid, by the words around it in its sentence; None if they do not say so.

    The length of a contract ("befristet auf 15 Monate") is no number of payments.
    """
    end = _SENTENCE_END.search(after)
    sentence = after[: end.start()] if end else after
    for found in INSTALMENTS.finditer(sentence):
        if _are_payments(found, sentence):
            return _times(found.group())
    direct = _INSTALMENTS_BEFORE.search(before)
    return _times(direct.group()) if direct else None


def _times(words: str) -> float:
    """Return the number of payments in words; the last of "13. und 14. Gehalt"."""
    return float(_NUMBER_OF_TIMES.findall(words)[-1].replace(",", "."))


def _are_payments(found: re.Match[str], sentence: str) -> bool:
    """Return whether words of the form of a number of payments are one, as said behind an amount in its sentence."""
    before = sentence[: found.start()]
    if found.group("bare") is not None or found.group("multiplied"):
        return _BEFORE_BARE.search(before) is not None
    months = found.group("months")
    if months is None:
        return True
    beside = before + sentence[found.end() : found.end() + _BESIDE_MONTHS]
    is_odd = months == "13" or not months.isdigit()
    return (is_odd or _PAYMENT.search(beside) is not None) and _TERM.search(beside) is None


def kind_named(text: str) -> str:
    """Return the first kind of pay named in a field: OTE, total or base; else ``unspecified``."""
    match = KIND.search(text)
    return (match.lastgroup if match else None) or "unspecified"
