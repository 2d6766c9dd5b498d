"""Find skills that a posting says it does not need: "no Java", "we do not use Go". English, French, German.

So are those that it leaves or sets apart: "moving off TensorFlow", "Kafka, not RabbitMQ". Where a migration leads "from
Oracle to Snowflake", both stay: whoever does it works with both.

So are names that stand for something else: what a product replaces or is compared to, where its founders come from.

"Kafka is not required" is usually meant as a wish; :mod:`jobmarket.extract.wishes` handles it. The phrases here leave
no doubt.
"""

from __future__ import annotations

from typing import Final

from jobmarket.extract.guarded import Guarded

_WORD = r"[\w+#./'’&-]*[\w+#]"
_A_FEW = rf"(?:{_WORD},? ){{1,6}}?"
# "You don't need to know all of these" and "… to be an expert in Kafka, but …" do ask for some of it.
_TO_THE_END = r"(?!.{0,60}\b(?:all|every|each|expert|experts|deep)\b)(?:(?! but | - )[^.:;!?,()–—])*"
# A clause of few words, such as the name of a skill or two; longer ones say something else. What is not there "yet" is
# what the work will be about.
_SHORT_CLAUSE = (
    rf"(?!(?:{_WORD} ){{0,6}}(?:yet|noch|encore)\b){_WORD}(?: {_WORD}){{0,3}}?"
    r"(?= ?(?:[,;:!?()–—]|\.(?!\w)|$)"
    r"| (?:but|sondern|mais|here|ici|hier|anymore|needed|nötig|to|onto|into|towards?|over to|for|in|"
    r"as|on|zu|pour|we|you|they|wir|du|nous|vous|(?:nutzen|verwenden|schreiben) wir|- )\b)"
)
_OPENS_CLAUSE = r"(?:^|(?<=[,.;:!?–—•-] )|(?<=\()|(?<=\band )|(?<=\bund )|(?<=\bet )|(?<=\bbut )|(?<=\bor ))"
_NAMES = rf"{_WORD}(?: (?!with\b|by\b|durch\b|par\b){_WORD}){{0,3}}?"
_LIST = (
    rf"{_WORD}(?:(?: and | & | or ){_WORD}){{0,2}}?"
    r"(?= ?(?:[,.;:!?()–—]|$)| (?:but|who|that|which|with|to|for|in|as|at|on|- )\b)"
)
_TO_THE_POINT = r"(?:(?! [-–—] |[.;] )[^()])*"

