with

spells as (

    select * from {{ ref('int_posting_spells') }}

),

postings as (

    select * from {{ ref('stg_postings') }}

),

sightings as (

    select * from {{ ref('stg_sightings') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

lives as (

    select
        spells.posting_key,
        spells.board,
        spells.company_slug,
        min(spells.opened_at) as first_seen_at,
        max(spells.last_seen_at) as last_seen_at,
        min(spells.first_qualified_sighting_at) as first_qualified_sighting_at,
        arg_max(struct_pack(closed_at := spells.closed_at), spells.spell_no) as last_spell,
        cast(max(spells.spell_no) - 1 as integer) as n_reopened
    from spells
    group by all

),

-- runs in chronological order, numbered because integers compare much faster than moments and names
runs as (

    select
        crawl_runs.run_id,
        cast(row_number() over (order by crawl_runs.as_of, crawl_runs.attempt, crawl_runs.run_id) as integer) as run_no
    from crawl_runs
    group by crawl_runs.run_id, crawl_runs.as_of, crawl_runs.attempt

),

seen_contents as (

    select
        sightings.posting_key,
        sightings.content_hash,
        min(runs.run_no) as first_run_no,
        max(runs.run_no) as last_run_no
    from sightings
    inner join runs on sightings.run_id = runs.run_id
    group by all

),

contents as (

    select
        seen_contents.posting_key,
        arg_min(seen_contents.content_hash, seen_contents.first_run_no) as first_content_hash,
        arg_max(seen_contents.content_hash, seen_contents.last_run_no) as content_hash,
        min(seen_contents.first_run_no) as first_run_no,
        max(seen_contents.last_run_no) as last_run_no,
        cast(count(*) as integer) as n_versions
    from seen_contents
    group by seen_contents.posting_key

),

-- the date in the first content counts: the field should never change, but a later edit would alter past weeks
board_dates as (

    select
        contents.posting_key,
        postings.date_posted as board_posted_at
    from contents
    inner join postings on contents.first_content_hash = postings.content_hash

),

coverage as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        min(crawl_runs.as_of) filter (where crawl_runs.qualifies) as covered_since
    from crawl_runs
    group by all

),

final as (

    select
        lives.posting_key,
        lives.board,
        lives.company_slug,
        contents.content_hash,
        contents.n_versions,
        first_runs.run_id as first_run_id,
        last_runs.run_id as last_run_id,
        -- a date after the first sighting is an error of the board
        case
            when board_dates.board_posted_at <= lives.first_seen_at then board_dates.board_posted_at
            else lives.first_seen_at
        end as posted_at,
        case
            when board_dates.board_posted_at <= lives.first_seen_at then 'board'
            else 'first_seen'
        end as posted_at_basis,
        lives.first_seen_at,
        lives.last_seen_at,
        lives.first_qualified_sighting_at,
        coverage.covered_since,
        case when lives.last_spell.closed_at is not null then lives.last_seen_at end as closed_after,
        lives.last_spell.closed_at as closed_at,
        lives.n_reopened
    from lives
    inner join contents on lives.posting_key = contents.posting_key
    inner join runs as first_runs on contents.first_run_no = first_runs.run_no
    inner join runs as last_runs on contents.last_run_no = last_runs.run_no
    left join board_dates on lives.posting_key = board_dates.posting_key
    left join coverage
        on
            lives.board = coverage.board
            and lives.company_slug = coverage.company_slug

)

select * from final
