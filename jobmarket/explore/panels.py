"""Panels of the page that show a table as it is published, each with its query."""

from __future__ import annotations

import duckdb
import pandas as pd
import streamlit as st

from jobmarket.explore import queries
from jobmarket.explore.opening import Reader
from jobmarket.explore.queries import Choice
from jobmarket.report.formats import change, foreign, share

_MARGIN = {"is_significant": st.column_config.CheckboxColumn("flagged")}


def show_query(name: str, query: str) -> None:
    """The query below its answer; the SQL tab can begin with it."""
    st.session_state.setdefault("queries", {})[name] = query
    with st.expander("The query"):
        st.code(query, language="sql")


def answer(reader: Reader, query: str) -> tuple[pd.DataFrame, bool] | None:
    """The rows of a query, and whether there were more; None, and a line that says so, where the vintage lacks them.

    Args:
        reader: Of the vintage, which may be of an earlier version.
        query: One of ours: what it names and the file has not came later.
    """
    try:
        return reader.answer(query)
    except (duckdb.CatalogException, duckdb.BinderException):
        st.info("This vintage was published by an earlier version, which did not tell this.")
        return None


def show(reader: Reader, title: str, table: str, query: str) -> pd.DataFrame | None:
    """A table with its heading and its query; None, and a line that says so, where the vintage does not tell it."""
    st.subheader(title)
    if table not in reader.tables:
        st.info(f"This vintage was published before there was {table}.")
        return None
    answered = answer(reader, query)
    if answered is None:
        return None
    frame, _ = answered
    if frame.empty:
        st.info("Nothing was published for this choice.")
    else:
        st.dataframe(frame, hide_index=True, width="stretch", column_config=_MARGIN)
    show_query(title, query)
    return frame


def groups(reader: Reader, choice: Choice) -> None:
    """Who asks for the skill: levels and kinds of workplace."""
    if {"seniority", "workplace"} <= set(reader.columns("rpt_skill_demand_weekly")):
        show(reader, "By level and by workplace", "rpt_skill_demand_weekly", queries.groups(choice))
        st.caption("Those with enough postings and employers, by role and by country, not by both at once.")


def together(reader: Reader, choice: Choice, skill: str) -> None:
    """What else is asked for where the skill is."""
    show(reader, "Asked for together with it", "rpt_skill_pairs", queries.together(choice))
    st.caption(
        f"All countries and levels. Lift: how many times as often as if {skill} had nothing to do with it; without a "
        "floor_reason it is empty where employers are too alike to tell its interval."
    )


def pay_of_like_jobs(reader: Reader, choice: Choice) -> None:
    """The salary grid, and what goes with skills, specialisations and attributes of the job."""
    show(reader, "Salary grid", "rpt_salary_grid", queries.grid(choice))
    frame = show(reader, "What goes with a skill in pay", "rpt_skill_salary_premium", queries.premiums(choice))
    if frame is not None and not frame.empty:
        flagged = frame[frame["is_significant"].fillna(value=False).astype(bool)]
        best = "" if flagged.empty else f" The highest: {foreign(flagged.iloc[0]['skill_name'])}, "
        best += "" if flagged.empty else f"{change(flagged.iloc[0]['premium'])}."
        compared = int(frame["premium"].notna().sum())
        st.text(f"{compared:,} skills were compared, {len(flagged):,} are flagged as significant.{best}")
    show(reader, "What specialisations pay", "rpt_specialisation_salary", queries.specialisations(choice))
    show(
        reader, "What goes with workplace, degree and visa", "rpt_attribute_salary_premium", queries.attributes(choice)
    )
    st.caption("What goes with something in pay is not what it earns: like jobs are compared, not alike ones.")


def employers(reader: Reader, choice: Choice) -> None:
    """Who hires, and how much of the market the largest have."""
    frame = show(reader, "Who is hiring", "rpt_employers", queries.employers(choice))
    if frame is not None and not frame.empty and pd.notna(frame.iloc[0]["share_of_open"]):
        five = frame.head(5)["n_open"].sum() / frame.iloc[0]["n_postings"]
        st.text(
            f"{frame.iloc[0]['n_companies']:,} employers have openings; the five largest have {share(five)} of them."
        )
