with

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- without a text, or without any word on the place, nothing proves that two postings are one opening
candidates as (

    select
        postings.posting_key,
        lives.first_seen_at,
        lives.last_seen_at,
        coalesce(board_systems.kind = 'aggregator', false) as is_aggregated,
        case
            when
                postings.text_fingerprint is not null
                and (len(postings.location_keys) > 0 or postings.stated_place is not null)
                then
                    md5(
                        concat_ws(
                            chr(31),
                            postings.company_key,
                            postings.normalised_title,
                            postings.text_fingerprint,
                            case
                                when len(postings.location_keys) > 0
                                    then array_to_string(postings.location_keys, chr(30))
                                else postings.stated_place
                            end
                        )
                    )
            else cast(postings.posting_key as varchar)
        end as opening
    from postings
    inner join lives on postings.posting_key = lives.posting_key
    left join board_systems on postings.board = board_systems.board

),

-- one that appears after all earlier copies were last seen is the opening published again, not a copy of it
ordered as (

    select
        candidates.*,
        coalesce(
            candidates.first_seen_at > max(candidates.last_seen_at) over (
                partition by candidates.opening
                order by candidates.first_seen_at, candidates.posting_key
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_republished
    from candidates

),

rounds as (

    select
        ordered.*,
        sum(cast(ordered.is_republished as integer)) over (
            partition by ordered.opening
            order by ordered.first_seen_at, ordered.posting_key
        ) as round_no
    from ordered

),

final as (

    select
        rounds.posting_key,
        first_value(rounds.posting_key) over copies as canonical_posting_key,
        rounds.posting_key = first_value(rounds.posting_key) over copies as is_canonical,
        cast(count(*) over (partition by rounds.opening, rounds.round_no) as integer) as n_copies
    from rounds
    window copies as (
        partition by rounds.opening, rounds.round_no
        order by rounds.is_aggregated, rounds.first_seen_at, rounds.posting_key
    )

)

select * from final
