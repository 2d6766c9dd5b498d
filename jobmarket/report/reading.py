"""How to read the report: its measures and status labels."""

from __future__ import annotations

from dataclasses import dataclass

from jobmarket.report.language import say


@dataclass(frozen=True)
class Term:
    """A term and its definition; ``status`` if it is a status label."""

    name: str
    text: str
    status: str | None = None


def terms() -> tuple[Term, ...]:
    """Return the definitions of the measures."""
    return (
        Term(
            say("Stock and flow."),
            say(
                "Open postings (stock) were open at some point during the week. New postings (flow) are those "
                "published during the week by an employer that was already being observed. The same job on two boards "
                "counts once. Shares are based on postings with a description; a word in the employer’s boilerplate "
                "does not count as demand."
            ),
        ),
        Term(
            say("Intervals."),
            say(
                "The main shares and medians of a section come with their 95% interval, which allows for the postings "
                "of one employer being alike. Figures that only describe them, such as parts of a share or earlier "
                "weeks, come without. The text names a rise or fall only if it is significant; tables also list "
                "changes that are not. Among the skills of one cell and week (a role family in a country), at most one "
                "in twenty of those flagged is expected to be due to chance. This rate does not apply to flags that "
                "are picked by their size or pooled across cells. A flag allows for the number of comparisons, an "
                "interval only where its note says so: without a flag, an interval that excludes zero may well be due "
                "to chance."
            ),
        ),
        Term(
            say("Seasons."),
            say(
                "No figure is seasonally adjusted. A change over four or thirteen weeks compares different times of "
                "the year and includes whatever recurs every year."
            ),
        ),
        Term(
            say("Sample sizes."),
            say(
                "n is the number of postings behind an estimate. A cell with too few postings or employers, or "
                "dominated by one employer, is not shown."
            ),
        ),
        Term(
            say("Coverage."),
            say(
                "For boards and the whole market, the share of the expected employers that were observed, in the week "
                "and again after it, each of them counting as one. Beside other figures employers count by their "
                "postings, so that the two differ. "
                "Beside pay over the half year, openings of employers that joined or left meanwhile count as not "
                "covered."
            ),
        ),
        Term(
            say("Pay."),
            say(
                "Pay as postings state it: the midpoint of base pay ranges, converted to a yearly amount and to US "
                "dollars at the rate of the day of posting. On-target earnings and total packages are left out. An "
                "amount that cannot be converted counts only in the share of postings that state pay."
            ),
        ),
        Term(
            say("Queries."),
            say(
                "Below each figure is the query behind the numbers of its chart and table, or of the sentence in their "
                "place. Run it in the DuckDB shell on the published file of the vintage named below to get the same "
                "numbers."
            ),
        ),
    )


def labels() -> tuple[Term, ...]:
    """Return the definitions of the status labels."""
    return (
        Term(
            say("final"),
            say(
                "The week’s postings are in; the figure is not expected to change. A status that applies to a whole "
                "figure appears once, beside its title, or not at all if it is final. Items that are not estimates, "
                "such as single postings and checks, have none."
            ),
            "final",
        ),
        Term(say("provisional"), say("A recent week: postings found late may still change it."), "provisional"),
        Term(say("suppressed"), say("The sample is too small to show."), "suppressed"),
        Term(
            say("coverage break"),
            say(
                "Too few of the expected employers were observed, far more or fewer than in the week before, or "
                "employers that came or went account for more than 2% of the postings: not comparable."
            ),
            "coverage_break",
        ),
    )
