"""Effects on pay by cell: which samples have them, and which comparisons their q-values correct for."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from jobmarket.statistics import effect_tables
from jobmarket.statistics.changes import q_values
from jobmarket.statistics.effect_tables import COMPARED_WITH, Marks, pay_effects
from jobmarket.statistics.panel import Floors, Numbers

EMPLOYERS, OPENINGS = 40, 10
ALIKE = (
    "experience_band", "company_size_band", "seniority", "first_country", "currency", "period", "amount_basis",
    "own_role_family",
)  # fmt: skip
FLOORS = Floors(postings=30, companies=5, company_share=0.5)


def found(marks: dict[str, list[int]], big: int = 0, kind: str = "skill", **columns: object) -> pd.DataFrame:
    """Estimate effects of skills, or of another kind of mark.

    ``big``: number of additional openings of the first employer, last in order; ``columns``: further columns.
    """
    draw = np.random.default_rng(11)
    employer = np.concatenate([np.repeat(np.arange(EMPLOYERS), OPENINGS), np.zeros(big, dtype=int)])
    openings = pd.DataFrame(
        {
            "posting_key": np.arange(len(employer)),
            "company_key": employer.astype(str),
            "usd_annual": np.exp(11.5 + draw.normal(0, 0.2, len(employer))),
            "posted_on": pd.Timestamp("2026-01-06"),
            "pay_region": "elsewhere",
            "has_description": True,
            **dict.fromkeys(COMPARED_WITH, "unspecified"),
            "role_family": "all",
            "country": "all",
        }
    ).assign(**(dict.fromkeys(ALIKE, "any") | columns))
    marked = pd.DataFrame([(row, name) for name in marks for row in marks[name]], columns=["posting_key", "mark"])
    with duckdb.connect() as connection:
        relation = connection.from_df(marked)
        of_kinds = dict.fromkeys(("skill", "specialisation"), relation.filter("false")) | {kind: relation}
        made = pay_effects(connection.from_df(openings), Marks(**of_kinds), FLOORS, 0.05)
        rows: list[dict[str, Any]] = [row for batch in made for row in batch.to_pylist()]
    return pd.DataFrame(rows).set_index("attribute")


@pytest.fixture
def p_values(monkeypatch: pytest.MonkeyPatch) -> list[Numbers]:
    """Return a list that the p-values of each correction are added to."""
    corrected: list[Numbers] = []

    def noted(p_values: Numbers) -> Numbers:
        corrected.append(p_values)
        return q_values(p_values)

    monkeypatch.setattr(effect_tables, "q_values", noted)
    return corrected


def test_there_is_no_effect_if_one_employer_has_most_openings_with_or_without() -> None:
    everybody = list(range(0, EMPLOYERS * OPENINGS, 3))
    # just over half of the openings with it belong to the first employer
    most_with = [*range(OPENINGS, 50), *range(400, 441)]
    all_but_big = [row for row in range(EMPLOYERS * OPENINGS) if row % 10]
    effects = found({"common": everybody, "most_with": most_with, "all_but_big": all_but_big}, big=60)
    assert not np.isnan(effects.effect["common"])
    assert effects.n_of_largest_with["most_with"] == 41
    assert np.isnan(effects.effect["most_with"])
    # without it: 40 of all employers, and 60 of the first
    assert effects.n_openings["all_but_big"] - effects.n_with["all_but_big"] == 100
    assert np.isnan(effects.effect["all_but_big"])


def test_only_controls_that_openings_distinguish_are_counted() -> None:
    number = np.arange(EMPLOYERS * OPENINGS)
    level = np.array(["junior", "mid", "senior"])[number % 3]
    # a currency per level adds no column to the rank, a second pay period does
    columns = {"seniority": level, "currency": level, "period": np.where(number % 2, "year", "month")}
    effects = found({"common": list(range(0, 400, 7)), "rare": [1, 2]}, **columns)
    assert effects.n_controls["common"] == 1 + 2 + 1
    assert np.isnan(effects.n_controls["rare"])
    assert effects.n_openings["rare"] == 400


def test_the_month_is_always_a_control_and_the_family_only_if_it_is_not_the_effect() -> None:
    number = np.arange(EMPLOYERS * OPENINGS)
    days = np.where(number % 5, np.datetime64("2026-01-06"), np.datetime64("2026-02-06"))
    columns = {"own_role_family": np.where(number % 2, "ml_engineer", "data_scientist"), "posted_on": days}
    marks = {"common": list(range(0, 400, 7))}
    controls = [found(marks, kind=kind, **columns).n_controls["common"] for kind in ("skill", "specialisation")]
    assert controls == [1 + 1 + 1, 1 + 1]


def test_the_effect_within_employers_needs_enough_employers_with_both() -> None:
    whole = list(range(10 * OPENINGS))  # all openings of ten employers
    both = {f"both_{n}": [*whole, *((10 + other) * OPENINGS for other in range(n))] for n in (4, 5)}
    effects = found(both)
    assert effects.n_companies_with_both.to_dict() == {"both_4": 4, "both_5": 5}
    assert effects.effect.notna().all()
    for part in ("within", "within_low", "within_high"):
        assert effects[part].notna().to_dict() == {"both_4": False, "both_5": True}


def test_q_values_correct_only_for_the_effects_that_are_shown() -> None:
    shown = {"common": list(range(0, 400, 3)), "rare": list(range(0, 400, 7))}
    hidden = {f"hidden_{n}": [*range(10 + n, 50), *range(400, 441 + n)] for n in range(5)}
    alone, among = found(shown, big=60), found(shown | hidden, big=60)
    assert among.q_value[list(hidden)].isna().all()
    assert among.q_value[list(shown)].tolist() == pytest.approx(alone.q_value[list(shown)].tolist())


def test_an_effect_that_is_flagged_has_an_interval_that_allows_for_it() -> None:
    draw = np.random.default_rng(12)
    number = np.arange(EMPLOYERS * OPENINGS)
    pay = np.exp(11.5 + 0.1 * (number % 3 == 0) + draw.normal(0, 0.05, len(number)))
    paid = {"paid": list(range(0, 400, 3))}
    others = {f"other_{n}": list(range(n, 400, 7)) for n in range(3)}
    hidden = {"hidden": [1, 2]}
    alone, among = found(paid | hidden, usd_annual=pay), found(paid | hidden | others, usd_annual=pay)
    for effects in (alone, among):
        is_flagged = effects.q_value < 0.05
        assert effects.index[is_flagged].tolist() == ["paid"]
        assert effects.selected_low.notna().tolist() == effects.selected_high.notna().tolist() == is_flagged.tolist()
    own = ["effect_low", "effect_high"]
    # all that is compared is flagged, then one of four
    assert alone.loc["paid", ["selected_low", "selected_high"]].tolist() == alone.loc["paid", own].tolist()
    low, high, effect = among.loc["paid", ["selected_low", "selected_high", "effect"]]
    assert 0 < low < among.loc["paid", "effect_low"]
    assert high - effect == pytest.approx(effect - low)
    # between the normal distribution's ratio of quantiles at 1 - 0.05 / 4 and that of few employers
    assert 1.27 < (high - effect) / (among.loc["paid", "effect_high"] - effect) < 1.4


def test_openings_without_a_description_are_compared_between_regions_only() -> None:
    number = np.arange(EMPLOYERS * OPENINGS)
    columns = {
        "has_description": number % 10 != 0,
        "country": "FR",
        "pay_region": np.where(number % 2, "north", "elsewhere"),
        "workplace": np.where(number % 4, "remote", "onsite"),
    }
    marks = {"common": list(range(0, 400, 7))}
    effects = found(marks, **columns).query("experience_band == 'all' and company_size_band == 'all'")
    counts = effects[["n_openings", "n_with"]].loc[["common", "workplace:remote", "north"]].to_numpy().tolist()
    assert counts == [[360, 52], [360, 280], [400, 200]]
    assert found(marks, kind="specialisation", **columns).n_openings["common"] == 360
    mute = number < EMPLOYERS * OPENINGS - FLOORS.postings + 1
    assert set(found(marks, **columns | {"has_description": ~mute}).index) == {"north"}


def test_the_premiums_of_a_countrys_regions_are_corrected_together(p_values: list[Numbers]) -> None:
    number = np.arange(EMPLOYERS * OPENINGS)
    region = np.array(["elsewhere", "north", "south", "west"])[number % 4]
    band = np.where(number % 3 == 0, "junior", "senior")
    effects = found({}, pay_region=region, country="FR", experience_band=band).reset_index()
    regions = effects[(effects.kind == "region") & effects.effect.notna()]
    assert set(zip(regions.attribute, regions.experience_band, regions.company_size_band, strict=True)) == {
        (name, band, size)
        for name in ("north", "south", "west") for band in ("all", "junior", "senior") for size in ("all", "any")
    }  # fmt: skip
    p_value = p_values[-1][~np.isnan(p_values[-1])]
    expected = stats.false_discovery_control(p_value, method="bh")
    assert regions.q_value.tolist() == pytest.approx(expected.tolist())
    assert (regions.q_value > p_value).sum() > len(regions) / 2


def test_a_value_is_compared_with_another_value_and_unspecified_is_on_neither_side(p_values: list[Numbers]) -> None:
    number = np.arange(EMPLOYERS * OPENINGS)
    workplace = np.array(["onsite", "remote", "remote", "unspecified"])[number % 4]
    # one value is too rare, and another has too few openings to compare with
    degree = np.where(number < 20, "phd", np.where(number % 2, "bachelor", "master"))
    sponsorship = np.where(number % 40 == 0, "refused", "offered")
    effects = found({}, workplace=workplace, degree_min=degree, visa_sponsorship=sponsorship)
    assert set(effects.index) == {"workplace:remote", "degree:master", "degree:phd", "visa_sponsorship:offered"}
    remote = effects.loc["workplace:remote"]
    assert (remote.kind, remote.compared_with) == ("value", "onsite")
    assert (remote.n_openings, remote.n_with, remote.n_compared_with, remote.n_companies_with_both) == (
        400,
        200,
        100,
        40,
    )
    assert effects.effect.notna().to_dict() == {
        "workplace:remote": True, "degree:master": True, "degree:phd": False, "visa_sponsorship:offered": False,
    }  # fmt: skip
    estimated = effects[effects.effect.notna()]
    _, p_value, _ = p_values  # of no skills, these, and no specialisations
    expected = stats.false_discovery_control(p_value[~np.isnan(p_value)], method="bh")
    assert estimated.q_value.tolist() == pytest.approx(expected.tolist())


def test_pay_of_openings_without_a_value_does_not_affect_the_effect() -> None:
    draw = np.random.default_rng(12)
    stated = draw.choice(["onsite", "remote", "unspecified"], EMPLOYERS * OPENINGS)
    pay = np.exp(
        11.5 + 0.1 * (stated == "remote") + 0.5 * (stated == "unspecified") + draw.normal(0, 0.02, len(stated))
    )
    remote = found({}, workplace=stated, usd_annual=pay).loc["workplace:remote"]
    assert remote.effect == pytest.approx(0.1, abs=0.01)
    assert remote.within == pytest.approx(0.1, abs=0.01)
