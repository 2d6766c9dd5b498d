"""Shocks to the crawls do not move matched series. Plain series break, and their status shows it.

The tests run the complete transformation.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from jobmarket import warehouse
from jobmarket.settings import Home
from tests.dbt_project.dbt_runs import SETTINGS, run_dbt
from tests.measured import show
from tests.statistics import shocks

Rows = list[tuple[Any, ...]]
Ask = Callable[[str], Rows]
SHOCKED = shocks.FIRST.date() + timedelta(weeks=shocks.SHOCK)
EARLIER_WEEK = 15
# The weeks of each outage and the number of employers that it hits.
OUTAGES = {"truncated": (1, shocks.ODD), "empty": (2, 1)}
# Crawls missed for so long that weeks become final without them. The last week with a crawl after its end is the second
# before the first missed crawl. Discoveries count for up to 24 days, so the last known flow is that of the fifth.
PAUSES = ("paused", "missed")
LAST_COMPLETE = {"stock": SHOCKED - timedelta(weeks=2), "flow": SHOCKED - timedelta(weeks=5)}
# The last week after whose end every market was crawled. For the next one, Thursday's crawl is still missing.
LAST_CRAWLED = SHOCKED + timedelta(weeks=shocks.WEEKS - shocks.SHOCK - 3)
# Two openings in five ask for these, independently of their employer.
RANDOM_SKILLS = ("Python", "Kubernetes", "Docker")
# The models that the tests read. They are built with everything upstream, but without the data tests of other builds.
MARTS = (
    "fct_postings", "rpt_role_demand_weekly", "rpt_salary_grid", "rpt_salary_trend_weekly", "rpt_skill_demand_weekly",
)  # fmt: skip
UNTESTED = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
# The selection for a second build of the same markets.
SHARES = ("--select", "+rpt_skill_demand_weekly")


@pytest.fixture(scope="session")
def shocked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """All markets, crawled for 20 weeks.

    The run of one earlier week is loaded last, as if it had been lost and imported again. Later crawls are judged by
    it: a short list is accepted once three crawls in a row received it.
    """
    home = Home(tmp_path_factory.mktemp("shocks") / "home")
    lost = shocks.SHOCK + 1
    shocks.land(home, range(lost))
    shocks.land(home, range(lost + 1, shocks.WEEKS))
    warehouse.load(home, SETTINGS)
    shocks.land(home, range(lost, lost + 1))
    warehouse.load(home, SETTINGS)
    (home.root / "companies.csv").write_text("board,slug,company,sector,size_band,hq_country,basis\n")
    run_dbt(home, "build", *UNTESTED, "--select", *(f"+{mart}" for mart in MARTS))
    return home


@contextmanager
def _querying(home: Home) -> Iterator[Ask]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def ask(shocked: Home) -> Iterator[Ask]:
    with _querying(shocked) as query:
        yield query


def series(
    ask: Ask, market: str, skill: str, column: str, measure: str = "stock", least: int = 10
) -> dict[date, float]:
    """Return a skill's series in a market, from the first week in which a posting names it."""
    country = shocks.MARKETS[market][1]
    rows = ask(
        f"""select week_start, {column} from marts.rpt_skill_demand_weekly
        where measure = '{measure}' and role_family = 'all' and country = '{country}' and skill_name = '{skill}'
            and seniority = 'all' and workplace = 'all'
            and {column} is not null order by week_start"""
    )
    assert len(rows) >= least, (market, skill, column)
    return dict(rows)


def largest_move(ask: Ask, market: str, column: str, skills: tuple[str, ...] = ("Rust", "PyTorch", "Python")) -> float:
    """Return the largest difference between a market's series and that of the plain market, from the shock on."""
    largest = 0.0
    for skill in skills:
        plain, moved = (series(ask, name, skill, column) for name in ("plain", market))
        weeks = [week for week in plain if week in moved and week >= SHOCKED]
        assert weeks
        largest = max(largest, *(abs(moved[week] - plain[week]) for week in weeks))
    return largest


