"""The data that gate raw checks: the runs that have not passed it yet, and their contents.

Reading texts takes most of the gate's time. So each text is read once, in one pass that leaves a narrow row per
content, and cheap conditions come first, so that few texts need the expensive ones.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from jobmarket.stages import without_zone

# A crawl without as_of is included, because no other run of the gate would check it.
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

# A whole page instead of a text: what web servers and bot protection return with status 200 when they refuse.
_ERROR_PAGE = (
    "case when contains(description_html, '<t') or contains(description_html, '<T') then "
    "regexp_matches(left(description_html, 4000), "
    "'(?is)<title>[^<]*(40[0-9]|50[0-9]|not found|access denied|forbidden|just a moment|attention required|"
    "service unavailable|bad gateway|are you a robot|captcha)') else false end"
)
# UTF-8 read as Latin-1 or Windows-1252 shows as these pairs; the last one replaces an unreadable byte. Hardly any text
# has the first letter of a pair.
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
    """SQL: whether a text is not blank; for most texts the first letters decide."""
    return f"case when trim(left({text}, 20)) <> '' then true else coalesce(trim({text}) <> '', false) end"


# Column of ``versions_in_batch`` → SQL over raw.posting_versions, unless it is the column of that name.
VERSION_COLUMNS = {
    # by comparisons that the table's statistics answer, so that no payload is decompressed
    "payload": """case when rowid not in (
        select rowid from raw.posting_versions where payload is null
        union all
        select rowid from raw.posting_versions where payload = 'null') then true end""",
    "is_error_page": _ERROR_PAGE,
    "is_mojibake": _MOJIBAKE,
    # in bytes if there are few enough: characters are never more
    "description_length": f"""case when {_BYTES} <= 1_000_000 then {_BYTES}
        else greatest(length(description_html), length(description_text)) end""",
    "is_described": f"{_says_something('description_html')} or {_says_something('description_text')}",
    "is_located": "nullif(trim(location_text), '') is not null or len(job_locations) > 0",
}
_AS_THEY_ARE = (
    "posting_key", "content_hash", "landed_run_id", "board", "company_slug", "native_id", "title", "url", "language",
    "date_posted", "valid_through", "base_salary",
)  # fmt: skip

# A version belongs to the run that landed it or, if that run was withdrawn, to the pending run that saw it again.
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
"""  # noqa: S608  # the columns are constants


def choose_pending_runs(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[str, ...]:
    """Choose the runs up to ``as_of`` that have not passed gate raw.

    Returns:
        Their ids, sorted; an empty string for a crawl without an id.
    """
    connection.execute(_RUNS, {"as_of": without_zone(as_of)})
    found = connection.execute("select coalesce(run_id, '') from runs_in_batch order by 1").fetchall()
    return tuple(run_id for (run_id,) in found)


def offer_pending_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``crawls_in_batch`` and ``versions_in_batch`` of the chosen runs (``runs_in_batch``) for the suites."""
    connection.execute(_CRAWLS)
    connection.execute(_VERSIONS)
