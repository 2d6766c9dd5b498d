"""Tell the years of colleagues, founders and the employer from those asked of the applicant. English, French, German.

"Our engineers average 8 years of experience", "founded by a team with 15+ years in ML" and "Fort de 20 ans
d'expérience, notre cabinet recrute" say who is there already.
"""

from __future__ import annotations

import re
from typing import Final

from jobmarket.extract.guarded import Guarded

# Words that may stand between what introduces the years and their number, which ends the text that is searched.
_SO_MANY = (
    r"(?:(?:an average of|on average|well over|over|more than|at least|up to|nearly|almost|around|about|between|"
    r"(?:a )?combined|en moyenne|plus de|près de|au moins|über|mehr als|mindestens|durchschnittlich|im schnitt|rund|"
    r"fast|de|d['’]) ?)*$"
)
_COLLEAGUES = (
    r"(?:people|folks|colleagues|peers|teammates|staff|leadership|team|[\w-]*(?:engineer|scientist|researcher|developer|"
    r"founder|expert|leader|operator|mentor|veteran|specialist|professional|consultant|advisor|executive|manager|analyst|"
    r"builder|employee)s)"
)
_HEADS = r"(?:c[eot]o|(?:co-?)?founder|manager|mentor|boss|supervisor|(?:team|tech) lead)"
_KOLLEGEN = r"(?:kolleg|expert|entwickler|mentor|ingenieur|wissenschaftler|spezialist|gründer)[\w:*]*"
# A few words of the same clause; "as one of our engineers" speaks of the applicant.
_WORDS = r"(?:(?!as\b|if\b)[\w,&'’/:*-]+ ){0,8}?"
_CLAUSE = rf"{_WORDS}[\w,&'’/:*-]+"
_WHO_HAVE = r"(?: with|,? who (?:each |all )?(?:ha(?:s|ve)|brings?)) "
_HAVE = r"(?:ha(?:ve|s|d)|averages?|brings?|shares?|combines?|boasts?)"
_QUI_ONT = r"(?:ayant|avec|qui (?:a|ont)|disposant|justifiant|fort(?:e|s|es)?) "
# An employer's name stands alone; an applicant has them too: "The writer has 5 years", "Candidate currently has".
_NO_EMPLOYER = (
    r"(?!(?:[\w&.'’-]+ ){0,2}(?:an?|the|this|that|these|those|our|your|his|her|every|each|who|you|he|she|it|"
    r"candidate|applicant|person|individual|someone|ideal\w*|successful|strong|must|also|currently|already|minimum|background|profile|"
    r"\w+(?:er|or|ist|ant|yst|ect|ead))\b)"
)
_BEFORE: Final = Guarded(
    # "our founding team has more than 20 years", but not "our ideal candidate has" or "our engineers typically have"
    rf"\b(?:our|your|their|its) (?!ideal|next|new|first|future|perfect|right)(?:[\w-]+ ){{0,3}}?"
    rf"(?:{_COLLEAGUES}|{_HEADS}|company|firm|group)(?:,? (?:who|each|all|collectively|together))* {_HAVE}"
    rf"(?: [\w-]+){{0,3}} ?$|"
    rf"\bwe {_HAVE}(?: [\w-]+){{0,3}} ?$|"
    rf"\b(?:founders|founding team|leadership team|management team|executives) (?:each |all |collectively )?{_HAVE} "
    rf"{_SO_MANY}|"
    rf"\b(?:your|our) {_HEADS},? who (?:has|brings) {_SO_MANY}|"
    rf"\bteam (?:of [\w-]+ )?\({_SO_MANY}|"
    rf"\b(?:led|founded|run|backed|mentored|coached|guided|managed|supported|built|started|supervised|trained|taught) "
    rf"by {_CLAUSE}{_WHO_HAVE}{_SO_MANY}|"
    rf"\b(?:learn(?:ing)?|mentorship|mentoring|guidance|coaching|support) (?:and \w+ )?from {_CLAUSE}"
    rf"{_WHO_HAVE}{_SO_MANY}|"
    rf"\b(?:report(?:s|ing)?(?: directly)? to|alongside|surrounded by|"
    rf"(?:work|collaborat|pair|partner)(?:e|ing)?(?: \w+ly)? with) {_WORDS}(?:{_COLLEAGUES}|{_HEADS})"
    rf"{_WHO_HAVE}{_SO_MANY}|"
    # Not "an engineer to join a growing team with 5+ years"
    rf"(?<!to )\bjoin(?:ing)? {_WORDS}(?!team)(?:{_COLLEAGUES}|{_HEADS}){_WHO_HAVE}{_SO_MANY}|"
    r"(?<!to )\bjoin(?:ing)? an? (?:[\w-]+ ){0,3}(?:team|company|firm|group) with ?$|"
    rf"^\W*(?:we(?:['’]re| are) )?an? (?:[\w-]+ ){{0,3}}team of {_WORDS}{_COLLEAGUES}{_WHO_HAVE}{_SO_MANY}|"
    r"\baverage (?:(?!experience|minimum|years)[\w-]+ ){0,2}(?!experience|minimum|years)[\w-]+(?: is| of|:) "
    r"(?:about |over )?$|\b(?:im (?:durch)?schnitt|durchschnittlich) (?:bleiben|bringen|haben)[^.;,\n]{0,40}$|"
    r"\b(?:our|the) average [\w-]+ has ?$|"
    rf"\bwe (?!require|need|want|expect|look|seek|ask|value|prefer)(?:[\w’'-]+ ){{1,3}}(?:experience|expertise) in $|"
    r"\bveterans\b[^.;\n]{0,40} with(?: over| more than)? ?$|"
    r"\b(?:wir|unser team|unsere? (?:[\w:*-]+ )?(?:team|berater|mitarbeite|"
    rf"{_KOLLEGEN})\w*) (?:hat|haben|bringt|bringen|verfügt|verfügen)(?: [\w-]+){{0,3}} ?$|"
    rf"\b(?:von|mit) (?:[\w:*-]+ ){{0,3}}{_KOLLEGEN} mit {_SO_MANY}|"
    r"\b(?:notre équipe|nos (?:consultant|expert|équipe|ingénieur|fondateur)\w*) (?:a|ont|possède|possèdent|cumule|"
    r"cumulent|compte|comptent)(?: [\w-]+){0,3} ?$|"
    rf"\b(?:nos|notre) [\w-]+(?: [\w-]+)?,? forte?s? (?:de|d['’]) ?{_SO_MANY}|"
    rf"\bnous (?:avons|cumulons|possédons|disposons) {_SO_MANY}|"
    rf"\b(?:(?:encadr|accompagn|dirig|fond|port|épaul|guid|manag|coach|supervis|form)ée?s? par|aux côtés) {_WORDS}"
    rf"{_QUI_ONT}{_SO_MANY}|"
    r"\b(?:équipe|société|groupe|entreprise|cabinet|agence|structure|acteur|start-?up|éditeur|esn)s? fortes? "
    rf"(?:de|d['’](?:une expérience de)?) ?{_SO_MANY}|"
    r"\bavec (?:notre|nos) [^.;:\n]{2,40}$"
)
# An average is the colleagues' unless it is asked for: "You bring an average of 5 years", "5 years on average required"
_AVERAGE: Final = re.compile(
    r"\b(?:averag(?:e|es|ing)|on average|en moyenne|durchschnittlich|im (?:durch)?schnitt)(?: of)? ?$|"
    r"\bexpérience moyenne[^.;\n]{0,40}$"
)
_AVERAGE_ASKED_BEFORE: Final = re.compile(
    r"(?:\b(?:requires?|required:?|requirements?:|must have|you (?:have|bring|need|should have)|"
    r"(?:candidates?|applicants?)(?: (?:should )?(?:ha(?:ve|s)|brings?|needs?))?|vous avez|"
    r"du (?:hast|bringst)|sie (?:haben|bringen)))"
    r"(?: (?:an|on|im|en|une|typically|usually|expérience))* ?$"
)
_AVERAGE_ASKED_AFTER: Final = re.compile(
    r"[^.;,\n]{0,40} (?:required|expected|needed|(?:demandé|exigé|requis|attendu)e?s?|erwartet|gefordert|vorausgesetzt|"
    r"erforderlich)\b"
)
# "Acme brings 20 years of experience to its clients", "The company has 15 years of experience"
_OF_EMPLOYER: Final = re.compile(
    rf"^\W*(?:{_NO_EMPLOYER}(?:[\w&.'’-]+ ){{1,3}}|the (?:company|firm|agency|group|team) )(?:has|brings|boasts) "
    rf"{_SO_MANY}"
)
# "Fort de 20 ans d'expérience, notre cabinet recrute", but not "Fort de 5 ans d'expérience, vous ..."; and "With more
# than 20 years of experience, Acme helps banks"
_WITH_THE_STRENGTH_OF: Final = re.compile(
    r"\bforte?s? (?:de|d['’]une expérience de)(?: plus de| près de)? ?$|"
    r"^\W*with (?:(?:more than|nearly|almost|around|about) )?$"
)
_EMPLOYER_FOLLOWS: Final = re.compile(
    r"[^,.\n]{0,60}, (?:(?:notre|nous|nos|le (?:cabinet|groupe)|la société|l['’](?:entreprise|agence|équipe)|we|our)\b|"
    r"(?!you\b|the (?:ideal|right|successful)|(?:the |a )?(?:candidate|applicant))(?:[\w&.'’-]+ ){1,4}"
    r"(?:is|are|has|have|helps?|serves?|builds?|provides?|offers?|delivers?|supports?|develops?|makes|leads|"
    r"enables?)\b)"
)
# Characters that are read before the years
_REACH: Final = 110


def are_of_others(sentence: str, start: int, end: int) -> bool:
    """Return whether the years at ``sentence[start:end]``, in lower case, are somebody else's than the applicant's."""
    before = sentence[max(0, start - _REACH) : start]
    if _BEFORE.search(before) or _OF_EMPLOYER.search(before):
        return True
    average = _AVERAGE.search(before)
    if average and not (
        _AVERAGE_ASKED_BEFORE.search(before[: average.start()]) or _AVERAGE_ASKED_AFTER.match(sentence, end)
    ):
        return True
    return _WITH_THE_STRENGTH_OF.search(before) is not None and _EMPLOYER_FOLLOWS.match(sentence, end) is not None
