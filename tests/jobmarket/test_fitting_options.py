"""Options that a command would ignore are wrong usage. The message names those that were given."""

from datetime import date

import click
import duckdb
import pytest

from jobmarket.explain import FigureCell
from jobmarket.explain.figure import Figure, explain_figure
from jobmarket.fitting_options import given_options, require_fitting
from jobmarket.profile import ProfileCell


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        (ProfileCell(), []),
        (ProfileCell("ml_engineer", country="US"), ["--role", "--country"]),
        (FigureCell(date(2026, 8, 17), measure="flow"), ["--week", "--measure"]),
    ],
)
def test_only_options_without_their_default_are_given(cell: object, options: list[str]) -> None:
    assert given_options(cell) == options


@pytest.mark.parametrize(
    ("takes", "given", "message"),
    [
        ([], ["--role"], "It takes none of these options: leave out --role. Or so."),
        (
            ["--country"],
            ["--country", "--week", "--kind"],
            "It takes only --country: leave out --week and --kind. Or so.",
        ),
        (["--a", "--b", "--c"], ["--d"], "It takes only --a, --b and --c: leave out --d. Or so."),
    ],
)
def test_options_that_do_not_apply_are_named(takes: list[str], given: list[str], message: str) -> None:
    with pytest.raises(click.UsageError) as refused:
        require_fitting("It", takes, given, hint=" Or so.")
    assert refused.value.message == message


def test_a_figure_refuses_a_dimension_that_it_does_not_have() -> None:
    theme = Figure(
        name="llm", what="share", table="rpt_theme_demand_weekly", columns=("country",), trend="", behind="", never=""
    )
    with (
        duckdb.connect() as nothing,
        pytest.raises(click.UsageError, match="share of llm takes only --week and --country"),
    ):
        explain_figure(nothing, theme, FigureCell(country="US", seniority="junior"))
