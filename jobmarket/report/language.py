"""The language a report is written in: sentences from a catalogue, numbers and dates by its locale.

English is the language of the source. The other catalogues lie in ``catalogues/<code>.po`` and are read as they are: a
sentence without a translation stays English, and a test holds the catalogues complete.
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

# English as it is written in Europe: a day before its month, and dollars that say whose.
LOCALES = {"en": "en_GB", "fr": "fr_FR", "de": "de_DE"}
# French: de, que, jusque … before a value that begins with a vowel. Y is one before a consonant: d’Yves, de Yahoo.
# H is none: in names, which are foreign as a rule, it is heard.
_ELIDED = re.compile(r"\b(?P<word>[dDnN]|(?:[jJ]us|[lL]ors|[pP]uis)?[qQ]u)e (?P<value>\{(?P<name>\w+)\})")
_VOWEL = re.compile(r"[aeiouœæ]|y[^aeiou]", re.IGNORECASE)
_current: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in a language for as long as this lasts.

    Args:
        code: One of :data:`LOCALES`.
    """
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def code() -> str:
    """Code of the language that is spoken, ``en`` by default."""
    return _current.get()


def locale() -> Locale:
    """How that language writes numbers and dates."""
    return _locale(code())


def say(message: str, /, **values: object) -> str:
    """A sentence of the catalogue with its values set in.

    Args:
        message: As it stands in the source, in English, with ``{names}``.
        values: Texts to set in; what stands in them is never read as a message.
    """
    return _set_in(_catalogue(code()).gettext(message), values)


def say_many(one: str, many: str, n: int, /, **values: object) -> str:
    """A sentence whose words agree with a number, by the plural rule of the language.

    Args:
        one: For a single thing, in English.
        many: For several.
        n: How many.
        values: Texts to set in.
    """
    return _set_in(_catalogue(code()).ngettext(one, many, n), values)


def labelled(label: str, text: str) -> str:
    """``label: text``, with the colon as the language sets it."""
    return f"{label}{say(': ')}{text}"


def mark(message: str) -> str:
    """Put a message into the catalogue that is said elsewhere, by a name that stands in data."""
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
    """The text with its values; in French, words that lose their last letter before a vowel lose it before a value."""
    if code() == "fr":
        text = _ELIDED.sub(lambda found: _elided(found, str(values[found["name"]])), text)
    return text.format(**values)


def _elided(found: re.Match[str], value: str) -> str:
    return f"{found['word']}’{found['value']}" if _VOWEL.match(normalize("NFD", value)) else found[0]


def _kept_together(text: Any) -> Any:
    """No line begins with a mark that French sets apart from its word, nor ends with one that opens."""
    if not isinstance(text, str):
        return [_kept_together(one) for one in text]
    return re.sub(r" (?=[:;?!»%])|(?<=«) ", "\u00a0", text)
