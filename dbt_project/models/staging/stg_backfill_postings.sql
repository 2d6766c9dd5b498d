with

landed_contents as (

    select * from {{ ref('stg_landed_contents') }}

),

sightings as (

    select * from {{ ref('stg_backfill_sightings') }}

),

newest as (

    select
        sightings.posting_key,
        -- a period of the archive may have been read twice
        arg_max(sightings.content_hash, (sightings.seen_at, sightings.attempt)) as content_hash,
        min(sightings.seen_at) as seen_at
    from sightings
    group by sightings.posting_key

),

final as (

    select
        {{ contents('landed_contents') }},
        newest.seen_at
    from landed_contents
    inner join newest
        on
            landed_contents.posting_key = newest.posting_key
            and landed_contents.content_hash = newest.content_hash

)

select * from final
