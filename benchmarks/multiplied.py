"""Generate a landing of any size from the sample world's employers, with texts that differ between employers.

A multiplied employer combines several employers of one country and board of the sample world under a new name. It shows
what they showed, week by week, with the boards' objects, ids, edits, reposts, copies on a second board and outages.

Each line of a text gets a clause of invented words. A share ``own`` of the lines gets one that no other opening has;
the others get one that the employer repeats wherever that line occurs. By default half of the characters repeat what
the employer wrote before, as in recorded postings (``benchmarks/growth.md``). With 0 the extractor knows nearly every
line already, with 1 none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import groupby, product
from typing import Any
from zlib import crc32

import orjson

from jobmarket.landing import CompanyOutcome, RunRecord, run_id_for
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from scrapers.boards.base import BoardSpider, Company
from scrapers.sample.listings import Listing
from scrapers.sample.outages import SHORT_LIST_SHARE
from scrapers.sample.shape_ashby import ashby_job
from scrapers.sample.shape_greenhouse import greenhouse_job
from scrapers.sample.shape_lever import lever_posting
from scrapers.sample.streams import stable_int, stable_uuid, stream
from scrapers.sample.text import Section, compose
from scrapers.sample.world import SampleWorld
from scrapers.systems import spiders_by_name

# Sample employers per multiplied employer: some 120 postings in 26 weeks.
MERGED = 4
# How far the world may have advanced by the further day.
_NEARLY_A_WEEK = timedelta(days=6.9)
_SHORTEST_LINE = 20
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "ro", "su", "ta", "ve", "wi", "zo", "mar", "tin", "dor")
_WORDS = ["".join(syllables) for syllables in product(_SYLLABLES, repeat=3)]
_CLAUSES = (
    " as part of the {} {} line of work on {}",
    ", next to the colleagues who look after {} {} and {}",
    " for what we call {}, and for {} and {} later on",
    " with the people behind {} {} on the {} side",
)
_NAMES = ("Northline", "Bravura", "Castellan", "Drumlin", "Esker", "Fjordal", "Gritstone", "Hexley", "Isobar")


@dataclass(frozen=True)
class Template:
    """A version of a sample posting: its object as JSON, cut after the text of each line.

    Attributes:
        pieces: The JSON, to be joined with a clause after each piece but the last.
        lines: For each piece but the last, the index of the line it ends with; a line may occur in several fields.
        marks: A number for each line of the text; equal words have equal numbers.
    """

    pieces: tuple[str, ...]
    lines: tuple[int, ...]
    marks: tuple[int, ...]

    def written(self, clauses: list[str], replaced: list[tuple[str, str]]) -> Any:
        """Return the object with a clause after each line, and with names and ids replaced."""
        parts = [self.pieces[0]]
        for line, piece in zip(self.lines, self.pieces[1:], strict=True):
            parts += (clauses[line], piece)
        text = "".join(parts)
        for old, new in replaced:
            text = text.replace(old, new)
        return orjson.loads(text)


class MultipliedMarket:
    """A market of a given size over some weeks of daily or weekly crawls.

    Args:
        postings: Approximate number over all weeks.
        weeks: Weeks of history; the world has one more, for a further day.
        own: Share of a text's lines that no other opening has.
        seed: Determines everything.
    """

    def __init__(self, postings: int, weeks: int = 26, own: float = 0.35, seed: int = 2026) -> None:
        self.world = SampleWorld(seed=seed, weeks=weeks + 1)
        self.weeks, self.own, self.seed = weeks, own, seed
        last = self.world.observation_dates[weeks - 1]
        in_time = sum(listing.visible[0][0] <= last for listing in self.world.listings)
        self.times = max(1, round(postings / in_time))
        self.postings = in_time * self.times
        firms = sorted(self.world.firms, key=lambda firm: (firm.country, firm.accounts[0].board, firm.index))
        self._group: dict[int, int] = {}
        number = 0
        for _, alike in groupby(firms, key=lambda firm: (firm.country, firm.accounts[0].board)):
            for place, firm in enumerate(alike):
                number += place % MERGED == 0
                self._group[firm.index] = number
        self._listings: dict[tuple[str, int], list[Listing]] = {}
        for listing in self.world.listings:
            place = listing.account.board, self._group[listing.opening.firm.index]
            self._listings.setdefault(place, []).append(listing)
        self._template = cache(self._make_template)
        self._repeated = lru_cache(maxsize=1000)(self._repeated_clause)
        # how a posting's version is identified once it is landed
        self._landed: dict[tuple[str, int, int], tuple[str, str]] = {}

    @property
    def boards(self) -> list[str]:
        """The market's board systems."""
        return sorted({board for board, _ in self._listings})

    @property
    def employers(self) -> int:
        """The number of employers."""
        return len(set(self._group.values())) * self.times

    def day_after(self, last: datetime, contents: int) -> Newest:
        """Return a further day on which about that many contents are new or changed."""
        week_on = last + _NEARLY_A_WEEK
        possible = sum(
            listing.visible_at(week_on)
            and (not listing.visible_at(last) or listing.version_at(last) != listing.version_at(week_on))
            for listing in self.world.listings
        )
        return Newest(last, contents / (possible * self.times))

    def name_of(self, group: int, time: int) -> str:
        """Return an employer's name: two words, so that none is part of another's."""
        names = stream(self.seed, "employer", group, time)
        return f"{_NAMES[group % len(_NAMES)]} {names.choice(_WORDS).capitalize()}{names.choice(_WORDS)}"

    def companies(self, board: str) -> Iterator[tuple[int, int, Company]]:
        """Yield group, copy number and company of every account on a board."""
        for time in range(self.times):
            for where, group in self._listings:
                if where == board:
                    name = self.name_of(group, time)
                    yield group, time, Company(slug=f"{name.lower().replace(' ', '-')}-{group}-{time}", name=name)

    def crawl(self, home: Home, board: str, moment: datetime, new: Newest | None = None) -> int:
        """Land a crawl of a board.

        Args:
            home: Where to land it.
            board: The board system.
            moment: When; the first moment must be the world's first crawl.
            new: For a further day: which postings are new or changed since the last crawl.

        Returns:
            The number of contents that were new to the landing.
        """
        record = RunRecord(
            run_id=run_id_for(board, moment, 1), board=board, origin="sample", as_of=moment,
            versions={"benchmark": "growth"},
        )  # fmt: skip
        writer = RunWriter(home, record)
        spider = spiders_by_name()[board]()
        outcomes, landed = [], 0
        for group, time, company in self.companies(board):
            outage = self._outage(board, group, time, moment) if new is None else None
            outcome = CompanyOutcome(
                company_slug=company.slug, company_name=company.name, status="complete", requests=1,
                http_codes={"200": 1}, started_at=moment, finished_at=moment,
            )  # fmt: skip
            if outage in ("error", "missing"):
                code = {"error": "500", "missing": "404"}[outage]
                outcome = outcome.model_copy(
                    update={"status": "failed", "reason": f"HTTP {code}", "errors": 1, "http_codes": {code: 1}}
                )
            else:
                shown = list(self._shown(board, group, moment, new, time))
                if outage:
                    shown = shown[: int(len(shown) * SHORT_LIST_SHARE)] if outage == "short" else []
                writer.keep_sightings(company.slug)
                for listing, version in shown:
                    landed += self._land(writer, spider, company, time, listing, version)
                for (listing, version), seen in zip(shown, writer.sightings(company.slug), strict=True):
                    self._landed[listing.native_id, time, version] = seen
                outcome = outcome.model_copy(update={"postings": len(shown)})
            outcomes.append(outcome)
        writer.seal(outcomes)
        return landed

    def _outage(self, board: str, group: int, time: int, moment: datetime) -> str | None:
        """Return the outage of the first merged employer, moved to a different week in each copy."""
        week = self.world.week_of(moment)
        if not 0 < week < self.weeks - 1:
            return None
        week = 1 + (week + 7 * time) % (self.weeks - 2)
        return self.world.outages.get((board, self._listings[board, group][0].account.slug, week))

    def _shown(
        self, board: str, group: int, moment: datetime, new: Newest | None, time: int
    ) -> Iterator[tuple[Listing, int]]:
        for listing in self._listings[board, group]:
            if new is not None:
                if found := new.shown(self, listing, time):
                    yield listing, found[0]
            elif listing.visible_at(moment):
                yield listing, listing.version_at(moment)

    def _land(
        self, writer: RunWriter, spider: BoardSpider, company: Company, time: int, listing: Listing, version: int
    ) -> bool:
        native_id, content = listing.native_id, (listing.native_id, time, version)
        if content in self._landed:
            writer.sight(company.slug, *self._landed[content])
            return False
        renewed = (
            str(stable_int(self.seed, 4_000_000_000, 9_000_000_000, native_id, time))
            if native_id.isdigit()
            else stable_uuid(self.seed, native_id, time)
        )
        firm, account = listing.opening.firm, listing.account
        replaced = [(native_id, renewed), (account.company_name, company.name), (firm.name, company.name)]
        replaced.append((f"/{account.slug}/", f"/{company.slug}/"))
        template = self._template(listing, version)
        clauses = self._clauses(listing, time, template.marks)
        payload = template.written(clauses, [(old, new or "") for old, new in replaced])
        return writer.write(spider.to_posting(payload, company), spider.volatile_fields)

    def _clauses(self, listing: Listing, time: int, marks: tuple[int, ...]) -> list[str]:
        """Return one clause per line, the same in all versions of an opening and its copies on other boards."""
        own = stream(self.seed, "own", listing.opening.key, time)
        group = self._group[listing.opening.firm.index]
        return [_clause(own) if own.random() < self.own else self._repeated(group, time, mark) for mark in marks]

    def _repeated_clause(self, group: int, time: int, mark: int) -> str:
        return _clause(stream(self.seed, "repeated", group, time, mark))

    def _make_template(self, listing: Listing, version: int) -> Template:
        document = compose(self.seed, listing, version)
        if listing.account.board == "greenhouse":
            shown = greenhouse_job(self.seed, listing, document, listing.posted_at)
        elif listing.account.board == "lever":
            shown = lever_posting(self.seed, listing, document, version)
        else:
            shown = ashby_job(self.seed, listing, document, version)
        return cut(orjson.dumps(shown).decode(), list(_lines(document.sections)))


