"""Read whether a posting advertises a job at a client of whoever posts it, as recruitment and staffing agencies do."""

from __future__ import annotations

from typing import Final

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import answers

# Words of a client: "our exciting Series B client".
_KIND: Final = r"(?:[\w&.,-]+ ){0,4}?"
# "client success", "client's data", "client-facing": a client that one works for, not at.
_ALONE: Final = (
    r"\b(?!['’/-]| (?:accounts?|advis\w+|base|calls?|care|code|data|deliver\w*|development|director|engage\w+|"
    r"executive|experience|facing|focus\w*|growth|group|implement\w+|launch|manage\w*|meetings?|needs?|onboarding|"
    r"operations|partners?|platform|portal|projects?|relation\w*|require\w+|services?|servicing|side|sites?|"
    r"solutions?|stakeholders?|strateg\w+|success|support|systems?|teams?|work)\b)"
)
_CLIENT: Final = (
    rf"(?:(?:our|my) {_KIND}(?:client|(?:portfolio|partner) company)|"
    rf"one of (?:our|my|its) {_KIND}(?:clients|customers|(?:portfolio|partner) companies)){_ALONE}"
)
# What an agency does for its client; a consultancy looks for people "to build for our client" or "who work with" it.
_HIRES: Final = r"\b(?:looking|search(?:ing)?|hiring|recruit(?:s|ing)?|seek(?:s|ing)?)\b"
_NO_DUTY: Final = r"(?:(?! to (?!join)| who | that |experience|work|build|deliver|support)[^.\n]){0,90}?"
_ENGLISH: Final = (
    # "Our client, a bank, …"; "About the client"
    rf"^\W*(?:our|my) {_KIND}client(?: ?[,:(–—]| -|\W*$| (?:is|has|seeks|needs|requires|wants|operates|develops|"
    r"builds|offers|provides)\b)(?! (?:always|not|king|our|responsible|written|built|"
    r"the (?!leading|world|larg|global|first|biggest))\b)|"
    r"^\W*about (?:our|the|my) client\W*$|"
    # "To join our client"; "this role is with one of our clients"; "we are hiring for our client"
    rf"\bjoin {_CLIENT}|"
    rf"\b(?:opportunity|role|position|job|vacancy|contract)(?: is)? (?:at|for|with|within|on behalf of) {_CLIENT}|"
    rf"{_HIRES}{_NO_DUTY} (?:at|for|with|of) {_CLIENT}|"
    rf"^\W*for {_CLIENT}[^.\n]{{0,60}}? we(?: are|['’]re) (?:\w+ )?{_HIRES}|"
    rf"^\W*on behalf of (?:an?|{_CLIENT})[^.\n]{{0,90}}?{_HIRES}|"
    r"\bpartner(?:ed|ing) with an? [^.\n]{0,80}? to (?:\w+ly )?(?:hire|recruit|fill)\b|"
    # the notice of agencies in the United Kingdom
    r"\b(?:acts|acting) as an? (?:employment (?:agency|business)|recruitment agency)"
)

_KUNDE: Final = (
    r"(?:(?:unseren |unserem |unseres |einen? unserer |einen |eines (?:unserer )?|meine[nms] )(?:[\wß-]+ ){0,4}?"
    r"(?:kunden?|kundenunternehmens?|mandant\w*|auftraggebers?|klienten|partnerunternehmens?)|"
    r"(?:unserer? |meiner? |eine )(?:[\wß-]+ ){0,4}?(?:kund|mandant|auftraggeber|klient)in)\b"
)
_SUCHT: Final = r"\b(?:wir suchen|suchen wir|suche ich|ich suche|besetzen|rekrutieren)\b"
# Neither "Verstärkung, um für unsere Kunden zu entwickeln" nor "Entwickler, die bei unserem Kunden arbeiten".
_KEINE_AUFGABE: Final = r"(?:(?!, (?:um|die|der|das|welche[rs]?) )[^.\n]){0,90}?"
_GERMAN: Final = (
    rf"(?:\bfür|\bim auftrag) {_KUNDE}[^.\n]{{0,120}}?{_SUCHT}|"
    rf"{_SUCHT}{_KEINE_AUFGABE}(?:\bfür|\bim auftrag|\bbei) {_KUNDE}|"
    rf"^\W*(?:für|im auftrag) {_KUNDE} ?(?:[,:–—(-]|\W*$)|"
    r"^\W*unsere? (?:[\wß-]+ ){0,3}?(?:kunde|kundin|(?:mandant|auftraggeber|klient)(?:in)?)"
    r"(?: ?[,:(–—]|\W*$| (?:ist|sucht|hat|bietet|entwickelt|gehört)\b)(?! (?:könig|immer|stets|bei uns)\b)|"
    r"^\W*über (?:unseren|den) (?:kunden|mandanten|auftraggeber)\W*$|"
    r"\b(?:im rahmen|in|per|über|zur)(?: der| einer)?(?: \w+)? "
    r"(?:arbeitnehmerüberlassung|personalvermittlung|direktvermittlung)\b"
)

_NOTRE_CLIENT: Final = (
    r"(?:le compte (?:de |d'|d’))?(?:notre|mon|ma|(?:l['’])?une? de nos|une?) (?:[\w-]+ ){0,2}?cliente?s?\b"
)
_RECRUTE: Final = r"(?:\b(?:nous|on|notre cliente?|il|elle) (?:recherche|recrute)|\b(?:recherchons|recrutons))\b"
_FRENCH: Final = (
    r"^\W*(?:notre|mon|ma) (?:\w+ ){0,2}?cliente?"
    r"(?: ?[,:(–—]|\W*$| (?:est|recherche|recrute|souhaite|développe|propose)\b)(?! (?:au|toujours|roi|notre)\b)|"
    r"^\W*à propos d[eu] (?:notre )?cliente?\W*$|"
    rf"{_RECRUTE}[^.\n]{{0,90}}? (?:pour|chez) {_NOTRE_CLIENT}|"
    rf"\bpour {_NOTRE_CLIENT}[^.\n]{{0,90}}?{_RECRUTE}"
)

_FOR_CLIENT = Guarded(f"{_ENGLISH}|{_GERMAN}|{_FRENCH}")
# "Keine Arbeitnehmerüberlassung", and those who do the agency's own work.
_NOT = Guarded(
    r"\b(?:keine?r?|nicht|ohne|erfahrung\w*|kenntniss\w*) (?:[\w-]+ ){0,4}"
    r"(?:arbeitnehmerüberlassung|personalvermittlung|direktvermittlung)"
)


def is_for_client(document: Document) -> bool:
    """Return whether the text says that the job is at a client or portfolio company of whoever posts it."""
    return any(said for _, said in answers(document, anchors.CLIENT, _of_sentence, reach=160))


def _of_sentence(sentence: str) -> bool | None:
    return True if _FOR_CLIENT.search(sentence) and not _NOT.search(sentence) else None