def course_of_others(ask: Ask, skill: str) -> dict[date, float]:
    """Return a skill's share by week among those employers of the plain market that no shock hits."""
    rows = ask(
        f"""select week_start, avg((skills.posting_key is not null)::int) as share
        from intermediate.int_posting_weeks
        join intermediate.int_posting_segments using (posting_key, version_no)
        left join (
            from intermediate.int_version_skills where skill_name = '{skill}' and level <> 'context'
        ) as skills
            using (posting_key, version_no)
        where seniority = 'all' and workplace = 'all' and measure = 'stock' and is_canonical
            and role_family = 'all' and country = 'FR'
            and split_part(company_slug, '-', 2)::integer >= {shocks.ODD}
        group by all"""
    )
    assert len(rows) == shocks.WEEKS
    return dict(rows)


def chance_of_lost(share: float) -> float:
    """Return two standard errors of the random change in a market's share due to the odd employers' next openings."""
    n_openings = shocks.ODD * (shocks.LIFE + 1)
    return 2 * shocks.ODD / shocks.EMPLOYERS * (2 * share * (1 - share) / n_openings) ** 0.5


# These shocks have separate tests: late and copied postings, and lists cut for good, which finally count as a fall.
_OTHERWISE = ("late", "copied", "shortened")


@pytest.mark.parametrize("market", [market for market in shocks.MARKETS if market not in _OTHERWISE])
def test_no_shock_moves_the_matched_flow_or_a_matched_index(market: str, ask: Ask) -> None:
    # The market does not change, so a figure after the shock must equal the figure before it. The test uses skills that
    # each employer asks for always or never. For other skills, nobody can know what the lost employers' next openings
    # would have asked for. With three of forty published in a week, this alone moves the flow by several points.
    before = LAST_COMPLETE["flow"] if market in PAUSES else SHOCKED - timedelta(weeks=2)
    moves = {}
    for skill in ("Rust", "PyTorch"):
        # if only added employers ask for a skill, it has rows from their first posting on, and its earlier share is 0
        course = series(ask, market, skill, "matched_share", "flow", least=8)
        moves[skill] = max(abs(value - course.get(before, 0.0)) for week, value in course.items() if week >= before)
    country = shocks.MARKETS[market][1]
    for measure in ("flow", "stock"):
        index = dict(
            ask(
                f"""select week_start, matched_index from marts.rpt_role_demand_weekly
                where measure = '{measure}' and role_family = 'all' and country = '{country}'
                    and matched_index is not null"""
            )
        )
        weeks = [week for week in index if before <= week <= LAST_CRAWLED]
        # there is no index while an outage of one employer alone moves the stock, or while too few boards are crawled
        assert len(weeks) >= {"empty": 8, "paused": 7, "missed": 7}.get(market, 10)
        moves[f"index of {measure}"] = max(abs(index[week] / index[before] - 1) for week in weeks)
    show(f"{market}: " + ", ".join(f"{name} moves by {move:.2%}" for name, move in moves.items()))
    assert max(moves.values()) < 0.01, moves
    if market in (*OUTAGES, *PAUSES):
        assert moves["index of stock"] < 0.0005, "a number is not carried"


@pytest.mark.parametrize("market", PAUSES)
def test_a_pause_moves_no_matched_share(market: str, ask: Ask) -> None:
    skills = ("Rust", "PyTorch", *RANDOM_SKILLS)
    matched, plain = (largest_move(ask, market, column, skills) for column in ("matched_share", "share"))
    show(f"{market}: matched shares differ by {matched:.2%} at most, plain ones by {plain:.2%}")
    assert matched < 0.02
    assert largest_move(ask, market, "matched_share", ("Rust", "PyTorch")) < 0.01


@pytest.mark.parametrize("market", PAUSES)
@pytest.mark.parametrize("measure", ["flow", "stock"])
def test_a_week_that_a_pause_leaves_incomplete_has_a_break_and_no_other_week_differs(
    measure: str, market: str, ask: Ask
) -> None:
    numbers, statuses = {}, {}
    for name in ("plain", market):
        for week, number, status in ask(
            f"""select week_start, n_postings, status from marts.rpt_role_demand_weekly
            where measure = '{measure}' and role_family = 'all' and country = '{shocks.MARKETS[name][1]}'"""
        ):
            numbers[name, week], statuses[name, week] = number, status
    weeks = [SHOCKED + timedelta(weeks=week) for week in range(-5, len(shocks.PAUSE) + 5)]
    differ = {week for week in weeks if abs(numbers.get((market, week), 0) / numbers["plain", week] - 1) >= 0.01}
    breaks = {week for week in weeks if statuses.get((market, week)) in {"coverage_break", "suppressed", None}}
    show(f"{market}, {measure}: {len(differ)} of {len(weeks)} weeks differ, {len(breaks)} have a break")
    assert differ
    assert differ <= breaks, "a number moved by a pause must be marked"
    assert LAST_COMPLETE[measure] not in breaks
    assert weeks[-1] not in breaks


