"""Published files as earlier versions left them: the arguments of their macros have other names, or are fewer."""

from collections.abc import Mapping

import duckdb

from jobmarket.publishing.questions import questions
from jobmarket.settings import Home

# Macro → its arguments, in the order that they have today.
RENAMED = {
    "salary_grid": "place := 'all', role := 'all'",
    "salary_trend": "place := 'all', level := 'all', role := 'all', kind := 'stock'",
    "skill_trend": "skill, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all'",
    "postings_behind": (
        "skill, week, place := 'all', role := 'all', kind := 'stock', level := 'all', place_of_work := 'all'"
    ),
}
FEWER = {"skill_trend": "skill, place := 'all', role := 'all', kind := 'stock'"}


def give_back(home: Home, macros: Mapping[str, str]) -> None:
    """Give macros of a home's published file the arguments that they had; their answers are today's."""
    with duckdb.connect(str(home.published / "jobmarket.duckdb")) as published:
        for question in questions():
            name = question.name
            if name in macros:
                published.execute(question.statement.replace(f"create macro {name}(", f"create macro {name}_today("))
                passed = ", ".join(argument.partition(" :=")[0] for argument in macros[name].split(", "))
                published.execute(
                    f"create or replace macro {name}({macros[name]}) as table from {name}_today({passed})"
                )
