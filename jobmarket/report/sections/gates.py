"""Results of the data checks: how many passed, and what the failed ones observed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobmarket.report import formats
from jobmarket.report.figures import Figure
from jobmarket.report.language import mark, say
from jobmarket.report.queries import Published
from jobmarket.report.tables import Field, table

TABLE = "gate_results"
# Units that checks count, as named in their suites; a test checks that the list is complete.
UNITS = (
    mark("batches"), mark("boards"), mark("columns of schema marts"), mark("companies"), mark("company crawls"),
    mark("fields of a company's or a board's postings"), mark("mentions"), mark("origins"), mark("pay ranges"),
    mark("places"), mark("postings"), mark("postings with several ranges"),
    mark("provenances"), mark("published tables"), mark("ranges"), mark("rows"),
    mark("runs"), mark("skills"), mark("tables of rates"), mark("terms"), mark("versions"),
)  # fmt: skip


@dataclass(frozen=True)
class Passed:
    """Number of passed checks of a gate."""

    gate: str
    n_passed: int
    n_checks: int


@dataclass(frozen=True)
class Unmet:
    """A failed check, and what it observed."""

    gate: str
    table_name: str
    expectation: str
    observed: str | None
    unexpected_count: int | None


def gates_figure(published: Published) -> Figure:
    """Latest results of both gates: counts in a sentence, and one row per failed check."""
    key, title = "gates", say("Data checks")
    gates = published.source.rows(
        Passed,
        TABLE,
        "true group by gate order by gate desc",
        {"n_passed": "count(*) filter (success)", "n_checks": "count(*)"},
    )
    if not gates:
        return Figure(key, title, absence=say("No check results were published with this vintage."))
    note = f"{formats.listed([_counted(gate) for gate in gates])}."
    unmet = published.source.rows(Unmet, TABLE, "not success order by gate desc, table_name, expectation")
    if not unmet:
        return Figure(key, title, absence=note, query=gates.query)
    remark = say(
        "A critical check that fails keeps the data from being published; these are warnings. The data docs explain, "
        "under the name of each check, what operators should do."
    )
    return Figure(
        key,
        title,
        note=f"{note} {remark}",
        table=table(
            say("Failed checks"),
            unmet,
            Field("about", say("Checked"), "words", lambda row: _subject(row.table_name)),
            Field("expectation", say("Check")),
            Field("observed", say("Observed"), "words", lambda row: observed(row.observed)),
        ),
        numbers=table(
            say("Failed checks"),
            unmet,
            Field("gate", say("Gate")),
            Field("table_name", say("Table")),
            Field("expectation", say("Check")),
            Field("unexpected_count", say("Unexpected rows"), "count"),
            Field("observed", say("Observed")),
        ),
        query=f"{gates.query};\n\n{unmet.query}",
    )


def _counted(gate: Passed) -> str:
    counts = {"passed": formats.count(gate.n_passed), "all": formats.count(gate.n_checks)}
    if gate.gate == "raw":
        return say("{passed} of {all} checks of the data received from the boards passed", **counts)
    return say("{passed} of {all} checks of the published data passed", **counts)


def observed(text: str | None) -> str | None:
    """Translate what a check observed, such as ``23 of 4,933 company crawls``; unknown text stays as it is."""
    if text is None:
        return None
    if text.startswith("could not be checked"):
        return say("could not be checked")
    counted = re.fullmatch(r"([\d,]+)(?: of ([\d,]+))? (.+)", text)
    if counted is None or counted[3] not in UNITS:
        return formats.whole(text)
    numbers = [formats.count(int(number.replace(",", ""))) for number in counted.groups()[:2] if number]
    unit = say(counted[3])
    if len(numbers) == 1:
        return say("{n} {unit}", n=numbers[0], unit=unit)
    return say("{n} of {all} {unit}", n=numbers[0], all=numbers[1], unit=unit)


def _subject(table_name: str) -> str:
    """The content of a table, for readers who do not know the tables, and its name, as several have the same checks."""
    schema, _, name = table_name.rpartition(".")
    kind, _, of_kind = ("raw", "", name) if schema == "raw" else name.partition("_")
    subjects = {
        "raw": {"crawl_runs": say("Crawls"), "exchange_rates": say("Other data")}.get(
            name, say("Postings as received")
        ),
        "fct": say("Postings and their content"),
        "dim": say("Lists of skills, employers and places"),
        "rpt": say("Figures by week and half year"),
    }
    subject = subjects.get(kind, say("Other data"))
    return f"{subject} ({of_kind.replace('_', ' ')})" if of_kind else subject