@dataclass(frozen=True)
class Newest:
    """A further day: a share of the changes that the world shows a week later.

    Attributes:
        before: The last crawl.
        part: Share of the openings that show their changes already; the others show as before.
    """

    before: datetime
    part: float

    @property
    def moment(self) -> datetime:
        """When the day is crawled."""
        return self.before + timedelta(days=1)

    def shown(self, market: MultipliedMarket, listing: Listing, time: int) -> tuple[int] | None:
        """Return the shown version of a posting in a tuple; None if it is not shown."""
        happened = stream(market.seed, "day", listing.native_id, time).random() < self.part
        moment = self.before + _NEARLY_A_WEEK if happened else self.before
        return (listing.version_at(moment),) if listing.visible_at(moment) else None


def cut(source: str, lines: list[str]) -> Template:
    """Cut a posting's JSON after each of its lines, before a final full stop."""
    ends: dict[int, int] = {}
    for number, line in enumerate(lines):
        body = orjson.dumps(line.rstrip(".")).decode()[1:-1]
        for written in {body, body.replace("&", "&amp;"), body.replace("&", "&amp;amp;")}:
            start = source.find(written)
            while start >= 0:
                ends.setdefault(start + len(written), number)
                start = source.find(written, start + len(written))
    places = sorted(ends)
    pieces = (source[start:end] for start, end in zip([0, *places], [*places, len(source)], strict=True))
    return Template(
        tuple(pieces), tuple(ends[place] for place in places), tuple(crc32(line.encode()) for line in lines)
    )


def _lines(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        for line in (*section.paragraphs, *section.bullets):
            if len(line) >= _SHORTEST_LINE:
                yield line


def _clause(words: random.Random) -> str:
    return words.choice(_CLAUSES).format(*words.choices(_WORDS, k=3))
