"""Classify a line by its own words: a wish, a requirement, a statement about the company. English, French, German."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from jobmarket.extract import musts, unasked, wishes
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.sentence_bounds import sentence_end, sentence_start, sentences

# "Du beherrschst …", "Sie kennen sich mit … aus", "Du hast bereits … umgesetzt", but not "Du hast die Möglichkeit"
_GERMAN_CANDIDATE = (
    r"\b(?:du (?:hast|kennst|beherrschst|verfügst|besitzt|weißt)|(?:hast|kennst|beherrschst|verfügst|besitzt) du"
    r"|sie (?:kennen|beherrschen|verfügen|besitzen)|(?:kennen|beherrschen|verfügen|besitzen) sie"
    r"|kennst dich|(?:bringst|sie bringen|bringen sie)(?=[^.\n]*\bmit\b))\b"
    r"(?! (?:\w+ ){0,2}(?:die (?:möglichkeit|chance|gelegenheit|freiheit|wahl|option)|frei|spielraum|zugang|zugriff"
    r"|anspruch|lust|spaß|freude|bock|leidenschaft))"
    r"|\bsie haben (?:\w+ ){0,3}(?:erfahrung|kenntnisse|studi|berufserfahrung|abgeschlossen)"
)
# "Vous possédez de solides bases en SQL", "Tu es à l'aise avec Kafka", but not "Vous disposez de 25 jours de congés"
_FRENCH_CANDIDATE = (
    r"\b(?:vous|tu) (?:(?:poss[èé]de|dispose|justifie)[sz]|avez|as)\b[^.\n]{0,40}"
    r"\b(?:expériences?|compétences?|connaissances?|ma[iî]trise|bases|notions|expertise|formation|diplôme)\b"
    r"|\b(?:vous|tu) (?:êtes|es) (?:[\w']+ ){0,2}?(?:diplômée?|titulaire|issue?|famili(?:er|ère)|à l['’]aise"
    r"|experte?)\b"
)
# Not what the job teaches: "Du kannst Kenntnisse in SAS erwerben und vertiefen"
_NOT_GAINED = r"(?![^.\n]*\b(?:erwerben|erwirbst|erlernen|vertiefen|vertiefst|erweitern|ausbauen|sammeln|sammelst)\b)"
_REQUIRED_LINE = Guarded(
    r"\b\d{1,2} ?\+? ?(?:years?|yrs?|jahren?|ans)\b.{0,60}\b(?:experience|erfahrung|expérience)"
    r"|\bmust have\b|\bexperience (?:with|in|using|building|working|designing|developing)\b"
    r"|(?<!\bour )(?<!unserer )\b(?:proficien\w+|fluen\w+|expertise|expert|skilled|hands-on experience|familiarity"
    r"|familiar"
    r"|knowledge|understanding|background|mastery|comfort\w*) (?:with|in|of)\b|\byou (?:have|know"
    r"|bring)\b|\brequired (?!to\b|by\b|for\b)\w"
    rf"|kenntnisse (?:in|im|von|mit|der|des)\b{_NOT_GAINED}|erfahrung(?:en)? (?:mit|in|im)\b{_NOT_GAINED}|\bvertraut\b"
    r"|\b(?:sichere[rn]?|souveräne[rn]?|routinierte[rn]?) umgang\b|\bversiert\b|\broutine in\b"
    r"|\b(?:gute|fundierte|sichere|solide|erste|umfassende|tiefgehende|fortgeschrittene|mehrjährige|einschlägige"
    r"|praktische)"
    r" (?:[\w-]+ ){0,2}\w*(?:kenntnisse|erfahrung(?:en)?)\b"
    r"|\b(?:fundierte|tiefe|umfassende|gute|breite)[sn]? (?:\w+ )?wissen (?:in|im|zu|über|rund)\b"
    r"|\bvorkenntnisse oder\b"
    rf"|{_GERMAN_CANDIDATE}"
    r"|\b(?:vous (?:ma[iî]trisez|connaissez)|tu (?:ma[iî]trises|connais))\b"
    r"|\b(?<!aucune )(?:ma[iî]trise|connaissances?|notions) (?:(?:de|des|du|en|sur)\b|d['’])"
    r"|\b(?<!aucune )expérience (?:[\wé]+ )?(?:avec|en|sur)\b|(?<!\ben )\bcompétences? (?:[\wé]+ )?en\b"
    rf"|{_FRENCH_CANDIDATE}"
)
_REQUIRED_START = re.compile(
    r"(?:you have |have |has |having |strong |solid |deep |proven |hands-on |practical |good "
    r"|excellent |advanced |working |basic |extensive |prior |demonstrated |professional |relevant "
    r"|une |la |des |bonnes? |solides? |excellentes? |parfaite |fortes? |première )*"
    r"(?:experience|proficien\w+|expertise|knowledge|familiarity|familiar|understanding|fluen\w+"
    r"|mastery|background|\d{1,2} ?\+? ?(?:-|–|to)? ?\d{0,2} ?\+? ?years?|erfahrung|kenntnisse"
    r"|expérience|ma[iî]trise|connaissance\w*|compétences? (?:en|sur)|notions)\b"
    r"|(?:(?:erste|gute|sehr gute|sichere|solide|fundierte|tiefe|umfassende|umfangreiche|nachgewiesene|nachweisbare"
    r"|praktische|ausgeprägte|mehrjährige|einschlägige|langjährige|relevante),? )+(?:und )?(?:[\w/-]+ ){0,3}?"
    r"(?:\w*kenntnisse|\w*erfahrung(?:en)?|expertise|know-how)\b"
    # also behind its label: "CI/CD: Du bringst Erfahrung mit …"
    rf"|(?:[^:.\n]{{3,50}}: ?)?(?:{_GERMAN_CANDIDATE}|{_FRENCH_CANDIDATE})"
)
# By kind of section: what a sentence that asks for something must match.
_ASKS: dict[str, Callable[[str], object]] = {
    "other": _REQUIRED_LINE.search,
    "roles": _REQUIRED_LINE.search,
    "responsibilities": _REQUIRED_START.match,
    "stack": _REQUIRED_START.match,
}
# "Senior Design Systems Engineer - https://…", "Frontend / Viz Engineer": one of several roles in a text.
_ROLE_NOUNS = "engineer|developer|scientist|researcher|swe|sre|member of technical staff"
_NAMES_ROLE = re.compile(
    rf"\W*(?:\d ?x )?[\w/+#.& -]{{0,40}}\b(?:{_ROLE_NOUNS})s?\b"
    r"(?:[^.!?]{0,60}$|.{0,60}https?:)"
)
_ADDRESS = re.compile(
    r"\b(?:you(?:['’]ll| will)|looking (?:for|to hire)|hiring|seeking|role(?!-based)|suchen|ihren? aufgaben"
    r"|du (?!test|ouest|post\b)\w{2,}st|\w{2,}st du)\b"
    r"|^\W*sie \w+e?n\b",
    re.IGNORECASE,
)
# "Pay depends on the experience required": no skill is asked for.
_PAY = re.compile(
    r"\b(?:salary|pay|paid|compensation|bonus(?:es)?|range|equity|gehalt\w*|vergütung|rémunération|salaire)\b"
)
_STACK_LINE = re.compile(r"\b(?:tech|technology|technologie|our|modern)[- ]?stack\b")
# Lines that promote the employer, wherever they stand: a plain word, and the pattern that must match at its position.
_COMPANY_WORDS = {
    "trusted by": r"\btrusted by\b",
    "backed by": r"\bbacked by (?!(?:an? )?(?:rds|postgres\w*|redis|s3|sql|data|evidence|research|tests"
    r"|metrics|multiple|several)\b)",
    "our customers": r"\bour customers (?:include|are|range)\b",
    "our clients": r"\bour clients (?:include|are|range)\b",
    "our investors": r"\bour investors (?:include|are|range)\b",
    "headquartered": r"\bheadquartered\b",
    "founded ": r"\bfounded (?:in|by)\b",
    "raised ": r"\braised (?:over |more than )?[$€£]",
    "series ": r"\bseries [a-e]\b",
    "fortune ": r"\bfortune \d",
    "venture capital": r"\bventure capital",
    "send ": r"\bsend (?:us )?(?:over )?(?:your|a|an) (?:resume|cv)\b",
    "to apply": r"(?<!.)to apply\b",
    "during ": r"\bduring (?:the|our|an|your) interviews?\b",
    "answer generators": r"\banswer generators\b",
    "may use ": r"\bmay use (?:artificial intelligence|ai|automated)\b",
    "leader ": r"\bleader (?:mondial|européen|français|national|sur son marché|du marché)\b",
    "fondée en ": r"(?<!.)fondée en (?:19|20)\d\d",
    "fondé en ": r"(?<!.)fondé en (?:19|20)\d\d",
    "créée en ": r"(?<!.)créée en (?:19|20)\d\d",
    "créé en ": r"(?<!.)créé en (?:19|20)\d\d",
    "governed by ": r"\bgoverned by (?:hipaa|gdpr)\b",
}
_COMPANY = Guarded("|".join(_COMPANY_WORDS.values()))
# The same, unless the line also addresses the reader or mentions the work.
_PRODUCT_DOES = (
    r" (?:helps?|enables?|is used|uses|powers?|automates?|connects?|allows?|lets|combines?|leverages?|supports?)\b"
)
_COMPANY_TALK_WORDS = {
    "native integrations": r"(?<=\+ )native integrations\b",
    "integrations with systems": r"\bintegrations with systems like\b",
    "companies ": r"\bcompanies (?:including|like|such as) ",
    "we power": r"(?<!.)we power ",
    "we help": r"(?<!.)we help (?!build|design|our team)",
    "we enable": r"(?<!.)we enable ",
    "we empower": r"(?<!.)we empower ",
    "we automate": r"(?<!.)we automate ",
    "we're building the ": r"(?<!.)we're",
    "we are building the ": r"(?<!.)we are",
    "our platform": r"\bour platforms?" + _PRODUCT_DOES,
    "our product": r"\bour products?" + _PRODUCT_DOES,
    "our software": r"\bour software" + _PRODUCT_DOES,
    "our solution": r"\bour solutions?" + _PRODUCT_DOES,
    "our technology": r"\bour technology" + _PRODUCT_DOES,
    "our app": r"\bour apps?" + _PRODUCT_DOES,
    "our mission is": r"\bour mission is\b",
    "podcast": r"\bpodcast\b",
    "is your ": r"\bis your (?:ai|personal)",
    "is expected": r"\bis expected to (?:follow|abide)",
}
_COMPANY_OPENING = re.compile(
    r"(?!(?:This|That|There|It) )(?:at )?[A-Z][\w.&'-]*+(?: [A-Z][\w.&'-]*+){0,2}+ (?:is|are) (?:an? |the |building "
    r"|on a |at the |redefining |transforming )|[A-Z][\w.&'-]*+(?: [A-Z][\w.&'-]*+)?+ (?:automates|helps|enables"
    r"|empowers|pioneered|leverages|powers|provides|offers|develops|builds|makes) "
    r"|[A-Z][\w.&'-]*+(?: [A-Z][\w.&'-]*+)?+ (?:est|sont) (?:une? (?:[\w-]+ )?(?:société|entreprise|groupe|cabinet"
    r"|start-?up|éditeur|acteur|leader|filiale|esn|agence|fournisseur|association)|l[ea] leader|reconnue?)\b"
    r"|We['’]re an? (?:[\w-]+ ){0,4}(?:startup|start-up|company|agency|studio|firm|nonprofit)\b"
)
# Starts with two plain characters, which the regex engine searches for at full speed.
_LATER_OPENING = re.compile(rf"\n (?:{_COMPANY_OPENING.pattern})")

# Plain words without which the patterns above cannot match. One pass finds them, and most lines are spared the
# patterns, which cost many times as much.
_ASKED_WORDS = (
    "experience|proficien|fluen|expert|skilled|familiar|knowledge|understanding|background|master"
    "|comfort|required|must have|you have|you know"
    "|you bring|year|yrs|jahr|ans |erfahrung|kenntnis|expérience|maîtris|maitris|connais|vertraut"
    "|compétence|notions|diplômé|titulaire|familier|familière|à l'aise|bases|issu"
    "|du hast|hast du|kennst|bringst|beherrschst|verfügst|besitzt|du weißt|sie haben|sie kennen|kennen sie|sie bringen"
    "|bringen sie|sie beherrschen|beherrschen sie|sie verfügen|verfügen sie|sie besitzen|besitzen sie|know-how|umgang"
    "|versiert|routine in|s wissen|n wissen"
)

# Sections in which a line may turn to the company.
_OPENED = frozenset(("other", "responsibilities", "roles"))

WISH, ASKED, COMPANY, TALK, STACK, ROLE, OPENING, UNASKED, MUST = 1, 2, 4, 8, 16, 32, 64, 128, 256

# By kind of section: the cues that can give a line, or part of it, another kind.
_OVERRIDING = {
    "requirements": COMPANY | TALK | WISH | UNASKED,
    "preferred": COMPANY | TALK | UNASKED,
    "responsibilities": COMPANY | TALK | OPENING | ASKED | WISH | UNASKED | MUST,
    "other": COMPANY | TALK | OPENING | ASKED | ROLE | WISH | UNASKED | MUST,
    "roles": COMPANY | TALK | OPENING | ASKED | WISH | UNASKED | MUST,
    "stack": COMPANY | TALK | ASKED | WISH | UNASKED | MUST,
    "benefits": STACK,
    "about": STACK,
    "pay": STACK | ASKED | WISH | MUST,
}


class Cue(NamedTuple):
    """A plain word, the flag it sets on its line, and the pattern that must match at its position, if any."""

    word: str
    flag: int
    pattern: re.Pattern[str] | None


CUES: tuple[Cue, ...] = (
    Cue("stack", STACK, None),
    *(Cue(word, ROLE, None) for word in _ROLE_NOUNS.split("|")),
    *(Cue(word, WISH, None) for word in wishes.CUE_WORDS),
    *(Cue(word, MUST, None) for word in musts.CUE_WORDS),
    *(Cue(word, ASKED, None) for word in _ASKED_WORDS.split("|")),
    *(Cue(word, COMPANY, re.compile(pattern)) for word, pattern in _COMPANY_WORDS.items()),
    *(Cue(word, TALK, re.compile(pattern)) for word, pattern in _COMPANY_TALK_WORDS.items()),
    *(Cue(word, UNASKED, re.compile(pattern)) for word, pattern in unasked.PHRASES.items()),
)

# A posting opens with words about the company, until it first addresses the reader or mentions the work. A word ending
# in "*" matches as a prefix.
_ROLE_WORDS = (
    "you", "your", "you'll", "you're", "you've", "looking for", "seeking", "hiring", "this role", "this position",
    "this job", "this opportunity", "this engineer", "this team", "the role", "the position", "the job",
    "the opportunity", "the engineer", "the team", "responsib*", "experience", "candidate", "candidates",
    "our stack", "our tech stack", "we use", "stack", "shop", "position", "will be", "will work", "will build",
    "will lead", "will own", "will design", "will join", "will help", "will develop", "du", "sie", "ihr", "dein",
    "deine", "wir suchen", "suchen wir", "verstärkung", "stelle", "vous", "votre", "tu", "ton", "ta", "recherch*",
    "poste", "erfahrung", "erfahrungen", "berufserfahrung", "kenntnisse", "expérience", "connaissances", "maîtrise",
    "maitrise",
    "abgeschlossene*", "sucht", "gesucht", "zu besetzen", "zu vergeben", "aufgaben",
)  # fmt: skip
_ROLE_WORD_GOES_ON = [word.endswith("*") for word in _ROLE_WORDS]
_FIND_ROLE_WORDS = AhoCorasick(
    [word.rstrip("*") for word in _ROLE_WORDS], store_patterns=False, implementation=Implementation.DFA
).find_matches_as_indexes


def overriding_cues(kind: str) -> int:
    """Return the cues, as bit flags, without which a line of a ``kind`` section keeps that kind as a whole."""
    return _OVERRIDING[kind]


def line_parts(line: str, lowered: str, cues: int, kind: str) -> tuple[tuple[str, int], ...]:
    """Split a line of a ``kind`` section by its own words; return (kind, end) of each part.

    A wish ("… is a plus") makes its clause, or the words in its brackets, ``preferred``, and "… is a must" its sentence
    ``requirements``. A request for experience makes its sentence a requirement outside a list of requirements too.
    What the line says is not wanted becomes ``about``.

    Args:
        line: The line.
        lowered: The line in lower case.
        cues: Bit flags set by :data:`CUES` and :func:`places_of_openings`; a line without any keeps its section's kind.
        kind: The kind of the section that contains the line.
    """
    if _OVERRIDING[kind] == STACK:
        return (("stack" if cues & STACK and _STACK_LINE.search(lowered) else kind, len(line)),)
    if kind == "pay":
        return _parts_of_pay(line, lowered, cues)
    if cues & COMPANY or (cues & TALK and not speaks_of_the_role(lowered)):
        end = _end_of_company(lowered) if cues & COMPANY else len(line)
        if not speaks_of_the_role(lowered[end:]):
            return (("about", len(line)),)
        # "We raised $50M. You know Python.": the rest of the paragraph is about the work
        return _parts_after("about", end, line, lowered, (cues & ~(COMPANY | OPENING), kind))
    if kind in _OPENED and cues & OPENING and (end := _end_of_opening(lowered)):
        if end == len(line):
            return (("about", end),)
        if kind != "responsibilities":
            # "Acme builds ledgers. We're hiring a Rust developer."
            return _parts_after("about", end, line, lowered, (cues & ~OPENING, kind))
    spans = [(start, end, "about") for start, end in unasked.spans(lowered)] if cues & UNASKED else []
    if cues & WISH and kind != "preferred":
        spans += [(start, end, "preferred") for start, end in wishes.spans(lowered)]
    asks = _ASKS.get(kind) if cues & ASKED else None
    turns = list(_turns(lowered, _without(lowered, spans), asks)) if asks else []
    if kind == "other" and (turns or (cues & ROLE and _NAMES_ROLE.match(lowered))):
        # The rest of a line that asks for something is about the work as well, like a list of roles.
        kind = "roles" if turns else "responsibilities"
    if cues & MUST and kind not in ("requirements", "preferred"):
        spans += [(start, end, "requirements") for start, end in musts.spans(lowered)]
    parts: list[tuple[str, int]] = []
    position = 0
    own = kind
    for start, end, said in sorted([*spans, *turns]):
        if start < end <= position:
            continue
        if start > position:
            parts.append((own, start))
            position = start
        if start == end:
            own = said or kind
        else:
            parts.append((said, end))
            position = end
    if position < len(line):
        parts.append((own, len(line)))
    return tuple(parts)


def _without(lowered: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return a line with blanks in place of some spans."""
    for start, end, _ in spans:
        lowered = lowered[:start] + " " * (end - start) + lowered[end:]
    return lowered


