with

openings as (

    select * from {{ ref('int_posting_openings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

followed as (

    select
        openings.opening_key,
        openings.posting_key,
        openings.precedence,
        lives.first_seen_at,
        max(lives.last_seen_at) over earlier as last_seen_before,
        count(*) over earlier_on_account > 0 as was_on_account
    from openings
    inner join lives on openings.posting_key = lives.posting_key
    window
        earlier as (
            partition by openings.opening_key
            order by lives.first_seen_at, openings.posting_key
            rows between unbounded preceding and 1 preceding
        ),
        earlier_on_account as (
            partition by openings.opening_key, openings.account
            order by lives.first_seen_at, openings.posting_key
            rows between unbounded preceding and 1 preceding
        )

),

-- a posting that appears after all earlier copies were last seen is a repost, not a copy; on an account that is new to
-- the opening only after a long time, because an employer that moves to another board system posts its openings again
ordered as (

    select
        followed.opening_key,
        followed.posting_key,
        followed.precedence,
        followed.first_seen_at,
        coalesce(
            followed.first_seen_at > followed.last_seen_before
            and (
                followed.was_on_account
                or date_diff('day', followed.last_seen_before, followed.first_seen_at)
                > {{ var('repost_days_elsewhere') }}
            ),
            false
        ) as is_republished,
        date_diff('day', followed.last_seen_before, followed.first_seen_at) as days_unseen
    from followed

),

rounds as (

    select
        ordered.*,
        sum(cast(ordered.is_republished as integer)) over (
            partition by ordered.opening_key
            order by ordered.first_seen_at, ordered.posting_key
        ) as round_no
    from ordered

),

ranked as (

    select
        rounds.posting_key,
        rounds.opening_key,
        rounds.round_no,
        first_value(rounds.posting_key) over copies as canonical_posting_key,
        cast(row_number() over copies as integer) as copy_no,
        bool_and(not rounds.is_republished or rounds.days_unseen > {{ var('repost_is_new_after_days') }})
            over (partition by rounds.opening_key, rounds.round_no) as is_new
    from rounds
    window copies as (
        partition by rounds.opening_key, rounds.round_no
        order by rounds.precedence
    )

),

final as (

    select
        ranked.posting_key,
        ranked.opening_key,
        ranked.canonical_posting_key,
        ranked.posting_key = ranked.canonical_posting_key as is_canonical,
        ranked.copy_no,
        cast(ranked.round_no as integer) as round_no,
        ranked.is_new,
        earlier.canonical_posting_key as repost_of
    from ranked
    left join ranked as earlier
        on
            ranked.opening_key = earlier.opening_key
            and ranked.round_no = earlier.round_no + 1
            and earlier.copy_no = 1

)

select * from final
