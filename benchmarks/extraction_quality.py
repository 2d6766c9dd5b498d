"""Measure the extraction on labelled postings: `python -m benchmarks.extraction_quality GOLD POSTINGS --sample NAME`.

GOLD and POSTINGS are JSON Lines files, joined on "id": labels as `jobmarket extract` writes facts, and postings as it
reads them. The counts by field, degree and skill replace the sample's rows in the seed ``extraction_quality.csv``, and
what was measured and when its row in ``extraction_samples.csv``; the mart ``rpt_extraction_quality`` turns both into
precision and recall with intervals. A field without any label in the sample gets no row. Only counts are written; the
labels stay in their file.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jobmarket.extract.folding import fold
from jobmarket.extract.jsonl import extract_file
from jobmarket.extract.taxonomy import Taxonomy
from jobmarket.extract.version import extractor_version

SEEDS = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds"
COUNTS, SAMPLES = "extraction_quality", "extraction_samples"
COLUMNS = {
    COUNTS: ("sample", "subject", "name", "n_labelled", "n_predicted", "n_right", "n_found"),
    SAMPLES: (
        "sample", "is_held_out", "language", "is_reference", "skill_convention", "postings_from", "n_postings",
        "taxonomy_version", "extractor_version", "measured_on",
    ),
}  # fmt: skip
# What a person says of a sample; these are the values until somebody does.
SAID = {"language": "all", "is_reference": "false", "skill_convention": "technical", "postings_from": "Not stated"}
LABELS = ("role_family", "seniority", "workplace", "employment_type", "degree_min", "years_min")
# Most postings ask for no degree, so the accuracy of degree_min says little about those that do.
DEGREES = {"bachelor", "master", "phd"}
# A skill with fewer labels and findings than this gets no row of its own.
LEAST = 3

Record = Mapping[str, Any]
Words = tuple[str, ...]


class Tally:
    """Counts for one field or skill: labels, findings, correct findings, labels found."""

    def __init__(self) -> None:
        self.labelled = self.predicted = self.right = self.found = 0

    def sets(self, labels: set[Any], found: set[Any]) -> None:
        """Add a posting's labels and findings, compared as sets."""
        both = len(labels & found)
        self.labelled += len(labels)
        self.predicted += len(found)
        self.right += both
        self.found += both

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The four counts, in the order of the seed's columns."""
        return self.labelled, self.predicted, self.right, self.found


