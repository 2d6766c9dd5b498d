"""Read whether the employer sponsors a visa or work permit: offered, refused or unspecified."""

from __future__ import annotations

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import answers

# "We cannot sponsor", "without sponsorship, now or in the future", "NO-VISA", "kein Visum".
_REFUSED = Guarded(
    r"\b(?:unable|not able|not in a position|cannot|can ?not|can't|won't|will not|do not|does not|don't|doesn't|are "
    r"not|"
    r"is not|isn't|aren't|not (?:currently )?(?:offer|provid|sponsor|support|eligible|available|possible)\w*|never|"
    r"no longer|not at this time)\b[^.\n]{0,60}?\b(?:sponsor\w*|visas?\b)|"
    r"\b(?:sponsorship|visa support|visas?)\b[^.\n]{0,40}?\b(?:is|are)? ?(?:not|n't|unavailable|no)\b(?! required| "
    r"needed)|"
    r"\bsponsorship\s?:\s?(?:no\b|none|not)|\bwithout (?:the need (?:for|of) |requiring |needing |any )?"
    r"(?:\w+ ){0,3}(?:sponsor\w*|visas?\b)|\bno[- ](?:visas?|sponsorship)\b|\bno (?:\w+ ){0,3}(?:sponsorship|visas?)\b|"
    r"\bnot (?:require|need)\w*[^.\n]{0,40}sponsor\w*|\bkeine? (?:visa|visum)|\bpas de (?:sponsoring|visa)"
)
# "We sponsor." or "We sponsor candidates", but not "We sponsor local meetups" or "you to attend conferences"
_OF_PAPERS = (
    r"(?=\W*$| ?[.;:!?)–—]| (?:if|where) (?:\w+ )?(?:needed|necessary|required|possible|eligible)\b|"
    r" for (?:this|the right|(?:the )?best|exceptional|qualified|strong)\b|"
    r" (?:\w+ ){0,2}(?:candidates|applicants|hires|talent(?! \w))\b|"
    r" (?:(?:your|their|an?|the|us|uk|eu|new|any|all|valid|existing) ){0,3}(?:visas?|h-?1|green cards?|blue cards?|"
    r"immigration|work(?:ing)? (?:visas?|permits?|passe?s?|authori[sz]ations?|rights)|permits?|tn|opt|cpt|stem|"
    r"skilled[- ]worker)\b)"
)
_OFFERED = Guarded(
    r"\b(?:visa|immigration|work permit|h-?1-?b|green card)[^.\n]{0,24}?\b(?:sponsor(?:ship|ed|ing)?|support|"
    r"assistance)\b|"
    r"\brelocation[^.\n]{0,24}?\bsponsorship\b|"
    r"\bsponsor(?:s|ing|ship)?\b[^.\n]{0,32}?\b(?:visas?|h-?1-?b|work permits?|green cards?|immigration)|"
    rf"\b(?:we|will|can|do|able to|happy to|willing to|open to) (?:\w+ ){{0,2}}sponsor\b{_OF_PAPERS}|"
    r"(?<!conference )(?<!event )(?<!certification )(?<!membership )\bsponsorship (?:is )?(?:available|possible|"
    r"offered|provided)|"
    r"\|\s*visas?\s*(?:\||$)|\bvisa\b[^.\n]{0,12}\b(?:available|provided|offered|possible)|"
    r"\bvisum(?:s?unterstützung| wird)|\bunterstütz\w+[^.\n]{0,30}\bvisum|\baide (?:au|à l'obtention du) visa|\bvisa "
    r"pris en charge"
)
# The payment company, and sponsors of other kinds.
_OTHER = Guarded(
    r"\bvisa (?:card|inc|and mastercard|, mastercard|debit|credit)|mastercard|\bsponsor(?:s|ed)? by\b|executive "
    r"sponsor|"
    r"every role and every candidate"
)


def visa_sponsorship(document: Document) -> str:
    """Return ``offered``, ``refused`` or ``unspecified``; a refusal outranks an offer."""
    said = {verdict for _, verdict in answers(document, anchors.VISA, _of_sentence, reach=140)}
    if not said and (verdict := _of_sentence(document.title.lower())):
        said.add(verdict)
    return "refused" if "refused" in said else "offered" if said else "unspecified"


def _of_sentence(sentence: str) -> str | None:
    if _OTHER.search(sentence):
        return None
    if _REFUSED.search(sentence):
        return "refused"
    is_of_papers = any(word in sentence for word in ("visa", "sponsor", "permit", "visum"))
    return "offered" if is_of_papers and _OFFERED.search(sentence) else None
