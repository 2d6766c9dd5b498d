with

spells as (

    select * from {{ ref('int_posting_spells') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

sightings as (

    select * from {{ ref('stg_sightings') }}

),

postings as (

    select * from {{ ref('stg_postings') }}

),

-- the content at the end of each spell but the last: a date stated later does not apply to an earlier spell
earlier_contents as (

    select
        spells.posting_key,
        spells.spell_no,
        arg_max(sightings.content_hash, sightings.attempt) as content_hash
    from spells
    inner join lives on spells.posting_key = lives.posting_key
    inner join sightings
        on
            spells.posting_key = sightings.posting_key
            and spells.last_seen_at = sightings.seen_at
    where
        lives.n_versions > 1
        and spells.last_seen_at < lives.last_seen_at
    group by all

),

stated as (

    select
        spells.posting_key,
        spells.spell_no,
        spells.last_seen_at,
        lives.posted_at,
        postings.valid_through,
        -- midnight means a date without a time, and the posting is open through that day
        postings.valid_through
        + if(postings.valid_through = date_trunc('day', postings.valid_through), interval 1 day, interval 0 day)
            as stated_end_at
    from spells
    inner join lives on spells.posting_key = lives.posting_key
    left join earlier_contents
        on {{ same('spells', 'earlier_contents', ['posting_key', 'spell_no']) }}
    inner join postings
        on
            spells.posting_key = postings.posting_key
            and coalesce(earlier_contents.content_hash, lives.content_hash) = postings.content_hash
    where postings.valid_through is not null

),

final as (

    select
        stated.posting_key,
        stated.spell_no,
        stated.stated_end_at
    from stated
    where
        -- an end on the day of publication is an error of the board
        cast(stated.valid_through as date) > cast(stated.posted_at as date)
        -- some boards write 2099 for no end
        and stated.stated_end_at <= stated.last_seen_at + interval '{{ var("max_stated_end_days") }} days'

)

select * from final
