"""The page, a Streamlit script. ``jobmarket explore`` runs it with the folder of the home."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from jobmarket.counted import counted
from jobmarket.explore import panels, queries
from jobmarket.explore.charts import band
from jobmarket.explore.opening import CannotAnswerError, Reader, open_reader
from jobmarket.explore.queries import Choice
from jobmarket.publishing import published_vintage
from jobmarket.report.formats import dollars, dollars_interval, foreign, moment, share, share_interval
from jobmarket.report.names import country as country_name
from jobmarket.report.names import name
from jobmarket.settings import Home

_FIRST_QUERY = (
    "select week_start, status, skill_name, share, share_low, share_high, n_postings\n"
    "from what_is_asked_for_now\nwhere role_family = 'all' and country = 'all'\norder by share desc\nlimit 20"
)
# Shows weeks as dates, without a time.
_WEEK = {"week_start": st.column_config.DateColumn(format="YYYY-MM-DD")}


def main(home: Home) -> None:
    """Draw the page for the current selection."""
    st.set_page_config("jobmarket: explore", layout="wide")
    reader = _reader(str(published_vintage(home)))
    about = reader.about
    as_of = moment(datetime.fromisoformat(about["as_of"]))
    st.title("Explore the market")
    st.caption(f"Vintage {about['vintage_id']}, data as of {as_of}. Read-only, on this machine.")
    for notice in reader.warnings():
        st.warning(notice)
    choice, skill = _choose(reader)
    st.session_state["queries"] = {f"Skills of the {reader.week_now}": _FIRST_QUERY}
    trend, pay, employers, postings, sql = st.tabs(["Demand", "Pay", "Employers", "Postings", "SQL"])
    with trend:
        frame = _trend(reader, choice, skill)
        panels.groups(reader, choice)
        panels.together(reader, choice, skill)
    with pay:
        _pay(reader, choice)
        panels.pay_of_like_jobs(reader, choice)
    with employers:
        panels.employers(reader, choice)
    with postings:
        _postings(reader, choice, skill, frame)
    with sql:
        _sql(reader)


# Runs of the script that still show the vintage before keep its reader.
@st.cache_resource(max_entries=1)
def _reader(vintage: str) -> Reader:
    """Open a vintage once for all sessions."""
    return open_reader(Path(vintage))


def _choose(reader: Reader) -> tuple[Choice, str]:
    families, countries, levels, known = reader.menus
    with st.sidebar:
        st.header("Selection")
        family = st.selectbox("Role", families, format_func=name)
        country = st.selectbox("Country", countries, format_func=country_name)
        level = st.selectbox(
            "Level",
            levels,
            format_func=name,
            help="Applies to pay and to the list of postings. Shares are for all levels.",
        )
        skill = st.selectbox("Skill", list(known), format_func=lambda key: foreign(known[key]))
        measures = {"stock": "open in the week (stock)", "flow": "newly published (flow)"}
        measure = st.radio("Postings", list(measures), format_func=measures.__getitem__)
    return Choice(family, country, level, skill, measure), foreign(known[skill])


def _trend(reader: Reader, choice: Choice, skill: str) -> pd.DataFrame:
    query = queries.trend(choice)
    frame, _ = panels.ask(reader, query)
    st.subheader("Share of postings that ask for the skill")
    # the level chosen does not apply here, which must be read beside the figure, not in the help of a menu
    st.text(skill if choice.seniority == "all" else f"{skill}, all levels")
    last = _now(reader, frame)
    if last is None or pd.isna(last["share"]):
        st.info(f"No figure for the {reader.week_now}: {'no postings' if last is None else last['floor_reason']}.")
    else:
        left, middle, right = st.columns(3)
        interval = share_interval(last["share_low"], last["share_high"])
        left.metric(f"Share, {reader.week_now}", share(last["share"]), interval, delta_color="off", delta_arrow="off")
        middle.metric("Postings with it", f"{int(last['n_with_skill']):,} of {last['n_postings']:,}")
        right.metric("Employers", f"{last['n_companies']:,}", last["status"], delta_color="off", delta_arrow="off")
    if frame["share"].notna().any():
        matched = "matched_share" if frame["matched_share"].notna().any() else None
        st.altair_chart(band(frame, "share", "share_low", "share_high", ".0%", matched), width="stretch")
        dashed = "Dashed: the matched share, chained over the employers observed in both weeks. " if matched else ""
        st.caption(f"{dashed}The axis does not begin at zero.")
    st.dataframe(frame, hide_index=True, width="stretch", column_config=_WEEK)
    panels.show_query("Share of the skill", query)
    return frame


def _pay(reader: Reader, choice: Choice) -> None:
    query = queries.pay(choice)
    frame, _ = panels.ask(reader, query)
    st.subheader("Median of stated base pay, US dollars a year")
    last = _now(reader, frame)
    if last is None or pd.isna(last["salary_median_usd_annual"]):
        reason = "no postings with pay" if last is None else last["floor_reason"]
        st.info(f"No figure for the {reader.week_now}: {reason}.")
    else:
        interval = dollars_interval(last["salary_median_usd_annual_low"], last["salary_median_usd_annual_high"])
        median = dollars(last["salary_median_usd_annual"])
        left, right = st.columns(2)
        left.metric(f"Median, {reader.week_now}", median, interval, delta_color="off", delta_arrow="off")
        n = f"{int(last['n_with_pay']):,}, at {last['n_companies']:,} employers"
        right.metric("Postings with pay", n, last["status"], delta_color="off", delta_arrow="off")
        if choice.country == "all":
            st.caption("Pay differs between countries, and this median mixes those that state it: choose a country.")
    if last is not None and pd.notna(last["disclosure_share"]):
        interval = share_interval(last["disclosure_low"], last["disclosure_high"])
        n_all = f"{interval} of {last['n_postings']:,}, {last['disclosure_status']}"
        st.metric(
            "Postings that state pay", share(last["disclosure_share"]), n_all, delta_color="off", delta_arrow="off"
        )
    if frame["salary_median_usd_annual"].notna().any():
        median, bounds = "salary_median_usd_annual", ("salary_median_usd_annual_low", "salary_median_usd_annual_high")
        chart = band(frame, median, *bounds, "$,.0f")
        st.altair_chart(chart, width="stretch")
    st.dataframe(frame, hide_index=True, width="stretch", column_config=_WEEK)
    panels.show_query("Median pay", query)


def _postings(reader: Reader, choice: Choice, skill: str, frame: pd.DataFrame) -> None:
    st.subheader("Postings behind a week's figure")
    weeks = [week.date() for week in frame["week_start"].sort_values(ascending=False)]
    if not weeks:
        st.info("No week has a figure for this selection.")
        return
    now = _now(reader, frame)  # the week of the figure above; a later one is unfinished
    week = st.selectbox("Week of", weeks, index=0 if now is None else weeks.index(now["week_start"].date()))
    query = queries.postings(choice, week)
    rows, was_cut = panels.ask(reader, query)
    number = f"More than {len(rows):,}" if was_cut else f"{len(rows):,}"
    asking = "posting asks" if len(rows) == 1 and not was_cut else "postings ask"
    if choice.seniority == "all":
        st.text(f"{number} {asking} for {skill}.")
    elif pd.isna(n_with_skill := frame["n_with_skill"][frame["week_start"].dt.date == week].iloc[0]):
        st.text(f"At level {name(choice.seniority)}, {number.lower()} {asking} for {skill}.")
    else:
        all_levels = counted(int(n_with_skill), "posting asks", "postings ask")
        st.text(f"{all_levels} for {skill}, of which at level {name(choice.seniority)}: {number}.")
    if was_cut:
        st.caption(f"Only the first {len(rows):,} are shown. `jobmarket sql --format csv` with this query prints all.")
    columns = {"url": st.column_config.LinkColumn("address", validate="^https?://")}
    st.dataframe(rows, hide_index=True, width="stretch", column_config=columns)
    panels.show_query("Postings behind the share", query)


def _sql(reader: Reader) -> None:
    st.subheader("SQL")
    known = st.session_state["queries"]
    first = st.selectbox("Start from", list(known))
    query = st.text_area("Query (DuckDB, read-only)", known[first], height=220)
    st.caption("Tables: " + ", ".join(reader.tables))
    if not query.strip():
        return
    try:
        rows, was_cut = panels.ask(reader, query)
    except (duckdb.Error, CannotAnswerError) as error:
        st.error("The query failed.")
        st.code(str(error), language=None)
        return
    if was_cut:
        st.caption(f"Only the first {queries.MOST_ROWS:,} rows are shown. `jobmarket sql --format csv` prints all.")
    st.dataframe(rows, hide_index=True, width="stretch", column_config=_WEEK)


def _now(reader: Reader, frame: pd.DataFrame) -> pd.Series | None:
    rows = frame[frame["week_start"].dt.date == reader.current_week] if not frame.empty else frame
    return None if rows.empty else rows.iloc[0]


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
