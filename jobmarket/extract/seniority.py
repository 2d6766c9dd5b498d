"""Determine seniority from the title's marker or else from an explicit statement in the text; never from years."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.forum_post import is_forum_line, role_titles, roles_in_forum_text
from jobmarket.extract.guarded import FirstGuarded, Guarded
from jobmarket.extract.passages import answers
from jobmarket.extract.trainee_words import (
    FRENCH_TRAINEE,
    FRENCH_TRAINEE_SOUGHT,
    INTERN,
    LEARNER,
    STUDENT_ASSISTANT_SOUGHT,
    STUDY_OR_THESIS,
    VOCATIONAL_TRAINING,
)
from jobmarket.extract.translated_titles import in_english

# In order of precedence when one role has several markers ("Senior Staff Engineer" is staff).
_MARKERS: tuple[tuple[str, str], ...] = (
    (
        "intern",
        rf"{INTERN}|\bpraktik\w*|\bworking student\b|\bwerkstudent\w*|"
        rf"{FRENCH_TRAINEE}|{VOCATIONAL_TRAINING}|\bazubi|"
        r"\bauszubildende\w*|"
        r"\blehrling|\blehrstelle|"
        rf"\b{LEARNER}|(?:studentische|wissenschaftliche)[nr]? hilfskr[aä]ft\w*|\bshk\b|\bwhk\b|\bhiwi\b|"
        r"\bwerkstudierende\w*|\bstudentische[rn]? (?:mitarbeit|aushilfe)\w*|"
        r"\bstudent(?:in)? (?:\([mwdfx/ ]+\)|software|informatik|data (?:scien|engineer))|\bpflichtpraktik\w*|"
        rf"{STUDY_OR_THESIS}|\bpraxissemester|"
        r"\bstudent (?:assistant|worker|"
        r"developer|researcher)|\b(?:developer|engineer|analyst) student\b|"
        r"\bengineering student\b(?! (?:success|affairs|services|advis|recruit|program|life))",
    ),
    (
        "executive",
        r"\bhead of\b|\bhead,|\bdirectors?\b(?! of photography)|\bvp\b|\bsvp\b|"
        r"(?<!assistant )(?<!associate )\bvice[- ]president\b|"
        r"\bchief (?!of staff)\w+|(?<!to )(?<!to the )(?<!of the )\bc[teifp]o\b(?!['’]s)|\bdirecteur|\bdirectrice|"
        r"(?<!technischer )(?<!team-)\bleiter(?:[:*/]?in)?\b|\bbereichsleit\w+|^leitung\b|"
        r"^(?:(?:technische|kaufmännische) )?geschäftsführung\b|\bmitglied der geschäftsführung\b|"
        r"(?<!assistenz )(?<!assistent )(?<!assistentin )\bgeschäftsführer(?:in)?\b",
    ),
    (
        "manager",
        r"\bengineering manager\b|\b(?:engineering|science|scien\w+|research|software|software development|"
        r"analytics|ml|ai|machine learning|"
        r"platform|infrastructure|security|qa|devops|technical support engineering|team|people|"
        r"delivery team) managers?\b|"
        r"^(?:senior |sr\.? |group )?managers?,|^managers? (?!in\b)|\b(?:senior|sr\.?) managers?\b|"
        r"(?<!product )(?<!program )(?<!project )(?<!account )(?<!success )(?<!marketing )(?<!business development )"
        r"(?<!corporate development )(?<!sales )(?<!partner )\bmanager,? (?:of |"
        r"- )?(?:software|engineering|data|machine|ml|ai|research|analytics|applied|platform|infrastructure)\b|"
        r"\bteam-?leit\w+|\bgruppenleit\w+|\babteilungsleit\w+|"
        r"\bchef de (?:service|département|pôle)\b|\bresponsable (?:d['’]équipe|de l['’]équipe|(?:du |de )?(?:pôle|"
        r"service|département)|data|bi\b|ia\b|technique)|"
        r"\bsupervisor\b|\blead \(?manager\b",
    ),
    (
        "principal",
        r"(?<!développeur )(?<!analyste )(?<!conseiller )(?<!programmeur )(?<!concepteur )\bprincipal\b|"
        r"\bpmts\b|\bdistinguished\b|\b(?:technical|engineering|senior) fellow\b",
    ),
    (
        "staff",
        r"(?<!technical )(?<!of )\bstaff\b"
        r"(?! augment| account| nurse| writer| (?:licensed |clinical )?pharmac| physician| therapist| attorney)|"
        r"\bsr\.? staff\b",
    ),
    (
        "lead",
        r"\blmts\b|\bleads?\b(?! gen\b| generation| qualif| development| optimi[sz]| scoring| management| track)|"
        r"\btech[- ]?lead\b(?! track)|\bteam[- ]?lead(?! track)\w*|"
        r"\bleader\b|"
        r"\bchef (?:de (?!projet|produit)|d['’])|\bréférente? (?:technique|data|ia|dév|dev)\w*|"
        r"\blead(?:ing)? engineer",
    ),
    (
        "senior",
        r"\bsenior\b|(?:développeur|analyste|conseiller|programmeur|concepteur) principal\b|\bsmts\b|\bsr\b\.?|"
        r"\bsnr\b\.?|\biii\b|\bsénior\b|\bexpérimenté\w*|\berfahrene?r?\b|\b(?:engineer|"
        r"scientist|analyst|developer) 3\b",
    ),
    (
        "mid",
        r"\bmid\b(?![- ](?:market|enterprise|cap|size|atlantic|west))|"
        r"\bmid-?level\b|\bintermediate\b|\bii\b|\bmittleres?\b|\bconfirmé\b|\bintermédiaire\b|"
        r"\b(?:engineer|scientist|analyst|developer) 2\b",
    ),
    (
        "junior",
        r"\bjunior\b|\btrainee(?!s\b)\w*|\byoung professional|\beinsteiger(?:in)?\b|"
        r"\bnachwuchs-?\w*|\bjr\b\.?|\bentry[- ]level\b|\bfreshers?\b|\bnew (?:college )?grad(?:uate)?s?\b|"
        r"\brecent grad\w*|"
        r"\bgraduates?\b|"
        r"\bassociate (?!general counsel|(?:vice )?dean\b|provost|principal|partner|professor|director)"
        r"(?=\w*\s?(?:data|software|engineer|"
        r"machine|ml|ai|research|scientist|developer|analyst|product|applied|platform)|[^,|(]{0,40}?(?:engineer|"
        r"scientist|developer|analyst|architect|consultant|designer|counsel|ingenieur|ingénieur|entwickler))|"
        r"\b(?:engineer|scientist|analyst|developer|specialist|technician|coordinator|administrator)(?:,? |-)i\b|"
        r"\bdébutant\b|\bjeunes? diplômés?\b|\bberufseinsteiger\w*|\babsolvent\w*|\bearly[- ]career\b|\b(?:engineer|"
        r"scientist|analyst|"
        r"developer) 1\b|\buniversity grad\w*|\bnew ?grads?\b",
    ),
)
_LEVELS = FirstGuarded(_MARKERS)
# The person whom somebody assists has the level, not the assistant: "Assistant to the Chief Executive Officer".
_ASSISTED = re.compile(
    r"\b(?:(?:assistante?|aide|advis[eo]r|deputy|secretary|chief of staff|business partner)s?,? (?:to|for|du|de la|"
    r"au|à la)|assisten(?:z|tin|t) (?:des|der|von|für))\b(?:(?! - )[^,|(–—])*|"
    r"\boffice of (?:the )?(?:c\wo|chief (?:\w+ ){1,2}officer|(?:managing )?director|president)\b|"
    r"\b(?:(?:managing |executive )?director|manager|president|head|c\wo)s?['’]s? office\b"
)
# "Engineering Fellow" is a senior grade, but not where the text offers a fellowship.
_FELLOW = re.compile(r"\bfellow\b")
_ASSISTANT = re.compile(r"\b(?:executive|personal|administrative|admin)[ -]assistant\b")
# Tiers of support are no levels of a career: "Tier II/III Support Engineer".
_TIERS = re.compile(r"\btier \W*(?:[1-4]|i{1,3})\b(?:\W+(?:(?:and|or|to) )?(?:tier )?(?:[1-4]|i{1,3})\b)*")
_MARKER = re.compile("|".join(f"(?P<{level}>{pattern})" for level, pattern in _MARKERS))
_ORDER = [level for level, _ in _MARKERS]
_ALTERNATIVE = re.compile(
    r"^\s*(?:level|-level|engineers?|engineer)?\s*(?:/|or|and|to|\+|&|,|-|–|oder|ou|bis|through)\s*$"
)
_INDIVIDUAL = re.compile(r"\b(?:engineer|scientist|developer|analyst)s?\b")
_BANK_GRADE = re.compile(r"\bvice[- ]president\b|\bvp\b|\bdirector\b")
_ANY_LEVEL = re.compile(r"\b(?:all|any|multiple|various|several) (?:seniority )?levels\b|\ball seniority\b")

_STATED = Guarded(
    r"(?:\b(?:as (?:a|an|our|the)(?: next| new)?|this is (?:a|an)|we(?:'|’)?(?:re| are) (?:looking for|hiring|"
    r"seeking|searching for)(?: a| an| our)?|"
    r"looking for (?:a|an)|in search of (?:a|an)|seeking (?:a|an)|hiring (?:a|an)|"
    r"join (?:us|our \w+(?: team)?) as (?:a|an)|join (?:[\w.&-]+ ){1,3}as|"
    r"suchen wir (?:eine?n?)|wir suchen (?:eine[:*_]n|eine?n?)|(?:wir suchen|suchen wir) (?:dich|sie) als|"
    r"(?:team|uns|dich|werde|^\W*) ?als|"
    r"nous recherchons une?|role of)\s+(?:[\w-]+ and (?:highly )?[\w-]+ )?"
    r"(?:(?!for\b|of\b|with\b|to\b|and\b|who\b|that\b|by\b|you\b|will\b)[\w-]+,?\s+){0,3}?)"
    r"(?P<level>senior|junior|entry[- ]level|staff|mid[- ]level|principal|lead)[- ](?:level\s)?(?:[\w/&,-]+\s){0,4}?"
    r"(?:[\w-]*(?:entwickler|ingenieur|berater|architekt|wissenschaftler|analyst)|role|position|engineer|scientist|"
    r"developer|analyst|researcher|individual contributor|ic\b|hire|manager|"
    r"designer|architect|"
    r"opportunity|contributor|technologist|member|fellow|data|software|machine|ml|ai|computer vision)"
    r"|\b(?:hiring|hire|role is|position is)\b[^.\n]{0,24} at (?:the |a )?(?P<at>senior|junior|staff|mid|principal|"
    r"lead)[- ]level\b"
    r"|\b(?:looking for|seeking|hiring) an? (?:[\w/-]+ ){1,3}(?P<last>lead) (?:to|who|with|that)\b"
    # "Nous recherchons un(e) ingénieur(e) cloud confirmé(e)", "En tant que développeuse senior": the level comes last.
    r"|(?:\b(?:re)?cherch(?:ons|e)|\brecrut(?:ons|e)|(?:^\W*|\brejoi[\w-]+ (?:[\w'’-]+ ){0,4})en tant qu(?:e |['’])) ?"
    r"(?:(?:un(?:e|\(e\)|[.·]e)?|notre|son|sa) )?(?:future?(?:\(e\))? )?"
    r"(?:(?!(?:et|ou|avec|pour|qui|dont|par|chez|vous|sous)\b)[\w+#/()'’.·-]+ ){1,4}?"
    r"(?P<trail>senior|sénior|junior|confirmé)(?:\(e\)|[.·]?e)?\b(?! ?(?:ou|et|à|/|-))"
    r"|\b(?:un|recherche d['’]un) profil (?P<profile>senior|junior)\b"
    r"|\b(?:le|ce|un) poste (?:de |d['’])(?:(?!(?:et|ou|avec|pour|qui|chez)\b)[\w+#/().·-]+ ){1,4}?"
    r"(?P<post>senior|sénior|junior|confirmé)(?:\(e\)|[.·]?e)?\b(?! ?(?:ou|et|à|/|-))"
    r"|^\W*the (?P<subject>senior|junior|staff|principal|lead) (?:[\w&/]+\s){0,5}?"
    r"(?:engineer|scientist|developer|analyst|researcher) (?!reports?\b|teams?\b|or\b|and\b|who\b)(?:will\b|"
    r"is\b|\w+s\b)"
    # "Experience level: Mid-level", "Position: Senior Gardener"
    r"|(?:^|\W)(?:(?:experience|seniority|career|job)[ -]?level\s?:\W{0,4}(?P<label>senior|junior|entry[- ]level|"
    r"mid(?:[- ]level)?|staff|principal|lead)|(?:position|role|job title)\s?:\W{0,4}(?P<named>senior|junior))\b"
    r"(?! ?(?:/|,|\+|\(|[-–]|or\b|to\b|and\b))"
    r"|\b(?:looking for|seeking|hiring)\b[^.\n]{0,16}\b(?P<early>early[- ]career)\b"
)
_STUDENT_SOUGHT = Guarded(
    rf"{STUDENT_ASSISTANT_SOUGHT}|{FRENCH_TRAINEE_SOUGHT}|"
    r"\b(?:suchen|sucht)(?: wir)?(?: (?:dich|sie|ab sofort|zum nächstmöglichen zeitpunkt))*(?: als| eine?n?| mehrere)*"
    r" (?:werkstudent|praktikant)\w*"
)
# "previously served as a senior consultant" is about the past, "levels of abstraction" about something else.
_PAST = re.compile(r"\b(?:served|serving|experience|experienced|worked|working|previously|time)\W+$")
_OTHER_LEVELS = re.compile(
    r"abstraction|\bon multiple levels|"
    r"stakeholder|feedback|organi[sz]ation|leadership|c-level|levels of the|levels of (?:the|a|our)\b"
)
_STATED_LEVEL = {"entry": "junior", "early": "junior", "mid": "mid", "confi": "mid", "sénio": "senior"}
_SEVERAL = Guarded(
    r"\b(?:from|between|range from|leveling from|levels?:?|seniority|across)\b[^.\n]{0,40}\b(?:junior|mid|senior|"
    r"staff|entry)[^.\n]{0,24}"
    r"(?:to|and|or|through|,|/|-|–)\s*\(?(?:mid|senior|staff|principal|lead)\b|\bmultiple (?:seniority )?levels\b|"
    r"\b(?:all|various|any) (?:experience|seniority) levels\b|"
    r"\bopen to (?:all|multiple|various|different)? ?(?:seniority|levels)\b|(?<!years of )\bseniority \("
)


# Lines and characters: where a text repeats its title, and how much longer the repetition may be.
_FIRST_LINES = 3
_LONGEST_REPEATED = 90
_MORE_WORDS = 24


def seniority(document: Document) -> str:
    """Return the level of the job; ``multiple`` if the posting offers several."""
    titles = role_titles(document.title)
    if not titles and is_forum_line(document.title):
        titles = roles_in_forum_text(document)
    levels: list[str] = []
    for title in titles:
        level = _of_title(title)
        if level is not None and not (level == "principal" and _is_fellowship(title, document)):
            levels.append(level)
    if _ANY_LEVEL.search(document.title.lower()):
        return "multiple"
    if levels:
        return levels[0] if len(set(levels)) == 1 else "multiple"
    return _of_repeated_title(document) or _of_text(document)


def _is_fellowship(title: str, document: Document) -> bool:
    return _FELLOW.search(title) is not None and "fellowship" in document.text.lower()


@lru_cache(maxsize=4096)
def _of_title(title: str) -> str | None:
    if "tier" in title:
        title = _TIERS.sub(" ", title)
    title = _ASSISTED.sub(" ", title)
    named = [level for level in _LEVELS.matching(title) if level != "executive" or not _ASSISTANT.search(title)]
    if len(named) < 2:
        return named[0] if named else None
    found = list(_MARKER.finditer(title))
    levels = [level for match in found if (level := match.lastgroup or "") in named]
    for first, last in zip(found, found[1:], strict=False):
        if first.lastgroup != last.lastgroup and _ALTERNATIVE.match(title[first.end() : last.start()]):
            pair = {first.lastgroup, last.lastgroup}
            between = title[first.end() : last.start()]
            # "Principal Engineer, Team Lead" is one role with its duty.
            is_duty = "engineer," in between and last.group() in {"team lead", "tech lead"}
            if not is_duty and not (("," in between or "-" in between) and "intern" in pair):
                return "multiple"
    if "executive" in levels and len(set(levels)) > 1 and _INDIVIDUAL.search(title) and _BANK_GRADE.search(title):
        levels = [level for level in levels if level != "executive"]  # a bank's grade after an engineer's title
    if "principal" in levels and "manager" in levels:
        return "principal"  # "Principal Analytics Manager" manages analytics, not people
    return min(levels, key=_ORDER.index)


def _of_repeated_title(document: Document) -> str | None:
    """Judge the line, among the first, that repeats the title with more words: "Senior" before "Data Engineer"."""
    title = document.title.lower().strip()
    if not title or len(title) > _LONGEST_REPEATED:
        return None
    for line in document.lines[:_FIRST_LINES]:
        if title in line.lowered and len(line.text) <= len(title) + _MORE_WORDS:
            level = _of_title(in_english(line.lowered))
            return None if level == "executive" else level  # the person an assistant works for
    return None


def _of_text(document: Document) -> str:
    said = [level for _, level in answers(document, anchors.SENIORITY, _of_sentence)]
    return "multiple" if "multiple" in said else said[0] if said else "unspecified"


def _of_sentence(sentence: str) -> str | None:
    """Return the level that a sentence states for the job, or ``multiple``; None if it states none."""
    if _SEVERAL.search(sentence) and not _OTHER_LEVELS.search(sentence):
        return "multiple"
    if _STUDENT_SOUGHT.search(sentence):
        return "intern"
    for match in _STATED.finditer(sentence):
        if not _PAST.search(sentence, 0, match.start()):
            word = match.group(match.lastgroup or "level")
            return _STATED_LEVEL.get(word[:5].rstrip("- "), _STATED_LEVEL.get(word[:3], word))
    return None
