"""Pay in text: which amounts are read, which are ignored, and how they agree with the boards' own pay fields."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract import currencies, salary
from jobmarket.extract.document import Document, read_document


def read(text: str, country: str | None = "US", title: str = "Machine Learning Engineer") -> list[tuple[object, ...]]:
    document = Document(title, None, text, (), "en")
    return [(pay.min, pay.max, pay.currency, pay.period) for pay in salary.salaries(document, country)]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("The base salary range is $150,000 - $180,000 per year.", "US", (150_000, 180_000, "USD", "year")),
        ("Salary: $120k–150k plus equity", "US", (120_000, 150_000, "USD", "year")),
        (
            "Base pay ranges from $130,100/year in our lowest geographic market up to $250,200/year in others.",
            "US",
            (130_100, 250_200, "USD", "year"),
        ),
        (
            "The pay ranges from $130,100 in our lowest geographic market up to $250,200 in our highest market.",
            "US",
            (130_100, 250_200, "USD", "year"),
        ),
        ("The salary is $131,000.00/Yr. - $197,000.00/Yr.", "US", (131_000, 197_000, "USD", "year")),
        (
            "Range: $141,000 (entry-level) to $239,000 (highly experienced), base pay",
            "US",
            (141_000, 239_000, "USD", "year"),
        ),
        ("Pay between $118,000 and up to $203,000 per year", "US", (118_000, 203_000, "USD", "year")),
        ("Colorado: minimum salary of $127,500", "US", (127_500, None, "USD", "year")),
        ("Pay: $3,400 - $4,600 bi-weekly", "US", (3_400, 4_600, "USD", None)),
        ("Pay: £880 per day to £1,120 per day", "GB", (880, 1_120, "GBP", "day")),
        ("Mindestgehalt laut KV: EUR 3.400 brutto/Monat", "AT", (3_400, None, "EUR", "month")),
        ("Een salaris van maximaal € 6.800 bruto per maand", "NL", (None, 6_800, "EUR", "month")),
        ("Lön: 44 000 - 54 000 kr/mån", "SE", (44_000, 54_000, "SEK", "month")),
        ("Sueldo: MXN $61,000 - $79,000 mensuales, salario bruto", "MX", (61_000, 79_000, "MXN", "month")),
        ("Compensation: 45-55K EUR", "DE", (45_000, 55_000, "EUR", "year")),
        ("Gehalt: ab €60.000 brutto im Jahr", "DE", (60_000, None, "EUR", "year")),
        ("Salaire : 60 000 € brut annuel", "FR", (60_000, 60_000, "EUR", "year")),
        ("Salaire : 60\u202f000 € à 70\u202f000 € brut annuel", "FR", (60_000, 70_000, "EUR", "year")),
        ("Rémunération : entre 45 et 55 k€", "FR", (45_000, 55_000, "EUR", "year")),
        ("Rémunération à partir de 50 k€", "FR", (50_000, None, "EUR", "year")),
        ("Wir zahlen ein Gehalt bis zu 85.000 € pro Jahr", "DE", (None, 85_000, "EUR", "year")),
        ("- $9,000 per month", "US", (9_000, 9_000, "USD", "month")),
        ("Senior Engineer: $9,000 per month", "US", (9_000, 9_000, "USD", "month")),
        ("Starting at $6,000 per month.", "US", (6_000, None, "USD", "month")),
        ("A contract at first. USD 6700/month. Send your resume.", "US", (6_700, 6_700, "USD", "month")),
        ("PhD Intern: Formal Methods ($10k / month)", "US", (10_000, 10_000, "USD", "month")),
        ("Interns earn $8,000 per month", "US", (8_000, 8_000, "USD", "month")),
        ("We can offer up to $4,000/mo", "US", (None, 4_000, "USD", "month")),
        ("Pay: $75/hr", "US", (75, 75, "USD", "hour")),
        ("Pay: $45/HR - $50/HR", "US", (45, 50, "USD", "hour")),
        ("Lohn: CHF 8'500 / Monat", "CH", (8_500, 8_500, "CHF", "month")),
        ("Vergütung: 18€ / Stunde bei 20 Stunden", "DE", (18, 18, "EUR", "hour")),
        ("CTC: 18-25 LPA INR", "IN", (1_800_000, 2_500_000, "INR", "year")),
        ("Salary ₹40 lakhs", "IN", (4_000_000, 4_000_000, "INR", "year")),
        ("TJM : 550 € - 650 €", "FR", (550, 650, "EUR", "day")),
        ("Salary up to £90k base", "GB", (None, 90_000, "GBP", "year")),
        ("We pay £90k+ salary", "GB", (90_000, None, "GBP", "year")),
        ("OTE: $200,000 - $240,000", "US", (200_000, 240_000, "USD", "year")),
        ("Base: $170,700 (min) — $213,400 (mid) — $256,100 (max)", "US", (170_700, 256_100, "USD", "year")),
        ("Pay $180.000/year to $260,000/year", "US", (180_000, 260_000, "USD", "year")),
        ("Salary 15 000 - 22 000 zł monthly", "PL", (15_000, 22_000, "PLN", "month")),
        ("Compensation of R$ 12.000 - 15.000 monthly", "BR", (12_000, 15_000, "BRL", "month")),
        ("Lön 45 000 - 55 000 kr monthly salary", "SE", (45_000, 55_000, "SEK", "month")),
        ("Salary: 60000 - 80000", "NL", (60_000, 80_000, "EUR", "year")),
        ("The pay range is $83,430.00 - $222,480.00", "US", (83_430, 222_480, "USD", "year")),
        ("Salary ranges from $102,720/year to $116,160/year", "US", (102_720, 116_160, "USD", "year")),
        ("Annual salary between 90.000 und 110.000 EUR", "DE", (90_000, 110_000, "EUR", "year")),
        ("Salary S$8,000 - S$10,000 per month", "SG", (8_000, 10_000, "SGD", "month")),
        ("Salary: HK$50,000/month", "HK", (50_000, 50_000, "HKD", "month")),
        ("Salary: $70-90,000 per year", "US", (70_000, 90_000, "USD", "year")),
        ("Bruttomonatsgehalt ab € 3.100,- (Basis Vollzeit, 14x jährlich)", "AT", (3_100, None, "EUR", "month")),
        ("Bruttomonatsgehalt von 3.100 Euro, Auszahlung 14 mal pro Jahr", "AT", (3_100, 3_100, "EUR", "month")),
        ("Bruttomonatsgehalt: 2.800 bis 3.400 EUR (14 Mal pro Jahr)", "AT", (2_800, 3_400, "EUR", "month")),
        ("Mindestgehalt € 3.100,- brutto/Monat (14x)", "AT", (3_100, None, "EUR", "month")),
        ("Mindestgehalt € 3.100,- (14 Mal jährlich)", "AT", (3_100, None, "EUR", "month")),
        ("Jahresgehalt € 45.000,- (14x jährlich ausbezahlt)", "AT", (45_000, 45_000, "EUR", "year")),
        ("Salary: $100-350k", "US", (100_000, 350_000, "USD", "year")),
        # Nobody pays so much by the month or hour, and what is meant instead is not stated.
        ("Pay range: $120,000 - $150,000 monthly", "US", (120_000, 150_000, "USD", None)),
        ("Salary: $60,000 to $80,000 per month", "US", (60_000, 80_000, "USD", None)),
        ("Monthly gross salary: $95,000 - $120,000", "US", (95_000, 120_000, "USD", None)),
        ("Salary: $100,000 per hour", "US", (100_000, 100_000, "USD", None)),
        ("Full time, 40 hours per week. Base salary $120,000 - $150,000", "US", (120_000, 150_000, "USD", "year")),
        ("Salary: £45,000 - £50,000, 37.5 hours per week", "GB", (45_000, 50_000, "GBP", "year")),
        # Pesos and Taiwan dollars, of which a bare $ is the sign as well
        ("Salary: $60,000 - $80,000 per month", "MX", (60_000, 80_000, "MXN", "month")),
        ("Sueldo: $45,000 a $55,000 brutos mensuales", "MX", (45_000, 55_000, "MXN", "month")),
        ("Salario mensual: $45,000 - $55,000", "MX", (45_000, 55_000, "MXN", "month")),
        ("Salary: $60,000 - $80,000 per month", "TW", (60_000, 80_000, "TWD", "month")),
        ("Sueldo: $2.500.000 brutos por mes", "AR", (2_500_000, 2_500_000, "ARS", "month")),
        ("Salary: $2,500,000 - $2,900,000 per month", "CL", (2_500_000, 2_900_000, "CLP", "month")),
        ("Salario: $6.000.000 - $8.000.000", "CO", (6_000_000, 8_000_000, "COP", "month")),
        ("Salary: $5,000 - $7,000 per month", "MX", (5_000, 7_000, "USD", "month")),
        ("Salary: $90,000 - $120,000 per year", "MX", (90_000, 120_000, "USD", "year")),
        ("Salary: $60,000 - $80,000 USD per month", "MX", (60_000, 80_000, "USD", None)),
        # A number behind the amount that counts something else is not its other end.
        ("Salario: 45.000 € en 14 pagas", "ES", (45_000, 45_000, "EUR", "year")),
        ("Gehalt: 80.000 € - 30 Tage Urlaub", "DE", (80_000, 80_000, "EUR", "year")),
        # Where monthly pay is customary, this may be a junior's yearly or an executive's monthly pay.
        ("Salary: 80 000 - 90 000 PLN", "PL", (80_000, 90_000, "PLN", None)),
        ("Salary: 140 000 - 160 000 PLN", "PL", (140_000, 160_000, "PLN", "year")),
        # Where it is not, a small amount may be of two weeks or of a project.
        ("Salary: $3,000 - $5,000", "US", (3_000, 5_000, "USD", None)),
        ("Salary: £2,500 - £3,500", "GB", (2_500, 3_500, "GBP", None)),
        ("Pay: $2,884.62 - $3,846.15 / pay period", "US", (2_884.62, 3_846.15, "USD", None)),
        ("Salary: $2,500 - $3,500 twice monthly", "US", (2_500, 3_500, "USD", None)),
        ("Salary: $2,500 - $3,500 twice per month", "US", (2_500, 3_500, "USD", None)),
        ("Entgelt: 4.200 € - 6.100 €, befristet auf 12 Monate", "DE", (4_200, 6_100, "EUR", "month")),
        ("Lohn: CHF 7'500 - 9'000", "CH", (7_500, 9_000, "CHF", "month")),
        # Nor is it by the month where the words say otherwise.
        ("Salary: 10 000 - 13 000 PLN bimonthly", "PL", (10_000, 13_000, "PLN", None)),
        ("Salary: 10 000 - 13 000 PLN per paycheck", "PL", (10_000, 13_000, "PLN", None)),
        ("Salary: 10 000 - 13 000 PLN paid every other Friday", "PL", (10_000, 13_000, "PLN", None)),
        ("Salary: 10 000 - 13 000 PLN / project", "PL", (10_000, 13_000, "PLN", None)),
        ("Compensation: 10 000 - 13 000 PLN total for the project", "PL", (10_000, 13_000, "PLN", None)),
        ("Compensation: 10 000 - 13 000 PLN for the duration of the fellowship", "PL", (10_000, 13_000, "PLN", None)),
        ("Compensation: €5,000 - €7,000 for the 12-week program", "DE", (5_000, 7_000, "EUR", None)),
        ("Compensation: €2,000 - €5,000 per accepted model", "DE", (2_000, 5_000, "EUR", None)),
        ("Vergütung: 3.000 - 5.000 € für das gesamte Praktikum", "DE", (3_000, 5_000, "EUR", None)),
        ("Gratification : 3 000 € - 4 000 € pour 6 mois", "FR", (3_000, 4_000, "EUR", None)),
    ],
)
def test_a_stated_range_is_read_exactly(text: str, country: str, expected: tuple[object, ...]) -> None:
    assert read(text, country) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "We raised $50 million in Series B funding led by well-known investors.",
        "With $20M in funding and $5M ARR we are growing.",
        "We offer a 401k match of up to 4%.",
        "Benefits: 401K, dental, vision",
        "$1,500 annual learning stipend",
        "A $150/month coworking stipend",
        "£5,000 training and conference budget for your development",
        "$10,000 sign-on bonus",
        "Referral bonus of $5,000 for every hire",
        "Equity worth $50,000 - $100,000 over four years",
        "Closing deals with an ACV of $100K–$300K",
        "You carry a quota of $800,000 a year",
        "We saved our customers $250,000 last year",
        "A $1.6T industry that wastes $90 billion a year",
        "More than 200,000 users in 150 countries",
        "Requisition 2024150000, call 555-120-1500",
        "Life insurance - covering 2 times your salary, up to $200k",
        "Health insurance - up to $30,000 per year",
        "Scales to 100K+ jobs a day",
        "Two days a year: $100 and a day off",
        "We manage $10B - $12B in assets",
        "Experience sourcing candidates in the $80K–$200K yearly salary range.",
        "Tuition reimbursement: up to $50,000 annually",
        "We give you $2,500 per month for rent",
        "A seat is $2,400 per month",
        "Your own flat ($2,400 per month)",
        "Developers get $2,000/week in compute",
        "a team that ships $300/week of value",
        # Two periods: neither end can be given the other's.
        "Pay: $68.20/hour to $205,000/year + bonus",
        "Salary: $4,100 semi-monthly",
    ],
)
def test_other_amounts_of_money_are_not_pay(text: str) -> None:
    assert read(text) == []


def _lines_in_the_wild() -> Iterator[tuple[str, str, list[tuple[object, ...]]]]:
    """Yield invented lines in the styles of fifteen countries: text, country, and the pay stated, if any."""
    with Path(__file__).with_name("pay_lines.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            low, high = (float(row[end]) if row[end] else None for end in ("min", "max"))
            yield row["text"], row["country"], [(low, high, row["currency"], row["period"])] if row["currency"] else []


@pytest.mark.parametrize("pays", [True, False], ids=["pay", "other money"])
def test_lines_in_the_styles_of_fifteen_countries_are_read(pays: bool) -> None:
    lines = [line for line in _lines_in_the_wild() if bool(line[2]) == pays]
    assert len(lines) >= 60
    wrong = {text: got for text, country, stated in lines if (got := read(text, country)) != stated}
    assert not wrong


@pytest.mark.parametrize(
    ("country", "code", "basis"),
    [("US", "USD", "country"), ("CA", "CAD", "country"), ("AU", "AUD", "country"), (None, "USD", "symbol")],
)
def test_a_bare_dollar_sign_means_the_dollar_of_the_country(country: str | None, code: str, basis: str) -> None:
    document = Document("Engineer", None, "Salary: $150,000 - $180,000", (), "en")
    (pay,) = salary.salaries(document, country)
    assert (pay.currency, pay.currency_basis) == (code, basis)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Salary package of $72,000–$78,000 per annum, exclusive of superannuation", "AUD"),
        ("$110,000 base + super", "AUD"),
        ("Salary: $110,000 + KiwiSaver", "NZD"),
        ("Salary: $110,000, a super team", "USD"),
    ],
)
def test_a_pension_fund_of_one_country_tells_whose_dollars_they_are(text: str, code: str) -> None:
    (pay,) = salary.salaries(Document("Engineer", None, text, (), "en"), None)
    assert pay.currency == code


def test_an_amount_for_another_place_is_no_conversion() -> None:
    found = read("UK: £80,000 - £95,000 or equivalent $110,000 - $130,000 in the US", "GB")
    assert found == [(80000, 95000, "GBP", "year"), (110000, 130000, "USD", "year")]


@pytest.mark.parametrize(
    ("above", "code"), [("Location: remote, US and Canada only", "USD"), ("Location: remote in Canada", "CAD")]
)
def test_a_line_above_decides_on_a_bare_dollar_sign_only_if_it_names_one_country(above: str, code: str) -> None:
    document = Document("Engineer", None, f"{above}\nCompensation: $150,000 to $180,000 base", (), "en")
    (pay,) = salary.salaries(document, "US")
    assert pay.currency == code


def test_a_currency_code_after_the_amount_outranks_a_bare_dollar_sign() -> None:
    document = Document("Engineer", None, "Salary: $120-$130k CAD", (), "en")
    (pay,) = salary.salaries(document, "US")
    assert (pay.min, pay.max, pay.currency, pay.currency_basis) == (120_000, 130_000, "CAD", "stated")


def test_pay_in_several_currencies_is_no_range() -> None:
    text = "The base stipend is 3,000 USD / 2,100 GBP / 4,000 CAD per week."
    assert read(text) == [(3000, 3000, "USD", "week"), (2100, 2100, "GBP", "week"), (4000, 4000, "CAD", "week")]


def test_zones_give_one_entry_each_and_their_own_dollar() -> None:
    states = "United States: $150,000 - $180,000"
    text = f"Salary ranges:\n{states}\nCanada: $120,000 - $140,000\n{states}"
    assert read(text, "US") == [(150_000, 180_000, "USD", "year"), (120_000, 140_000, "CAD", "year")]


def test_join_us_is_not_read_as_the_united_states() -> None:
    assert read("Come and join us for a salary of $120,000 - $140,000", "CA") == [(120_000, 140_000, "CAD", "year")]


def test_a_second_range_without_a_currency_sign_takes_the_sign_of_the_first() -> None:
    text = "Annual Salary USD 136,500 - 276,500 in California // 120,500 - 256,500 elsewhere"
    assert read(text, "US") == [(136_500, 276_500, "USD", "year"), (120_500, 256_500, "USD", "year")]


def test_the_kind_of_pay_follows_the_words_beside_it() -> None:
    document = Document("Seller", None, "Pay\nBase salary: $70K-$90K\nOTE: $110-$130K\nSalary: $95K-$99K", (), "en")
    assert [pay.kind for pay in salary.salaries(document, "US")] == ["base", "ote", "unspecified"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("OTE (cash): $225K–$275K (base + variable bonus)", ["ote"]),
        ("Total compensation: $300K–$400K (base $180K–$220K)", ["total", "base"]),
        ("Salary: $225K–$275K (base)", ["base"]),
    ],
)
def test_what_pay_consists_of_is_not_its_kind(text: str, kinds: list[str]) -> None:
    assert [pay.kind for pay in salary.salaries(Document("Seller", None, text, (), "en"), "US")] == kinds


@pytest.mark.parametrize(
    ("text", "n_payments"),
    [
        ("Salario: 2.500 € - 3.000 € brutos al mes en 12 pagas", 12),
        ("Salario: 2.500 € brutos/mes (14 pagas)", 14),
        ("Salario: 14 pagas de 2.500 € brutos", 14),
        ("Salaire : 3 200 à 3 800 euros par mois sur 13 mois", 13),
        ("Rémunération : 2 800 € brut par mois + 13ème mois", 13),
        ("Gehalt: 4.500 € x 13", 13),
        ("Gehalt: 4.500 € brutto im Monat, 13 Monatsgehälter", 13),
        ("Gehalt: 4.500 € brutto/Monat (13,92 Gehälter)", 13.92),
        ("Gehalt: 3.100 € brutto pro Monat, 13. und 14. Gehalt", 14),
        ("Lohn: 9'000 € x 13", 13),
        ("Mindestgehalt € 3.100,- brutto/Monat (12x)", 12),
        ("Mindestgehalt 14x € 3.100,- brutto", 14),
        ("Salary €4,000 per month, paid in 12 monthly instalments", 12),
        ("Gehalt: 4.500 € brutto im Monat", None),
        ("Gehalt: 60.000 € (13 Gehälter)", None),  # the year's pay, in parts
        ("Salary: €4,000 per month, max 13 people in a team", None),
        ("Salaire : 3 000 € brut par mois, versé sur 14 mois", 14),
        ("Gehalt: 3.100 € brutto im Monat, auf 12 Monate verteilt", 12),
        ("Gehalt: 4.500 € brutto im Monat inkl. 13. Monatsgehalt", 13),
        ("Salário: 2.500 € brutos por mês x 14 meses", 14),
        ("CDD de 12 mois : 3 000 € brut par mois sur 13 mois", 13),
        ("Salaire brut mensuel : 3.500 € sur 13,92 mois", 13.92),
        # how long the contract lasts
        ("Gehalt: 4.000 € brutto/Monat, befristet auf 12 Monate.", None),
        ("Gehalt: 4.000 € brutto im Monat, befristet auf 15 Monate.", None),
        ("Die Promotionsstelle (4.300 € brutto im Monat) ist zunächst auf 15 Monate befristet.", None),
        ("Bruttogehalt 4.500 €/Monat, Vertrag auf 13 Monate, 30 Tage Urlaub", None),
        ("Gehalt: 2.000 € pro Monat. Das Praktikum ist auf 12 Monate angelegt", None),
        ("Salaire : 3 000 € brut par mois, CDD sur 15 mois", None),
        ("Salaire : 3 000 € brut par mois. Alternance sur 14 mois", None),
        ("Salaire : 3 000 € brut par mois sur 13 mois en CDD", None),
        ("Mindestentgelt: 4.061,50 € brutto monatlich (14 Mal jährlich), befristet auf 12 Monate", 14),
        # how often something else was counted
        ("Salary: €9,000 - €12,000 per month. Our revenue grew 15x.", None),
        ("Salary: €9,000 - €12,000 per month, and we grew 14x, from seed to series B.", None),
        ("Salary: €9,000 - €12,000 per month, revenue x 15", None),
        ("Gehalt: 4.500 € brutto im Monat. Unser Umsatz wuchs 14x pro Jahr.", None),
    ],
)
def test_how_often_a_year_the_pay_of_a_month_is_paid_is_read(text: str, n_payments: float | None) -> None:
    (pay,) = salary.salaries(Document("Engineer", None, text, (), "en"), "DE")
    assert pay.monthly_payments == n_payments


@pytest.mark.parametrize(
    ("text", "net"),
    [
        ("Salaire : 2 400 € net par mois", [True]),
        ("Salaire net : 2 400 € par mois", [True]),
        ("Gehalt: 3.000 € netto im Monat", [True]),
        ("Nettogehalt: 3.000 € monatlich", [True]),
        ("Salario: 2.000 € netos al mes", [True]),
        ("Retribuzione: 1.800 € netti al mese", [True]),
        ("Salary: €2,500 per month (net)", [True]),
        ("Take-home pay of €2,500 per month", [True]),
        ("Salary: 20 000 – 28 000 PLN netto/month", [True]),
        ("Salaire : 3 000 € brut (2 400 € net) par mois", [False, True]),
        ("Salaire mensuel : 3 000 € brut soit 2 400 € net", [False, True]),
        ("2 400 € net mensuel (3 100 € brut mensuel)", [True, False]),
        # of value added tax
        ("Salary: 20 000 – 28 000 PLN net/month (B2B)", [False]),
        ("Rate: 150–200 zł/h netto", [False]),
        ("Tagessatz: 800 € netto", [False]),
        ("Salary: €60,000 - €80,000 .NET Developer", [False]),
        ("Dot Net Developer: salary €60,000 - €80,000", [False]),
        ("Salary: €60,000 - €80,000, net promoter score of 60", [False]),
        ("Salary: €60,000 - €80,000 net zero mission", [False]),
        ("Salary €70,000 ASP Net MVC developer", [False]),
        ("Salaire : 2 400 € net avant impôts par mois", [True]),
        ("Nettogehalt ca. 3.000 € im Monat", [True]),
        # of a benefit
        ("Gehalt ab 60.000 € plus netto Sachbezug von 50 €", [False]),
        ("Gehalt: 60.000 € netto Sachbezug von 50 €", [False]),
        ("Gehalt: 60.000 - 70.000 € und Nettobezüge wie JobRad", [False]),
        ("Gehalt: 60.000 - 70.000 € und netto 50 im Monat für JobRad", [False]),
        ("Neben Nettobezügen ein Gehalt von 60.000 €", [False]),
    ],
)
def test_pay_after_taxes_is_told_apart(text: str, net: list[bool]) -> None:
    found = salary.salaries(Document("Engineer", None, text, (), "en"), "DE")
    assert [pay.is_net for pay in found] == net


def test_the_span_points_at_the_amount() -> None:
    document = Document("Engineer", None, "About us\nThe salary is $150,000 - $180,000 per year.", (), "en")
    (pay,) = salary.salaries(document, "US")
    assert document.text[pay.span_start : pay.span_end] == "$150,000 - $180,000"


def test_pay_in_the_title_has_no_span() -> None:
    document = Document("Acme | Engineer | Remote (US) | $150K-$180K + equity", None, "Join us.", (), "en")
    (pay,) = salary.salaries(document, "US")
    assert (pay.min, pay.max, pay.period, pay.span_start) == (150_000, 180_000, "year", None)


def test_reversed_bounds_are_swapped_and_nonsense_is_dropped() -> None:
    assert read("Salary: $180,000 - $150,000") == [(150_000, 180_000, "USD", "year")]
    assert read("Salary: $900,000 - $20,000") == []


def test_krone_and_yen_without_a_country_stay_unknown() -> None:
    assert currencies.resolve("kr", None) is None
    assert currencies.resolve("¥", "US") is None


@given(st.text(alphabet="0123456789$€£k.,'- /toupper\u00a0\u202f\nyrhINRLPA", max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    document = Document("Engineer", None, text, (), "en")
    for pay in salary.salaries(document, "US"):
        assert pay.span_start is not None
        assert pay.span_end is not None
        assert 0 <= pay.span_start < pay.span_end <= len(text)
        assert pay.min is None or pay.min > 0
        assert pay.min is None or pay.max is None or pay.min <= pay.max


@pytest.mark.parametrize("unit", ["$1 - ", "$120,000 ", "1,000", "9", "salary $ ", "120k-"])
def test_a_text_of_several_megabytes_is_read_to_the_end(unit: str) -> None:
    document = Document("Engineer", None, unit * (1_000_000 // len(unit)), (), "en")
    assert isinstance(salary.salaries(document, "US"), list)


# A second judge: boards that state pay both in a field and in the text.

_PERIODS = {"1 YEAR": "year", "1 MONTH": "month", "1 WEEK": "week", "1 DAY": "day", "1 HOUR": "hour", "YEAR": "year"}
_COUNTRIES = {
    "united states": "US",
    "usa": "US",
    "us": "US",
    "canada": "CA",
    "united kingdom": "GB",
    "uk": "GB",
    "germany": "DE",
    "france": "FR",
    "spain": "ES",
    "philippines": "PH",
    "india": "IN",
}
_AGREEMENT_FLOOR = 0.97
_FOUND_FLOOR = 0.97

Range = tuple[float | None, float | None, str | None, str | None]


def _ashby(shared_dir: Path) -> Iterator[tuple[str, str, Document, str | None, set[Range]]]:
    for file in sorted((shared_dir / "boards" / "ashby").glob("*.json")):
        for job in json.loads(file.read_text(encoding="utf-8"))["jobs"]:
            field = {
                (part["minValue"], part["maxValue"], part["currencyCode"], _PERIODS.get(part["interval"]))
                for tier in (job.get("compensation") or {}).get("compensationTiers") or []
                for part in tier["components"]
                if part["compensationType"] == "Salary"
            }
            if field:
                address = (job.get("address") or {}).get("postalAddress") or {}
                country = _COUNTRIES.get((address.get("addressCountry") or "").strip().lower())
                document = read_document(job["title"], job["location"], html=job.get("descriptionHtml") or "")
                yield file.stem, job["id"], document, country, field


def _json_ld(shared_dir: Path) -> Iterator[tuple[str, str, Document, str | None, set[Range]]]:
    lines = (
        (shared_dir / "boards" / "builtin_jsonld" / "jobposting.jsonl").read_text(encoding="utf-8").strip().split("\n")
    )
    for number, line in enumerate(lines):
        job = json.loads(line)
        stated = job.get("baseSalary")
        if stated:
            value = stated["value"]
            field = {(value["minValue"], value["maxValue"], stated["currency"], _PERIODS.get(value["unitText"]))}
            yield "jsonld", str(number), read_document(job["title"], None, html=job["description"]), "US", field


_PLAIN_RANGE = re.compile(
    r"[$€£]\s?\d{2,3}(?:[.,]\d{3}|\s?[kK])(?:\.\d\d)?(?![\dMmBb])\s?(?:-|–|—|to)\s?[$€£]?\s?\d{2,3}(?:[.,]\d{3}|\s?[kK])(?![\dMmBb])"
)


def _states_a_range(document: Document) -> bool:
    """Look for a range without the parser: two amounts in the thousands with a currency sign and a dash between."""
    return bool(_PLAIN_RANGE.search(document.text))


def _agrees(found: set[Range], field: set[Range]) -> bool:
    """Return whether an entry equals the field's, or all entries together span its one range; cents are ignored."""

    def rounded(ranges: set[Range]) -> set[Range]:
        return {(low and int(low), high and int(high), code, period) for low, high, code, period in ranges}

    low = min((entry[0] for entry in found if entry[0]), default=None)
    high = max((entry[1] for entry in found if entry[1]), default=None)
    span = {(low, high, code, period) for _, _, code, period in found}
    return bool((rounded(found) | rounded(span)) & rounded(field))