def _turns(lowered: str, rest: str, asks: Callable[[str], object]) -> Iterator[tuple[int, int, str]]:
    """Yield, as empty spans, where a line turns to what it asks for (``requirements``) and where it turns away ("").

    ``asks`` tells whether a sentence asks for something. It receives the sentences of ``rest``, the line without what
    it only wishes for or does not want: "Experience in banking is not required" asks for nothing.
    """
    last = ""
    for start, sentence in sentences(lowered):
        if last and lowered[start - 2] == ";":
            continue  # "Experience with: Kafka; Spark"
        said = "requirements" if asks(rest[start : start + len(sentence)]) else ""
        if said != last:
            yield start, start, said
            last = said


def _parts_after(said: str, end: int, line: str, lowered: str, rest_of: tuple[int, str]) -> tuple[tuple[str, int], ...]:
    """Return a part that ends at ``end``, and the parts of the rest, by the rest's cues and kind."""
    rest = line_parts(line[end:], lowered[end:], *rest_of)
    return ((said, end), *((part, end + offset) for part, offset in rest))


def _parts_of_pay(line: str, lowered: str, cues: int) -> tuple[tuple[str, int], ...]:
    """Split a line that begins with pay before the first sentence that asks for something else."""
    if cues & (ASKED | WISH | MUST):
        for start, sentence in sentences(lowered):
            if start and _asks(sentence):
                return _parts_after("pay", start, line, lowered, (cues & ~OPENING, "other"))
    return (("stack" if cues & STACK and _STACK_LINE.search(lowered) else "pay", len(line)),)


