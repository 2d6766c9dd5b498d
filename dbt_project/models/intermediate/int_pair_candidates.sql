with

postings as (

    select * from {{ ref('int_postings') }}

),

facts as (

    select * from {{ ref('int_posting_facts') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- without a text nothing shows that two postings are one opening
comparable as (

    select
        postings.posting_key,
        postings.content_hash,
        postings.company_name,
        case
            when postings.company_name is not null then postings.company_key
            -- agencies word their clients' openings alike, so postings without an employer's name are compared only
            -- within an account, and only if all their sentences are the same
            else concat_ws('/', postings.board, postings.company_slug, hash(facts.sentence_hashes))
        end as company_key,
        concat_ws('/', postings.board, postings.company_slug) as account,
        postings.normalised_title,
        postings.location_keys,
        {{ names_a_city('postings.location_keys') }} as has_city,
        facts.sentence_hashes,
        lives.first_seen_at,
        row_number() over (
            order by coalesce(board_systems.kind = 'aggregator', false), lives.first_seen_at, postings.posting_key
        ) as precedence
    from postings
    inner join facts on postings.content_hash = facts.content_hash
    inner join lives on postings.posting_key = lives.posting_key
    left join board_systems on postings.board = board_systems.board
    where len(facts.sentence_hashes) > 0

),

placed as (

    select
        comparable.posting_key,
        comparable.company_key,
        comparable.normalised_title,
        comparable.sentence_hashes,
        comparable.first_seen_at,
        unnest(
            case when len(comparable.location_keys) > 0 then comparable.location_keys else ['nowhere'] end
        ) as place_key
    from comparable

),

companies_with_several_accounts as (

    select comparable.company_key
    from comparable
    group by comparable.company_key
    having count(distinct comparable.account) > 1

),

shuffled as (

    select
        placed.posting_key,
        placed.company_key,
        placed.place_key,
        placed.sentence_hashes,
        placed.first_seen_at,
        orders.number
    from placed
    inner join companies_with_several_accounts as companies on placed.company_key = companies.company_key
    cross join range({{ var('minhash_orders') }}) as orders (number)

),

-- postings that may be one job share a block
blocks as (

    -- the same title in one place
    select
        placed.posting_key,
        placed.first_seen_at,
        false as is_across,
        hash(placed.company_key, placed.place_key, placed.normalised_title) as block
    from placed
    union all
    -- some of the same sentences in one place on another account, where the title may be spelt differently. Each order
    -- gives the minimum of the hashes: texts that share a fraction p of their sentences share it with probability p
    -- (MinHash)
    select
        shuffled.posting_key,
        shuffled.first_seen_at,
        true as is_across,
        hash(
            shuffled.company_key,
            shuffled.place_key,
            list_min(list_transform(shuffled.sentence_hashes, lambda sentence: hash(sentence, shuffled.number)))
        ) as block
    from shuffled
    union all
    -- the same title on another account: one board may name a country or no place where the other names a city
    select
        comparable.posting_key,
        comparable.first_seen_at,
        true as is_across,
        hash(comparable.company_key, comparable.normalised_title) as block
    from comparable
    inner join companies_with_several_accounts as companies on comparable.company_key = companies.company_key

),

-- pairs each posting with a limited number before it, so that the cost grows with the postings, not with their square
neighbours as (

    select
        blocks.posting_key,
        blocks.is_across,
        unnest(
            list(blocks.posting_key) over (
                partition by blocks.is_across, blocks.block
                order by blocks.first_seen_at, blocks.posting_key
                rows between {{ var('pair_window') }} preceding and 1 preceding
            )
        ) as other_key
    from blocks

),

pairs as (

    select distinct
        case when ones.precedence < others.precedence then ones.posting_key else others.posting_key end as first_key,
        case when ones.precedence < others.precedence then others.posting_key else ones.posting_key end as second_key
    from neighbours
    inner join comparable as ones on neighbours.posting_key = ones.posting_key
    inner join comparable as others on neighbours.other_key = others.posting_key
    where
        not neighbours.is_across
        or (
            ones.account != others.account
            and (
                not ones.has_city
                or not others.has_city
                or len(list_intersect(ones.location_keys, others.location_keys)) > 0
            )
        )

),

final as (

    select
        pairs.first_key,
        pairs.second_key,
        least(firsts.content_hash, seconds.content_hash) as first_content,
        greatest(firsts.content_hash, seconds.content_hash) as second_content,
        case
            when firsts.content_hash < seconds.content_hash then [firsts.company_name, seconds.company_name]
            else [seconds.company_name, firsts.company_name]
        end as company_names,
        firsts.company_key
    from pairs
    inner join comparable as firsts on pairs.first_key = firsts.posting_key
    inner join comparable as seconds on pairs.second_key = seconds.posting_key

)

select * from final