@pytest.mark.parametrize("market", OUTAGES)
def test_an_outage_moves_no_matched_series_and_closes_nothing(market: str, ask: Ask) -> None:
    # nobody can know the changes of employers that were not reached in these weeks, so their stock is carried unchanged
    matched, plain = (largest_move(ask, market, column) for column in ("matched_share", "share"))
    show(f"{market}: matched shares differ by {matched:.2%} at most, plain ones by {plain:.2%}")
    assert matched < 0.01
    after = SHOCKED + timedelta(weeks=2)
    courses = [series(ask, name, "PyTorch", "matched_share") for name in ("plain", market)]
    assert [value for week, value in courses[0].items() if week >= after] == pytest.approx(
        [value for week, value in courses[1].items() if week >= after], abs=1e-4
    )
    weeks_out, n_hit = OUTAGES[market]
    closed = ask(
        f"""select count(*) from intermediate.int_posting_spells
        where company_slug like '{market}-%' and split_part(company_slug, '-', 2)::integer < {n_hit}
            and closed_at::date between date '{SHOCKED}' and date '{SHOCKED + timedelta(weeks=weeks_out - 1)}'"""
    )
    assert closed == [(0,)]
    reopened = ask(f"select count(*) from marts.fct_postings where company_slug like '{market}-%' and n_reopened > 0")
    assert reopened == [(0,)]


def test_the_stock_of_a_list_cut_for_good_is_carried_for_fourteen_days_and_then_falls(ask: Ask) -> None:
    believed = SHOCKED + timedelta(weeks=2)
    closed = dict(
        ask(
            f"""select closed_at::date, count(*) from intermediate.int_posting_spells
            where company_slug like 'shortened-%' and closed_at::date >= date '{SHOCKED}'
                and split_part(company_slug, '-', 2)::integer < {shocks.ODD} group by all"""
        )
    )
    assert min(closed) == believed
    assert closed[believed] >= shocks.ODD * (shocks.LIFE - 1)
    course = {
        week: (index, coverage)
        for week, index, coverage in ask(
            """select week_start, matched_index, coverage_ratio from marts.rpt_role_demand_weekly
            where measure = 'stock' and role_family = 'all' and country = 'AT' and matched_index is not null"""
        )
    }
    before, _ = course[SHOCKED - timedelta(weeks=1)]
    gap = [SHOCKED, SHOCKED + timedelta(weeks=1)]
    moves = {week: course[week][0] / before - 1 for week in (*gap, believed)}
    show("shortened: the matched index moves by " + ", ".join(f"{move:+.2%} ({week})" for week, move in moves.items()))
    assert all(abs(moves[week]) < 0.01 for week in gap)
    assert all(course[week][1] < 1 for week in gap), "coverage is incomplete until the list is accepted"
    # seven of eight openings of a thirteenth of the market: indistinguishable from an end of hiring
    assert moves[believed] == pytest.approx(-(shocks.LIFE - 1) / shocks.LIFE * shocks.ODD / shocks.EMPLOYERS, abs=0.01)
    assert course[believed][1] == 1


def status_of(ask: Ask, market: str) -> dict[date, tuple[str, str | None]]:
    """Return the status of a market's stock by week, with the reason of a break. It must be the same for all skills."""
    country = shocks.MARKETS[market][1]
    rows = ask(
        f"""select distinct week_start, status, break_reason from marts.rpt_skill_demand_weekly
        where measure = 'stock' and role_family = 'all' and country = '{country}'
            and seniority = 'all' and workplace = 'all' order by all"""
    )
    statuses = {week: (status, reason) for week, status, reason in rows}
    assert len(statuses) == len(rows), f"several statuses in a week: {rows}"
    return statuses