# A plain word that starts the phrase, and the pattern of the whole phrase, in lower case.
PHRASES: Final[dict[str, str]] = {
    "no ": (
        rf"\bno {_A_FEW}(?:(?:is|are) )?(?:required|needed|necessary)\b|"
        rf"{_OPENS_CLAUSE}no (?!less|more\b|fewer|matter|one\b|need|problem|code\b|sql\b|or\b|low\b|longer|later|"
        rf"worries){_SHORT_CLAUSE}|\bno need (?:for|of|to (?:know|have|use|learn)) {_SHORT_CLAUSE}|"
        rf"\bno longer (?:use|using|need|write|run|support|develop) {_SHORT_CLAUSE}"
    ),
    "kein": (
        rf"\bkeine?(?:rlei)? {_A_FEW}(?:nötig|notwendig|erforderlich|vorausgesetzt|benötigt)\b|"
        r"\bkeine?[nrs]? (?!angst|scheu|berührungs|hemmung|respekt|fremdwort|neuland|problem|muss\b|hexenwerk|bedenken|"
        rf"hürde|geheimnis|grenzen|unbekannt){_SHORT_CLAUSE}"
    ),
    "aucun": rf"\baucune? {_A_FEW}(?:requise?|nécessaire|exigée?)\b",
    "not ": (
        rf"{_OPENS_CLAUSE}not (?!only|just|merely|simply|necessarily|limited|to mention|strictly|required|necessary|"
        rf"mandatory|needed|be\b|been|sure|all\b|every|least|even|a\b|an\b|the\b|because|if\b|when|how|what|afraid|"
        rf"\w+(?:ing|ed)\b){_SHORT_CLAUSE}|"
        rf"\bnot an? {_WORD}(?: {_WORD}){{0,2}}? (?:shop|role|job|position)\b"
    ),
    "nicht ": (
        r"(?:(?<=, )|(?<=\bund )|(?<=\()|(?<=nutzen )|(?<=verwenden )|(?<=arbeiten ))nicht (?:mehr )?(?:mit )?"
        rf"(?!nur|zwingend|unbedingt|nötig|notwendig|erforderlich|möglich|immer){_SHORT_CLAUSE}"
    ),
    "pas d": rf"\bpas (?:de |d['’]){_SHORT_CLAUSE}",
    "pas besoin ": rf"\bpas besoin (?:de |d['’])(?:(?:conna[iî]tre|savoir|maîtriser|utiliser) )?{_SHORT_CLAUSE}",
    "utilisons p": rf"\butilisons (?:pas|plus) (?:de |d['’])?{_SHORT_CLAUSE}",
    "et non ": (
        r"\bet non (?:pas )?(?!seulement|uniquement|(?:semi-)?(?:structuré|supervisé|techni|linéaire|paramétri|"
        r"relationnel"
        rf"|fonctionnel|étiqueté)){_SHORT_CLAUSE}"
    ),
    "instead of ": rf"\binstead of {_SHORT_CLAUSE}",
    "rather than ": rf"\brather than (?!just|only|merely){_SHORT_CLAUSE}",
    "statt ": rf"\bstatt {_SHORT_CLAUSE}",
    "au lieu d": rf"\bau lieu (?:de |d['’]){_SHORT_CLAUSE}",
    **{
        word: rf"\b{word}\w*(?: {_WORD}){{0,4}}? (?<!\bon and )(?<!\bon or )(?:off|away from) (?:of )?{_SHORT_CLAUSE}"
        for word in ("mov", "migrat", "switch", "transition")
    },
    "stopped us": rf"\bstopped using {_SHORT_CLAUSE}",
    "connaissez pas ": rf"\bconnaissez pas (?:encore )?{_WORD}(?: {_WORD}){{0,3}}?(?= ?\?)",
    "phas": rf"\bphas\w+ out {_SHORT_CLAUSE}",
    "sunsetting ": rf"\bsunsetting {_SHORT_CLAUSE}",
    "rid of ": rf"\brid of {_SHORT_CLAUSE}",
    "replac": rf"\breplac\w+ {_NAMES}(?= (?:with|by)\b)",
    "remplac": rf"\bremplac\w+ {_NAMES}(?= par\b)",
    "ablös": rf"\bablös\w+ (?:von |des |der )?{_NAMES}(?= durch\b)",
    "lösen ": rf"\blösen {_NAMES}(?= durch\b)",
    "replacement for ": rf"\breplacement for {_LIST}",
    "alternative to ": rf"\balternative to {_LIST}",
    "outperform": rf"\boutperform\w* {_LIST}",
    "differs from ": rf"\bdiffers from {_LIST}",
    "unlike ": rf"\bunlike {_LIST}",
    "think ": rf"\bthink (?:of (?:it|us) as )?(?:[\"“]|an? |the ){_WORD}(?: {_WORD})? (?:for|meets)\b",
    "creator": rf"\bcreators? of {_LIST}",
    "founder": rf"\bfounders? of {_LIST}",
    "co-invented ": rf"\bco-invented {_TO_THE_POINT}",
    "ex-": rf"\bex-{_WORD}",
    "previously ": (
        r"(?<!have )(?<!has )(?<!['’]ve )\bpreviously "
        rf"(?:at|led|ran|scaled|spent|founded|co-founded|worked (?:at|for))\b{_TO_THE_POINT}"
    ),
    "please do": rf"\bplease do(?:n['’]t| not) use {_SHORT_CLAUSE}",
    **{
        f"you {negated} ": rf"\byou {negated} (?:need|have to know) {_TO_THE_END}"
        for negated in ("do not", "don't", "don’t", "won't", "won’t", "will not")
    },
    **{
        f"we {negated} ": rf"\bwe {negated} (?:use|write|run|work with|support|expect|require|ask for) {_TO_THE_END}"
        for negated in ("do not", "don't", "don’t")
    },
}
_ANY: Final = Guarded("|".join(PHRASES.values()))


def spans(lowered: str) -> list[tuple[int, int]]:
    """Return the start and end of each phrase in a lower-case line that says what is not needed."""
    return [match.span() for match in _ANY.finditer(lowered)]
