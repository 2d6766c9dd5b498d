"""The page itself, a Streamlit script: ``jobmarket explore`` runs it with the folder of the published file."""

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
from jobmarket.report.formats import country as country_name
from jobmarket.report.formats import dollars, dollars_interval, foreign, moment, name, share, share_interval
from jobmarket.settings import Home

_FIRST_QUERY = (
    "select week_start, status, skill_name, share, share_low, share_high, n_postings\n"
    "from what_is_asked_for_now\nwhere role_family = 'all' and country = 'all'\norder by share desc\nlimit 20"
)
# A Monday, and no moment of it.
_WEEK = {"week_start": st.column_config.DateColumn(format="YYYY-MM-DD")}


def main(home: Home) -> None:
    """Draw the page for what is chosen."""
    st.set_page_config("jobmarket: explore", layout="wide")
    reader = _reader(str(home.root), str(home.database.resolve()))
    about = reader.about
    as_of = moment(datetime.fromisoformat(about["as_of"]))
    st.title("Explore the market")
    st.caption(f"Vintage {about['vintage_id']}, data as of {as_of}. Read-only, on this machine.")
    if about.get("sample_world") == "true":
        st.warning("This is a sample world: employers, postings and figures are invented.")
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


@st.cache_resource(max_entries=2)
def _reader(root: str, vintage: str) -> Reader:
    """Opened once a vintage: the second argument tells when another one was published."""
    return open_reader(Home(Path(root)))


def _choose(reader: Reader) -> tuple[Choice, str]:
    with reader.cursor() as cursor, st.sidebar:
        st.header("Look at")
        family = st.selectbox("Role", queries.families(cursor), format_func=name)
        country = st.selectbox("Country", queries.countries(cursor), format_func=country_name)
        level = st.selectbox(
            "Level",
            queries.levels(cursor),
            format_func=name,
            help="For pay and the list of postings; shares count all levels",
        )
        known = queries.skills(cursor)
        skill = st.selectbox("Skill", list(known), format_func=lambda key: foreign(known[key]))
        measures = {"stock": "open in the week (stock)", "flow": "newly published (flow)"}
        measure = st.radio("Postings", list(measures), format_func=measures.__getitem__)
    return Choice(family, country, level, skill, measure), foreign(known[skill])


def _ask(reader: Reader, query: str) -> pd.DataFrame:
    """The answer of a query of ours, with the query below it."""
    return reader.answer(query)[0]


def _trend(reader: Reader, choice: Choice, skill: str) -> pd.DataFrame:
    query = queries.trend(choice, reader.columns("rpt_skill_demand_weekly"))
    frame = _ask(reader, query)
    st.subheader("Share of postings that ask for the skill")
    st.text(skill)
    last = _now(reader, frame)
    if last is None or pd.isna(last["share"]):
        st.info(f"Not shown for the {reader.week_now}: {'no posting' if last is None else last['floor_reason']}.")
    else:
        left, middle, right = st.columns(3)
        interval = share_interval(last["share_low"], last["share_high"])
        left.metric(f"Share, {reader.week_now}", share(last["share"]), interval, delta_color="off", delta_arrow="off")
        middle.metric("Postings with it", f"{int(last['n_with_skill']):,} of {last['n_postings']:,}")
        right.metric("Employers", f"{last['n_companies']:,}", last["status"], delta_color="off", delta_arrow="off")
    if frame["share"].notna().any():
        matched = "matched_share" if "matched_share" in frame and frame["matched_share"].notna().any() else None
        st.altair_chart(band(frame, "share", "share_low", "share_high", ".0%", matched), width="stretch")
        dashed = "Dashed: the matched share, chained over employers observed in both weeks. " if matched else ""
        st.caption(f"{dashed}The axis does not begin at zero.")
    st.dataframe(frame, hide_index=True, width="stretch", column_config=_WEEK)
    panels.show_query("Share of the skill", query)
    return frame


