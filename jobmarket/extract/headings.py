"""Classify headings by the kind of section they open. English, French, German."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.guarded import FirstGuarded

# Order matters: "Preferred qualifications" is preferred; "What we offer" is benefits, not a duty.
_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "preferred",
        r"nice[ -]to[ -]ha|good to have|great to have|bonus(?! plan| and|es)|(?<!savoir )\bplus(es)?\b"
        r"|(?<!required and )(?<!required & )(?<!required/)(?<!minimum and )preferred"
        r"|preference|ideally|desirable"
        r"|(?<!& )(?<!and )desired|extra credit|brownie|would be (great|nice|a plus)|\boptional|stand out|sets? you "
        r"apart|even better"
        r"|advantage|additional (skills|qualifications|experience)|we'd love(?! to (speak|talk|hear|meet|see))|it helps"
        r"|not required|extra points"
        r"|von vorteil|wünschenswert|idealerweise|pluspunkte?|atouts?\b|appréciée?s?|souhaitée?s?|serait un"
        r"|wäre schön|^assets?$",
    ),
    (
        "benefits",
        r"benefit|perks|(what|why) we('ll)? offer|^we offer|what (you('ll)?|you will) (get|receive|love(?! doing| to "
        r"do| working))"
        r"|why (you('ll)? )?(join|work)|why us"
        r"|what (to|you can) expect( from us)?$|take care of you|we offer$"
        r"|in it for you|our offer|rewards|time off|wellness|what('s| is) on offer|what we can offer|life at"
        r"|why you(?!'re| are| might| matter)"
        r"|wir bieten|bieten wir|wir dir bieten|deine vorteile|was wir (dir |ihnen )?bieten|warum "
        r"|dein benefits|darauf kannst du"
        r"|avantages|(nous|on) (vous )?(offrons|propos)|pourquoi (nous )?rejoindre",
    ),
    (
        "pay",
        r"salary|compensation|pay range|pay transparency|base pay|\bpay\b|gehalt|vergütung|rémunération"
        r"|salaire|\bpackage\b",
    ),
    (
        "stack",
        r"tech(nology|nical|nologies)? ?(stack|environment)|our stack|the stack|stack technique|^stack"
        r"|technologies|(?:tools|what) we use|^tools\b|tools (?:and|&) infrastructure|(environnement|stack) technique",
    ),
    (
        "roles",
        r"(?:open|current|available|engineering) (?:roles|positions|openings|jobs)"
        r"|^(?:roles|positions|openings|jobs)(?: currently)?(?: open| available)?$"
        r"|\b(?:we're|we are|also|currently|now|actively) hiring\b|^hiring(?: for)?$",
    ),
    (
        "requirements",
        r"requirement|require|qualification|what you('ll| will)? (bring|need|have)|who you are|you have\b"
        r"|you are\b|you're|about you|must[ -]have"
        r"|(we're|we are|are we|what we|who we|we) (are )?(look|seek|search|hir|need|want|value|expect)"
        r"|looking for|will look for|skills|love to (speak|talk) with you|hear from you if|your profile"
        r"|(ideal|great|perfect|right) candidate"
        r"|(might|may|could|'ll|will|would) (be a|thrive|be|fit|excel|succeed)( \w+){0,2} (fit|match|if)"
        r"|great fit|good fit|right fit|fit if|for you if|apply if|is this you|who are you|key criteria|qualities"
        r"|^are you (?:passionate|excited|an?)\b"
        r"|^attributes"
        r"|experience|expertise|background|prerequisite|competenc|knowledge|understanding|you should (have|apply|be)"
        r"|\bprofile\b|about the (candidate|person)"
        r"|\bmust\b|minimum|basic qual|credentials"
        r"|what it takes|you bring|to succeed|to be successful|successful candidate|your toolkit|eligib"
        r"|education|proficien|about your|who (will|would)|^\W*you\W*$"
        r"|profil\b|anforderung|bringst du|bringen sie|qualifikation|kenntnisse|voraussetzung"
        r"|mitbring|^essential|was du(?! t(?:un|ust))|das bist du|wir suchen|wir erwarten|profil recherché|compétences"
        r"|vos qualités|prérequis|(ce que )?(nous|on) (attend|recherch|cherch)|vos atouts|ce qu'il vous faut"
        r"|pré-requis|vous (êtes|avez)"
        r"|qui es-tu|\bformation|expérience",
    ),
    (
        "responsibilities",
        r"responsib|what you('ll| will| would)?( actually| be| love)? (do|be|build|own|work|tackle)|(about"
        r"|in) (the|this) (role|job|position|opportunity)|the role|your role|role (overview|summary"
        r"|description)|^role|your mission|the mission|duties"
        r"|you will|you'll|day[ -]to[ -]day|a day in|job (description|summary|overview)|the opportunity"
        r"|the job|position (overview|summary)|your impact|the impact|impact you"
        r"|scope|how you|key areas|deliverable|accountab|objectives|what we('ll)? do together"
        r"|what the job|first[ -](30|60|90|6|year|month)|typical day|why you matter|90[ -]day|role involve|tasks"
        r"|the work|the project|overview|problems|challenge"
        r"|projects|focus areas|main activit|description|summary|the position"
        r"|aufgabe|was du tust|tun wirst|was dich erwartet|dich erwartet|missions?\b|responsabilités"
        r"|tätigkeit|(?:deine|die) rolle|das erwartet dich|dein job|le poste"
        r"|votre rôle|vos (missions|tâches)|stellenbeschreibung|ton rôle|poste",
    ),
    (
        "about",
        r"^about(?! the (team|role|job))|who we are|our (mission|story|company|culture|values|vision"
        r"|history|customers|investors|commitment|dna|principles|people)|the company|company (overview"
        r"|description)"
        r"|what (?:sets|makes) (?:us|our [\w ]{2,24}) (?:apart|different|special|unique)|in the news$"
        r"|why .{2,20}\?|^why (?!you|we\b|us\b|this|work|join|now)[\w ]{2,20}$|who are we|^what (do )?we do\b"
        r"|^über |savoir plus|wer wir sind|à propos|qui sommes|equal (opportunit|employ)|eeo|\beoe\b"
        r"|diversity|inclusion|privacy|accommodation|(interview|hiring|application|recruit\w*"
        r"|selection) process|how (to|we) (apply|hire)"
        r"|notice|disclaimer|legal|note to|what happens next|next steps|our values|values|mission"
        r"|unternehmen|entreprise|fraud|ready to|apply|join us|backed by",
    ),
)
_KINDS = FirstGuarded(_HEADINGS)
# "🚀 About us", "[What you'll do]"
_SIGNS_BEFORE = re.compile(r"^\W+")

# A short line without typographic signs of a heading is one only if its words match in full.
HEADING_WORDS = re.compile(
    r"^(?:(?:key |minimum |basic |preferred |core |main |your |our |job |required |additional "
    r"|technical |desired )*(?:responsibilities|requirements|qualifications|skills|"
    r"benefits|perks|experience|duties)(?: (?:and|&) \w+)?|nice[ -]to[ -]haves?|bonus(?: points)?"
    r"|must[ -]haves?|about (?:us|you|the (?:role|job|team|company|position))|who (?:you|we) are|"
    r"what (?:you'll|you’ll|you will|we) .{2,30}|what you .{2,20}|tech(?:nical)? stack|(?:dein|ihr"
    r"|votre|ton|le) profil|profil|(?:deine |ihre )?aufgaben|(?:vos |tes )?missions|wir bieten|"
    r"tasks|package|desirable|preferred|required|essential(?: criteria| skills.{0,20})?|good to have|"
    r"(?:nice|must)[ -](?:to[ -])?have skills|(?:our|the) stack|assets|(?:les|un) plus|ce serait un plus|"
    r"das wäre schön|wünschenswert|was (?:du|sie|dich|dir|wir) .{2,30}|"
    r"(?:das|dies|was) (?:erwartet|bringst|bringen|bieten|suchen|machst|tust)(?: \w+){0,5}|"
    r"(?:deine|ihre) (?:qualifikation(?:en)?|rolle|benefits|vorteile)|qualifikation(?:en)?|anforderungen|"
    r"(?:votre|ton|ta) (?:mission|rôle)|missions?|profil recherché|(?:description du )?poste|"
    r"(?:ce que )?nous (?:offrons|proposons|recherchons)|(?:nos )?avantages|"
    r"(?:we offer|why join us|how to apply|compensation|the role|your role|role overview"
    r"|job description|overview)|.{0,20}(?:we're|we’re|we are) looking for)$",
    re.IGNORECASE,
)

# German headings that end with a point: "Das bringst du mit.", "Diese Aufgaben erwarten dich."
WHOLE_SENTENCE = re.compile(
    r"(?:das|dies|was|diese aufgaben|darauf) (?:\w+ )?(?:erwarte[tn]|bringst|bringen|bieten|kannst|suchen|machst|tust)"
    r"(?: \w+){0,4}[.!]",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def heading_kind(heading: str) -> str | None:
    """Return the kind of section that a heading opens; None if its words are unknown."""
    words = _SIGNS_BEFORE.sub("", heading.lower().replace("’", "'")).strip(" :*_-–—#•")
    return _KINDS.first(words)
