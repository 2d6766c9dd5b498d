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

final as (

    select
        lives.posting_key,
        postings.version_no,
        postings.company_key,
        greatest(0, date_diff('day', lives.posted_at, lives.first_seen_at)) as entered_day,
        -- it closed between the two crawls: the middle of them stands for the day
        greatest(
            0,
            date_diff('day', lives.posted_at, lives.first_seen_at),
            date_diff(
                'day',
                lives.posted_at,
                coalesce(lives.closed_after + (lives.closed_at - lives.closed_after) / 2, lives.last_seen_at)
            )
        ) as left_day,
        lives.closed_at is not null as is_closed,
        date_diff('day', lives.closed_after, lives.closed_at) as closing_interval_days
    from lives
    inner join duplicates on lives.posting_key = duplicates.posting_key
    inner join postings on lives.posting_key = postings.posting_key
    where
        duplicates.is_canonical
        -- of one that was there already when its company was first crawled, and has no date, nobody knows the start
        and (lives.posted_at_basis = 'board' or lives.first_seen_at > lives.covered_since)

)

select * from final
