"""Judge a file of pairs, one JSON object per line: the implementation of ``jobmarket pairs``."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from jobmarket.duplicates.advert import Advert, read_advert
from jobmarket.duplicates.judge import judge
from jobmarket.duplicates.spans import is_moment, span
from jobmarket.json_lines import FileResult, Record, answer_lines, require_id, require_texts

_TEXT_KEYS = (
    "board", "company", "native_id", "title", "location", "description_html", "description_text",
    "posted_at", "seen_at",
)  # fmt: skip
_MOMENTS = ("posted_at", "seen_at")
_SIDES = ("a", "b")


def judge_file(input: Path, output: Path, own_boards: Collection[str]) -> FileResult:
    """Judge the pairs of ``input`` and write the verdicts to ``output``, in order.

    An input line has ``pair_id`` and the postings ``a`` and ``b``, each with ``board``, ``company``, ``native_id``,
    ``title``, ``location``, ``description_html`` or ``description_text``, ``posted_at`` and ``seen_at``, any of which
    may be null; only ``native_id`` may not be left out. An output line has ``pair_id``,
    ``relation``, ``class`` and ``score``. Lines of another form are skipped and reported. The output file appears only
    once it is complete. ``own_boards`` are the board systems on which employers show only their own postings.
    """

    def verdicts(pairs: list[Record]) -> Iterator[Record]:
        for pair in pairs:
            verdict = judge(_advert(pair["a"], own_boards), _advert(pair["b"], own_boards))
            yield {
                "pair_id": pair["pair_id"],
                "relation": verdict.relation.value,
                "class": verdict.text_class,
                "score": round(verdict.score, 4),
            }

    return answer_lines(input, output, _check, verdicts)


def employer_boards(seeds: Path) -> frozenset[str]:
    """Return the board systems of kind ``employer`` in the seed ``board_systems.csv``."""
    with (seeds / "board_systems.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["board"] for row in csv.DictReader(file) if row["kind"] == "employer")


def _check(pair: Record) -> None:
    require_id(pair, "pair_id")
    for side in _SIDES:
        if not isinstance(pair.get(side), dict):
            raise ValueError(f"{side} must be a JSON object with a posting")
        require_texts(pair[side], _TEXT_KEYS, prefix=f"{side}.")
        if "native_id" not in pair[side]:
            raise ValueError(f"{side}.native_id is missing: give the board's own id of the posting, or null")
        for key in _MOMENTS:
            if not is_moment(pair[side].get(key)):
                raise ValueError(
                    f"{side}.{key} is {pair[side][key]!r:.60}, not a date: write 2026-08-20, "
                    "2026-08-20T06:00:00Z, 2026-08 or 2026, or null"
                )


def _advert(posting: Record, own_boards: Collection[str]) -> Advert:
    return read_advert(
        board=posting.get("board") or "",
        native_id=posting.get("native_id"),
        company=posting.get("company"),
        title=posting.get("title") or "",
        location=posting.get("location"),
        html=posting.get("description_html") or posting.get("description_text"),  # plain text is read there too
        is_own_board=posting.get("board") in own_boards,
        span=span(posting.get("posted_at"), posting.get("seen_at")),
    )
