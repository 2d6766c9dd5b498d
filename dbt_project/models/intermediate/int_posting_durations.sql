with

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

-- days are counted from the hour of publication: as many as are nearest
lived as (

    select
        lives.*,
        cast(round(date_diff('second', lives.posted_at, lives.first_seen_at) / 86400) as integer) as first_seen_day,
        cast(round(date_diff('second', lives.posted_at, lives.last_seen_at) / 86400) as integer) as last_seen_day,
        cast(round(date_diff('second', lives.posted_at, lives.closed_at) / 86400) as integer) as closed_day
    from lives

),

final as (

    select
        lived.posting_key,
        postings.version_no,
        postings.company_key,
        lived.first_seen_day as entered_day,
        lived.last_seen_day,
        -- of two crawls of one day the later one stands for the next
        case when lived.closed_at is not null then greatest(lived.closed_day, lived.last_seen_day + 1) end
            as missed_day,
        lived.closed_at is not null as is_closed,
        date_diff('day', lived.closed_after, lived.closed_at) as closing_interval_days
    from lived
    inner join duplicates on lived.posting_key = duplicates.posting_key
    inner join postings on lived.posting_key = postings.posting_key
    where
        duplicates.is_canonical
        -- of one that was there already when its company was first crawled, and has no date, nobody knows the start
        and (lived.posted_at_basis = 'board' or lived.first_seen_at > lived.covered_since)

)

select * from final
