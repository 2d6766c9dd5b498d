with

posting_versions as (

    select * from {{ source('raw', 'posting_versions') }}

),

sightings as (

    select * from {{ ref('stg_backfill_sightings') }}

),

newest as (

    select
        sightings.posting_key,
        arg_max(sightings.content_hash, sightings.seen_at) as content_hash,
        min(sightings.seen_at) as seen_at
    from sightings
    group by sightings.posting_key

),

final as (

    select
        {{ contents('posting_versions') }},
        newest.seen_at
    from posting_versions
    inner join newest
        on
            posting_versions.posting_key = newest.posting_key
            and posting_versions.content_hash = newest.content_hash

)

select * from final