def _asks(sentence: str) -> bool:
    if _PAY.search(sentence):
        return False
    return _REQUIRED_LINE.search(sentence) is not None or musts.asks(sentence) or wishes.is_wish(sentence)


def places_of_openings(lines: str) -> Iterator[int]:
    """Yield where lines begin that open with a statement about the company.

    A line feed and a blank precede each line; only the blank precedes the first one.
    """
    if _COMPANY_OPENING.match(lines, 1):
        yield 1
    for found in _LATER_OPENING.finditer(lines):
        yield found.start() + 2


def _end_of_company(lowered: str) -> int:
    """Return the end of the last sentence that promotes the employer."""
    last = max((match.end() for match in _COMPANY.finditer(lowered)), default=len(lowered))
    return next((start for start, _ in sentences(lowered) if start >= last), len(lowered))


def _end_of_opening(lowered: str) -> int:
    """Return the end of the sentences before the first one that speaks of the role or asks for something."""
    for start, sentence in sentences(lowered):
        if speaks_of_the_role(sentence) or wishes.is_wish(sentence) or musts.asks(sentence):
            return start
    return len(lowered)


def addresses_candidates(line: str, position: int) -> bool:
    """Return whether the sentence of a line around ``position`` offers work: "You will …", "We are looking for …"."""
    return _ADDRESS.search(line, sentence_start(line, position), sentence_end(line, position)) is not None


def speaks_of_the_role(line: str) -> bool:
    """Return whether a line before the first known heading is about the work rather than the company."""
    if "|" in line:
        return True
    lowered = line.lower().replace("’", "'")
    length = len(lowered)
    for number, start, end in _FIND_ROLE_WORDS(lowered, overlapping=True):
        if start and _is_word_character(lowered[start - 1]):
            continue
        if _ROLE_WORD_GOES_ON[number] or end == length or not _is_word_character(lowered[end]):
            return True
    return False


def _is_word_character(character: str) -> bool:
    return character.isalnum() or character == "_"
