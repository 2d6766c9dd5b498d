"""The table of coverage of the time to close is made by benchmarks.closing, whose worlds have the planted medians."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.closing import main, simulated, worlds


def _first_columns(table: str) -> list[tuple[str, str, str]]:
    """Return employers, lifetimes and crawls of each row."""
    return re.findall(r"^\| (\d+ × [^|]+) \| ([^|]+) \| ([^|]+) \|", table, re.MULTILINE)


def test_the_table_of_the_methods_has_the_rows_that_the_command_prints(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--worlds", "1"])
    printed = _first_columns(capsys.readouterr().out)
    page = (root / "docs" / "methods_simulations.md").read_text(encoding="utf-8")
    section = page.partition("\n## Time to close\n")[2].partition("\n## ")[0]
    stated = [row for row in _first_columns(section) if "all left in" not in row[1]]
    assert len(printed) >= 39
    # a few worlds may begin later, which moves the true median by a day
    without_days = [[re.sub(r", \d+", "", cell) for cell in row] for row in printed]
    assert without_days == [[re.sub(r", \d+", "", cell) for cell in row] for row in stated]


@pytest.mark.parametrize("crawls", ["daily", "every 8 days"])
def test_the_estimate_of_the_worlds_is_near_their_truth(crawls: str) -> None:
    (world,) = (world for world in worlds() if world.crawls == crawls and world.lifetimes.median == 15)
    truth, off, covered = simulated(world, 0, 60)
    assert truth == pytest.approx(14.7, abs=0.1)
    assert abs(off) < 0.6
    assert covered >= 0.9


def test_half_of_the_postings_are_closed_on_the_true_median() -> None:
    draw = np.random.default_rng(4)
    for lifetimes in {world.lifetimes.name: world.lifetimes for world in worlds()}.values():
        factor = np.exp(draw.normal(0, 0.4, 200_000))
        length = lifetimes.median * factor * lifetimes.drawn(draw, 200_000)
        for day in lifetimes.expire:
            length = np.where((draw.random(200_000) < 0.2 / (1 - 0.2 * (day == 60))) & (length > day), day, length)
        assert np.median(length) == pytest.approx(lifetimes.true_median(0), rel=0.02)
