with

lives as (

    select * from {{ ref('int_posting_lives') }}

),

-- postings dated by their board while their company was being crawled
final as (

    select
        lives.posting_key,
        lives.board,
        lives.board || chr(31) || lives.company_slug as company,
        lives.posted_at,
        date_diff('second', lives.posted_at, lives.first_qualified_sighting_at) / 86400.0 as delay_days
    from lives
    where
        lives.posted_at_basis = 'board'
        and lives.covered_since <= lives.posted_at
        -- a posting discovered later than this was missed rather than late
        and date_diff('second', lives.posted_at, lives.first_qualified_sighting_at)
        < {{ var('max_provisional_days') }} * 86400

)

select * from final
