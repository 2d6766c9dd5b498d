with

spells as (

    select * from {{ ref('int_posting_spells') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

stated_ends as (

    select * from {{ ref('int_stated_ends') }}

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

-- A posting that is listed after its stated date is open, so a date contradicted by a sighting is ignored, except on
-- lists of the newest, where nothing else shows a closing. On a board that shows everything, dates take no effect while
-- matched series still bridge an outage: postings would leave the stock while unseen new ones could not enter it.
unseen_ends as (

    select
        spells.posting_key,
        spells.spell_no,
        stated_ends.stated_end_at,
        case
            when stated_ends.stated_end_at > spells.last_seen_at
                then greatest(
                    stated_ends.stated_end_at,
                    case
                        when coalesce(board_systems.shows != 'newest', true)
                            then spells.last_seen_at + interval '{{ 7 * var("known_for_weeks") }} days' + interval 7 day
                    end
                )
        end as expired_at,
        case
            when board_systems.shows = 'newest'
                then greatest(
                    coalesce(
                        stated_ends.stated_end_at,
                        lives.posted_at + interval '{{ var("open_days_on_newest_lists") }} days'
                    ),
                    spells.last_seen_at + interval 1 day
                )
        end as presumed_end_at
    from spells
    inner join lives on spells.posting_key = lives.posting_key
    left join stated_ends on {{ same('spells', 'stated_ends', ['posting_key', 'spell_no']) }}
    left join board_systems on spells.board = board_systems.board

),

-- a posting that was published while its company was being crawled, and seen soon after, is open from its publication
published as (

    select
        lives.posting_key,
        -- in the flow only if the company was covered for the complete week
        case when lives.covered_since <= weeks.week_start then weeks.week_start end as flow_week,
        lives.posted_at
    from lives
    inner join weeks
        on
            lives.posted_at >= weeks.week_start
            and lives.posted_at < weeks.week_end
    where
        -- a posting that the company's first crawl saw is part of its backlog
        lives.covered_since < lives.first_qualified_sighting_at
        and lives.posted_at >= date_trunc('day', lives.covered_since)
        -- a later discovery does not change weeks that are final
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

-- when the opening appears on another board or account, the old posting is no longer carried
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

ends as (

    select
        spells.posting_key,
        spells.spell_no,
        published.flow_week,
        case when spells.spell_no = 1 then coalesce(published.posted_at, spells.opened_at) else spells.opened_at end
            as present_from,
        spells.last_seen_at,
        spells.closed_at,
        ended.company_gone_at,
        moved.moved_at,
        unseen_ends.stated_end_at,
        unseen_ends.expired_at,
        unseen_ends.presumed_end_at,
        spells.last_seen_at + interval '{{ 7 * var("expected_for_weeks") }} days' + interval 7 day as forgotten_at
    from spells
    inner join unseen_ends on spells.posting_key = unseen_ends.posting_key and spells.spell_no = unseen_ends.spell_no
    left join published on spells.posting_key = published.posting_key
    left join ended on spells.posting_key = ended.posting_key and spells.spell_no = ended.spell_no
    left join moved on spells.posting_key = moved.posting_key and spells.spell_no = moved.spell_no

),

earliest as (

    select
        ends.*,
        least(
            ends.closed_at,
            ends.company_gone_at,
            ends.moved_at,
            ends.expired_at,
            ends.presumed_end_at,
            ends.forgotten_at
        ) as present_until
    from ends

),

final as (

    select
        earliest.posting_key,
        earliest.spell_no,
        earliest.flow_week,
        earliest.present_from,
        earliest.last_seen_at,
        earliest.stated_end_at,
        earliest.present_until,
        case earliest.present_until
            when earliest.closed_at then 'missed'
            when earliest.company_gone_at then 'board_gone'
            when earliest.moved_at then 'moved'
            when earliest.expired_at then 'stated'
            when earliest.presumed_end_at then 'presumed'
            else 'unseen'
        end as present_until_basis,
        earliest.spell_no = max(earliest.spell_no) over (partition by earliest.posting_key) as is_last
    from earliest

)

select * from final
