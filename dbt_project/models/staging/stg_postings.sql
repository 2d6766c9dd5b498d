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
    semi join sighted_contents
        on {{ same('landed_contents', 'sighted_contents', ['posting_key', 'content_hash']) }}

)

select * from final
