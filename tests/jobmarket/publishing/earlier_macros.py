"""Published files as earlier versions wrote them: their macros have fewer parameters, or other parameter names."""

from collections.abc import Mapping

import duckdb

from jobmarket.publishing.questions import questions
from jobmarket.settings import Home

# Macro → its earlier parameters, in the order of the current ones.
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
    """Give macros of a home's published file their earlier parameters; their answers are the current ones."""
    with duckdb.connect(str(home.published / "jobmarket.duckdb")) as published:
        for question in questions():
            name = question.name
            if name in macros:
                published.execute(question.statement.replace(f"create macro {name}(", f"create macro {name}_today("))
                passed = ", ".join(argument.partition(" :=")[0] for argument in macros[name].split(", "))
                published.execute(
                    f"create or replace macro {name}({macros[name]}) as table from {name}_today({passed})"
                )
