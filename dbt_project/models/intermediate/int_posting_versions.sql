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
        sightings.attempt
    from sightings
    inner join lives on sightings.posting_key = lives.posting_key
    where lives.n_versions > 1

),

first_sightings as (

    select
        edited.posting_key,
        edited.content_hash,
        min((edited.seen_at, edited.attempt)) as first_seen
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

-- the last content seen in each week
weekly as (

    select
        edited.posting_key,
        cast(date_trunc('week', edited.seen_at) as date) as first_week,
        arg_max(edited.content_hash, (edited.seen_at, edited.attempt)) as content_hash
    from edited
    group by all

),

starts as (

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

changes as (

    select starts.*
    from starts
    qualify
        lag(starts.content_hash) over (partition by starts.posting_key order by starts.first_week nulls first)
        is distinct from starts.content_hash

),

final as (

    select
        changes.posting_key,
        cast(numbered.version_no as integer) as version_no,
        changes.content_hash,
        changes.first_week,
        lead(changes.first_week) over (partition by changes.posting_key order by changes.first_week nulls first) - 7
            as last_week
    from changes
    inner join numbered
        on
            changes.posting_key = numbered.posting_key
            and changes.content_hash = numbered.content_hash
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
