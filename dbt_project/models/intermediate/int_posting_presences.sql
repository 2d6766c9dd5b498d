with

spells as (

    select * from {{ ref('int_posting_spells') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

departures as (

    select * from {{ ref('int_company_departures') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- on lists of the newest nothing tells of a closing
unwatched as (

    select
        spells.posting_key,
        spells.spell_no,
        greatest(
            lives.posted_at + interval '{{ var("open_days_on_newest_lists") }} days',
            spells.last_seen_at + interval 1 day
        ) as presumed_closed_at
    from spells
    inner join lives on spells.posting_key = lives.posting_key
    inner join board_systems on spells.board = board_systems.board
    where board_systems.shows = 'newest'

),

-- published while its company was watched, and seen soon enough after: open since then, however the crawls fell
published as (

    select
        lives.posting_key,
        -- watched for the whole of the week, too: the first days of a company's first week are not known
        case when lives.covered_since <= weeks.week_start then weeks.week_start end as flow_week,
        lives.posted_at
    from lives
    inner join weeks
        on
            lives.posted_at >= weeks.week_start
            and lives.posted_at < weeks.week_end
    where
        -- what a company's first crawl found is its back-log
        lives.covered_since < lives.first_qualified_sighting_at
        and lives.posted_at >= date_trunc('day', lives.covered_since)
        -- found in time: what comes to light later does not change weeks that are final
        and lives.first_qualified_sighting_at < weeks.final_at

),

ended as (

    select
        spells.posting_key,
        spells.spell_no,
        min(departures.gone_at) as company_gone_at
    from spells
    inner join departures
        on
            spells.board = departures.board
            and spells.company_slug = departures.company_slug
            and spells.last_seen_at < departures.gone_at
    group by all

),

-- the opening is there anew on another board or account: the old posting is not carried beside it
moved as (

    select
        spells.posting_key,
        spells.spell_no,
        min(others.first_seen_at) as moved_at
    from spells
    inner join duplicates on spells.posting_key = duplicates.posting_key
    inner join duplicates as other_copies
        on
            duplicates.opening_key = other_copies.opening_key
            and duplicates.posting_key != other_copies.posting_key
    inner join lives as others
        on
            other_copies.posting_key = others.posting_key
            and spells.last_seen_at < others.first_seen_at
            and (spells.board, spells.company_slug) != (others.board, others.company_slug)
    group by all

),

final as (

    select
        spells.posting_key,
        spells.spell_no,
        published.flow_week,
        case when spells.spell_no = 1 then coalesce(published.posted_at, spells.opened_at) else spells.opened_at end
            as present_from,
        spells.last_seen_at,
        least(
            spells.closed_at,
            ended.company_gone_at,
            moved.moved_at,
            unwatched.presumed_closed_at,
            spells.last_seen_at + interval '{{ 7 * var("expected_for_weeks") }} days' + interval 7 day
        ) as present_until,
        spells.spell_no = max(spells.spell_no) over (partition by spells.posting_key) as is_last
    from spells
    left join published on spells.posting_key = published.posting_key
    left join ended on spells.posting_key = ended.posting_key and spells.spell_no = ended.spell_no
    left join moved on spells.posting_key = moved.posting_key and spells.spell_no = moved.spell_no
    left join unwatched on spells.posting_key = unwatched.posting_key and spells.spell_no = unwatched.spell_no

)

select * from final
