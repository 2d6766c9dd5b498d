with

sightings as (

    select * from {{ source('raw', 'sightings') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

runs as (

    select distinct
        crawl_runs.run_id,
        crawl_runs.as_of
    from crawl_runs

),

final as (

    select
        sightings.run_id,
        sightings.posting_key,
        sightings.content_hash,
        runs.as_of as seen_at
    from sightings
    inner join runs on sightings.run_id = runs.run_id

)

select * from final
