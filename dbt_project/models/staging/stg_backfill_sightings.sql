with

sightings as (

    select * from {{ source('raw', 'sightings') }}

),

comment_jobs as (

    select * from {{ ref('stg_comment_jobs') }}

),

crawl_runs as (

    select * from {{ source('raw', 'crawl_runs') }}

),

sighted_contents as (

    select * from {{ ref('stg_sighted_contents') }}

),

runs as (

    select distinct
        crawl_runs.run_id,
        crawl_runs.as_of,
        crawl_runs.attempt
    from crawl_runs
    where
        crawl_runs.origin = 'backfill'
        and crawl_runs.as_of <= {{ as_of(source('raw', 'crawl_runs')) }}

),

landed as (

    select
        sightings.run_id,
        coalesce(comment_jobs.posting_key, sightings.posting_key) as posting_key,
        coalesce(comment_jobs.content_hash, sightings.content_hash) as content_hash,
        runs.as_of as seen_at,
        runs.attempt
    from sightings
    inner join runs on sightings.run_id = runs.run_id
    left join comment_jobs on sightings.content_hash = comment_jobs.comment_hash
    where
        comment_jobs.comment_hash is null
        or comment_jobs.posting_key is not null

),

-- a posting that a crawl saw is measured by the crawls, not as history
final as (

    select landed.*
    from landed
    where
        not exists (
            select 1
            from sighted_contents
            where landed.posting_key = sighted_contents.posting_key
        )

)

select * from final
