"""Read the spoken languages that a posting requires, as opposed to the markets it serves."""

from __future__ import annotations

import re

from jobmarket.extract import anchors
from jobmarket.extract.document import Document
from jobmarket.extract.passages import SOFT, answers, standing

# Names by ISO 639-1 code, as postings in English, French or German write them; "*" marks a prefix.
NAMES = {
    "ar": "arabic arabe arabisch*", "cs": "czech tchèque tschechisch*", "da": "danish danois dänisch*",
    "de": "german deutsch* allemand", "el": "greek", "en": "english englisch* anglais*",
    "es": "spanish espagnol* spanisch*", "fi": "finnish finnisch*", "fr": "french français* französisch*",
    "he": "hebrew hébreu hebräisch*", "hi": "hindi", "hu": "hungarian ungarisch*", "it": "italian italien italienisch*",
    "ja": "japanese japonais japanisch*", "ko": "korean coréen koreanisch*", "nl": "dutch néerlandais niederländisch*",
    "no": "norwegian norwegisch*", "pl": "polish polonais polnisch*", "pt": "portuguese portugais portugiesisch*",
    "ro": "romanian roumain", "ru": "russian russe russisch*", "sv": "swedish suédois schwedisch*",
    "th": "thai", "tr": "turkish turc türkisch*", "uk": "ukrainian ukrainien", "vi": "vietnamese",
    "zh": "mandarin chinese cantonese chinois chinesisch*",
}  # fmt: skip
_CODES = {name.rstrip("*"): code for code, names in NAMES.items() for name in names.split()}
_NAME = re.compile(
    r"\b(?:" + "|".join(name.replace("*", r"\w*") for names in NAMES.values() for name in names.split()) + r")\b"
)
# Required near the name, in the same sentence: a level of command, or a word for speaking.
_COMMAND = re.compile(
    r"\bfluen\w+|\bproficien\w+|\bnative\b|\bmother tongue\b|\bbilingual|\bspeak(?:s|er|ing)?\b|\bspoken\b|\bwritten\b|"
    r"\bverbal\b|\bcommunicat\w+|\bcommand of\b|\b[abc][12]\b|\bbusiness[- ]level|\bprofessional(?:ly)? (?:level|"
    r"working)|"
    r"\b(?:languages?|level of|skills|knowledge|required|mandatory|must|excellent|strong|advanced)\b|\bread\b|"
    r"\bkenntnisse|\bfließend|\bverhandlungssicher\w*|\bsehr gute|\bmuttersprach\w+|\bin wort und schrift\b|\bsprach|"
    r"\bcourant|\bmaîtrise|\bbilingue|\blangue|\bparl\w+|\bniveau\b"
)
# A market, culture, verb or cuisine, or a text or data set in the language.
_OTHER = re.compile(
    r"\b(?:german|french|spanish|italian|dutch|swedish|polish|japanese|korean|chinese|russian|turkish|greek|english|"
    r"indian)"
    r" (?:market|compan\w+|startup|office|government|customers?|law|gaap|tax|clients?|bank\w*|army|embassy|team|"
    r"cuisine|food|"
    r"national|citizen\w*|holiday|university|translation|version|premier league|content|pension|time)\b|"
    r"\bturns? english\b|\bplain english\b|\bdegree in english\b"
)
# "Polish" is also a verb.
_POLISH = re.compile(
    r"\b(?:fluen\w+|proficien\w+|native|speak\w*|written|command)\b[^.;]{0,24}\bpolish\b|\bpolish (?:language|speak|"
    r"native|\([abc][12])"
)
_LISTED = re.compile(r"^(?:[\s,/&]|and|or|und|oder|et|ou)+")
_TITLE = re.compile(r"\b(?P<name>[a-zéèüöäç]+)[- ](?:speaking|speaker|native|language)\b")


def languages_asked(document: Document) -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages required, in order; languages that are only a plus are left out."""
    asked = dict.fromkeys(
        code for match in _TITLE.finditer(document.title.lower()) if (code := _code(match.group("name")))
    )
    for start, codes in answers(document, anchors.LANGUAGE, _of_sentence, reach=120):
        if standing(document, start) not in ("preferred", "context"):
            asked.update(dict.fromkeys(codes))
    return tuple(asked)


def _code(word: str) -> str | None:
    return _CODES.get(word) or next(
        (code for name, code in _CODES.items() if len(name) > 4 and word.startswith(name)), None
    )


def _of_sentence(sentence: str) -> tuple[str, ...] | None:
    """Return the codes of the languages that a lower-case sentence requires, or None."""
    if not _COMMAND.search(sentence):
        return None
    soft = SOFT.search(sentence)
    found: dict[str, None] = {}
    for match in _NAME.finditer(sentence):
        if _OTHER.search(sentence, max(0, match.start() - 8), match.end() + 24):
            continue
        if match.group() == "polish" and not _POLISH.search(sentence):
            continue
        # "English required, German a plus": the wish covers the languages listed since the last comma.
        if soft:
            between = _LISTED.sub("", _NAME.sub("", sentence[match.end() : soft.start()]))
            if soft.end() <= match.start() or not ("," in between or "(" in between):
                continue
        code = _code(match.group())
        if code:
            found[code] = None
    return tuple(found) or None
