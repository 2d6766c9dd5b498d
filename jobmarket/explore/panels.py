"""The page's panels: each shows a published table with its query."""

from __future__ import annotations

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


def show(reader: Reader, title: str, query: str) -> pd.DataFrame:
    """Show a table with its heading and its query, and return it."""
    st.subheader(title)
    frame, _ = ask(reader, query)
    if frame.empty:
        st.info("There are no figures for this selection.")
    else:
        st.dataframe(frame, hide_index=True, width="stretch", column_config=_MARGIN)
    show_query(title, query)
    return frame


def groups(reader: Reader, choice: Choice) -> None:
    """Show the skill's share by level and by workplace."""
    show(reader, "By level and by workplace", queries.groups(choice))
    st.caption(
        "Groups with enough postings and employers. They are published by role or by country, not by both at once."
    )


def together(reader: Reader, choice: Choice, skill: str) -> None:
    """Show the skills that are asked for together with the skill."""
    show(reader, "Asked for together with it", queries.together(choice))
    st.caption(
        f"All countries and levels. The lift compares how often a skill is asked for together with {skill} with how "
        "often it would be if the two were unrelated within each role family. The strongest pairs come first, by the "
        "lower end of the lift's interval (lift_low): a high lift of few postings may be chance. Where the lift is "
        "empty without a floor_reason, employers are too alike to estimate its interval."
    )


def pay_of_like_jobs(reader: Reader, choice: Choice) -> None:
    """Show the salary grid, and pay by level, skill, specialisation and attribute of the job."""
    show(reader, "Salary grid", queries.grid(choice))
    show(reader, "Pay by level", queries.level_pay(choice))
    frame = show(reader, "Pay with a skill", queries.premiums(choice))
    if not frame.empty:
        flagged = frame[frame["is_significant"].fillna(value=False).astype(bool)]
        compared = int(frame["premium"].notna().sum())
        st.text(f"{counted(compared, 'skill')} compared, {len(flagged):,} flagged as significant.{_extreme(flagged)}")
    show(reader, "Pay by specialisation", queries.specialisations(choice))
    show(reader, "Pay by workplace, degree and visa", queries.attributes(choice))
    st.caption(
        "A premium compares similar jobs with and without something. It does not show that this is the cause. "
        "Specialisations are compared with openings of other role families too, unless a role is chosen."
    )


def _extreme(flagged: pd.DataFrame) -> str:
    """Name the highest of the flagged premiums, in descending order, or the lowest if none is above 0.

    Its interval allows for the selection by the flag.
    """
    if flagged.empty:
        return ""
    which, row = ("highest", flagged.iloc[0]) if flagged.iloc[0]["premium"] > 0 else ("lowest", flagged.iloc[-1])
    interval = change_interval(row["premium_selected_low"], row["premium_selected_high"])
    return f" The {which}: {foreign(row['skill_name'])}, {change(row['premium'])} ({interval})."


def employers(reader: Reader, choice: Choice) -> None:
    """Show who is hiring, and the share of the five largest employers."""
    frame = show(reader, "Who is hiring", queries.employers(choice))
    if sentence := _five_largest(frame):
        st.text(sentence)


def _five_largest(frame: pd.DataFrame) -> str:
    """State the number of employers and the published share of the five largest; nothing where it is withheld."""
    five = frame["top_5_share"].iloc[0] if len(frame) else None
    if pd.isna(five):
        return ""
    return (
        f"{frame['n_companies'].iloc[0]:,} employers have openings. The five largest have {share(five)} of them. "
        "Agencies, if any, are counted, but are not among the five."
    )
