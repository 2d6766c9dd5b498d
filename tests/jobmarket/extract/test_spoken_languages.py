from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract.document import read_document
from jobmarket.extract.spoken_languages import NAMES, languages_asked


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Fluent in English and German.", ("en", "de")),
        ("You speak French (C1) and English (B2).", ("fr", "en")),
        ("Verhandlungssichere Deutsch- und Englischkenntnisse.", ("de", "en")),
        ("Sehr gute Deutschkenntnisse in Wort und Schrift.", ("de",)),
        ("Anglais courant, français langue maternelle.", ("en", "fr")),
        ("Excellent written and verbal communication skills in English.", ("en",)),
        ("Fluent English is required, German is a plus.", ("en",)),
        ("German language skills are a plus.", ()),
        ("Knowledge of the German market is required.", ()),
        ("Strong skills to polish our product.", ()),
        ("You speak fluent Polish.", ("pl",)),
        ("Excellent command of Python.", ()),
        ("", ()),
    ],
)
def test_languages_required(text: str, codes: tuple[str, ...]) -> None:
    assert languages_asked(read_document("ML Engineer", None, None, text)) == codes


def test_a_title_can_require_a_language() -> None:
    assert languages_asked(read_document("German-speaking Data Analyst", None, None, "You analyse.")) == ("de",)


@given(st.text(max_size=60), st.text(max_size=300))
def test_any_text_gives_known_codes(title: str, text: str) -> None:
    required = languages_asked(read_document(title, None, None, text))
    assert set(required) <= set(NAMES)
    assert len(set(required)) == len(required)
