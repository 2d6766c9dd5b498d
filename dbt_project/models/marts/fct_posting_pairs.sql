with

pairs as (

    select * from {{ ref('int_posting_pairs') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

-- a pair that is one job by itself may be two openings: the opening of a copy without a city depends on all its copies
final as (

    select
        pairs.posting_key,
        pairs.other_posting_key,
        firsts.opening_key,
        firsts.canonical_posting_key = seconds.canonical_posting_key as is_copy,
        pairs.text_class,
        pairs.score,
        pairs.has_one_title,
        pairs.place
    from pairs
    inner join duplicates as firsts on pairs.posting_key = firsts.posting_key
    inner join duplicates as seconds on pairs.other_posting_key = seconds.posting_key
    where firsts.opening_key = seconds.opening_key

)

select * from final
