with

posting_versions as (

    select * from {{ source('raw', 'posting_versions') }}

),

sightings as (

    select * from {{ ref('stg_sightings') }}

),

-- a version that no run sighted (its run was withdrawn, or lies in the future) is not a posting
final as (

    select {{ contents('posting_versions') }}
    from posting_versions
    where
        exists (
            select 1
            from sightings
            where
                sightings.posting_key = posting_versions.posting_key
                and sightings.content_hash = posting_versions.content_hash
        )

)

select * from final