def _pay(reader: Reader, choice: Choice) -> None:
    query = queries.pay(choice, reader.columns("rpt_salary_trend_weekly"))
    frame = _ask(reader, query)
    st.subheader("Median of stated base pay, US dollars a year")
    last = _now(reader, frame)
    if last is None or pd.isna(last["salary_median_usd_annual"]):
        st.info(
            f"Not shown for the {reader.week_now}: {'no posting with pay' if last is None else last['floor_reason']}."
        )
    else:
        interval = dollars_interval(last["median_low"], last["median_high"])
        median = dollars(last["salary_median_usd_annual"])
        st.metric(f"Median, {reader.week_now}", median, interval, delta_color="off", delta_arrow="off")
    if last is not None and pd.notna(last["disclosure_share"]):
        interval = share_interval(last["disclosure_low"], last["disclosure_high"])
        told = f"{interval} of {last['n_postings']:,}"
        st.metric("State pay", share(last["disclosure_share"]), told, delta_color="off", delta_arrow="off")
    if frame["salary_median_usd_annual"].notna().any():
        chart = band(frame, "salary_median_usd_annual", "median_low", "median_high", "$,.0f")
        st.altair_chart(chart, width="stretch")
    st.dataframe(frame, hide_index=True, width="stretch", column_config=_WEEK)
    panels.show_query("Median pay", query)


def _postings(reader: Reader, choice: Choice, skill: str, frame: pd.DataFrame) -> None:
    st.subheader("The postings behind a week's figure")
    if "fct_posting_weeks" not in reader.tables:
        st.info("This vintage does not say which postings a week's figure is made of.")
        return
    weeks = [week.date() for week in frame["week_start"].sort_values(ascending=False)]
    if not weeks:
        st.info("No week has a figure for this choice.")
        return
    week = st.selectbox("Week of", weeks)
    query = queries.postings(choice, week)
    answered = panels.answer(reader, query)
    if answered is None:
        return
    found, was_cut = answered
    number = f"More than {len(found):,}" if was_cut else f"{len(found):,}"
    asking = "posting asks" if len(found) == 1 and not was_cut else "postings ask"
    if choice.seniority == "all":
        st.text(f"{number} {asking} for {skill}.")
    elif pd.isna(asked := frame["n_with_skill"][frame["week_start"].dt.date == week].iloc[0]):
        st.text(f"Of level {name(choice.seniority)}, {number.lower()} {asking} for {skill}.")
    else:
        all_of_them = counted(int(asked), "posting asks", "postings ask")
        st.text(f"{all_of_them} for {skill}; of these, level {name(choice.seniority)}: {number}.")
    if was_cut:
        st.caption(f"The first {len(found):,} are shown; `jobmarket sql --format csv` with the query below gives all.")
    columns = {"url": st.column_config.LinkColumn("address", validate="^https?://")}
    st.dataframe(found, hide_index=True, width="stretch", column_config=columns)
    panels.show_query("Postings behind the share", query)


def _sql(reader: Reader) -> None:
    st.subheader("Ask in SQL")
    known = st.session_state["queries"]
    first = st.selectbox("Begin with", list(known))
    query = st.text_area("Query (DuckDB, read-only)", known[first], height=220)
    st.caption("Tables: " + ", ".join(reader.tables))
    if not query.strip():
        return
    try:
        found, was_cut = reader.answer(query)
    except (duckdb.Error, CannotAnswerError) as error:
        st.error("The query has no answer.")
        st.code(str(error), language=None)
        return
    if was_cut:
        st.caption(f"The first {queries.MOST_ROWS:,} rows; `jobmarket sql --format csv` gives all.")
    st.dataframe(found, hide_index=True, width="stretch", column_config=_WEEK)


def _now(reader: Reader, frame: pd.DataFrame) -> pd.Series | None:
    rows = frame[frame["week_start"].dt.date == reader.current_week] if not frame.empty else frame
    return None if rows.empty else rows.iloc[0]


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
