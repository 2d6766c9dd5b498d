with

sightings as (

    select * from {{ source('raw', 'sightings') }}

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
        crawl_runs.as_of
    from crawl_runs
    where
        crawl_runs.origin = 'backfill'
        and crawl_runs.as_of <= {{ as_of(source('raw', 'crawl_runs')) }}

),

-- a posting that a crawl saw is measured by the crawls, not as history
final as (

    select
        sightings.run_id,
        sightings.posting_key,
        sightings.content_hash,
        runs.as_of as seen_at
    from sightings
    inner join runs on sightings.run_id = runs.run_id
    where
        not exists (
            select 1
            from sighted_contents
            where sightings.posting_key = sighted_contents.posting_key
        )

)

select * from final
