"""Read the employment type (full time, part time, contract …) as the posting states it; never assumed."""

from __future__ import annotations

from jobmarket.extract import anchors
from jobmarket.extract import employment_words as words
from jobmarket.extract.document import Document
from jobmarket.extract.passages import answers, in_benefits
from jobmarket.extract.translated_titles import in_english


def employment_type(document: Document) -> str:
    """Return the employment type in the title or the text; full time if a contract is only the alternative."""
    title = _without_open_ones(in_english(document.title.lower()))
    if words.FULL_OR_PART.search(title):
        return "full_time"
    kind = words.TITLE.first(title)
    if kind == "contract" and words.OR_FULL.search(title):
        return "full_time"
    return kind or _of_text(document)


def _without_open_ones(stated: str) -> str:
    """Return lower-case words without the employment types that they rule out or leave open, and others' hours."""
    if "teil" in stated and "voll" in stated:
        stated = words.FULL_OR_PART_DE.sub("in vollzeit", stated)
    if "part" in stated and "full" in stated:
        stated = words.FULL_OR_PART_LABELLED.sub(r"\g<label>full-time", stated)
    if "woche" in stated or "wöchentlich" in stated:
        stated = words.OTHER_HOURS.sub(" ", stated)
    return words.LEFT_OPEN.sub(" ", words.RULED_OUT.sub(" ", stated))


def _of_text(document: Document) -> str:
    found: set[str] = set()
    for start, (kind, is_outright) in answers(document, anchors.EMPLOYMENT, _of_sentence, reach=140):
        if is_outright and kind == "contract":
            return kind
        if is_outright or kind not in words.FULL_TIME or not in_benefits(document, start):
            found.add(kind)
    if "b2b" in found and "employed" not in found:
        return "contract"
    if "contract" in found:
        is_alternative = "full_time" in found and "part_time" not in found
        return "full_time" if is_alternative else "contract"
    if not found and words.DOCTORAL.search(document.title.lower()) and _has_a_length(document):
        return "temporary"
    kind = next((kind for kind in words.PRECEDENCE if kind in found), "unspecified")
    return "full_time" if kind in words.FULL_TIME else kind


def _has_a_length(document: Document) -> bool:
    return any(True for _ in answers(document, anchors.YEARS, words.LENGTH_OF_POST.search))


def _of_sentence(sentence: str) -> tuple[str, bool] | None:
    """Return the employment type that a sentence states for this job, and whether it says so outright.

    Full time is tried last. It is ``hours`` where only those show it, a contractor's pay is ``b2b``, and the pay of an
    employee beside it ``employed``.
    """
    sentence = _without_open_ones(sentence)
    for kind in words.STATEMENTS.matching(sentence):
        is_outright = kind in words.OUTRIGHT and words.OUTRIGHT[kind].search(sentence) is not None
        if kind in words.FULL_TIME:
            if is_outright or not words.NOT_THIS_JOB.search(sentence):
                return kind, is_outright
        elif kind == "contract" and words.OR_FULL.search(sentence):
            return "full_time", False  # as in a title: the contract is only the alternative
        elif kind == "internship" or not words.OTHER_CONTRACT.search(sentence):
            return kind, is_outright
    return None
