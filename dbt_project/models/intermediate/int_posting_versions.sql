with

sightings as (

    select * from {{ ref('stg_sightings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

edited as (

    select
        sightings.posting_key,
        sightings.content_hash,
        sightings.seen_at,
        sightings.run_id
    from sightings
    inner join lives on sightings.posting_key = lives.posting_key
    where lives.n_versions > 1

),

first_sightings as (

    select
        edited.posting_key,
        edited.content_hash,
        min((edited.seen_at, edited.run_id)) as first_seen
    from edited
    group by all

),

numbered as (

    select
        first_sightings.posting_key,
        first_sightings.content_hash,
        row_number() over (
            partition by first_sightings.posting_key order by first_sightings.first_seen
        ) as version_no
    from first_sightings

),

-- what was seen last by the end of each week
weekly as (

    select
        edited.posting_key,
        cast(date_trunc('week', edited.seen_at) as date) as first_week,
        arg_max(edited.content_hash, (edited.seen_at, edited.run_id)) as content_hash
    from edited
    group by all

),

begun as (

    select
        numbered.posting_key,
        cast(null as date) as first_week,
        numbered.content_hash
    from numbered
    where numbered.version_no = 1
    union all
    select
        weekly.posting_key,
        weekly.first_week,
        weekly.content_hash
    from weekly

),

turns as (

    select begun.*
    from begun
    qualify
        lag(begun.content_hash) over (partition by begun.posting_key order by begun.first_week nulls first)
        is distinct from begun.content_hash

),

final as (

    select
        turns.posting_key,
        cast(numbered.version_no as integer) as version_no,
        turns.content_hash,
        turns.first_week,
        lead(turns.first_week) over (partition by turns.posting_key order by turns.first_week nulls first) - 7
            as last_week
    from turns
    inner join numbered
        on
            turns.posting_key = numbered.posting_key
            and turns.content_hash = numbered.content_hash
    union all
    -- most postings are never edited
    select
        lives.posting_key,
        1 as version_no,
        lives.content_hash,
        cast(null as date) as first_week,
        cast(null as date) as last_week
    from lives
    where lives.n_versions = 1

)

select * from final
