with

sightings as (

    select * from {{ source('raw', 'sightings') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

rejected_postings as (

    select * from {{ ref('stg_rejected_postings') }}

),

runs as (

    select distinct
        crawl_runs.run_id,
        crawl_runs.as_of
    from crawl_runs

),

shown_whole as not materialized (

    select
        sightings.run_id,
        sightings.posting_key,
        sightings.content_hash,
        runs.as_of as seen_at
    from sightings
    inner join runs on sightings.run_id = runs.run_id

),

broken as (

    select distinct
        rejected_postings.run_id,
        rejected_postings.posting_key,
        rejected_postings.shown_at
    from rejected_postings
    where rejected_postings.posting_key is not null

),

-- of those few alone: all sightings would be sorted else
of_broken as (

    select shown_whole.*
    from shown_whole
    where shown_whole.posting_key in (select broken.posting_key from broken)

),

-- of two runs of one moment the later one counts
contents_of_broken as (

    select
        of_broken.posting_key,
        of_broken.seen_at,
        arg_max(of_broken.content_hash, of_broken.run_id) as content_hash
    from of_broken
    group by all

),

-- a posting that was read before, and is shown without its title, is there all the same
shown_broken as (

    select
        broken.run_id,
        broken.posting_key,
        contents_of_broken.content_hash,
        broken.shown_at as seen_at
    from broken
    asof inner join contents_of_broken
        on broken.posting_key = contents_of_broken.posting_key and broken.shown_at >= contents_of_broken.seen_at
    -- two copies in one list, one of them broken
    anti join of_broken as same_run
        on broken.run_id = same_run.run_id and broken.posting_key = same_run.posting_key

),

final as (

    select * from shown_whole
    union all
    select * from shown_broken

)

select * from final
