"""What differs from the week before, what of it is owed to what was crawled, and what may be called a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jobmarket.report import changes, formats, gaps
from jobmarket.report.figures import Figure, Section
from jobmarket.report.language import say
from jobmarket.report.queries import PayWeek, Published
from jobmarket.report.sections import coverage, pay
from jobmarket.report.sections.vintages import vintages_figure
from jobmarket.report.tables import Field, table

OPENINGS = "rpt_role_demand_weekly"


@dataclass(frozen=True)
class Opening:
    """Openings of a week, as counted and among employers known in both weeks."""

    week_start: date
    n_postings: int
    matched_index: float | None
    matched_since: date | None
    change_4w: float | None
    change_4w_low: float | None
    change_4w_high: float | None
    status: str
    break_reason: str | None

    @property
    def change(self) -> changes.Change | None:
        """The growth over four weeks among employers known in both."""
        interval = self.change_4w_low, self.change_4w_high
        return changes.of_interval(self.week_start, changes.WEEKS_COMPARED, self.change_4w, interval)


@dataclass(frozen=True)
class Line:
    """A figure in this week and the week before, as readers see it; why they differ, and what changed, where known."""

    what: str
    now: str
    before: str
    why: str
    change: str | None
    status: str


def since_section(published: Published) -> Section:
    """The key figures beside those of the week before, with the part that coverage has in it."""
    key, title = "since-figures", say("This week and the week before")
    lines = [line for line in (*_openings(published), _pay(published), _covered(published)) if line]
    if published.is_recorded or not lines:
        figure = Figure(key, title, absence=say("There is no week before to compare with."))
    else:
        figure = Figure(
            key,
            title,
            note=say(
                "As counted in each week. A difference is no change of the market by itself: beside it stands what is "
                "owed to other employers being observed, or to late postings. A change of the market is told over more "
                "weeks, among employers known in both, with its 95% interval."
            ),
            table=table(
                say("Key figures of the week and of the week before"),
                lines,
                Field("what", say("Figure")),
                Field("now", say("This week")),
                Field("before", say("Week before")),
                Field("why", say("Why they differ"), "words"),
                Field("change", say("Change over more weeks"), "words"),
                Field("status", say("Status"), "status"),
            ),
        )
    return Section("since", say("Since the last issue"), figures=(figure, vintages_figure(published)))


def _openings(published: Published) -> list[Line]:
    if OPENINGS not in published.source.columns:
        return []
    found = {}
    for measure in ("stock", "flow"):
        rows = published.source.rows(
            Opening,
            OPENINGS,
            "measure = $measure and role_family = $role_family and country = $country "
            "and week_start between $before and $week order by week_start",
            measure=measure,
            before=published.week - timedelta(weeks=1),
        )
        if len(rows) == 2:
            found[measure] = rows
    names = {"stock": say("Open postings"), "flow": say("Newly published")}
    return [
        Line(names[measure], formats.count(now.n_postings), formats.count(before.n_postings), _why(before, now),
             _told(now.change), now.status)
        for measure, (before, now) in found.items()
    ]  # fmt: skip


def _why(before: Opening, now: Opening) -> str:
    if now.status == "coverage_break":
        return coverage.with_reason(say("Coverage broke: the two weeks are not comparable."), now.break_reason)
    if now.matched_index is None or not before.matched_index or now.matched_since != before.matched_since:
        return say("Too few employers were observed in both weeks to tell.")
    plain, matched = now.n_postings / before.n_postings - 1 if before.n_postings else 0.0, (
        now.matched_index / before.matched_index - 1
    )  # fmt: skip
    counted, known = formats.change(plain), formats.change(matched)
    told = [say("{plain} as counted, {matched} among employers known in both weeks.", plain=counted, matched=known)]
    if counted != known:
        told.append(say("What the two differ by is owed to coverage."))
    if now.status == "provisional":
        told.append(say("Late postings may still come."))
    return " ".join(told)


def _told(change: changes.Change | None) -> str | None:
    if change is None:
        return None
    told = {
        "since": formats.day(change.earlier),
        "change": formats.change(change.value),
        "interval": formats.change_interval(change.low, change.high),
    }
    if change.is_significant:
        return say("{change} since the week of {since} ({interval}): significant.", **told)
    return say("{change} since the week of {since} ({interval}): not significant.", **told)


def _pay(published: Published) -> Line | None:
    weeks = {row.week_start: row for row in pay.whole_market(published)}
    now, before = weeks.get(published.week), weeks.get(published.week - timedelta(weeks=1))
    if now is None or before is None or None in (now.salary_median_usd_annual, before.salary_median_usd_annual):
        return None
    return Line(
        say("Median stated pay"),
        _median(now),
        _median(before),
        say("Also moves with the mix of levels, countries and employers; no weekly change of pay is claimed."),
        _told(changes.of_pay(now)),
        now.status,
    )


def _median(row: PayWeek) -> str:
    interval = formats.dollars_interval(row.median_low, row.median_high)
    return f"{formats.dollars(row.salary_median_usd_annual)} ({interval})"


def _covered(published: Published) -> Line | None:
    weeks = {row.week_start: row for row in published.boards if row.board == "all"}
    now, before = coverage.this_week(published), weeks.get(published.week - timedelta(weeks=1))
    if now is None or before is None:
        return None
    return Line(
        say("Employers observed"),
        say("{n} of {all}", n=formats.count(now.n_companies_qualified), all=formats.count(now.n_companies_expected)),
        say(
            "{n} of {all}",
            n=formats.count(before.n_companies_qualified),
            all=formats.count(before.n_companies_expected),
        ),
        gaps.in_words(now.main_reason) or say("No gap with a reason."),
        None,
        now.status,
    )