def measure(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> dict[tuple[str, str], Tally]:
    """Return (subject, name) → tally, where the subject is ``field``, ``skill`` or ``degree``.

    A field missing from a posting's labels is not counted for it: a sample may be labelled for some fields only.
    """
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    wordings = _wordings()
    for key, labels in gold.items():
        found = predicted.get(key, {})
        for field in LABELS:
            if field in labels and labels[field] != "multiple":
                tallies["field", field].sets({(labels[field],)}, {(found.get(field),)})
        if "degree_min" in labels:
            asked, read = ({one.get("degree_min")} & DEGREES for one in (labels, found))
            for degree in asked | read:
                tallies["degree", degree].sets(asked & {degree}, read & {degree})
        if "salaries" in labels:
            pays = (set(map(_pay, one.get("salaries", ()))) for one in (labels, found))
            tallies["field", "salaries"].sets(*pays)
        if "locations" in labels:
            for field, part in (("countries", _country), ("cities", _city)):
                sets = ({part(place) for place in one.get("locations", ())} - {None} for one in (labels, found))
                tallies["field", field].sets(*sets)
        if "skills" in labels:
            _count_skills(tallies, wordings, labels, found)
    return dict(tallies)


def _count_skills(
    tallies: dict[tuple[str, str], Tally], wordings: Mapping[Words, str], labels: Record, found: Record
) -> None:
    wanted = [_words(skill["surface"]) for skill in labels["skills"] if skill["level"] != "context"]
    got = {skill["name"]: skill for skill in found.get("skills", ()) if skill["level"] != "context"}
    every = tallies["field", "skills"]
    seen = [{_words(skill["surface"] or name), _words(name)} for name, skill in got.items()]
    for name, skill in got.items():
        is_right = any(_overlap(_words(skill["surface"] or name), label) for label in wanted)
        for tally in (every, tallies["skill", name]):
            tally.predicted += 1
            tally.right += is_right
    for label in wanted:
        is_found = any(_overlap(label, words) for surfaces in seen for words in surfaces)
        named = wordings.get(label)
        for tally in (every, *([tallies["skill", named]] if named else [])):
            tally.labelled += 1
            tally.found += is_found


def _wordings() -> dict[Words, str]:
    """Return wording → skill, leaving out wordings that stand for several skills."""
    names = {row["skill_id"]: row["name"] for row in read_seed("skills")}
    skills: dict[Words, set[str]] = defaultdict(set)
    for name in names.values():
        skills[_words(name)].add(name)
    for row in read_seed("skill_aliases"):
        skills[_words(row["alias"])].add(names[row["skill_id"]])
    return {words: names.pop() for words, names in skills.items() if len(names) == 1}


def _words(text: str) -> Words:
    return tuple(re.findall(r"[a-z0-9à-ÿ]+(?:[+#]+)?", text.lower().replace("’", "'")))


def _overlap(one: Words, other: Words) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _pay(pay: Record) -> tuple[Any, ...]:
    ends = (None if pay[end] is None else round(float(pay[end]), 2) for end in ("min", "max"))
    return (*ends, pay["currency"], pay["period"])


def _country(place: Record) -> str | None:
    country: str | None = place["country"]
    return country


def _city(place: Record) -> tuple[str, str | None] | None:
    return (fold(place["city"]).strip(), place["country"]) if place["city"] else None


def rows_of(labels: Mapping[str, Record], postings: Path, sample: str, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    """Extract facts from the postings and yield the sample's counts."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        extract_file(postings, found, taxonomy)
        tallies = measure(labels, read_records(found))
    for (subject, name), tally in sorted(tallies.items()):
        if subject != "skill" or max(tally.counts) >= LEAST:
            values = (sample, subject, name, *map(str, tally.counts))
            yield dict(zip(COLUMNS[COUNTS], values, strict=True))


def read_records(path: Path) -> dict[str, Record]:
    """Return id → record of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return {str(record["id"]): record for line in file if line.strip() for record in [json.loads(line)]}


def read_seed(name: str, seeds: Path = SEEDS) -> list[dict[str, str]]:
    """Return the rows of a seed; none if the file does not exist."""
    seed = seeds / f"{name}.csv"
    if not seed.exists():
        return []
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replace_rows(name: str, sample: str, rows: Iterable[Mapping[str, str]], seeds: Path) -> None:
    """Replace a sample's rows in a seed, which is ordered by sample, subject and name."""
    kept = (row for row in read_seed(name, seeds) if row["sample"] != sample)
    ordered = sorted((*kept, *rows), key=lambda row: (row["sample"], row.get("subject", ""), row.get("name", "")))
    with (seeds / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def main(arguments: list[str] | None = None) -> None:
    """Measure a sample and replace its earlier rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="labels, one JSON object per line")
    parser.add_argument("postings", type=Path, help="the labelled postings, one JSON object per line")
    parser.add_argument("--sample", default="development", help="name of the sample in the mart")
    parser.add_argument("--held-out", action="store_true", help="no extraction rule was written from this sample")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    taxonomy, labels = Taxonomy.from_seeds(SEEDS), read_records(given.gold)
    rows = list(rows_of(labels, given.postings, given.sample, taxonomy))
    said = next((row for row in read_seed(SAMPLES, given.seeds) if row["sample"] == given.sample), SAID)
    measured = {
        "sample": given.sample, "is_held_out": str(given.held_out).lower(), "n_postings": str(len(labels)),
        "taxonomy_version": taxonomy.version, "extractor_version": extractor_version(),
        "measured_on": datetime.now(UTC).date().isoformat(),
    }  # fmt: skip
    replace_rows(COUNTS, given.sample, rows, given.seeds)
    replace_rows(SAMPLES, given.sample, [{**said, **measured}], given.seeds)
    totals: Counter[str] = Counter(row["subject"] for row in rows)
    counted = f"{totals['field']} fields, {totals['degree']} degrees and {totals['skill']} skills"
    sys.stdout.write(f"{given.seeds}: sample {given.sample}, {counted}\n")


if __name__ == "__main__":
    main()
