"""Read whether a posting advertises a job at a client of whoever posts it, as recruitment and staffing agencies do."""

from __future__ import annotations

from typing import Final

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.guarded import Guarded
from jobmarket.extract.passages import answers

# Words of a client: "our exciting Series B client".
_KIND: Final = r"(?:[\w&.,-]+ ){0,4}?"
_CLIENT_IS: Final = "(?:client|portfolio company)"
# "our client, a bank", "our client in Leeds", "our client Northwind for a"; not "our client engineering team"
_ENDS: Final = (
    r"(?=[,.;:!?(]|\W*$| [-–—(]| (?:as|at|based|for|from|in|located|near|that|to|which|who|with) | [\w&.-]+ for an?\b)"
)
_CLIENT: Final = (
    rf"(?:(?:our|my) {_KIND}{_CLIENT_IS}{_ENDS}|"
    rf"one of (?:our|my|its) {_KIND}(?:clients|customers|portfolio companies)\b(?!['’]))"
)
# What an agency does for its client; a consultancy looks for people "to build for our client" or "who work with" it.
_HIRES: Final = r"\b(?:looking|search(?:ing)?|hiring|recruit(?:s|ing)?|seek(?:s|ing)?)\b"
_NO_DUTY: Final = r"(?:(?! to (?!join)| who | that |experience|work|build|deliver|support)[^.\n]){0,90}?"
_ENGLISH: Final = (
    # "Our client, a bank, …"; "About the client"
    rf"^\W*(?:our|my) {_KIND}{_CLIENT_IS}(?: ?[,:(–—]| -|\W*$| (?:is|has|seeks|needs|requires|wants|operates|develops|"
    r"builds|offers|provides)\b)(?! (?:always|not|king|our|responsible|written|built|"
    r"the (?!leading|world|larg|global|first|biggest))\b)|"
    rf"^\W*about (?:our|the|my) {_CLIENT_IS}\W*$|"
    # "To join our client"; "this role is with one of our clients"; "we are hiring for our client"
    rf"\bjoin {_CLIENT}|"
    rf"\b(?:opportunity|role|position|job|vacancy)(?: is)? (?:at|for|with|within|on behalf of) {_CLIENT}|"
    rf"{_HIRES}{_NO_DUTY} (?:at|for|on behalf of) {_CLIENT}|"
    rf"^\W*on behalf of (?:an?|{_CLIENT})[^.\n]{{0,90}}?{_HIRES}|"
    r"\bpartner(?:ed|ing) with an? [^.\n]{0,80}? to (?:\w+ly )?(?:hire|recruit)\b|"
    # the notice of agencies in the United Kingdom
    r"\b(?:acts|acting) as an? (?:employment (?:agency|business)|recruitment agency)"
)

_KUNDE: Final = (
    r"(?:(?:unser |unseren |unserem |unseres |einen? unserer |einen |eines (?:unserer )?|meine[nms] )(?:[\wß-]+ ){0,4}?"
    r"(?:kunden?|kundenunternehmens?|mandant\w*|auftraggebers?|klienten)|"
    r"(?:unserer? |meiner? |einer? )(?:[\wß-]+ ){0,4}?(?:kund|mandant|auftraggeber|klient)in)\b"
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
    r"^\W*über (?:unseren|den) (?:kunden|mandanten|auftraggeber)\W*$"
)

# Neither "pour notre service client" nor "pour intervenir chez un client", as at a consultancy.
_POUR_NOTRE_CLIENT: Final = (
    r"\bpour (?:le compte (?:de |d'|d’))?(?:(?:notre|mon|ma) cliente?|(?:l['’])?une? de nos cliente?s)\b"
)
_RECRUTE: Final = r"\b(?:(?:nous|on|notre cliente?) (?:recherche|recrute)|recherchons|recrutons)\b"
_FRENCH: Final = (
    r"^\W*(?:notre|mon|ma) cliente?"
    r"(?: ?[,:(–—]|\W*$| (?:est|recherche|recrute|souhaite|développe|propose)\b)(?! (?:au|toujours|roi|notre)\b)|"
    r"^\W*à propos d[eu] (?:notre )?cliente?\W*$|"
    rf"{_RECRUTE}[^.\n]{{0,90}}? {_POUR_NOTRE_CLIENT}|"
    rf"{_POUR_NOTRE_CLIENT}[^.\n]{{0,90}}?{_RECRUTE}"
)

_FOR_CLIENT = Guarded(f"{_ENGLISH}|{_GERMAN}|{_FRENCH}")


def is_for_client(document: Document) -> bool:
    """Return whether the text says that the job is at a client or portfolio company of whoever posts it."""
    return any(said for _, said in answers(document, anchors.CLIENT, _of_sentence, reach=160))


def _of_sentence(sentence: str) -> bool | None:
    return True if _FOR_CLIENT.search(sentence) else None