def test_the_text_agrees_with_the_boards_own_field(shared_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The parser never sees the field. Postings that contradict themselves, checked by eye, are listed separately."""
    with Path(__file__).with_name("pay_contradictions.csv").open(encoding="utf-8", newline="") as file:
        contradictory = {row["native_id"]: row["reviewed"] for row in csv.DictReader(file)}
    counts: dict[str, Counter[str]] = {}
    met: set[str] = set()
    unlike: list[str] = []
    for board, postings in (("ashby", _ashby(shared_dir)), ("json-ld", _json_ld(shared_dir))):
        count = counts[board] = Counter()
        for employer, native_id, document, country, field in postings:
            found = {(p.min, p.max, p.currency, p.period) for p in salary.salaries(document, country)}
            count["with a field"] += 1
            if _states_a_range(document):
                count["text has a range"] += 1
                count["of them found"] += bool(found)
            if not found:
                continue
            count["found"] += 1
            if _agrees(found, field):
                count["agree"] += 1
            elif native_id in contradictory:
                count["contradict themselves"] += 1
                met.add(native_id)
            else:
                unlike.append(
                    f"{employer} {native_id}: text {sorted(map(str, found))}, field {sorted(map(str, field))}"
                )
    total = sum(counts.values(), Counter())
    judged = total["found"] - total["contradict themselves"]
    with capsys.disabled():
        columns = (
            "with a field", "text has a range", "of them found", "found", "agree", "contradict themselves",
        )  # fmt: skip
        lines = ["", "pay in text against pay in the field | " + " | ".join(columns)]
        for board, count in counts.items():
            lines.append(f"{board} | " + " | ".join(str(count[column]) for column in columns))
        lines.append(
            f"agreement {total['agree'] / judged:.3f}, found {total['of them found'] / total['text has a range']:.3f}"
        )
        _show(lines + [f"differs: {line}" for line in unlike])
    assert total["text has a range"] > 200, "hardly any text has a range: the recordings or the extraction changed"
    assert total["agree"] / judged >= _AGREEMENT_FLOOR, "\n".join(unlike)
    assert total["of them found"] / total["text has a range"] >= _FOUND_FLOOR
    assert len(met) >= 0.9 * len(contradictory), "listed as contradictory, but the text now agrees: shorten the list"


def _show(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