def test_a_lost_source_moves_the_plain_share_which_has_a_break(ask: Ask) -> None:
    # its postings stay in the stock for eight weeks, then all leave at once
    last = SHOCKED + timedelta(weeks=8)
    plain = series(ask, "lost", "Rust", "share")
    steps = {week: plain[week] - plain[week - timedelta(weeks=1)] for week in list(plain)[1:]}
    worst = min(steps, key=lambda week: steps[week])
    show(f"lost: Rust falls by {-steps[worst]:.1%} in the week of {worst}")
    assert worst == last
    assert steps[worst] < -0.05
    status = status_of(ask, "lost")
    assert status[last] == ("coverage_break", "sources_lost")
    assert status[SHOCKED - timedelta(weeks=1)] == ("final", None)


def test_a_stated_end_counts_once_the_source_has_left_the_panel(ask: Ask) -> None:
    stock = dict(
        ask(
            f"""select week_start, count(*) from intermediate.int_posting_weeks
            where measure = 'stock' and is_canonical and week_start >= date '{SHOCKED - timedelta(weeks=1)}'
                and company_slug like 'thursdays-%' and split_part(company_slug, '-', 2)::integer < {shocks.ODD}
            group by all"""
        )
    )
    # One of eight openings ends per week. The stock is complete for three weeks: the week of the last crawl and the two
    # weeks that still rely on it. After them, stated ends apply.
    listed = [shocks.LIFE] * 3 + list(range(shocks.LIFE - 3, 0, -1))
    show(f"thursdays: openings of {shocks.ODD} lost employers by week {[stock[week] for week in sorted(stock)]}")
    assert [stock[week] for week in sorted(stock)] == [shocks.ODD * number for number in listed]


@pytest.mark.parametrize("market", ["lost", "thursdays", "daily"])
def test_after_a_loss_matched_shares_follow_the_remaining_sources(market: str, ask: Ask) -> None:
    before = SHOCKED - timedelta(weeks=1)
    differences = {}
    for skill in ("PyTorch", *RANDOM_SKILLS):
        matched, others = series(ask, market, skill, "matched_share"), course_of_others(ask, skill)
        weeks = [week for week in matched if SHOCKED <= week <= LAST_CRAWLED]
        assert len(weeks) == (LAST_CRAWLED - before) // timedelta(weeks=1)
        differences[skill] = max(abs(matched[week] - matched[before] - others[week] + others[before]) for week in weeks)
    steady = largest_move(ask, market, "matched_share", ("Rust", "PyTorch"))
    moving = largest_move(ask, market, "matched_share", ("Python",))
    chance = chance_of_lost(series(ask, "plain", "Python", "share")[before])
    show(
        f"{market}: since the loss, matched shares and those of the remaining sources differ by at most "
        + ", ".join(f"{move:.2%} ({skill})" for skill, move in differences.items())
        + f"; from the complete market, they differ by {steady:.2%} for steady skills, and by "
        f"{moving:.2%} for random ones, of which the lost sources explain {chance:.2%}"
    )
    assert max(differences.values()) < 0.01
    assert steady < 0.01
    # nobody knows what the lost employers' next openings would have asked for, so the complete market allows for chance
    assert moving < chance


def test_an_added_source_moves_only_the_plain_share_which_has_a_break(ask: Ask) -> None:
    plain, matched = (series(ask, "added", "PyTorch", column) for column in ("share", "matched_share"))
    before = SHOCKED - timedelta(weeks=1)
    rust = series(ask, "added", "Rust", "share")
    rust_matched = series(ask, "added", "Rust", "matched_share")
    show(
        f"added: Rust rises by {rust[SHOCKED]:.1%}, matched {rust_matched[SHOCKED]:.2%}; "
        f"PyTorch by {plain[SHOCKED] - plain[before]:+.2%}, matched {matched[SHOCKED] - matched[before]:+.2%}"
    )
    assert rust[SHOCKED] > 0.05
    assert max(rust_matched.values()) < 0.01
    assert status_of(ask, "added")[SHOCKED] == ("coverage_break", "sources_added")
    effect = series(ask, "added", "Rust", "coverage_effect")
    assert effect[SHOCKED] > 0.05
    assert abs(effect[SHOCKED + timedelta(weeks=6)] - effect[SHOCKED]) < 0.02


