"""How to read the report: its measures and its labels, in the words of its language."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.language import say


@dataclass(frozen=True)
class Term:
    """A term and what it means; ``status`` if it is a status label."""

    name: str
    text: str
    status: str | None = None


def terms() -> tuple[Term, ...]:
    """The measures."""
    return (
        Term(
            say("Stock and flow."),
            say(
                "Open postings (stock) were open at some time during the week. New postings (flow) are those of them "
                "that were published in it, by an employer that was being observed before. The same job on two boards "
                "counts once. Shares are over postings with a description; a word in the employer’s boiler-plate is no "
                "demand."
            ),
        ),
        Term(
            say("Intervals."),
            say(
                "The shares and medians that a section is about stand with their 95% interval, which allows for one "
                "employer’s postings resembling each other; what only describes them, such as parts of a share and "
                "earlier weeks, stands without. A change is named only where it is significant; among the skills of "
                "one cell and week (a role family in a country), at most one in twenty of those flagged is expected to "
                "be chance. Flags that are picked out by their size, or pooled over cells, have no such rate."
            ),
        ),
        Term(
            say("Seasons."),
            say(
                "No figure is adjusted for the season. A change over four or thirteen weeks compares different times "
                "of the year, and what comes back every year is in it."
            ),
        ),
        Term(
            say("Sample sizes."),
            say(
                "n is the number of postings an estimate rests on. A cell with too few postings or employers, or ruled "
                "by one employer, is not shown."
            ),
        ),
        Term(
            say("Pay."),
            say(
                "What postings state: the midpoint of base pay ranges, put on a year and into US dollars at the rate "
                "of the day of posting. On-target earnings and total packages are left out."
            ),
        ),
        Term(
            say("Queries."),
            say(
                "Under each figure stands the query that gave the numbers of its chart and table, or of the sentence "
                "in their place. In the DuckDB shell, opened on the published file of the vintage named below, it "
                "gives them again."
            ),
        ),
    )


def labels() -> tuple[Term, ...]:
    """The status labels."""
    return (
        Term(
            say("final"),
            say(
                "The week’s postings are in; the figure is not expected to move. A status that all of a figure shares "
                "stands once, beside its title, or not at all where it is final. What is no estimate, such as single "
                "postings and checks, has none."
            ),
            "final",
        ),
        Term(say("provisional"), say("A recent week: late postings may still move it."), "provisional"),
        Term(say("suppressed"), say("Too small a sample to show."), "suppressed"),
        Term(
            say("coverage break"),
            say(
                "Too few of the expected employers were observed, many more or fewer than the week before, or some "
                "that came or went hold more than 2% of its postings: not comparable."
            ),
            "coverage_break",
        ),
    )
