"""Published figures and intervals agree with the truth of random worlds. Each test prints its measurements."""

from __future__ import annotations

from collections import defaultdict
from math import expm1

import duckdb
import numpy as np

from tests.measured import show
from tests.statistics import worlds
from tests.statistics.conftest import PLAIN, SHIFTED

LAST = worlds.WEEKS - 1


def week_no(column: str = "week_start") -> str:
    return f"date_diff('week', date '{worlds.MONDAY}', {column})"


def covered(rows: list[tuple[float, float, float]]) -> float:
    return float(np.mean([low <= truth <= high for truth, low, high in rows]))


def test_intervals_of_shares_contain_the_planted_ones(random_worlds: duckdb.DuckDBPyConnection) -> None:
    rows = random_worlds.execute(
        f"""select skill_id, {week_no()}, share_low, share_high
        from marts.rpt_skill_demand_weekly where country[1] = 'P' and {week_no()} in (0, {LAST})
            and seniority = 'all' and workplace = 'all'"""
    ).fetchall()
    assert len(rows) == len(PLAIN.names) * len(worlds.SKILLS) * 2 >= 2000
    by_skill = defaultdict(list)
    for skill, week, low, high in rows:
        by_skill[skill].append((worlds.planted_share(skill, week), low, high))
    coverage = {skill: covered(cells) for skill, cells in by_skill.items()}
    total = covered([cell for cells in by_skill.values() for cell in cells])
    show(f"share, planted inside its 95 % interval: {total:.1%} of {len(rows)}; {coverage}")
    assert 0.93 <= total <= 0.97
    assert all(0.9 <= value <= 0.985 for value in coverage.values())


def test_intervals_of_changes_of_shares_contain_the_planted_ones_and_few_flags_are_false(
    random_worlds: duckdb.DuckDBPyConnection,
) -> None:
    rows = random_worlds.execute(
        f"""select skill_id, change_13w_low, change_13w_high, is_significant_13w, change_13w_selected_low,
            change_13w_selected_high
        from marts.rpt_skill_demand_weekly where country[1] = 'P' and {week_no()} = {LAST} and change_13w is not null
            and seniority = 'all' and workplace = 'all'"""
    ).fetchall()
    changes = {skill: worlds.planted_share(skill, LAST) - worlds.planted_share(skill, 0) for skill in worlds.SKILLS}
    total = covered([(changes[skill], low, high) for skill, low, high, *_ in rows])
    flagged = {skill: np.mean([row[3] for row in rows if row[0] == skill]) for skill in worlds.SKILLS}
    show(f"change of a share, planted inside: {total:.1%} of {len(rows)}; flagged: {flagged}")
    assert len(rows) >= 990
    # the effective number of employers that moved is conservative
    assert 0.93 <= total <= 0.985
    # Three of the five skills do not change, so flags on them are false. The rule allows one false flag in twenty.
    false = sum(bool(row[3]) for row in rows if not worlds.SKILLS[row[0]][1])
    assert false / sum(bool(row[3]) for row in rows) <= 0.05
    shown = covered([(changes[skill], low, high) for skill, _, _, is_flagged, low, high in rows if is_flagged])
    show(f"of those flagged, planted inside the interval of the flagged: {shown:.1%}")
    assert shown >= 0.95
    assert flagged["rising"] > 0.6
    assert flagged["falling"] > 0.6


def test_intervals_of_changes_of_themes_contain_the_planted_ones_and_few_flags_are_false(
    random_worlds: duckdb.DuckDBPyConnection,
) -> None:
    rows = random_worlds.execute(
        f"""select country, theme, change_13w_low, change_13w_high, is_significant_13w, change_13w_selected_low,
            change_13w_selected_high
        from marts.rpt_theme_demand_weekly where country[1] = 'P' and {week_no()} = {LAST} and change_13w is not null"""
    ).fetchall()
    changes = {
        theme: worlds.planted_theme_share(theme, LAST) - worlds.planted_theme_share(theme, 0) for theme in worlds.THEMES
    }
    total = covered([(changes[theme], low, high) for _, theme, low, high, *_ in rows])
    flagged = {theme: np.mean([row[4] for row in rows if row[1] == theme]) for theme in worlds.THEMES}
    show(f"change of a theme's share, planted inside: {total:.1%} of {len(rows)}; flagged: {flagged}")
    # a change that fewer than three effective employers make up is withheld
    assert len(rows) >= 0.98 * len(PLAIN.names) * len(worlds.THEMES) >= 780
    assert 0.93 <= total <= 0.985
    shown = covered([(changes[theme], low, high) for _, theme, _, _, is_flagged, low, high in rows if is_flagged])
    show(f"of those flagged, planted inside the interval of the flagged: {shown:.1%}")
    assert shown >= 0.95
    flags = [row[1] for row in rows if row[4]]
    assert np.mean([theme.startswith("still") for theme in flags]) <= 0.05
    assert flagged["growing"] > 0.6
    assert flagged["shrinking"] > 0.6


def test_intervals_of_controlled_pay_growth_contain_the_planted_one(random_worlds: duckdb.DuckDBPyConnection) -> None:
    planted = expm1(worlds.planted_growth(PLAIN))
    rows = random_worlds.execute(
        f"""select country, controlled_change_13w, controlled_change_13w_low, controlled_change_13w_high
        from marts.rpt_salary_trend_weekly
        where country[1] = 'P' and {week_no()} = {LAST} and controlled_change_13w is not null"""
    ).fetchall()
    coverage = covered([(planted, low, high) for *_, low, high in rows])
    error = float(np.mean([row[1] for row in rows])) - planted
    show(f"growth of pay, planted {planted:.2%} inside: {coverage:.1%} of {len(rows)} cells; mean error {error:+.3%}")
    assert len({row[0] for row in rows}) == len(PLAIN.names) >= 200
    assert len(rows) >= 500
    assert 0.93 <= coverage <= 0.97
    assert abs(error) < 0.002


