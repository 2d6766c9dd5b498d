"""Sentence hashes show what two texts share, whatever their headings, markup and order."""

from __future__ import annotations

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.sentences import LEAST_LETTERS, sentence_hashes

HTML = """<h3>What you do</h3><ul><li>Train <b>large</b> models on our cluster.</li>
<li>Ship them to our customers; measure what they do</li></ul><p>Nous cherchons un·e ingénieur·e expérimenté·e !</p>"""
PLAIN = """Nous cherchons un·e ingénieur·e expérimenté·e!

Tasks:
* ship them to our customers
* Measure what they do
* TRAIN LARGE MODELS (on our cluster)
"""


def _hashes(html: str | None = None, text: str | None = None) -> list[int]:
    (hashes,) = sentence_hashes([read_document("", None, html, text).lines])
    return hashes


def test_markup_order_case_and_marks_make_no_difference() -> None:
    shared = set(_hashes(html=HTML)) & set(_hashes(text=PLAIN))
    assert len(shared) == len(_hashes(html=HTML)) == 3  # "measure what they do" is too short


def test_a_changed_word_changes_the_hash() -> None:
    ours, theirs = _hashes(html=HTML), _hashes(html=HTML.replace("large", "small"))
    assert len(ours) == len(theirs)
    assert len(set(ours) - set(theirs)) == 1


def test_hashes_are_distinct_and_sorted_and_fit_an_unsigned_64_bit_integer() -> None:
    lines = [f"sentence number {number} of a longer text" for number in range(200)]
    found = _hashes(text="\n".join(lines + lines))
    assert len(found) == len(lines)
    assert found == sorted(set(found))
    assert max(found) >> 63 == 1
    assert max(found).bit_length() <= 64


def test_short_pieces_and_empty_texts_have_no_hashes() -> None:
    assert _hashes(text="Benefits\n" + "x" * (LEAST_LETTERS - 1)) == []
    assert len(_hashes(text="x" * LEAST_LETTERS)) == 1
    assert _hashes(html="<p> </p>") == []


@pytest.mark.parametrize("mark", ["’", "–", "é", "\u3000"])
def test_ascii_and_other_text_give_the_same_hashes(mark: str) -> None:
    # Each sentence once in ASCII, which takes another code path, and once with a non-ASCII sign.
    parts = ["it's_more than\tdistributed", "training of 1000 models", "and evaluation on each release"]
    plain = _hashes(text=". ".join(parts) + "!")
    other = _hashes(text=f"{mark} " + "? ".join(parts) + f"; {mark}")
    assert len(plain) == 3
    assert len(set(plain) & set(other)) == (2 if mark.isalnum() else 3)


def test_hashes_are_the_same_in_every_process() -> None:
    # Hashes are stored in the warehouse and compared with those of later builds.
    assert _hashes(text="Train large models on our cluster") == [12377800464414669331]
