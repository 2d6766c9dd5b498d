"""Find the words about an office that demand no presence in it, in lower-case text. English, French, German.

"You don't need to come to the office every day", "Lunch is served in our office daily" and "Our warehouse staff work
on-site" name an office and its days, but say nothing about where this job is done.
"""

from __future__ import annotations

from typing import Final

from jobmarket.extract.guarded import Guarded

_OFFICE = r"(?:office|on-?site|in[- ]person)\b"
_IM_BUERO = r"(?:im|ins) büro\b"
_AU_BUREAU = r"(?:au bureau|sur site|en présentiel|dans nos (?:locaux|bureaux))\b"
_EVERY_DAY = r"(?:every day|daily)\b"
_TAEGLICH = r"(?:jeden tag|täglich)\b"
# A few words of the same clause
_WORDS = r"(?:(?!\b(?:but|and|who|to work|sondern|und)\b)[^.,;:\n]){0,30}?"
# "not required", "n't need", "no requirement", "nobody has"
_NO_DUTY = (
    r"(?:\b(?:not|no|nobody|no[- ]one|never) |n['’]t )(?:[\w-]+ ){0,2}?"
    r"(?:(?:need|expect|requir|oblig|mandat|forc|ask)\w*|has|have)"
)
_WHOM = r"(?: (?:for )?(?:you|anyone|anybody|everyone|people|employees|staff))?"
_BE = r"(?:be|come|go|work|commute|travel|report)"
_NEEDED_DE = r"(?:erforderlich|notwendig|nötig|erwartet|vorausgesetzt|verpflichtend|zwingend|vorgeschrieben)\b"
_NICE = (
    r"(?:lunch(?:es)?|breakfasts?|dinners?|meals?|fruits?|snacks?|drinks|coffee|(?:free|fresh|healthy) food|cater\w+|"
    r"chefs?|barista|massages?|yoga|dogs?|pets?)\b"
)
_NICE_DE = (
    r"(?:[\w-]*(?:obst|kaffee|snacks?|frühstück|mittagessen|getränke?|massagen?|yoga)|(?:\w*hunde?|haustiere?)\w*)\b"
)
_NICE_FR = r"(?:chiens?|animaux|petits?[- ]déjeuners?|déjeuners?|repas|fruits?|café|snacks?|goûters?)\b"
# Of a trade that stays where it is, or of another one than this job's
_OTHERS = (
    r"(?:\b(?:our|the) (?:[\w-]+ ){1,2}colleagues|\b(?:warehouse|factory|retail|store|kitchen|reception|facilities|"
    r"field|restaurant) (?:staff|teams?|workers?|employees|crews?)|\b(?:customers?|clients?|users|patients|students)"
    r"(?: who)?|\b(?:help|support|serve|enable)(?:s|ing)? (?:[\w-]+ ){1,3}who)"
)
_OTHERS_DE = r"(?:der (?:vertrieb|außendienst|kundendienst|service)|unsere (?:techniker|monteur|vertriebl)[\w:*]*)"