def test_an_added_source_does_not_move_figures_of_a_window(ask: Ask) -> None:
    grid = {
        country: figures
        for country, *figures in ask(
            """select country, salary_median_annual, status, coverage_ratio from marts.rpt_salary_grid
            where role_family = 'all' and experience_band = 'all' and company_size_band = 'all' and pay_region = 'all'
                and country in ('FR', 'ES')"""
        )
    }
    ((others,),) = ask(
        f"""select median(openings.country_annual)
        from intermediate.int_recent_openings as openings join marts.fct_postings as postings using (posting_key)
        where openings.role_family = 'all' and openings.country = 'FR'
            and split_part(postings.company_slug, '-', 2)::integer >= {shocks.ODD}"""
    )
    (median, status, coverage), (plain, *_) = grid["ES"], grid["FR"]
    show(
        f"added: the window's median is {median:,.0f}, of the employers in the complete window {others:,.0f}, with the "
        f"high-paying ones from the beginning {plain:,.0f}; coverage {coverage:.1%}"
    )
    assert plain > others, "the added employers do not pay more, so their effect could not be detected"
    assert median == pytest.approx(others, rel=0.001)
    assert status == "final"
    assert 0.85 < coverage < 1


def test_added_high_paying_employers_do_not_move_matched_or_controlled_pay(ask: Ask) -> None:
    before, after = SHOCKED - timedelta(weeks=1), SHOCKED + timedelta(weeks=4)
    rows = {
        (country, week): figures
        for country, week, *figures in ask(
            f"""select country, week_start, salary_median_usd_annual, matched_median_usd_annual, controlled_change_13w
            from marts.rpt_salary_trend_weekly
            where measure = 'stock' and role_family = 'all' and seniority = 'all' and country in ('FR', 'ES')
                and week_start in (date '{before}', date '{SHOCKED}', date '{after}')"""
        )
    }

    def move(country: str, column: int, until: date) -> float:
        return float(rows[country, until][column] / rows[country, before][column] - 1)

    others = rows["FR", after][2], rows["ES", after][2]
    show(
        f"high-paying employers added: the plain median moves {move('ES', 0, SHOCKED):+.2%} at once, the matched "
        f"{move('ES', 1, SHOCKED):+.2%}, in the plain market {move('FR', 0, SHOCKED):+.2%}; "
        f"similar jobs in 13 weeks {others}"
    )
    assert abs(move("ES", 1, SHOCKED) - move("FR", 0, SHOCKED)) < 0.01
    assert abs(move("ES", 0, SHOCKED) - move("FR", 0, SHOCKED)) > abs(move("ES", 1, SHOCKED) - move("FR", 0, SHOCKED))
    assert abs(others[1] - others[0]) < 0.01


