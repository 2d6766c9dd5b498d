"""Where the sentences of a line end: not at abbreviations and German ordinals."""

from __future__ import annotations

import pytest

from jobmarket.extract.document import read_document
from jobmarket.extract.sentence_bounds import sentence_end, sentence_start, sentences
from jobmarket.extract.skills import SkillMatcher


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("You know Kafka. You join on 5 May. Ahoy", ["You know Kafka", "You join on 5 May", "Ahoy"]),
        ("Tools (e.g. Kafka, ex. Spark): max. 3 years! Yes", ["Tools (e.g. Kafka, ex. Spark): max. 3 years", "Yes"]),
        ("Kafka, bspw. mit Spark o. ä. Werkzeugen. Ja", ["Kafka, bspw. mit Spark o. ä. Werkzeugen", "Ja"]),
        ("Zum 1. Mai oder ab dem 15. Januar. Komm!", ["Zum 1. Mai oder ab dem 15. Januar", "Komm!"]),
        (
            "Das Team gibt es seit 2021. Mai und Juni sind frei",
            ["Das Team gibt es seit 2021", "Mai und Juni sind frei"],
        ),
    ],
)
def test_a_line_is_split_into_its_sentences(line: str, split: list[str]) -> None:
    found = list(sentences(line))
    assert [sentence for _, sentence in found] == split
    for start, sentence in found:
        middle = start + len(sentence) // 2
        assert (sentence_start(line, middle), sentence_end(line, middle)) == (start, start + len(sentence))


def test_a_date_does_not_part_a_skill_from_what_is_said_of_it(matcher: SkillMatcher) -> None:
    document = read_document("Engineer", None, text="Wir suchen dich. Kafka ist ab dem 1. Mai zwingend erforderlich.")
    assert [(skill.name, skill.level) for skill in matcher.mentions(document)] == [("Apache Kafka", "required")]
