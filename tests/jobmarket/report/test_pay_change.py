"""The headline's sentence on pay: a change for similar jobs is claimed only if its interval excludes zero."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.report import formats, names
from jobmarket.report.headline import headline
from jobmarket.report.key_figures import key_figures
from jobmarket.report.language import speaking
from jobmarket.report.queries import PayWeek, Published
from jobmarket.report.sections.pay import pay_section
from jobmarket.settings import Home
from tests.jobmarket.publishing.synthetic_marts import LAST_WEEK
from tests.jobmarket.report.conftest import changed, published_week


@pytest.fixture
def published(sample: Home) -> Iterator[Published]:
    with published_week(sample) as week:
        yield week


def pay_sentence(published: Published, language: str = "en", **figures: float | None) -> str:
    """Return the headline's sentence on pay for these figures of the whole market."""

    def changed(row: PayWeek) -> PayWeek:
        return dataclasses.replace(row, **figures) if row.week_start == LAST_WEEK else row  # type: ignore[arg-type]

    with speaking(language):
        of_all = [changed(row) for row in published.pay]
        sentences = headline(dataclasses.replace(published, pay=of_all, pay_of_countries=[]))
    return sentences[3].replace("\u202f", " ").replace("\xa0", " ")


def moved(value: float | None, low: float | None, high: float | None) -> dict[str, float | None]:
    return {
        "controlled_change_13w": value,
        "controlled_change_13w_low": low,
        "controlled_change_13w_high": high,
    }


@pytest.mark.parametrize(
    ("change", "language", "text"),
    [
        ((0.02, 0.005, 0.035), "en", "; over 13 weeks, pay for similar jobs rose (+2.0%, +0.5% to +3.5%)."),
        ((-0.02, -0.035, -0.005), "en", "; over 13 weeks, pay for similar jobs fell (−2.0%, −3.5% to −0.5%)."),
        (
            (0.02, -0.001, 0.041),
            "en",
            "; over 13 weeks, pay for similar jobs did not change significantly (+2.0%, −0.1% to +4.1%).",
        ),
        # an end at zero does not leave it out
        ((0.02, 0.0, 0.04), "en", "pay for similar jobs did not change significantly (+2.0%, 0.0% to +4.0%)."),
        ((None, None, None), "en", " of open postings that state it."),
        ((0.02, 0.005, 0.035), "de", "die Vergütung gleichartiger Stellen gestiegen (+2,0 %, +0,5 % bis +3,5 %)."),
        ((-0.02, -0.035, -0.005), "de", "die Vergütung gleichartiger Stellen gesunken (−2,0 %, −3,5 % bis −0,5 %)."),
        ((0.02, -0.001, 0.041), "de", "nicht signifikant verändert (+2,0 %, −0,1 % bis +4,1 %)."),
        ((0.02, 0.005, 0.035), "fr", "le salaire des postes comparables a augmenté (+2,0 %, +0,5 % à +3,5 %)."),
        ((-0.02, -0.035, -0.005), "fr", "le salaire des postes comparables a baissé (−2,0 %, −3,5 % à −0,5 %)."),
        ((0.02, -0.001, 0.041), "fr", "n’a pas évolué significativement (+2,0 %, −0,1 % à +4,1 %)."),
    ],
)  # fmt: skip
def test_a_change_of_pay_is_claimed_only_where_its_interval_leaves_zero_out(
    published: Published, change: tuple[float | None, float | None, float | None], language: str, text: str
) -> None:
    assert pay_sentence(published, language, **moved(*change)).endswith(text)


def test_a_median_that_moves_with_the_mix_is_no_change_of_pay(published: Published) -> None:
    median = "salary_median_usd_annual"
    dearer = {median: 400_000.0, f"{median}_low": 390_000.0, f"{median}_high": 410_000.0}
    text = pay_sentence(published, **dearer, **moved(0.001, -0.01, 0.012))
    assert "US$400,000" in text
    assert text.endswith("pay for similar jobs did not change significantly (+0.1%, −1.0% to +1.2%).")


