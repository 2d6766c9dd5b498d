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
    r"\b(?:salar(?:y|ies)|salaried|compensation|comp|base|base pay|pay|pays|paid|rates?|remuneration|renumeration|ote|"
    r"on[- ]target|earn(?:ings?|s)?|wages?|hourly|annually|annualized|annual|yearly|per (?:year|annum|hour|month|"
    r"day|week)|ctc|lpa|"
    r"cash (?:comp|salary|range|base)\w*|base cash|tc|hiring range|target range|expected range|posted range|"
    r"zone [a-d1-4]|tier [1-4]|income|stipend range|"
    r"gross(?! margin| revenue| profit| merchandise)|"
    r"\w*gehalt\w*|\w*vergütung\w*|(?:lehr|ausbildungs)jahr|\w*lohn|verdienst\w*|brutto\w*|r[ée]mun[ée]ration|salaires?|salariale?|brut|bruts|"
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

# "Pay rate: 60-65/hr": an hour's pay without a currency
BARE_HOURLY = re.compile(r"\b(?:pay|salary|wages?|compensation|comp|rate)\b[^.;\n\d]{0,24}$")
UP_TO = re.compile(
    r"\b(?:up to|upto|as much as|max\.?|maximum(?: (?:salary|pay))?(?: of)?|maxima?al|bis(?: zu)?|jusqu['’][àa]|"
    r"capped at)(?: \w{1,3}\.?)?\s*$"
)
FROM = re.compile(
    r"\b(?:from|start(?:s|ing)? (?:at|from)|starting(?: base)?(?: salary| pay| wage| rate)?(?: of| at| is|:)?|"
    r"at least|minimum(?: (?:base )?(?:salary|pay|compensation|rate|wage))?(?: of)?|"
    r"min\.?|ab|mindestens|mindest\w*(?: (?:laut|gemäß|nach|lt\.) (?:kv|kollektivvertrag|tarifvertrag))?:?"
    r"(?: beträgt| von| ist| liegt bei)?|"
    r"[àa] partir de|dès|no less than|upwards of|north of|over|floor of)(?: ca\.?)?\s*$"
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
    r"\s*(?:\(?(?:gross|brutto|bruts?|brutos?|lord[io]|base|nets?|nett[io]|netos?|l[íi]quidos?|ht|salary|cash|ote|"
    r"\+\s?vat)\)?,?\s*){0,2}"
)
PERIOD_BESIDE = _alternatives(
    _UNITS,
    _BEFORE_PERIOD + r"(?:/\s?|per[ -]|a |an |pro |par |por |pe |je |im |al |pr\.? |de l['’]|the |"
    r"(?=hr\b|hrs\b|hour\b)|p/?(?=[dhm]\b))"
    r"(?:full |calendar )?",
    r"s?(?![\w])",
)
# Pay by half a month, two weeks or a piece of work has none of the periods; hence the lookbehinds further below.
OTHER_PERIOD = re.compile(
    r"\b(?:bi-?weekly|fortnight\w*|semi-?monthly|(?:every|each) (?:two|2|other) weeks?|twice (?:a|per) month|quinzaine|"
    r"(?:per|a|pro|par|por) (?:project|projekt|projet|article|sprint|semester|term|quarter|quartal|trimestre))\b"
)
PERIOD_WORD = _alternatives(_ADVERBS, r"(?<![\w])(?<!bi-)(?<!semi-)", r"(?![\w])")
# "monthly", "(mensuales)": directly after the amount
PERIOD_WORD_BESIDE = _alternatives(_ADVERBS, _BEFORE_PERIOD + r"\(?", r"(?![\w])")
# "Monthly gross salary of": directly before it
PERIOD_LABEL = _alternatives(_ADVERBS, r"(?<![\w])(?<!bi-)(?<!semi-)", r"(?: [^\W\d]+){0,3}[\s:–—-]*$")
PERIOD_LONG = re.compile(
    r"(?<!\w)(?:per|/|pro|par)\s?(?P<unit>year|annum|hour|hr|month|week|day|an|mois|heure|jour|jahr|monat|stunde)(?!\w)"
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
    rf"\b(?:sur|par|auf) {_TIMES} (?:mois|monate)\b|(?<!\w)[x×] ?{_TIMES}\b(?: (?:mois|{_PAYMENTS})\b)?|"
    rf"\b{_TIMES}\s?(?:(?:[x×]|-?\s?mal|veces|fois|times)(?:{_IN_A_YEAR}(?!\w)|(?=\s*(?:$|[),;.])))|"
    rf"(?:{_PAYMENTS})\b{_IN_A_YEAR}?)|"
    r"\b(?:13\. ?(?:und|&|\+) ?)?1[3-5](?:\. ?|e |[èe]me |th |ª )"
    r"(?:mois|maand|mensilit[àa]|paga|\w*gehalt|\w*lohn|month(?:ly)?|salary)\b"
)
INSTALMENTS_BEFORE = re.compile(
    rf"\b{_TIMES} ?(?:[x×]|mal|veces|fois|times|(?:{_PAYMENTS})(?: (?:de|à|von|zu(?: je)?|of|da|di))?:?)\s*$"
)
_NUMBER_OF_TIMES = re.compile(_TIMES)
# Pay after taxes or before them, behind the amount and before it; ".NET" and "Dot Net Developer" are neither.
_NET = (
    r"(?<![.\w])(?:(?P<net>net(?:s|t[eoi]|tes|os?|as?)?\b(?! (?:worth|new|zero|promoter|revenue|sales|profit|asset|"
    r"developer|engineer|architect|core|framework))|netto\w*|l[íi]quid[oa]s?\b|na rękę|take[- ]home|in[- ]hand\b)|"
    r"(?P<gross>gross\b|brutt?o\w*|brut(?:s|es?|os?|as?)?\b|lord[oi]\b|before tax))"
)
_NO_NEW_PART = r"(?:[^\d;,|.]|\.(?=\S)|(?<=p\.[am])\.)"
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


def times_a_year(words: str) -> float:
    """Return the number in words that :data:`INSTALMENTS` match; the last of "13. und 14. Gehalt"."""
    return float(_NUMBER_OF_TIMES.findall(words)[-1].replace(",", "."))


def kind_named(text: str) -> str:
    """Return the first kind of pay named in a field: OTE, total or base; else ``unspecified``."""
    match = KIND.search(text)
    return (match.lastgroup if match else None) or "unspecified"
