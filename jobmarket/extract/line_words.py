"""What a line of a posting says of itself: a wish, a requirement, a word about the company. English, French, German."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

# Said of what stands before it in the sentence: "Kafka is a plus", "Rust (preferred)".
_WISH_BEFORE = re.compile(
    r"\b(?:is|are|be|as|a|an|big|huge|strong|considered|definite|added) (?:a |an )?(?:\w+ )?(?:plus"
    r"|bonus|advantage|asset)\b|\bnice[ -]to[ -]haves?\b|\b(?:highly |strongly )?prefer+ed\b"
    r"|\bdesirable\b|\bwould be (?:great|nice|a plus|beneficial|ideal)\b|\ba plus\b|\b(?:advantageous"
    r"|beneficial)\b|\bnot (?:strictly )?required\b|\boptional\b|\b(?:is|are) helpful\b"
    r"|\bgood to (?:know|have)\b|\bvon vorteil\b|\bwünschenswert\b|\bserait un (?:plus|atout)"
    r"|\bun (?:vrai |réel )?(?:plus|atout)\b|\bappréciée?s?\b|\bsouhaitée?s?\b"
)
# Said of what stands after it: "ideally with Kafka", "Bonus: Rust".
_WISH_AFTER = re.compile(
    r"\bideally\b|\bpreferabl[ey]\b|\bbonus(?: points)?\b ?[:(]|\bbonus points\b|\bplus:|\bpreferred:"
    r"|\bnice[ -]to[ -]haves?:|\bidealerweise\b|\bidéalement\b"
)
_SENTENCE_END = re.compile(r"[.;!?] ")
_REQUIRED_LINE = re.compile(
    r"\b\d{1,2} ?\+? ?(?:years?|yrs?|jahren?|ans)\b.{0,60}\b(?:experience|erfahrung|expérience)"
    r"|\bmust have\b|\bexperience (?:with|in|using|building|working|designing|developing)\b"
    r"|\b(?:proficien\w+|fluen\w+|expertise|expert|skilled|hands-on experience|familiarity|familiar"
    r"|knowledge|understanding|background|mastery|comfort\w*) (?:with|in|of)\b|\byou (?:have|know"
    r"|bring)\b|\brequired\b"
)
# Before the first known heading a posting speaks of the company, until it first speaks to the reader or of the work.
_ROLE_TALK = re.compile(
    r"\byou(?:r|'ll|'re|'ve)?\b|\blooking for\b|\bseeking\b|\bhiring\b|\b(?:this|the) (?:role"
    r"|position|job|opportunity|engineer|team)\b|\bresponsib|\bexperience\b"
    r"|\bcandidates?\b|\bour (?:tech )?stack\b|\bwe use\b|\bstack\b|\bposition\b|\bwill (?:be|work"
    r"|build|lead|own|design|join|help|develop)\b|\|"
    r"|\b(?:du|sie|ihr|dein|deine|wir suchen|suchen wir|verstärkung|stelle|vous|votre|tu|ton|ta|recherch\w+|poste)\b"
)
_REQUIRED_START = re.compile(
    r"(?:you have |have |has |having |strong |solid |deep |proven |hands-on |practical |good "
    r"|excellent |advanced |working |basic |extensive |prior |demonstrated |professional |relevant )*"
    r"(?:experience|proficien\w+|expertise|knowledge|familiarity|familiar|understanding|fluen\w+"
    r"|mastery|background|\d{1,2} ?\+? ?(?:-|–|to)? ?\d{0,2} ?\+? ?years?|erfahrung|kenntnisse"
    r"|expérience|maîtrise|connaissance\w*)\b"
)
_STACK_LINE = re.compile(r"\b(?:tech|technology|our|modern) stack\b")
# A line that praises the employer, wherever it stands.
_COMPANY_LINE = re.compile(
    r"\btrusted by\b|\bbacked by\b|\bour (?:customers|clients|investors) (?:include|are|range)\b"
    r"|\bheadquartered\b|\bfounded (?:in|by)\b|\braised (?:over |more than )?[$€£]|\bseries [a-e]\b"
    r"|\bfortune \d+|\bventure capital"
)
_COMPANY_OPENING = re.compile(
    r"(?:at )?[A-Z][\w.&'-]*(?: [A-Z][\w.&'-]*){0,2} (?:is|are) (?:an? |the |building |on a |at the "
    r"|redefining |transforming )"
)
_GOVERNED = frozenset(("requirements", "responsibilities", "stack", "other", "preferred"))

# Plain words without which none of the patterns above can match: looked for in one pass, so that most lines are
# spared the patterns.
_CUE_WORDS = {
    "wish": "plus|bonus|advantage|asset|nice to ha|nice-to-ha|nice to-ha|nice-to ha|prefer|desirable|would "
    "be|beneficial|not required|not strictly|optional|helpful"
    "|good to |von vorteil|wünschenswert|atout|appréci|souhait|ideal|idéal",
    "asked": "experience|proficien|fluen|expert|skilled|familiar|knowledge|understanding|background|master"
    "|comfort|required|must have|you have|you know"
    "|you bring|year|yrs|jahr|ans |erfahrung|kenntnis|expérience|maîtrise|connaissance",
    "company": "trusted by|backed by|our customers|our clients|our investors|headquartered|founded|raised"
    "|series |fortune |venture capital",
}
_CUE_GROUPS = [group for group, words in _CUE_WORDS.items() for _ in words.split("|")]
_CUES = AhoCorasick([word for words in _CUE_WORDS.values() for word in words.split("|")], store_patterns=False)
# A sentence is followed this far: a longer one is cut, and the work stays linear in any text.
_SENTENCE = 300


def line_parts(line: str, kind: str) -> list[tuple[str, int]]:
    """How one line of a section of ``kind`` is to be read, by its own words: (kind, end) of each of its parts.

    A wish in the line ("… is a plus") makes the sentence, or what stands in its brackets, ``preferred``; an
    experience that is asked for makes a line outside any list of requirements one of them.
    """
    lowered = line.lower()
    if kind not in _GOVERNED:
        return [("stack" if "stack" in lowered and _STACK_LINE.search(lowered) else kind, len(line))]
    cues = {_CUE_GROUPS[number] for number, _, _ in _CUES.find_matches_as_indexes(lowered)}
    if "company" in cues and _COMPANY_LINE.search(lowered):
        return [("about", len(line))]
    if kind in ("other", "responsibilities") and _opens_on_company(line, lowered):
        return [("about", len(line))]
    if "asked" in cues and (
        (kind == "other" and _REQUIRED_LINE.search(lowered))
        or (kind in ("responsibilities", "stack") and _REQUIRED_START.match(lowered))
    ):
        kind = "requirements"
    if kind == "preferred" or "wish" not in cues or len(lowered) != len(line):
        return [(kind, len(line))]
    spans = [_before(lowered, match) for match in _WISH_BEFORE.finditer(lowered)]
    spans += [(match.start(), _after(lowered, match)) for match in _WISH_AFTER.finditer(lowered)]
    if not spans:
        return [(kind, len(line))]
    parts: list[tuple[str, int]] = []
    position = 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        if start > position:
            parts.append((kind, start))
        parts.append(("preferred", end))
        position = end
    if position < len(line):
        parts.append((kind, len(line)))
    return parts


def _opens_on_company(line: str, lowered: str) -> bool:
    return (
        _COMPANY_OPENING.match(line) is not None
        and not speaks_of_the_role(lowered)
        and _WISH_BEFORE.search(lowered) is None
    )


def _before(line: str, match: re.Match[str]) -> tuple[int, int]:
    """The part of a sentence that a wish at its end is about."""
    reach = max(0, match.start() - _SENTENCE)
    start = reach
    for end in _SENTENCE_END.finditer(line, reach, match.start()):
        start = end.end()
    bracket = line.rfind("(", start, match.start())
    # "(AWS preferred: S3, Glue)" is about the words inside; "Kafka (preferred)" about those before.
    if bracket >= 0 and ")" not in line[bracket : match.start()] and line[bracket + 1 : match.start()].strip():
        start = bracket
    return start, match.end()


def _after(line: str, match: re.Match[str]) -> int:
    """Where the sentence, or the brackets, that a wish opens come to an end."""
    reach = min(len(line), match.end() + _SENTENCE)
    found = _SENTENCE_END.search(line, match.end(), reach)
    end = found.end() if found else reach
    bracket = line.rfind("(", max(0, match.start() - _SENTENCE), match.start())
    if bracket >= 0 and ")" not in line[bracket : match.start()]:
        closing = line.find(")", match.end(), end)
        return closing + 1 if closing >= 0 else end
    return end


def speaks_of_the_role(line: str) -> bool:
    """Whether a line before the first known heading is about the work, not about the company."""
    return _ROLE_TALK.search(line.lower().replace("’", "'")) is not None