NOT_DEMANDED: Final = Guarded(
    # Nobody has to
    rf"{_NO_DUTY}{_WHOM} (?:to )?{_BE}\b{_WORDS}\b{_OFFICE}|"
    rf"\b{_OFFICE}(?: (?:work(?:ing)?|presence|attendance|daily|every|each|day|days|all|five|5|a|week|time)){{0,4}} "
    r"(?:is|are)(?: not|n['’]t| never) (?:\w+ )?(?:requir|necess|mandat|need|expect|oblig)\w*|"
    rf"\b{_OFFICE}(?: (?:work(?:ing)?|presence|attendance|daily|every|each|day)){{0,3}} (?:is|are) (?:\w+ly )?"
    r"(?:optional|voluntary|up to you)\b|"
    rf"\bno (?:fixed |mandatory |daily |strict )?{_OFFICE}(?: (?:work|presence|attendance))? "
    r"(?:requirement|obligation|mandate)s?\b|"
    r"\b(?:keine?n?|keiner|ohne) (?:[\w-]+ ){0,2}?(?:vor-ort-\w+|präsenz\w*|anwesenheit\w*)"
    rf"(?: (?:vor ort|{_IM_BUERO}|am standort))?(?: (?:ist |wird )?{_NEEDED_DE})?|"
    rf"\b(?:vor-ort-\w+|präsenz|anwesenheit)(?: vor ort| {_IM_BUERO})? (?:ist|wird) (?:[\w-]+ )?nicht (?:\w+ )?"
    rf"{_NEEDED_DE}|"
    rf"\bniemand (?:muss|soll){_WORDS}\b{_IM_BUERO}|"
    rf"\bnicht (?:\w+ )?{_TAEGLICH} (?:\w+ ){{0,2}}{_IM_BUERO}|"
    r"\b(?:pas de|aucun|sans) présentiel\b|\bprésentiel (?:n['’]est (?:pas|jamais)|non|facultatif|optionnel)\b|"
    r"\bpas (?:\w+ )?(?:obligé|tenu|besoin|nécessaire|obligatoire|requis)(?:\(e\)|[.·]e|e)?s? (?:de |d['’])"
    rf"(?:venir|être|travailler|passer) {_WORDS}\b{_AU_BUREAU}|"
    # Who likes may
    r"(?:\b(?:free|welcome|choose|decide|whether) to|\bwhether you|(?<!if )(?<!that )(?<!sure )(?<!ensure )\byou "
    rf"(?:can|may|could))\b(?! not| expect){_WORDS}\boffice {_EVERY_DAY}|"
    rf"\boffice {_EVERY_DAY},? or (?:[\w-]+ ){{0,4}}(?:home|remote(?:ly)?|elsewhere|anywhere|wherever)\b|"
    r"(?:(?<!only )\b(?:if|when) you|\b(?:those|anyone|everyone) who) (?:come|commute|work)\b"
    rf"{_WORDS}\boffice {_EVERY_DAY}|"
    rf"\b(?:kannst|können|könnt|darfst|dürfen|dürft)\b{_WORDS}\b{_TAEGLICH}{_WORDS}\b{_IM_BUERO}|"
    # What there is
    rf"\b{_NICE}(?:(?!\b(?:we|you|work\w*)\b)[^.,;:\n]){{0,40}}?\b(?:in|at|to|into) (?:the|our) [\w ]{{0,12}}office\b|"
    r"\b(?:shuttle|bus|train)\b[^.,;:\n]{0,24}?\bto (?:the|our) office\b|"
    rf"\b{_EVERY_DAY} (?:in|at) (?:the|our) [\w ]{{0,12}}office(?: ?:|,? (?:there (?:is|are)|we (?:serve|offer)|"
    rf"you(?:['’]ll| will)? (?:find|get|enjoy))) (?:[\w-]+ ){{0,4}}{_NICE}|"
    rf"\b{_TAEGLICH} (?:(?!arbeit)[\w-]+ ){{0,3}}{_NICE_DE} (?:\w+ )?{_IM_BUERO}|"
    rf"\b{_NICE_DE} (?:[\w-]+ )?{_TAEGLICH} (?:\w+ )?{_IM_BUERO}|"
    rf"\b{_NICE_FR}(?:(?!\b(?:vous|nous|travail\w*)\b)[^.,;:\n]){{0,32}}?\b{_AU_BUREAU}|"
    # Where others are
    rf"{_OTHERS} (?:(?!and\b|you\b|we\b)[\w-]+ ){{0,2}}?(?:are|is|works?|comes?)\b{_WORDS}\b{_OFFICE}|"
    rf"\b{_OTHERS_DE} (?:\w+ )?arbeite[nt] {_WORDS}\bvor ort\b|"
    r"\b(?:nos|les) (?:commerciaux|techniciens|livreurs|opérateurs|équipes (?:commerciales|support|terrain)) "
    rf"{_WORDS}\b{_AU_BUREAU}|"
    r"(?<!\d)[1-9]\d? ?% on-?site work (?:at|with) (?!our\b|the\b)\w+"
)
