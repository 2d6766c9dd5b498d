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

pairs as (

    select * from {{ ref('int_posting_pairs') }}

),

candidates as (

    select
        postings.posting_key,
        concat_ws('/', postings.board, postings.company_slug) as account,
        case when {{ names_a_city('postings.location_keys') }} then postings.location_keys else [] end as cities,
        row_number() over (
            order by coalesce(board_systems.kind = 'aggregator', false), lives.first_seen_at, postings.posting_key
        ) as precedence
    from postings
    inner join lives on postings.posting_key = lives.posting_key
    left join board_systems on postings.board = board_systems.board

),

linked_pairs as (

    select
        pairs.posting_key as first_key,
        pairs.other_posting_key as second_key,
        firsts.account as first_account,
        seconds.account as second_account,
        firsts.precedence as first_precedence,
        seconds.precedence as second_precedence,
        pairs.has_one_title and pairs.place = 'equal' as is_exact,
        pairs.score
    from pairs
    inner join candidates as firsts on pairs.posting_key = firsts.posting_key
    inner join candidates as seconds on pairs.other_posting_key = seconds.posting_key

),

both_ways as (

    select
        linked_pairs.first_key as posting_key,
        linked_pairs.second_key as other_key,
        linked_pairs.second_account as other_account,
        linked_pairs.second_precedence as other_precedence,
        linked_pairs.is_exact,
        linked_pairs.score
    from linked_pairs
    union all
    select
        linked_pairs.second_key as posting_key,
        linked_pairs.first_key as other_key,
        linked_pairs.first_account as other_account,
        linked_pairs.first_precedence as other_precedence,
        linked_pairs.is_exact,
        linked_pairs.score
    from linked_pairs

),

best_matches as (

    select
        both_ways.posting_key,
        both_ways.other_key
    from both_ways
    qualify
        row_number() over (
            partition by both_ways.posting_key, both_ways.other_account
            order by both_ways.is_exact desc, both_ways.score desc, both_ways.other_precedence asc
        ) = 1

),

-- several openings may share a text under different titles or places, so a posting has at most one copy on each other
-- account: pairs that are not exact count only if each side is the other's best match
matched as (

    select
        linked_pairs.first_key,
        linked_pairs.second_key,
        linked_pairs.first_precedence,
        linked_pairs.is_exact
    from linked_pairs
    left join best_matches as of_first
        on linked_pairs.first_key = of_first.posting_key and linked_pairs.second_key = of_first.other_key
    left join best_matches as of_second
        on linked_pairs.second_key = of_second.posting_key and linked_pairs.first_key = of_second.other_key
    where
        linked_pairs.is_exact
        or (of_first.posting_key is not null and of_second.posting_key is not null)

),

-- each posting follows the first one that it copies, which may follow another: the end of the chain gives the opening
links as (

    select
        matched.second_key as posting_key,
        arg_min(matched.first_key, (not matched.is_exact, matched.first_precedence)) as copied_key
    from matched
    group by matched.second_key

),

followers as (

    select
        links.posting_key,
        links.copied_key,
        own.cities,
        len(copied.cities) = 0 and len(own.cities) > 0 as must_fit
    from links
    inner join candidates as own on links.posting_key = own.posting_key
    inner join candidates as copied on links.copied_key = copied.posting_key

),

-- A copy that names no city fits an opening in any city. The first posting of a chain that names a city starts its
-- branch; a follower of a copy without a city that is in another city than the branch starts a separate opening.
chains as (

    select
        candidates.posting_key,
        candidates.posting_key as chain_key,
        case when len(candidates.cities) > 0 then candidates.posting_key end as branch_key,
        candidates.cities as path_cities
    from candidates
    left join links on candidates.posting_key = links.posting_key
    where links.posting_key is null
    union all
    select
        followers.posting_key,
        case
            when
                followers.must_fit
                and len(chains.path_cities) > 0
                and len(list_intersect(followers.cities, chains.path_cities)) = 0
                then followers.posting_key
            else chains.chain_key
        end as chain_key,
        case
            when
                followers.must_fit
                and len(list_intersect(followers.cities, chains.path_cities)) = 0
                then followers.posting_key
            else chains.branch_key
        end as branch_key,
        case when len(followers.cities) > 0 then followers.cities else chains.path_cities end as path_cities
    from followers
    inner join chains on followers.copied_key = chains.posting_key

),

branches as (

    select
        chains.posting_key,
        chains.chain_key,
        chains.branch_key,
        branching.cities,
        branching.precedence,
        arg_min(branching.cities, branching.precedence) over (partition by chains.chain_key) as first_cities
    from chains
    left join candidates as branching on chains.branch_key = branching.posting_key

),

-- if postings in several cities follow one without a city, only those in the first city share its opening
named as (

    select
        branches.posting_key,
        case
            when len(list_intersect(branches.cities, branches.first_cities)) = 0
                then arg_min(branches.branch_key, branches.precedence)
                    over (partition by branches.chain_key, branches.cities)
            else branches.chain_key
        end as opening_key
    from branches

),

final as (

    select
        named.posting_key,
        named.opening_key,
        candidates.account,
        candidates.precedence
    from named
    inner join candidates on named.posting_key = candidates.posting_key

)

select * from final
