"""Put two postings side by side: which answers their titles, places, boards and texts give, before any decision."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.duplicates.advert import Advert
from jobmarket.duplicates.employers import Similarity, names_nobody, shown_name, similarity
from jobmarket.duplicates.places import Overlap, Places, overlap
from jobmarket.duplicates.stated import contradict
from jobmarket.duplicates.texts import Wording, compare, least_shared_third
from jobmarket.duplicates.titles import LEVELS, differences, words_of_employer

# Share of the wording from which postings of unknown employers may be one job, and one board's of one employer.
UNKNOWN_EMPLOYER = 0.85
SIDE_BY_SIDE = 0.85
# Share of a third of the text, wherever it is least, below which that third states another job's tasks.
_CORE = 0.25
# Texts that share less than this may be in two languages: of these, only what a translation keeps can be compared.
_TRANSLATED = 0.3
# Share of the wording of the shorter text from which it is a copy of the other, perhaps of a part: no word differs.
_COPIED = 0.998
# A text with fewer runs of words than this, and less than a fifth of the other's, is a summary or a fragment.
_FRAGMENT_RUNS = 120
_FRAGMENT_RATIO = 0.2
# A text with fewer runs of words is no evidence between employers: anybody writes "We are hiring. Apply now."
_TRIVIAL_RUNS = 60


@dataclass(frozen=True, slots=True)
class Headers:
    """What titles, places and boards of two postings imply, without their texts."""

    first: Advert
    second: Advert
    place: Overlap
    only_first: frozenset[str]
    only_second: frozenset[str]

    @property
    def both_ways(self) -> tuple[tuple[Advert, Advert], tuple[Advert, Advert]]:
        """Each posting with the other, for what only one of them says."""
        return (self.first, self.second), (self.second, self.first)

    @property
    def make_two_jobs(self) -> bool:
        """Whether this alone makes them two jobs, whether of one employer or of two."""
        if self.is_one_id or self.are_threads:
            return False
        return self.place is Overlap.APART or self.is_numbered_apart or self.name_two_roles or self.name_two_workplaces

    @property
    def has_one_title(self) -> bool:
        """Whether the titles are equal apart from spelling, places and numbers."""
        return not self.only_first and not self.only_second

    @property
    def has_common_roles(self) -> bool:
        """Whether half of the words of the shorter header are in the other; false if a header has no words."""
        words, others = self.first.title.words, self.second.title.words
        return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))

    @property
    def names_no_other_role(self) -> bool:
        """Whether at most one title has words that the other lacks."""
        return not (self.only_first and self.only_second)

    @property
    def name_two_roles(self) -> bool:
        """Whether each title has words that the other lacks, or one adds a level."""
        return not self.names_no_other_role or not LEVELS.isdisjoint(self.only_first or self.only_second)

    @property
    def only_one_states_a_place(self) -> bool:
        """Whether one location field names a place, and the other is empty or says "Remote"."""
        return self.place is Overlap.UNKNOWN and bool(self.first.places.named) != bool(self.second.places.named)

    @property
    def is_numbered_apart(self) -> bool:
        """Whether both titles have requisition numbers, with none in common."""
        numbers, others = self.first.title.numbers, self.second.title.numbers
        return bool(numbers and others and not numbers & others)

    @property
    def name_two_workplaces(self) -> bool:
        """Whether one title says only that the work is remote, and the other names a place or another workplace."""
        return any(
            one.title.workplaces == {"remote"}
            and "remote" not in other.title.workplaces
            and bool(other.title.workplaces or (other.title.places and not one.title.places))
            for one, other in self.both_ways
        )

    @property
    def is_one_board(self) -> bool:
        """Whether one board system showed both."""
        return self.first.board == self.second.board

    @property
    def is_one_id(self) -> bool:
        """Whether they are one posting of one board, by the board's own id."""
        return self.is_one_board and self.first.native_id is not None and self.first.native_id == self.second.native_id

    @property
    def names_an_employer(self) -> bool:
        """Whether at least one posting names its employer, not merely "Confidential"."""
        return any(one.company and not names_nobody(one.company) for one in (self.first, self.second))

    @property
    def are_threads(self) -> bool:
        """Whether both are posts in forum threads."""
        return self.first.is_thread and self.second.is_thread

    @property
    def link_to_same_openings(self) -> bool:
        """Whether half or more of the openings to which the texts link are the same."""
        links, others = self.first.text.openings, self.second.text.openings
        return 2 * len(links & others) >= max(len(links), len(others), 1)

    @property
    def link_to_other_openings(self) -> bool:
        """Whether both texts link to openings, one of them to several, and fewer than a third are in both."""
        links, others = self.first.text.openings, self.second.text.openings
        most = max(len(links), len(others))
        return bool(links and others) and most > 1 and 3 * len(links & others) < most