@pytest.mark.parametrize(
    ("figures", "present", "absent"),
    [
        ({}, ["% of open postings with a description state pay (", "the page’s markup in 3.0% and"], ["Not shown"]),
        (
            {"salary_median_usd_annual": None, "floor_reason": "fewer than 30 postings with pay"},
            ["% of open postings with a description state pay (", "Not shown: fewer than 30 postings with pay"],
            ["markup", "Median stated pay"],
        ),
        (
            {"disclosure_share": None, "n_disclosing": None, "disclosure_status": "suppressed"},
            ["the page’s markup in 3.0% and", "Median stated pay"],
            ["with a description state pay", "State pay", "that state it"],
        ),
        (
            {
                "salary_median_usd_annual": None,
                "floor_reason": "fewer than 30 postings with pay",
                "n_with_pay": None,
                "disclosure_share": None,
                "n_disclosing": None,
                "disclosure_status": "suppressed",
            },
            [
                "Not shown: fewer than 30 postings with pay (employers: ",
                "The number of postings with pay is withheld as well.",
            ],
            ["postings with pay:"],
        ),
    ],
    ids=["both", "pay withheld", "disclosure withheld", "count withheld too"],
)
def test_pay_and_the_share_that_states_it_are_withheld_separately(
    published: Published, figures: dict[str, float | str | None], present: list[str], absent: list[str]
) -> None:
    rows = [dataclasses.replace(row, **figures) for row in published.pay if row.week_start == LAST_WEEK]  # type: ignore[arg-type]
    one = dataclasses.replace(published, pay=rows, pay_of_countries=[])
    strip = {figure.label: figure for figure in key_figures(one)}
    labels = [label for label, figure in strip.items() if figure.text != "–"]
    # a figure that is withheld is labelled so in its place
    for label, column in (("Median stated pay", "salary_median_usd_annual"), ("State pay", "disclosure_share")):
        assert (strip[label].status == "suppressed") == (figures.get(column, 0) is None)
        assert strip[label].remark
    text = " ".join([*pay_section(one).sentences, *headline(one), *labels]).replace("\xa0", " ")
    assert [words for words in present if words not in text] == []
    assert [words for words in absent if words in text] == []


def test_of_several_countries_the_one_with_most_pay_is_stated_not_a_blend(published: Published) -> None:
    largest = published.pay_of_countries[0]
    assert (largest.country, len(published.pay_of_countries) > 2) == ("US", True)
    blend = {figure.label: figure.text for figure in key_figures(published)}
    assert "Median stated pay" not in blend
    assert blend["Median stated pay, United States"] == formats.dollars(largest.salary_median_usd_annual)
    # the share beside it is that of all countries
    assert blend["State pay, all countries"] == formats.share(published.pay[-1].disclosure_share)
    first, second = (f"{sentence}." for sentence in headline(published)[3].rstrip(".").split(". ")[:2])
    assert first.endswith("country with the most stated pay among those that can be shown: United States.")
    assert second.startswith(f"Median stated pay is {formats.dollars(largest.salary_median_usd_annual)} a year")


def test_a_country_without_a_median_is_skipped_and_a_blend_is_labelled(published: Published) -> None:
    hidden = [dataclasses.replace(row, salary_median_usd_annual=None) for row in published.pay_of_countries]
    next_one = [hidden[0], *published.pay_of_countries[1:]]
    text = headline(dataclasses.replace(published, pay_of_countries=next_one))[3]
    assert f"can be shown: {names.country(next_one[1].country)}. " in text
    of_none = dataclasses.replace(published, pay_of_countries=hidden)
    assert headline(of_none)[3].startswith("No single country has enough postings with pay, ")
    assert {"Median stated pay", "State pay"} <= {figure.label for figure in key_figures(of_none)}


def test_where_no_level_can_be_shown_the_one_with_the_most_employers_says_why(sample: Home, tmp_path: Path) -> None:
    withheld = (
        "update rpt_salary_trend_weekly set salary_median_usd_annual = null, n_with_pay = null, n_companies = "
        "if(seniority = 'senior', 14, 0), floor_reason = 'fewer than 30 postings with pay' where seniority <> 'all'",
        None,
    )
    with changed(sample, tmp_path, withheld) as published:
        (figure,) = [figure for figure in pay_section(published).figures if figure.key == "pay-levels"]
    assert figure.absence == (
        "None can be shown. The one with the most employers is Senior (employers: 14): fewer than 30 postings with pay."
    )


@pytest.mark.parametrize(
    ("added", "language", "rest"),
    [
        (8, "en", "2 more countries are not listed."),
        (7, "en", "1 more country is not listed."),
        (8, "de", "2 weitere Länder sind nicht aufgeführt."),
        (8, "fr", "2 autres pays ne sont pas listés."),
    ],
)
def test_countries_without_shown_pay_are_listed_by_their_postings_and_the_rest_counted(
    sample: Home, tmp_path: Path, added: int, language: str, rest: str
) -> None:
    # the last by alphabet have the most postings
    countries = ["AE", "AR", "AT", "AU", "AZ", "BG", "BR", "CH"][:added]
    one_of = (
        "insert into rpt_salary_trend_weekly select * replace (? as country, ?::integer as n_postings, "
        "null as n_with_pay, null as salary_median_usd_annual, 'suppressed' as status) from rpt_salary_trend_weekly "
        "where country = 'PL' and measure = 'stock' and role_family = 'all' and seniority = 'all' and week_start = ?"
    )
    rows: list[tuple[str, list[str | None] | None]] = [
        (one_of, [country, str(n), LAST_WEEK.isoformat()]) for n, country in enumerate(countries, start=1)
    ]
    with changed(sample, tmp_path, *rows) as published, speaking(language):
        figure = next(figure for figure in pay_section(published).figures if figure.key == "pay-countries")
        others = len(published.pay_of_countries) - added
    assert figure.table is not None
    shown = [row[0].value for row in figure.table.rows]
    assert shown[others:] == countries[::-1][: 12 - others]
    assert figure.note.endswith(f" {rest}")
