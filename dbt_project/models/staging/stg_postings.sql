with

posting_versions as (

    select * from {{ source('raw', 'posting_versions') }}

),

sighted_contents as (

    select * from {{ ref('stg_sighted_contents') }}

),

-- omits a version that no run sighted, because its run was withdrawn or is after the moment of the build
final as (

    select {{ contents('posting_versions') }}
    from posting_versions
    where
        exists (
            select 1
            from sighted_contents
            where
                sighted_contents.posting_key = posting_versions.posting_key
                and sighted_contents.content_hash = posting_versions.content_hash
        )

)

select * from final