@dataclass(frozen=True, slots=True)
class Case(Headers):
    """Two postings with everything that is compared before the decision."""

    employer: Similarity
    wording: Wording

    @property
    def are_in_two_languages(self) -> bool:
        """Whether the texts are in two languages, and so share hardly any wording."""
        languages = {self.first.text.language, self.second.text.language} - {None}
        return self.wording.shared < _TRANSLATED and len(languages) == 2

    @property
    def contradict_each_other(self) -> bool:
        """Whether years of experience, pay or skills show that neither text translates the other."""
        return contradict(self.first.text.stated, self.second.text.stated)

    @property
    def has_another_core(self) -> bool:
        """Whether a third of each text, the introduction apart, is hardly in the other, as if by one template."""
        if self.are_threads or self.wording.shared >= SIDE_BY_SIDE:
            return False
        return least_shared_third(self.first.text, self.second.text) < _CORE

    @property
    def states_two_numbers(self) -> bool:
        """Whether both texts state requisition numbers, with none in common.

        Lost markup may attach the next word to one: "R5818Employment type".
        """
        numbers, others = self.first.text.numbers, self.second.text.numbers
        is_common = any(one.startswith(other) or other.startswith(one) for one in numbers for other in others)
        return bool(numbers and others) and not is_common

    @property
    def is_remote_and_local(self) -> bool:
        """Whether one title says that the work is remote, and the other posting, which names a city, nowhere does.

        Where the one text is wholly in the other, as in a copy, the board may have added the word.
        """
        return self.wording.contained < _COPIED and any(
            "remote" in one.title.workplaces
            and "remote" not in other.title.workplaces
            and other.places.names_a_city
            and not other.places.is_remote
            and "remote" not in other.text.vocabulary
            for one, other in self.both_ways
        )

    @property
    def has_benefits_of_another_country(self) -> bool:
        """Whether one posting names no place but benefits of a country, and the other only places elsewhere."""
        return any(
            not one.places.named
            and bool(other.places.countries)
            and bool(offered := one.text.benefit_countries - other.text.benefit_countries)
            and offered.isdisjoint(other.places.countries)
            for one, other in self.both_ways
        )

    @property
    def is_trivial(self) -> bool:
        """Whether one text is too short to be evidence between two employers."""
        return self.wording.shorter < _TRIVIAL_RUNS

    @property
    def is_fragment(self) -> bool:
        """Whether one text is a mere summary or fragment."""
        return self.wording.shorter < _FRAGMENT_RUNS and self.wording.length_ratio < _FRAGMENT_RATIO


def compare_headers(first: Advert, second: Advert) -> Headers:
    """Answer the questions that need no text."""
    only_first, only_second = differences(first.title, second.title)
    return Headers(
        first,
        second,
        _place(first, second),
        # a recruiter's title may name the client, which its own board need not repeat
        only_first - words_of_employer(second.company),
        only_second - words_of_employer(first.company),
    )


def compare_texts(headers: Headers, employer: Similarity | None, wording: Wording | None) -> Case:
    """Compare the texts and the employers as well, unless these are already compared."""
    first, second = headers.first, headers.second
    wording = wording or compare(first.text, second.text)
    return Case(
        first,
        second,
        headers.place,
        headers.only_first,
        headers.only_second,
        _employer(first, second, wording) if employer is None else employer,
        wording,
    )


def _employer(first: Advert, second: Advert, wording: Wording) -> Similarity:
    """Compare the employers; a name that the other's text contains may be its brand, its client or its parent."""
    found = similarity(first.company, second.company)
    if found is not Similarity.OTHER or wording.contained < UNKNOWN_EMPLOYER:
        return found
    names = [(first.text, shown_name(second.company or "")), (second.text, shown_name(first.company or ""))]
    return Similarity.UNKNOWN if any(text.mentions(name) for text, name in names) else found


def _place(first: Advert, second: Advert) -> Overlap:
    """Compare the places of both; places in titles take precedence over those in fields."""
    named, others = first.title.places, second.title.places
    found = overlap(first.places, second.places)
    for one, other in ((named, others), (named, second.places.named), (first.places.named, others)):
        compared = overlap(Places(one), Places(other)) if one and other else Overlap.EQUAL
        if compared is Overlap.APART:
            return Overlap.APART
        if compared is not Overlap.EQUAL and found is Overlap.EQUAL:
            found = Overlap.WIDER  # "Project Manager [Florida]" beside "Project Manager", both in the United States
    return found
