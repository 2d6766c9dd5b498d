"""Extractors to compare with ours: each takes the same texts and returns how much it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import ahocorasick_rs
import flashtext
import hyperscan
import spacy
from jobspy.linkedin import LinkedIn
from spacy.matcher import PhraseMatcher

from benchmarks.texts import Texts
from jobmarket.extract.document import Document
from jobmarket.extract.posting_facts import extract_many
from jobmarket.extract.skills import SkillMatcher
from jobmarket.extract.taxonomy import Taxonomy

_AT_ONCE = 200

Run = Callable[[Texts], int]


def extraction(taxonomy: Taxonomy) -> Run:
    """Extract all facts from HTML."""
    matcher = SkillMatcher(taxonomy)

    def run(texts: Texts) -> int:
        postings = texts.postings
        parts = [postings[start : start + _AT_ONCE] for start in range(0, len(postings), _AT_ONCE)]
        return sum(len(facts.skills) for part in parts for facts in extract_many(part, matcher, hash_sentences=True))

    return run


def skills_alone(taxonomy: Taxonomy) -> Run:
    """Find skills alone with our matcher, with positions and corroboration, in plain text."""
    matcher = SkillMatcher(taxonomy)

    def run(texts: Texts) -> int:
        found = 0
        for start in range(0, len(texts.plain), _AT_ONCE):
            documents = [Document("", None, text, (), "en") for text in texts.plain[start : start + _AT_ONCE]]
            matcher.learn(documents)
            found += sum(len(matcher.mentions(document)) for document in documents)
        return found

    return run


def aho_corasick(taxonomy: Taxonomy) -> Run:
    """Scan plain text for all spellings with ahocorasick_rs, longest match, without further checks."""
    automaton = ahocorasick_rs.AhoCorasick(
        list(taxonomy.patterns), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
    )
    return lambda texts: sum(len(automaton.find_matches_as_indexes(text)) for text in texts.plain)


def hyperscan_literals(taxonomy: Taxonomy) -> Run:
    """Scan plain text for all spellings with Hyperscan, reporting every match."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    patterns = [re.escape(pattern).encode() for pattern in taxonomy.patterns]
    numbers = list(range(len(patterns)))
    database.compile(
        expressions=patterns,
        ids=numbers,
        elements=len(patterns),
        flags=[hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH] * len(patterns),
    )

    def run(texts: Texts) -> int:
        found = 0

        def count(*_: Any) -> None:
            nonlocal found
            found += 1

        for text in texts.plain:
            database.scan(text.encode(), match_event_handler=count)
        return found

    return run


def flash_text(taxonomy: Taxonomy) -> Run:
    """Find skills alone with flashtext in plain text."""
    processor = flashtext.KeywordProcessor(case_sensitive=False)
    for pattern, aliases in taxonomy.patterns.items():
        processor.add_keyword(pattern, aliases[0].skill.name)
    return lambda texts: sum(len(processor.extract_keywords(text)) for text in texts.plain)


def phrase_matcher(taxonomy: Taxonomy) -> Run:
    """Find skills alone with spaCy's PhraseMatcher on a blank model, in plain text."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("skill", list(nlp.tokenizer.pipe(taxonomy.patterns)))
    return lambda texts: sum(len(matcher(nlp.make_doc(text))) for text in texts.plain)


def regex_alternation(taxonomy: Taxonomy) -> Run:
    """Find skills alone with one pattern of all spellings, longest first, in plain text."""
    spellings = sorted(taxonomy.patterns, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)", re.IGNORECASE)
    return lambda texts: sum(len(pattern.findall(text)) for text in texts.plain)


def jobspy_salary(_: Taxonomy) -> Run:
    """Find pay alone as JobSpy reads a description: the first dollar range in plain text."""
    return lambda texts: sum(LinkedIn._guess_salary(text).min_amount is not None for text in texts.plain)


# Name, factory, and the largest share of the texts it gets: with all of them the slow ones would take an hour.
CONTENDERS: tuple[tuple[str, Callable[[Taxonomy], Run], float], ...] = (
    ("all facts, from HTML", extraction, 1.0),
    ("skills alone, from plain text", skills_alone, 1.0),
    ("raw ahocorasick_rs scan", aho_corasick, 1.0),
    ("raw Hyperscan scan", hyperscan_literals, 1.0),
    ("flashtext, skills alone", flash_text, 0.5),
    ("spaCy PhraseMatcher, skills alone", phrase_matcher, 0.125),
    ("one regex of all spellings, skills alone", regex_alternation, 0.015625),
    ("JobSpy, pay alone", jobspy_salary, 1.0),
)
