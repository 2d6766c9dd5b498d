"""Claims of published pages about the role, compared with the observed figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jobmarket.report import formats, names
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import labelled, mark, say
from jobmarket.report.queries import Published
from jobmarket.report.sections.window import so_far
from jobmarket.report.tables import Field, Table, table

TABLE = "rpt_published_claims"
_SOURCES = (
    mark("career site of an HR tool, France"), mark("candidate-matching tool, United States"),
    mark("board for automation roles, United States"), mark("career-path page"), mark("template of a hiring suite"),
)  # fmt: skip
_SHARES = ("skill_share", "degree_share", "specialisations_paid_more")
# Claims that disagree come first.
VERDICTS = ("above", "below", "not_refuted", "within", "not_comparable")
_DISAGREE = ("above", "below")
_PREMIUMS = ("region_premium", "specialisation_premium", "family_premium", "total_over_base")


@dataclass(frozen=True)
class Claim:
    """A figure stated on a page, and the observed one."""

    claim_id: str
    source: str
    stated_for_year: int | None
    measure: str
    role_family: str
    country: str
    experience_band: str
    company_size_band: str
    pay_region: str
    pay_region_name: str | None
    subject: str | None
    claim_low: float | None
    claim_high: float | None
    currency: str | None
    week_start: date | None
    n_postings: int | None
    n_companies: int | None
    observed: float | None
    observed_low: float | None
    observed_high: float | None
    judged_low: float | None
    judged_high: float | None
    verdict: str
    status: str
    floor_reason: str | None


def claims_section(published: Published) -> Section:
    """Each claim with its observed counterpart, or with the reason why it cannot be compared."""
    key, title = "claims-observed", say("Published and observed figures")
    figure = _figure(published, key, title)
    return Section("claims", say("Published claims"), figures=(figure,))


def _figure(published: Published, key: str, title: str) -> Figure:
    rows = published.source.rows(
        Claim,
        TABLE,
        "$role_family in ('all', role_family) and $country in ('all', country) "
        "order by list_position($verdicts, verdict), claim_id",
        verdicts=list(VERDICTS),
    )
    if not rows:
        return Figure(key, title, absence=say("No published claim concerns this part of the market."))
    compared = [row for row in rows if row.verdict != "not_comparable"]
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in VERDICTS[:-1]}
    note = say(
        "Of {n} claims on published pages, {compared} can be compared with the openings of the half year. The observed "
        "figure, with its entire 95% interval, lies within the claim in {within}, above it in {above} and below it in "
        "{below}; {not_refuted} can be neither supported nor refuted. A claim made in words counts as a single bound.",
        n=formats.count(len(rows)),
        compared=formats.count(len(compared)),
        **{verdict: formats.count(number) for verdict, number in counts.items()},
    )
    note = f"{note} {so_far(published, 'pay')}".rstrip()
    read = say(
        "The intervals do not allow for what was overlooked or misread. Where that could bring a share into the "
        "claim, or take it out, the claim is neither supported nor refuted (see “Text extraction”)."
    )
    note = f"{note} {read}"
    caption = say("Published claims and observed figures")
    shown = table(
        caption,
        rows,
        Field("claim", say("Claim"), "words", _subject),
        Field("claimed", say("Claimed"), "words", _claimed),
        Field("observed", say("Observed, with its 95% interval"), "words", _observed),
        Field("verdict", say("Verdict"), "status"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("source", say("Source"), "words", _source),
        Field("status", say("Status"), "status"),
    )
    return Figure(
        key,
        title,
        note=note,
        table=replace(shown, n_open=sum(row.verdict in _DISAGREE for row in rows)),
        numbers=_numbers(caption, rows),
        query=rows.query,
    )


def _numbers(caption: str, rows: list[Claim]) -> Table:
    return table(
        caption,
        rows,
        Field("claim_id", say("Claim")),
        Field("source", say("Source"), "code", write=_kind_of_source),
        Field("stated_for_year", say("Stated for"), "year"),
        Field("measure", say("Measure"), "code", write=names.measure),
        Field("role_family", say("Role family"), "code"),
        Field("country", say("Country"), "code", write=names.country),
        Field("experience_band", say("Experience"), "code", write=names.experience),
        Field("company_size_band", say("Employer"), "code"),
        Field("pay_region_name", say("Region"), "code", write=_region),
        Field("subject", say("Subject"), "code", write=_parts),
        Field("claim", say("Claimed"), "decimal_interval", lambda row: (row.claim_low, row.claim_high)),
        Field("observed", say("Observed"), "decimal"),
        Field("observed", say("95% interval"), "decimal_interval", lambda row: (row.observed_low, row.observed_high)),
        Field(
            "judged", say("Allowing for misreading"), "decimal_interval", lambda row: (row.judged_low, row.judged_high)
        ),
        Field("currency", say("Currency")),
        Field("verdict", say("Verdict"), "status"),
        Field("n_postings", say("n"), "count"),
        Field("n_companies", say("Employers"), "count"),
        Field("status", say("Status"), "status"),
    )


def _kind_of_source(source: str) -> str:
    return say(source) if source in _SOURCES else formats.whole(source)


def _region(name: str | None) -> str:
    return names.name("all") if name is None or name == "all" else names.region(name)


def _source(row: Claim) -> str:
    source = _kind_of_source(row.source)
    return f"{source}, {row.stated_for_year}" if row.stated_for_year else source


def _claimed(row: Claim) -> str:
    """The claimed range. A share has no bound at 0 or 1, which any share keeps."""
    low, high = row.claim_low, row.claim_high
    if row.measure in _SHARES:
        low, high = low or None, None if high == 1 else high
    return _range(row, low, high)


def _observed(row: Claim) -> str:
    """The observed figure, with the reason if the verdict is open, or the reason why there is none."""
    if row.observed is None:
        return names.reason(row.floor_reason)
    shown = f"{_written(row, row.observed)} ({_range(row, row.observed_low, row.observed_high)})"
    return say("{figure}; {reason}", figure=shown, reason=_why_open(row)) if row.verdict == "not_refuted" else shown


def _why_open(row: Claim) -> str:
    reaches_out = _is_below(row.observed_low, row.claim_low) or _is_below(row.claim_high, row.observed_high)
    if not reaches_out and row.judged_low is not None:
        judged = _range(row, row.judged_low, row.judged_high)
        return say("allowing for misreading, {interval}", interval=judged)
    if row.measure == "specialisations_paid_more":
        return say("the intervals of some others overlap its own")
    return say("part of the interval lies outside the claim")


def _is_below(value: float | None, bound: float | None) -> bool:
    return value is not None and bound is not None and value < bound


def _subject(row: Claim) -> str:
    """What is counted, and where."""
    counted = names.measure(row.measure)
    parts = [labelled(counted, _parts(row.subject)) if row.subject else counted]
    cells = (
        (row.role_family, names.name), (row.country, names.country),
        (row.experience_band, names.experience), (row.company_size_band, names.name),
    )  # fmt: skip
    parts += [write(cell) for cell, write in cells if cell != "all"]
    if row.pay_region != "all":
        parts.append(names.region(row.pay_region_name or row.pay_region))
    return ", ".join(parts)


def _parts(subject: str | None) -> str:
    """Name the parts of a subject: degrees and specialisations are translated, skills keep their names."""
    if subject is None:
        return formats.NO_VALUE
    return " / ".join(names.known_name(part) or formats.whole(part) for part in subject.split("|"))


def _written(row: Claim, value: float | None) -> str:
    if value is None:
        return formats.NO_VALUE
    if row.measure in _SHARES:
        return formats.share(value)
    if row.measure in _PREMIUMS:
        return formats.change(value)
    return f"{formats.amount(value)} {row.currency}" if row.currency else formats.plain(value)


def _range(row: Claim, low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return formats.NO_VALUE
    if low is None:
        return say("up to {value}", value=_written(row, high))
    if high is None:
        return say("from {value}", value=_written(row, low))
    if row.currency:
        return f"{formats.amount_interval(low, high)} {row.currency}"
    return say("{low} to {high}", low=_written(row, low), high=_written(row, high))
