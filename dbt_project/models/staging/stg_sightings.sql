with

sightings as (

    select * from {{ source('raw', 'sightings') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

comment_jobs as (

    select * from {{ ref('stg_comment_jobs') }}

),

rejected_postings as (

    select * from {{ ref('stg_rejected_postings') }}

),

runs as (

    select distinct
        crawl_runs.run_id,
        crawl_runs.as_of,
        crawl_runs.attempt
    from crawl_runs

),

intact as not materialized (

    select
        sightings.run_id,
        sightings.posting_key,
        sightings.content_hash,
        runs.as_of as seen_at,
        runs.attempt
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

-- restricted to these few postings, to avoid sorting all sightings
intact_of_broken as (

    select intact.*
    from intact
    where intact.posting_key in (select broken.posting_key from broken)

),

-- of two runs of the same moment, the later one counts
contents_of_broken as (

    select
        intact_of_broken.posting_key,
        intact_of_broken.seen_at,
        arg_max(intact_of_broken.content_hash, intact_of_broken.attempt) as content_hash
    from intact_of_broken
    group by all

),

-- a posting that was read before and is now shown broken, for example without its title, is still on the board
seen_broken as (

    select
        broken.run_id,
        broken.posting_key,
        contents_of_broken.content_hash,
        broken.shown_at as seen_at,
        runs.attempt
    from broken
    inner join runs on broken.run_id = runs.run_id
    asof inner join contents_of_broken
        on broken.posting_key = contents_of_broken.posting_key and broken.shown_at >= contents_of_broken.seen_at
    -- the list may contain an intact copy beside the broken one
    anti join intact_of_broken as same_run
        on broken.run_id = same_run.run_id and broken.posting_key = same_run.posting_key

),

landed as (

    select * from intact
    union all
    select * from seen_broken

),

-- whoever saw a comment saw its jobs; a comment that is no posting was not seen
final as (

    select
        landed.run_id,
        coalesce(comment_jobs.posting_key, landed.posting_key) as posting_key,
        coalesce(comment_jobs.content_hash, landed.content_hash) as content_hash,
        landed.seen_at,
        landed.attempt
    from landed
    left join comment_jobs on landed.content_hash = comment_jobs.comment_hash
    where
        comment_jobs.comment_hash is null
        or comment_jobs.posting_key is not null

)

select * from final
