with recursive

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

candidates as (

    select
        postings.posting_key,
        postings.company_key,
        concat_ws('/', postings.board, postings.company_slug) as account,
        postings.normalised_title,
        postings.role_family,
        postings.seniority,
        case
            when len(postings.location_keys) > 0 then array_to_string(postings.location_keys, chr(30))
            else postings.stated_place
        end as place,
        postings.sentence_hashes,
        len(postings.sentence_hashes) as n_sentences,
        lives.first_seen_at,
        lives.last_seen_at,
        coalesce(board_systems.kind = 'aggregator', false) as is_aggregated,
        row_number() over (
            order by coalesce(board_systems.kind = 'aggregator', false), lives.first_seen_at, postings.posting_key
        ) as precedence
    from postings
    inner join lives on postings.posting_key = lives.posting_key
    left join board_systems on postings.board = board_systems.board

),

-- without a text, or without any word on the place, nothing proves that two postings are one opening
comparable as (

    select candidates.*
    from candidates
    where
        candidates.n_sentences > 0
        and candidates.place is not null

),

-- one title, or on another board, where titles are spelt anew, one role and level
blocked as (

    select
        firsts.posting_key as first_key,
        seconds.posting_key as second_key
    from comparable as firsts
    inner join comparable as seconds
        on
            firsts.company_key = seconds.company_key
            and firsts.place = seconds.place
            and firsts.normalised_title = seconds.normalised_title
            and firsts.precedence < seconds.precedence
    union distinct
    select
        firsts.posting_key as first_key,
        seconds.posting_key as second_key
    from comparable as firsts
    inner join comparable as seconds
        on
            firsts.company_key = seconds.company_key
            and firsts.place = seconds.place
            and firsts.role_family = seconds.role_family
            and firsts.seniority = seconds.seniority
            and firsts.account != seconds.account
            and firsts.precedence < seconds.precedence
    where firsts.role_family not in ('other', 'multiple')

),

sized as (

    select
        blocked.first_key,
        blocked.second_key,
        firsts.precedence as first_precedence,
        seconds.precedence as second_precedence,
        firsts.account as first_account,
        seconds.account as second_account,
        firsts.normalised_title = seconds.normalised_title as has_same_title,
        firsts.n_sentences + seconds.n_sentences as n_of_both,
        len(list_intersect(firsts.sentence_hashes, seconds.sentence_hashes)) as n_shared
    from blocked
    inner join comparable as firsts on blocked.first_key = firsts.posting_key
    inner join comparable as seconds on blocked.second_key = seconds.posting_key
    where
        -- sets of too different a size are not worth intersecting
        least(firsts.n_sentences, seconds.n_sentences)
        >= {{ var('same_text_share') }} * greatest(firsts.n_sentences, seconds.n_sentences)

),

alike as (

    select
        sized.*,
        sized.n_shared / (sized.n_of_both - sized.n_shared) as shared_part
    from sized
    where sized.n_shared >= {{ var('same_text_share') }} * (sized.n_of_both - sized.n_shared)

),

both_ways as (

    select
        alike.first_key as posting_key,
        alike.second_key as other_key,
        alike.second_account as other_account,
        alike.second_precedence as other_precedence,
        alike.has_same_title,
        alike.shared_part
    from alike
    union all
    select
        alike.second_key as posting_key,
        alike.first_key as other_key,
        alike.first_account as other_account,
        alike.first_precedence as other_precedence,
        alike.has_same_title,
        alike.shared_part
    from alike

),

best_matches as (

    select
        both_ways.posting_key,
        both_ways.other_key
    from both_ways
    qualify
        row_number() over (
            partition by both_ways.posting_key, both_ways.other_account
            order by both_ways.has_same_title desc, both_ways.shared_part desc, both_ways.other_precedence asc
        ) = 1

),

-- several openings may have one text and other titles: of each, at most one is the copy on another board
matched as (

    select
        alike.first_key,
        alike.second_key,
        alike.first_precedence,
        alike.has_same_title
    from alike
    left join best_matches as of_first
        on alike.first_key = of_first.posting_key and alike.second_key = of_first.other_key
    left join best_matches as of_second
        on alike.second_key = of_second.posting_key and alike.first_key = of_second.other_key
    where
        alike.has_same_title
        or (of_first.posting_key is not null and of_second.posting_key is not null)

),

-- each posting follows the first that it copies, that one its own first: the last in the chain names the opening
links as (

    select
        matched.second_key as posting_key,
        arg_min(matched.first_key, (not matched.has_same_title, matched.first_precedence)) as copied_key
    from matched
    group by matched.second_key

),

openings as (

    select
        candidates.posting_key,
        candidates.posting_key as opening_key
    from candidates
    left join links on candidates.posting_key = links.posting_key
    where links.posting_key is null
    union all
    select
        links.posting_key,
        openings.opening_key
    from links
    inner join openings on links.copied_key = openings.posting_key

),

-- one that appears after all earlier copies were last seen is the opening published again, not a copy of it
ordered as (

    select
        openings.opening_key,
        candidates.posting_key,
        candidates.precedence,
        candidates.first_seen_at,
        coalesce(
            candidates.first_seen_at > max(candidates.last_seen_at) over (
                partition by openings.opening_key
                order by candidates.first_seen_at, candidates.posting_key
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_republished
    from openings
    inner join candidates on openings.posting_key = candidates.posting_key

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

final as (

    select
        rounds.posting_key,
        rounds.opening_key,
        first_value(rounds.posting_key) over copies as canonical_posting_key,
        rounds.posting_key = first_value(rounds.posting_key) over copies as is_canonical,
        cast(row_number() over copies as integer) as copy_no,
        cast(count(*) over (partition by rounds.opening_key, rounds.round_no) as integer) as n_copies
    from rounds
    window copies as (
        partition by rounds.opening_key, rounds.round_no
        order by rounds.precedence
    )

)

select * from final
