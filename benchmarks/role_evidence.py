"""Fit the weights of role evidence: `python -m benchmarks.role_evidence GOLD POSTINGS [GOLD POSTINGS ...]`.

Each pair is a sample: labels and postings as JSON Lines, joined on "id". Only postings count whose title says "AI" or
"ML" and whose label is one of the weighed families. The weights are those of a multinomial logistic regression, written
to ``jobmarket/extract/role_evidence.csv``; the labels stay in their files.

Prints a cross-validation: how many postings of each sample are classified correctly with weights fitted to the other
samples only, beside what the rules alone get right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobmarket.extract.document import read_document
from jobmarket.extract.role import reading_of, ruled_family
from jobmarket.extract.role_evidence import FAMILIES, HEAD_START, LEAST_TEXT, TABLE, cues, values

# Ridge penalty on the weights, with values scaled to one standard deviation.
_RIDGE = 10.0
_STEPS, _RATE = 600, 0.5

Matrix = NDArray[np.float64]


class Example(NamedTuple):
    """A labelled posting: its sample, its label, the family by the rules, the values of the cues."""

    sample: str
    label: str
    ruled: str
    values: list[float]


def examples(gold: Path, postings: Path) -> Iterator[Example]:
    """Yield the postings of a sample whose role family is decided by evidence."""
    with gold.open(encoding="utf-8") as file:
        labels: dict[str, str] = {label["id"]: label["role_family"] for label in map(json.loads, file)}
    with postings.open(encoding="utf-8") as file:
        for posting in map(json.loads, file):
            document = read_document(posting["title"], posting["location"], posting["description_html"])
            title, reading = reading_of(document)
            ruled = ruled_family(document)
            label = labels.get(posting["id"], "")
            if title and len(document.text) >= LEAST_TEXT and {label, ruled} <= set(FAMILIES):
                yield Example(str(gold), label, ruled, values(title, reading, document))


def fitted(found: list[Example]) -> Matrix:
    """Return the weights, one row per cue and one column per family."""
    table = np.array([example.values for example in found])
    wanted = np.eye(len(FAMILIES))[[FAMILIES.index(example.label) for example in found]]
    always = np.array([cue.place == "always" for cue in cues()])
    mean, scale = np.where(always, 0, table.mean(0)), np.where(always, 1, table.std(0) + 1e-9)
    scaled = (table - mean) / scale
    weights = np.zeros((scaled.shape[1], len(FAMILIES)))
    for _ in range(_STEPS):
        odds = np.exp(scaled @ weights - (scaled @ weights).max(1, keepdims=True))
        slope = scaled.T @ (odds / odds.sum(1, keepdims=True) - wanted)
        weights -= _RATE * (slope + _RIDGE * weights * ~always[:, None]) / len(found)
    weights /= scale[:, None]
    weights[always] -= mean @ weights
    return weights


def right(found: list[Example], weights: Matrix) -> int:
    """Return how many postings the evidence, with the rules' head start, classifies as labelled."""
    scores = np.array([example.values for example in found]) @ weights
    scores[range(len(found)), [FAMILIES.index(example.ruled) for example in found]] += HEAD_START
    return sum(FAMILIES[best] == example.label for best, example in zip(scores.argmax(1), found, strict=True))


def main(arguments: list[str] | None = None) -> None:
    """Fit the weights, print their cross-validation, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="GOLD POSTINGS")
    parser.add_argument("--table", type=Path, default=TABLE, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    pairs = list(zip(options.files[::2], options.files[1::2], strict=True))
    found = [example for gold, postings in pairs for example in examples(gold, postings)]
    for gold, _ in pairs:
        own = [example for example in found if example.sample == str(gold)]
        others = [example for example in found if example.sample != str(gold)]
        ruled = sum(example.label == example.ruled for example in own)
        others_right = f", weights fitted to the others {right(own, fitted(others))}" if own and others else ""
        sys.stdout.write(f"{gold}: of {len(own)} the rules get {ruled} right{others_right}\n")
    weights = fitted(found)
    sys.stdout.write(f"all: of {len(found)}, weights fitted to all of them get {right(found, weights)} right\n")
    with options.table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("cue", "place", "words", *FAMILIES))
        writer.writerows(
            (cue.name, cue.place, cue.words, *(f"{weight:.2f}" for weight in row))
            for cue, row in zip(cues(), weights, strict=True)
        )


if __name__ == "__main__":
    main()
