"""Checks of ``raw.sightings`` (one row per posting per run), by figures per run."""

from __future__ import annotations

from great_expectations import expectations as gxe

from expectations.suite import Batch, TableSuite, check

_WITHDRAW = "Compare the run's files in the landing with its run.json. Withdraw the run and crawl the board again."

# Runs of the batch, and sightings of unknown runs (withdrawn runs have no sightings).
_PER_RUN = """(
    select
        seen.run_id,
        count(*) as n_sightings,
        count(*) filter (where seen.posting_key is null or seen.content_hash is null) as n_without_key,
        count(*) - count(distinct seen.posting_key) - count(*) filter (where seen.posting_key is null) as n_repeated,
        count(*) filter (where versions.posting_key is null) as n_orphans
    from raw.sightings as seen
    left join (select distinct posting_key, content_hash from raw.posting_versions) as versions
        on seen.posting_key = versions.posting_key and seen.content_hash = versions.content_hash
    where seen.run_id in (select run_id from runs_in_batch)
        or seen.run_id is null
        or seen.run_id not in (select run_id from raw.crawl_runs where run_id is not null)
    group by seen.run_id
) as sightings
full join (
    select run_id, sum(postings) as n_recorded from crawls_in_batch where run_id is not null group by run_id
) as recorded using (run_id)"""

SUITE = TableSuite(
    gate="raw",
    table="raw.sightings",
    batches=(
        Batch(
            name="by_run",
            unit="runs",
            relation=_PER_RUN,
            where="run_id",
            columns={
                "run_id": "coalesce(run_id, 'unknown')",
                "run_is_known": "run_id is not null and run_id in (select run_id from raw.crawl_runs)",
                "n_missing": "coalesce(n_recorded, 0) - coalesce(n_sightings, 0)",
            },
            checks=(
                check(
                    gxe.ExpectColumnValuesToBeInSet,
                    "run_known",
                    "with sightings, but without a row in raw.crawl_runs",
                    column="run_is_known",
                    value_set=(True,),
                    severity="critical",
                    reason="2026-11: such sightings have no date and would keep postings open forever.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "key_present",
                    "with sightings that lack a posting key or content hash",
                    column="n_without_key",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: a sighting consists of these keys.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "posting_once",
                    "with more than one sighting of a posting",
                    column="n_repeated",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: one row per posting per run; a second one would count the stock twice.",
                    remedy=_WITHDRAW,
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "version_landed",
                    "with sightings of contents that were never landed",
                    column="n_orphans",
                    max_value=0,
                    severity="critical",
                    reason="2026-11: content is landed once, by the first run that sees it. If it is missing, the "
                    "landing of that run was removed or not loaded.",
                    remedy="Restore the landing folder of the earlier run and load again. Otherwise move what is left "
                    "of that folder out of the landing, and withdraw the runs named here: the next crawl lands the "
                    "content again.",
                ),
                check(
                    gxe.ExpectColumnValuesToBeBetween,
                    "count_as_recorded",
                    "with another number of sightings than run.json states",
                    column="n_missing",
                    min_value=0,
                    max_value=0,
                    severity="warning",
                    reason="2026-11: the same crawl counts both; a difference is a bug in its counting.",
                    remedy="Compare `postings` per company in run.json with the run's sightings.",
                ),
            ),
        ),
    ),
)
