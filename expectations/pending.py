"""What gate raw looks at: the runs that have not passed it, and their contents, of which each text is read once.

Texts are most of what the gate costs, so all that is asked of them is asked in one pass, of which a narrow row is left
of each content; and what is cheap is asked of them first, and the rest of the few that it leaves.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from jobmarket.stages import without_zone

# A crawl without a moment is looked at too, else nobody would ever see it.
_RUNS = """
create or replace temp table runs_in_batch as
    select distinct run_id from raw.crawl_runs
    where (as_of <= $as_of::timestamp or as_of is null)
        and (run_id is null or run_id not in (select run_id from ops.gated_runs))
"""
_CRAWLS = """
create or replace temp table crawls_in_batch as
    select * from raw.crawl_runs
    where run_id is null and exists (select 1 from runs_in_batch where run_id is null)
        or run_id in (select run_id from runs_in_batch)
"""

# A whole page instead of a text: what web servers and bot walls answer when they refuse, with status 200.
_ERROR_PAGE = (
    "case when contains(description_html, '<t') or contains(description_html, '<T') then "
    "regexp_matches(left(description_html, 4000), "
    "'(?is)<title>[^<]*(40[0-9]|50[0-9]|not found|access denied|forbidden|just a moment|attention required|"
    "service unavailable|bad gateway|are you a robot|captcha)') else false end"
)
# UTF-8 read as Latin-1 or Windows-1252 shows as these pairs; the last is what stands for an unreadable byte. Nearly no
# text has the first letter of a pair.
_TEXTS = ("title", "left(description_html, 20000)", "left(description_text, 20000)")
_MOJIBAKE = (
    "case when "
    + " or ".join(
        f"contains({text}, {first})"
        for text in ("title", "description_html", "description_text")
        for first in ("'Ã'", "'â'", "'Â'", "chr(65533)")
    )
    + f" then regexp_matches(concat_ws(' ', {', '.join(_TEXTS)}), "
    "'Ã[\\x{80}-\\x{BF}\\x{192}\\x{201A}-\\x{20AC}]|â\\x{20AC}|Â[\\x{A0}-\\x{BF}]|\\x{FFFD}') else false end"
)
_BYTES = "greatest(strlen(description_html), strlen(description_text))"


def _says_something(text: str) -> str:
    """Whether a text is more than blanks; of most the first letters tell."""
    return f"case when trim(left({text}, 20)) <> '' then true else coalesce(trim({text}) <> '', false) end"


# Column of ``versions_in_batch`` → SQL over raw.posting_versions, where it is more than the column of that name.
VERSION_COLUMNS = {
    # asked by comparisons that the statistics of the table answer: no payload is unpacked
    "payload": """case when rowid not in (
        select rowid from raw.posting_versions where payload is null
        union all
        select rowid from raw.posting_versions where payload = 'null') then true end""",
    "is_error_page": _ERROR_PAGE,
    "is_mojibake": _MOJIBAKE,
    # in bytes where these are few enough: letters are never more
    "description_length": f"""case when {_BYTES} <= 1_000_000 then {_BYTES}
        else greatest(length(description_html), length(description_text)) end""",
    "is_described": f"{_says_something('description_html')} or {_says_something('description_text')}",
    "is_located": "nullif(trim(location_text), '') is not null or len(job_locations) > 0",
}
_AS_THEY_ARE = (
    "posting_key", "content_hash", "landed_run_id", "board", "company_slug", "native_id", "title", "url", "language",
    "date_posted", "valid_through", "base_salary",
)  # fmt: skip

# A version belongs to the run that landed it; when that run was withdrawn, to the pending run that sighted it again.
_VERSIONS = f"""
create or replace temp table versions_in_batch as
    select {", ".join(_AS_THEY_ARE)}, {", ".join(f'{sql} as "{name}"' for name, sql in VERSION_COLUMNS.items())}
    from raw.posting_versions
    where landed_run_id in (select run_id from runs_in_batch where run_id is not null)
        or landed_run_id is null
        or (landed_run_id in (select run_id from ops.withdrawn_runs)
            and (posting_key, content_hash) in (
                select (posting_key, content_hash) from raw.sightings
                where run_id in (select run_id from runs_in_batch where run_id is not null)))
"""  # noqa: S608  # the columns are code, nothing is typed in


def choose_pending_runs(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[str, ...]:
    """The runs up to ``as_of`` that have not passed gate raw: their ids, sorted; empty for a crawl without one."""
    connection.execute(_RUNS, {"as_of": without_zone(as_of)})
    found = connection.execute("select coalesce(run_id, '') from runs_in_batch order by 1").fetchall()
    return tuple(run_id for (run_id,) in found)


def offer_pending_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the runs chosen readable to the suites: ``runs_in_batch``, ``crawls_in_batch`` and ``versions_in_batch``."""
    connection.execute(_CRAWLS)
    connection.execute(_VERSIONS)
