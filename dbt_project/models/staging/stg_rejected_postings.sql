with

rejected_postings as (

    select * from {{ source('raw', 'rejected_postings') }}

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
        rejected_postings.run_id,
        rejected_postings.board,
        rejected_postings.company_slug,
        runs.as_of as shown_at,
        rejected_postings.posting_key,
        -- older runs did not record the hash
        coalesce(rejected_postings.object_hash, md5(rejected_postings.payload)) as object_hash,
        row_number() over (
            partition by
                rejected_postings.run_id,
                rejected_postings.company_slug,
                rejected_postings.posting_key,
                coalesce(rejected_postings.object_hash, md5(rejected_postings.payload))
        ) as copy_no
    from rejected_postings
    inner join runs on rejected_postings.run_id = runs.run_id

)

select * from final
