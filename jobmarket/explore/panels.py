"""The page's panels: each shows a published table with its query."""

from __future__ import annotations

import duckdb
import pandas as pd
import streamlit as st

from jobmarket.counted import counted
from jobmarket.explore import queries
from jobmarket.explore.opening import Reader
from jobmarket.explore.queries import Choice
from jobmarket.report.formats import change, change_interval, foreign, share

_MARGIN = {"is_significant": st.column_config.CheckboxColumn("flagged")}


@st.cache_data(max_size="200MiB", show_spinner=False, hash_funcs={Reader: lambda reader: str(reader.vintage)})
def ask(reader: Reader, query: str) -> tuple[pd.DataFrame, bool]:
    """Run a query once for each vintage, and return its first rows and whether there are more.

    A change of one menu reruns the script, and most queries are the same then.

    Raises:
        duckdb.Error: As `Reader.answer`.
        CannotAnswerError: As `Reader.answer`.
    """
    return reader.answer(query)


def show_query(name: str, query: str) -> None:
    """Show a query below its result, and offer it in the SQL tab."""
    st.session_state.setdefault("queries", {})[name] = query
    with st.expander("The query"):
        st.code(query, language="sql")


def answer(reader: Reader, query: str) -> tuple[pd.DataFrame, bool] | None:
    """Run a query, and return its first rows and whether there are more. Show a notice if the vintage is too old.

    Args:
        reader: The opened vintage, which may be of an earlier version.
        query: A query of this module. Tables or columns that the vintage lacks were added in a later version.

    Returns:
        The rows, and whether there are more; None if the vintage is too old.
    """
    try:
        return ask(reader, query)
    except (duckdb.CatalogException, duckdb.BinderException):
        st.info("This vintage was published by an earlier version, which does not have these figures.")
        return None


def show(reader: Reader, title: str, table: str, query: str) -> pd.DataFrame | None:
    """Show a table with its heading and its query, and return it; None if the vintage does not have it."""
    st.subheader(title)
    if table not in reader.tables:
        st.info(f"This vintage has no {table}: later versions publish it.")
        return None
    answered = answer(reader, query)
    if answered is None:
        return None
    frame, _ = answered
    if frame.empty:
        st.info("There are no figures for this selection.")
    else:
        st.dataframe(frame, hide_index=True, width="stretch", column_config=_MARGIN)
    show_query(title, query)
    return frame


def groups(reader: Reader, choice: Choice) -> None:
    """Show the skill's share by level and by workplace."""
    if {"seniority", "workplace"} <= set(reader.columns("rpt_skill_demand_weekly")):
        show(reader, "By level and by workplace", "rpt_skill_demand_weekly", queries.groups(choice))
        st.caption(
            "Groups with enough postings and employers. They are published by role or by country, not by both at once."
        )


def together(reader: Reader, choice: Choice, skill: str) -> None:
    """Show the skills that are asked for together with the skill."""
    show(reader, "Asked for together with it", "rpt_skill_pairs", queries.together(choice))
    st.caption(
        f"All countries and levels. The lift compares how often a skill is asked for together with {skill} with how "
        "often it would be if the two were unrelated within each role family. The strongest pairs come first, by the "
        "lower end of the lift's interval (lift_low): a high lift of few postings may be chance. Where the lift is "
        "empty without a floor_reason, employers are too alike to estimate its interval."
    )


def pay_of_like_jobs(reader: Reader, choice: Choice) -> None:
    """Show the salary grid, and pay by level, skill, specialisation and attribute of the job."""
    show(reader, "Salary grid", "rpt_salary_grid", queries.grid(choice))
    show(reader, "Pay by level", "rpt_seniority_salary", queries.level_pay(choice))
    table = "rpt_skill_salary_premium"
    frame = show(reader, "Pay with a skill", table, queries.premiums(choice, reader.columns(table)))
    if frame is not None and not frame.empty:
        flagged = frame[frame["is_significant"].fillna(value=False).astype(bool)]
        compared = int(frame["premium"].notna().sum())
        st.text(f"{counted(compared, 'skill')} compared, {len(flagged):,} flagged as significant.{_extreme(flagged)}")
    show(reader, "Pay by specialisation", "rpt_specialisation_salary", queries.specialisations(choice))
    show(reader, "Pay by workplace, degree and visa", "rpt_attribute_salary_premium", queries.attributes(choice))
    st.caption(
        "A premium compares similar jobs with and without something. It does not show that this is the cause. "
        "Specialisations are compared with openings of other role families too, unless a role is chosen."
    )


def _extreme(flagged: pd.DataFrame) -> str:
    """Name the highest of the flagged premiums, in descending order, or the lowest if none is above 0.

    Its interval allows for the selection by the flag, in vintages that have such intervals.
    """
    if flagged.empty:
        return ""
    which, row = ("highest", flagged.iloc[0]) if flagged.iloc[0]["premium"] > 0 else ("lowest", flagged.iloc[-1])
    low, high = (row.get(f"premium_selected_{end}", row[f"premium_{end}"]) for end in ("low", "high"))
    interval = change_interval(low, high)
    return f" The {which}: {foreign(row['skill_name'])}, {change(row['premium'])} ({interval})."


def employers(reader: Reader, choice: Choice) -> None:
    """Show who is hiring, and the share of the five largest employers."""
    frame = show(reader, "Who is hiring", "rpt_employers", queries.employers(choice, reader.columns("rpt_employers")))
    if frame is not None and (sentence := _five_largest(frame)):
        st.text(sentence)


def _five_largest(frame: pd.DataFrame) -> str:
    """State the number of employers and the published share of the five largest; nothing where it is withheld."""
    five = frame["top_5_share"].iloc[0] if len(frame) else None
    if pd.isna(five):
        return ""
    agencies = " Agencies, if any, are counted, but are not among the five." if "is_agency" in frame else ""
    n = frame["n_companies"].iloc[0]
    return f"{n:,} employers have openings. The five largest have {share(five)} of them.{agencies}"