def test_a_shift_of_the_mix_does_not_change_controlled_pay(random_worlds: duckdb.DuckDBPyConnection) -> None:
    planted = expm1(worlds.planted_growth(SHIFTED))
    rows = random_worlds.execute(
        f"""select later.controlled_change_13w,
            later.salary_median_usd_annual / earlier.salary_median_usd_annual - 1
        from marts.rpt_salary_trend_weekly as later
        inner join marts.rpt_salary_trend_weekly as earlier using (country, seniority)
        where later.country[1] = 'M' and later.seniority = 'all' and {week_no("later.week_start")} = {LAST}
            and {week_no("earlier.week_start")} = 0"""
    ).fetchall()
    controlled, plain = ([row[part] for row in rows] for part in (0, 1))
    show(
        f"mix shift, planted {planted:.2%}: similar jobs {min(controlled):.2%} to {max(controlled):.2%}, "
        f"plain median {min(plain):.1%} to {max(plain):.1%} in {len(rows)} worlds"
    )
    assert len(rows) == len(SHIFTED.names)
    assert all(abs(value - planted) < 0.01 for value in controlled)
    assert all(value - planted > 0.05 for value in plain)


def test_intervals_of_premiums_contain_the_planted_ones(random_worlds: duckdb.DuckDBPyConnection) -> None:
    """The premiums of skills, specialisations, a region and attributes. They are planted as logarithms of pay."""
    tables = {
        "skill": "select skill_id, {} from marts.rpt_skill_salary_premium",
        "specialisation": "select specialisation, {} from marts.rpt_specialisation_salary",
        "region": "select pay_region, {} from marts.rpt_salary_grid",
        "attribute": "select attribute_value, {} from marts.rpt_attribute_salary_premium",
    }
    columns = {
        "skill": ("premium", "within_company"), "specialisation": ("premium", "within_company"),
        "region": ("region_premium",), "attribute": ("premium", "within_company"),
    }  # fmt: skip
    planted = {name: effect for name, (_, effect) in worlds.SPECIALISATIONS.items()}
    planted |= {value: effect for values in worlds.ATTRIBUTES.values() for value, (_, effect) in values.items()}
    planted |= {worlds.REGION: worlds.REGION_PREMIUM, **dict.fromkeys(worlds.SKILLS, 0.0), **worlds.PREMIUMS}
    for kind, query in tables.items():
        for column in columns[kind]:
            rows = random_worlds.execute(
                query.format(f"{column}_low, {column}_high") + f" where {column}_low is not null and country[1] = 'P'"
            ).fetchall()
            coverage = covered([(expm1(planted[name]), low, high) for name, low, high in rows])
            show(f"{kind}, {column}: planted inside {coverage:.1%} of {len(rows)} cells")
            assert len(rows) >= len(PLAIN.names)
            assert 0.93 <= coverage <= 0.97


def test_few_flagged_premiums_are_false_and_their_intervals_contain_the_planted_ones(
    random_worlds: duckdb.DuckDBPyConnection,
) -> None:
    rows = random_worlds.execute(
        "select country, skill_id, is_significant, premium_selected_low, premium_selected_high "
        "from marts.rpt_skill_salary_premium where country[1] = 'P' and is_significant is not null"
    ).fetchall()
    flagged: dict[str, list[str]] = {country: [] for country, *_ in rows}
    missed: dict[str, list[bool]] = {country: [] for country in flagged}
    for country, skill, is_significant, low, high in rows:
        if is_significant:
            flagged[country].append(skill)
            missed[country].append(not low <= expm1(worlds.PREMIUMS.get(skill, 0.0)) <= high)
    # the rule bounds the mean over worlds of the part of a world's flags that is false
    false = [np.mean([skill not in worlds.PREMIUMS for skill in flags]) if flags else 0.0 for flags in flagged.values()]
    power = np.mean(["steady" in flags for flags in flagged.values()])
    show(
        f"premiums: the planted one is flagged in {power:.1%} of {len(flagged)} worlds; {np.mean(false):.1%} are false"
    )
    assert len(flagged) == len(PLAIN.names)
    assert len(rows) >= 3 * len(flagged)
    assert power > 0.8
    # one in twenty, with a margin for the sampling error of 200 worlds
    assert np.mean(false) <= 0.07
    missing = np.mean([np.mean(of_world) if of_world else 0.0 for of_world in missed.values()])
    show(f"of those flagged, planted outside the interval of the flagged: {missing:.1%}")
    assert missing <= 0.07


def test_attributes_are_flagged_if_they_affect_pay_and_hardly_ever_otherwise(
    random_worlds: duckdb.DuckDBPyConnection,
) -> None:
    rows = random_worlds.execute(
        "select attribute_value, compared_with, avg(is_significant::int), count(*) "
        "from marts.rpt_attribute_salary_premium where country[1] = 'P' and is_significant is not null group by all"
    ).fetchall()
    flagged = {value: share for value, _, share, _ in rows}
    show(f"attributes: flagged in {flagged} of worlds")
    assert {(value, other) for value, other, *_ in rows} == {
        ("remote", "onsite"), ("hybrid", "onsite"), ("phd", "bachelor"), ("master", "bachelor"),
    }  # fmt: skip
    assert min(number for *_, number in rows) >= 0.9 * len(PLAIN.names)
    # half of the values affect pay, and one flag in twenty may be false
    assert max(flagged["hybrid"], flagged["master"]) <= 0.07
    assert flagged["phd"] > 0.7
    assert flagged["remote"] > 0.3  # a smaller effect
