"""Detect the language of a posting by its function words."""

from __future__ import annotations

from collections import Counter

# Words that are frequent in one language and rare in the others. Words shared by several count for each.
_FUNCTION_WORDS = {
    "en": "the and of to with for you our we your will are is on as that this be have or from by at an",
    "fr": "le la les des et du une vous nous pour dans avec est sur au aux votre notre vos nos que qui par ou ce",
    "de": "der die das und mit für von zu den dem ein eine einer wir sie du dein deine unser ihre ist im bei oder auf",
    "es": "el los las y del una con para por que en tu nuestro nuestra se como más sus su lo al",
    "pt": "os as e do da dos das uma com para em você nossa nosso seu sua ao não mais são",
    "it": "il gli e di del della dei una con per che nel tua nostro nostra sono alla delle",
    "nl": "de het een en van met voor je jij ons onze wij bij naar zijn aan ook te op jouw",
    "pl": "i w z na do się jest oraz dla od nie że jako pracy twoje nasz",
    "sv": "och att det som en på för med är av till vi du har dig våra",
}


def _languages_by_word() -> dict[str, str]:
    """Return the languages of each function word, separated by blanks."""
    languages: dict[str, list[str]] = {}
    for language, words in _FUNCTION_WORDS.items():
        for word in words.split():
            languages.setdefault(word, []).append(language)
    return {word: " ".join(found) for word, found in languages.items()}


_LANGUAGES_OF = _languages_by_word()

# Sizes of the sample from the middle of a text; the longer one is used if the shorter one is not clear.
_SAMPLES = (500, 1500)
_CLEARLY_MANY = 8
_CLEAR_LEAD = 3
# Fewer function words show no language.
_LEAST_WORDS = 2
# The most common language: quick to confirm, and assumed of a text that is as much of another one.
_COMMON = "en"
# Latin letters with accents and typographic signs take two or three bytes, but few letters are such; of other scripts
# all letters are.
_LATIN_BYTES = 1.5


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language whose function words are most frequent in ``text``; None if unknown.

    Only the middle of a long text is read: postings in any language tend to open with the company's English slogan
    and close with an English equal-opportunity notice. A text of few words or in another script is unknown.
    """
    found = _known_words(text, _SAMPLES[0])
    of_common = found.count(_COMMON)
    if of_common >= _CLEARLY_MANY and of_common >= _CLEAR_LEAD * (len(found) - of_common):
        return _COMMON  # the common case; clear even if all other words were of one other language
    middle = _middle(text, _SAMPLES[0])
    if len(middle.encode(errors="replace")) > _LATIN_BYTES * len(middle):
        return None
    ranked: list[tuple[int, bool, str]] = []
    for size in _SAMPLES:
        ranked = sorted(((n, language == _COMMON, language) for language, n in _counts(text, size).items()))
        if not ranked:
            continue
        best = ranked[-1][0]
        if best >= _CLEARLY_MANY and (len(ranked) == 1 or best >= _CLEAR_LEAD * ranked[-2][0]):
            break
    return ranked[-1][2] if ranked and ranked[-1][0] >= _LEAST_WORDS else None


def _known_words(text: str, size: int) -> list[str]:
    """Return the languages of each function word in the middle of a text."""
    words = _middle(text, size).lower().split()
    return list(filter(None, map(_LANGUAGES_OF.get, words)))


def _middle(text: str, size: int) -> str:
    surplus = max(0, len(text) - size) // 2
    return text[surplus : surplus + size]


def _counts(text: str, size: int) -> dict[str, int]:
    """Count the function words of each language in the middle of a text."""
    counts: dict[str, int] = {}
    for languages, count in Counter(_known_words(text, size)).items():
        for language in languages.split():
            counts[language] = counts.get(language, 0) + count
    return counts
