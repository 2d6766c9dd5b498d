"""Simulate how often the interval of the time to close covers the truth: `python -m benchmarks.closing [--worlds N]`.

Prints the table of docs/methods_simulations.md, "Time to close", without the comparison with midpoints. A thousand
worlds take a quarter of an hour.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import bisect
from scipy.special import ndtr, ndtri

from jobmarket.statistics.closing_curve import STILL_OPEN, Lives
from jobmarket.statistics.panel import Indexes, Numbers
from jobmarket.statistics.survival import TimeToClose, time_to_close

_LAST_DAY = 182
# Standard deviation of the logarithm of an employer's factor on its postings' lifetimes.
_SPREAD = 0.4
_FACTORS = np.exp(_SPREAD * ndtri((np.arange(1000) + 0.5) / 1000))
# Days after which more than half of the postings of each world are closed.
_LONGEST = 400
# A posting that the last crawl before its first sighting would not have shown has no known date, and counts if that
# crawl was no longer ago than this, like int_posting_durations.
_MAX_START_GAP = 2.0


@dataclass(frozen=True)
class Lifetimes:
    """A distribution of lifetimes.

    Attributes:
        name: As in the table.
        median: Of an employer whose factor is 1.
        open_after: Share still open after so many medians.
        drawn: Draws lifetimes in medians.
        expire: Days on each of which one posting in five expires.
    """

    name: str
    median: float
    open_after: Callable[[Numbers], Numbers]
    drawn: Callable[[np.random.Generator, int], Numbers]
    expire: tuple[int, ...] = ()

    def true_median(self, begins_day: int) -> float:
        """Return the day until which half of the postings open on a day are closed."""
        half = self._open(begins_day) / 2
        return float(bisect(lambda day: self._open(day) - half, begins_day, _LONGEST))

    def _open(self, day: float) -> float:
        """Return the share of postings that are open after a day, among employers of all factors."""
        share = float(np.mean(self.open_after(day / (self.median * _FACTORS))))
        return share * (1 - 0.2 * sum(expires <= day for expires in self.expire))


def _exponential(median: float, expire: tuple[int, ...] = ()) -> Lifetimes:
    name = "two in five expire on day 30 or 60" if expire else "exponential"
    return Lifetimes(name, median, lambda t: np.exp2(-t), lambda draw, n: draw.exponential(1 / np.log(2), n), expire)


_LOGNORMAL = Lifetimes(
    "lognormal", 20, lambda t: 1 - ndtr(np.log(np.maximum(t, 1e-9))), lambda draw, n: np.exp(draw.normal(0, 1, n))
)
_WEIBULL = Lifetimes(
    "Weibull, shape 2", 30, lambda t: np.exp2(-(t**2)), lambda draw, n: np.sqrt(draw.exponential(1 / np.log(2), n))
)
_GAPS = {"daily": 1, "every 2 days": 2, "every 4 days": 4, "weekly": 7, "every 8 days": 8}
_IRREGULAR, _HALF, _OUTAGE = "1 to 13 days apart", "half of the employers daily, half weekly", "daily, none for 24 days"


@dataclass(frozen=True)
class World:
    """A row of the table.

    Attributes:
        employers: Number of employers.
        each: Mean number of postings per employer.
        lifetimes: Of their postings.
        crawls: A key of ``_GAPS`` or one of the other schedules.
        is_unequal: Whether each employer has half of the postings of the one before.
        has_dates: Whether boards date their postings.
    """

    employers: int
    each: int
    lifetimes: Lifetimes
    crawls: str
    is_unequal: bool = False
    has_dates: bool = True

    def sizes(self) -> Indexes:
        """(employers,): postings."""
        if not self.is_unequal:
            return np.full(self.employers, self.each)
        halved = self.employers * self.each / 2.0 ** np.arange(1, self.employers + 1)
        return np.maximum(1, np.round(halved)).astype(np.int64)

    def looks(self, draw: np.random.Generator) -> list[Numbers]:
        """Draw the moments at which each employer is crawled."""
        if self.crawls == _HALF:
            return [_every(draw, 1 if employer % 2 else 7) for employer in range(self.employers)]
        if self.crawls == _IRREGULAR:
            moments = draw.uniform(0, 1) + np.cumsum(draw.choice([1, 2, 3, 5, 8, 13], 200))
            moments = moments[moments <= _LAST_DAY]
        else:
            moments = _every(draw, _GAPS.get(self.crawls, 1))
        if self.crawls == _OUTAGE:
            moments = moments[(moments < 80) | (moments > 104)]
        return [moments] * self.employers

    def watched(self, draw: np.random.Generator) -> Lives:
        """Draw what the crawls see."""
        company = np.repeat(np.arange(self.employers), self.sizes())
        factor = np.exp(draw.normal(0, _SPREAD, self.employers))[company]
        length = self.lifetimes.median * factor * self.lifetimes.drawn(draw, len(company))
        chance = draw.random(len(company))
        for number, day in enumerate(self.lifetimes.expire):
            expires = (chance >= 0.2 * number) & (chance < 0.2 * (number + 1))
            length = np.where(expires, np.minimum(length, day), length)
        begins = draw.uniform(0 if self.has_dates else -_LAST_DAY, _LAST_DAY, len(company))
        found = []
        for employer, looks in enumerate(self.looks(draw)):
            of = company == employer
            found.append(_seen(looks, begins[of], (begins + length)[of], employer, has_dates=self.has_dates))
        entered, last_seen, missed, companies = np.concatenate(found, axis=1).astype(np.int64)
        return Lives(entered, last_seen, missed, np.unique(companies, return_inverse=True)[1])


def _every(draw: np.random.Generator, days: int) -> Numbers:
    return np.arange(draw.uniform(0, days), _LAST_DAY, days)


def _seen(looks: Numbers, begins: Numbers, ends: Numbers, employer: int, *, has_dates: bool) -> Numbers:
    """Return (4, postings): the columns of Lives for the postings that some crawl of the employer saw."""
    first, last = np.searchsorted(looks, begins), np.searchsorted(looks, ends) - 1
    kept = first <= last
    if not has_dates:
        kept &= first > 0
        pause = looks[np.minimum(first, len(looks) - 1)] - looks[np.maximum(first - 1, 0)]
        kept &= pause <= _MAX_START_GAP + 1e-6
    first, last, begins = first[kept], last[kept], begins[kept]
    if not has_dates:
        begins = looks[first]
    last_seen = np.round(looks[last] - begins)
    is_missed = last + 1 < len(looks)
    missed = np.maximum(np.round(looks[np.minimum(last + 1, len(looks) - 1)] - begins), last_seen + 1)
    missed = np.where(is_missed, missed, STILL_OPEN)
    return np.stack([np.round(looks[first] - begins), last_seen, missed, np.full(len(first), employer)])


def worlds() -> Iterator[World]:
    """List the rows of the table."""
    for median in (15, 30, 45):
        for crawls in ("daily", "every 4 days", "every 8 days", _IRREGULAR):
            yield World(60, 15, _exponential(median), crawls)
    for lifetimes in (_LOGNORMAL, _WEIBULL, _exponential(64, expire=(30, 60))):
        for crawls in ("daily", "weekly", _IRREGULAR):
            yield World(60, 15, lifetimes, crawls)
    for crawls in (_HALF, _OUTAGE):
        yield World(60, 15, _exponential(30), crawls)
    for employers, each in ((6, 10), (8, 12), (15, 10), (45, 4)):
        for is_unequal in (False, True) if employers > 6 else (False,):
            for crawls in ("daily", "weekly"):
                yield World(employers, each, _exponential(30), crawls, is_unequal)
    for crawls in ("daily", "every 2 days"):
        yield World(60, 15, _WEIBULL, crawls, has_dates=False)


def covers(found: TimeToClose, truth: float) -> bool:
    """Return whether the interval of the median covers the truth, rounded to a whole day."""
    low = -1 if found.median_low is None else found.median_low
    return low <= round(truth) and (found.median_high is None or round(truth) <= found.median_high)


def simulated(world: World, number: int, n_worlds: int) -> tuple[float, float, float]:
    """Return the mean of the true medians, by how many days the estimates are off, and how often intervals cover."""
    truths, off, covered = [], [], []
    known: dict[int, float] = {}
    for seed in range(n_worlds):
        found = time_to_close(world.watched(np.random.default_rng([number, seed])))
        if found.begins_day is None:
            continue
        if found.begins_day not in known:
            known[found.begins_day] = world.lifetimes.true_median(found.begins_day)
        truths.append(known[found.begins_day])
        covered.append(covers(found, truths[-1]))
        if found.median_days is not None:
            off.append(found.median_days - truths[-1])
    return float(np.mean(truths)), float(np.mean(off)), float(np.mean(covered))


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=1000, help="draws of each row")
    n_worlds = parser.parse_args(arguments).worlds
    sys.stdout.write(
        "| employers × postings | lifetimes, median days | crawls | days off | covers |\n|---|---|---|---|---|\n"
    )
    for number, world in enumerate(worlds()):
        truth, off, covered = simulated(world, number, n_worlds)
        sizes = f"{world.employers} × {world.each}{', unequal' if world.is_unequal else ''}"
        lifetimes = f"{world.lifetimes.name}, {truth:.0f}{'' if world.has_dates else ', no dates'}"
        figures = f"{round(off, 1) + 0.0:+.1f} | {100 * covered:.0f} %"  # not "-0.0"
        sys.stdout.write(f"| {sizes} | {lifetimes} | {world.crawls} | {figures} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