def test_a_run_loaded_late_has_the_same_result_as_one_loaded_in_time(
    shocked: Home, ask: Ask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # a crawl is compared with others of its employer, so the daily market, with seven times as many, is left out
    in_time = Home(tmp_path_factory.mktemp("in_time") / "home")
    shutil.copytree(shocked.landing, in_time.landing, ignore=shutil.ignore_patterns(f"*T{_DAILY}0000Z*"))
    warehouse.load(in_time, SETTINGS)
    with _querying(in_time) as ask_in_time:
        expected = ask_in_time(_RUNS)
    assert len(expected) > shocks.WEEKS * 2
    assert ask(_RUNS) == expected


_DAILY = "04"  # the hour of the daily market's crawls
_RUNS = f"""select run_id, count(*), count(*) filter (where qualifies), sum(postings), sum(coalesce(trailing_median, 0))
    from raw.crawl_runs where run_id not like '%T{_DAILY}0000Z%' group by all order by all"""


def test_copies_of_three_openings_in_ten_do_not_change_shares(ask: Ask) -> None:
    copies = ask("select count(*) from marts.fct_postings where company_slug like 'copied-%' and board = 'lever'")
    openings = ask("select count(*) from marts.fct_postings where company_slug like 'copied-%' and board = 'ashby'")
    assert copies[0][0] / openings[0][0] > 0.25
    ((worst, number),) = ask(
        """select max(abs(copied.share - plain.share)), count(*)
        from marts.rpt_skill_demand_weekly as copied
        inner join marts.rpt_skill_demand_weekly as plain
            using (week_start, measure, role_family, seniority, workplace, skill_id)
        where measure = 'stock' and role_family = 'all' and seniority = 'all' and workplace = 'all'
            and copied.country = 'SE' and plain.country = 'FR'
            and copied.share is not null and plain.share is not null"""
    )
    show(f"copies, stock: shares differ by {worst:.2%} at most, in {number} cells")
    assert number > 50
    assert worst <= 0.01


def test_copies_of_three_openings_in_ten_do_not_count_as_new_openings(ask: Ask) -> None:
    # twenty openings a week are too few for a share of the flow, so the test compares their numbers
    ((copied, plain, weeks),) = ask(
        """select sum(copied.n_postings), sum(plain.n_postings), count(*)
        from marts.rpt_salary_trend_weekly as copied
        inner join marts.rpt_salary_trend_weekly as plain using (week_start, measure, role_family, seniority)
        where measure = 'flow' and role_family = 'all' and seniority = 'all'
            and copied.country = 'SE' and plain.country = 'FR'"""
    )
    show(f"copies, flow: {copied} openings where {plain} were published, in {weeks} weeks")
    assert weeks > shocks.WEEKS / 2
    assert plain > 10 * weeks
    assert abs(copied / plain - 1) <= 0.01


@pytest.fixture(scope="session")
def earlier(shocked: Home) -> Iterator[Ask]:
    """The same markets as of week 15."""
    home = Home(shocked.root.with_name("earlier"))
    home.root.mkdir()
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(shocked.root / name, home.root / name)
    as_of = shocks.FIRST + timedelta(weeks=EARLIER_WEEK)
    run_dbt(home, "run", *SHARES, as_of=as_of.isoformat().replace("+00:00", "Z"))
    with _querying(home) as query:
        yield query


def test_late_postings_change_only_provisional_weeks(ask: Ask, earlier: Ask) -> None:
    columns = (
        "measure, role_family, country, skill_id, week_start, seniority, workplace, n_postings, share, matched_share, "
        "share_low, change_4w"
    )
    query = f"select {columns} from marts.rpt_skill_demand_weekly where country = 'IE'"
    then = {
        tuple(row[:7]): (row[7:], status)
        for *row, status in earlier(query.replace("change_4w from", "change_4w, status from"))
    }
    now = {tuple(row[:7]): tuple(row[7:]) for row in ask(query)}
    moved: dict[str, int] = {}
    compared: dict[str, int] = {}
    for key, (values, status) in then.items():
        compared[status] = compared.get(status, 0) + 1
        same = all(
            (a is None and b is None) or (a is not None and b is not None and abs(a - b) < 1e-9)
            for a, b in zip(values, now.get(key, (None,) * len(values)), strict=True)
        )
        moved[status] = moved.get(status, 0) + (not same)
    show(f"late postings: rows by status {compared}, moved since {moved}")
    assert compared["final"] > 200
    assert moved["final"] == 0
    late = ask(
        """select count(*) from marts.fct_postings
        where company_slug like 'late-%' and first_seen_at::date - posted_at::date > 7"""
    )
    assert late[0][0] > 20


def test_a_new_taxonomy_applies_to_all_history_without_a_step(shocked: Home, ask: Ask) -> None:
    home = Home(shocked.root.with_name("taxonomy"))
    home.root.mkdir()
    for name in ("warehouse.duckdb", "companies.csv"):
        shutil.copy(shocked.root / name, home.root / name)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            f"insert into seeds.skills (skill_id, name, category) values ('quillfern', '{shocks.UNKNOWN}', 'tool')"
        )
        # every market would be extracted again, but one is sufficient
        for table in ("posting_versions", "crawl_runs"):
            connection.execute(f"delete from raw.{table} where company_slug not like 'plain-%'")
        connection.execute(
            "delete from raw.sightings where posting_key not in (select posting_key from raw.posting_versions)"
        )
    run_dbt(home, "run", *SHARES)
    with _querying(home) as restated:
        for column in ("share", "matched_share"):
            new = series(restated, "plain", shocks.UNKNOWN, column)
            assert len(new) == shocks.WEEKS
            assert all(0.4 < value < 0.6 for value in new.values())
            largest = max(abs(new[week] - new[week - timedelta(weeks=1)]) for week in list(new)[1:])
            show(f"a new skill in the taxonomy: {column} in all weeks, largest step {largest:.2%}")
            assert largest < 0.05
        for skill in ("Python", "PyTorch"):
            before, after = (series(of, "plain", skill, "matched_share") for of in (ask, restated))
            assert before == after
