with

landed_contents as (

    select * from {{ ref('stg_landed_contents') }}

),

sighted_contents as (

    select * from {{ ref('stg_sighted_contents') }}

),

-- omits a content that no run sighted, because its run was withdrawn or is after the moment of the build
final as (

    select {{ contents('landed_contents') }}
    from landed_contents
    where
        exists (
            select 1
            from sighted_contents
            where
                sighted_contents.posting_key = landed_contents.posting_key
                and sighted_contents.content_hash = landed_contents.content_hash
        )

)

select * from final
