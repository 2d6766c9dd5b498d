"""The language of a report: sentences from a catalogue, numbers and dates from a locale.

English is the source language. The other catalogues are ``catalogues/<code>.po``, read without compiling. A sentence
without a translation stays in English; a test checks that the catalogues are complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any
from unicodedata import normalize

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# British English: the day comes before the month, and the dollar sign says US.
LOCALES = {"en": "en_GB", "fr": "fr_FR", "de": "de_DE"}
# French elides de, que, jusque … before a vowel. Y counts as a vowel before a consonant: d’Yves, de Yahoo.
# H does not: most names are foreign, and their h is pronounced.
_ELIDED = re.compile(r"\b(?P<word>[dDnN]|(?:[jJ]us|[lL]ors|[pP]uis)?[qQ]u)e (?P<value>\{(?P<name>\w+)\})")
_VOWEL = re.compile(r"[aeiouœæ]|y[^aeiou]", re.IGNORECASE)
_current: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in a language within this context.

    Args:
        code: One of :data:`LOCALES`.
    """
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def code() -> str:
    """Return the code of the current language, ``en`` by default."""
    return _current.get()


def locale() -> Locale:
    """Return the locale of the current language."""
    return _locale(code())


def say(message: str, /, **values: object) -> str:
    """Translate a sentence and insert its values.

    Args:
        message: The English text, with ``{names}``.
        values: Texts to insert; they are never interpreted as messages.
    """
    return _set_in(_catalogue(code()).gettext(message), values)


def say_many(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate a sentence that agrees with a number, by the language's plural rule.

    Args:
        one: The English singular.
        many: The English plural.
        n: The number.
        values: Texts to insert.
    """
    return _set_in(_catalogue(code()).ngettext(one, many, n), values)


def labelled(label: str, text: str) -> str:
    """Return ``label: text`` with the colon spaced as in the language."""
    return f"{label}{say(': ')}{text}"


def mark(message: str) -> str:
    """Add a message to the catalogue that is translated elsewhere, looked up by a name in the data."""
    return message


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with files("jobmarket.report").joinpath("catalogues", f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=LOCALES[language])
    if language == "fr":
        for message in catalogue:
            message.string = _kept_together(message.string)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _set_in(text: str, values: dict[str, object]) -> str:
    """Insert values into a text; in French, words before a value that begins with a vowel are elided."""
    if code() == "fr":
        text = _ELIDED.sub(lambda found: _elided(found, str(values[found["name"]])), text)
    return text.format(**values)


def _elided(found: re.Match[str], value: str) -> str:
    return f"{found['word']}’{found['value']}" if _VOWEL.match(normalize("NFD", value)) else found[0]


def _kept_together(text: Any) -> Any:
    """Put no-break spaces around French punctuation, so that no line begins or ends with it."""
    if not isinstance(text, str):
        return [_kept_together(one) for one in text]
    return re.sub(r" (?=[:;?!»%])|(?<=«) ", "\u00a0", text)
