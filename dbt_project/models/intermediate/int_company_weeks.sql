with

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

departures as (

    select * from {{ ref('int_company_departures') }}

),

list_gaps as (

    select * from {{ ref('int_list_gaps') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

crawled_weeks as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.week_start,
        bool_or(crawl_runs.qualifies) as is_qualified,
        min(crawl_runs.as_of) filter (where crawl_runs.qualifies) as first_qualified_at,
        max(crawl_runs.as_of) filter (where crawl_runs.qualifies) as last_qualified_at
    from crawl_runs
    group by all

),

-- a company that is no longer crawled, or refuses every crawl, stays expected for a while, so that the loss of the
-- source shows; a new company is expected for as long, whether or not its first crawls succeed
expecting_weeks as (

    select
        crawled_weeks.board,
        crawled_weeks.company_slug,
        crawled_weeks.week_start
    from crawled_weeks
    qualify
        crawled_weeks.is_qualified
        or row_number() over (
            partition by crawled_weeks.board, crawled_weeks.company_slug
            order by crawled_weeks.week_start
        ) = 1

),

expected_weeks as (

    select distinct
        weeks.week_start,
        weeks.week_end,
        weeks.final_at,
        weeks.known_until,
        expecting_weeks.board,
        expecting_weeks.company_slug
    from expecting_weeks
    inner join weeks
        on
            expecting_weeks.week_start <= weeks.week_start
            and expecting_weeks.week_start + 7 * {{ var('expected_for_weeks') }} >= weeks.week_start

),

last_departures as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        max(departures.gone_at) as last_gone_at
    from expected_weeks
    inner join departures
        on
            expected_weeks.board = departures.board
            and expected_weeks.company_slug = departures.company_slug
            and expected_weeks.week_end > departures.gone_at
    group by all

),

-- weeks of a gap, and those after it in which postings that scrolled off unseen would still be open
gap_weeks as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        bool_or(expected_weeks.week_start < list_gaps.unseen_until) as has_gap
    from expected_weeks
    inner join list_gaps
        on
            expected_weeks.board = list_gaps.board
            and expected_weeks.company_slug = list_gaps.company_slug
            and expected_weeks.week_start
            < list_gaps.unseen_until + interval '{{ var("open_days_on_newest_lists") }} days'
            and expected_weeks.week_end > list_gaps.unseen_from
            -- one found later does not change a final week, whose flow is then unknown in any case
            and expected_weeks.final_at > list_gaps.unseen_until
    group by all

),

-- the crawls that could find what was published in the week; by their weeks, because the pairs of all weeks and all
-- crawls of a company would grow with the square of its history
follow_ups as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        min(crawl_runs.as_of) as first_follow_up_at,
        max(crawl_runs.as_of) as last_follow_up_at
    from expected_weeks
    cross join range(1, cast(ceil({{ var('max_provisional_days') }} / 7.0) as bigint) + 1) as later (n_weeks)
    inner join crawl_runs
        on
            expected_weeks.board = crawl_runs.board
            and expected_weeks.company_slug = crawl_runs.company_slug
            and expected_weeks.week_start + cast(7 * later.n_weeks as integer) = crawl_runs.week_start
            and expected_weeks.final_at > crawl_runs.as_of
    where crawl_runs.qualifies
    group by all

),

joined as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        -- a later first look misses what was closed before it
        case
            when follow_ups.first_follow_up_at < expected_weeks.week_end + interval {{ var('max_look_gap_days') }} day
                then follow_ups.first_follow_up_at
        end as first_look_at,
        -- a weekly crawl that failed misses some of it, and an earlier last look misses what boards show late
        follow_ups.first_follow_up_at < expected_weeks.week_end + interval 7 day
        and follow_ups.last_follow_up_at
        >= least(expected_weeks.week_end + interval 7 day, expected_weeks.known_until - interval 7 day)
            as is_watched_closely,
        -- while it may still come, no look is missed
        expected_weeks.known_until < expected_weeks.week_end + interval 7 day as is_look_pending,
        crawled_weeks.week_start is not null as is_crawled,
        coalesce(crawled_weeks.is_qualified, false) as is_qualified,
        crawled_weeks.first_qualified_at,
        crawled_weeks.last_qualified_at,
        last_departures.last_gone_at,
        coalesce(gap_weeks.has_gap, false) as has_gap,
        gap_weeks.week_start is not null as lacks_postings,
        coalesce(board_systems.shows = 'newest', false) as is_newest_only
    from expected_weeks
    left join board_systems on expected_weeks.board = board_systems.board
    left join follow_ups
        on
            expected_weeks.week_start = follow_ups.week_start
            and expected_weeks.board = follow_ups.board
            and expected_weeks.company_slug = follow_ups.company_slug
    left join crawled_weeks
        on
            expected_weeks.week_start = crawled_weeks.week_start
            and expected_weeks.board = crawled_weeks.board
            and expected_weeks.company_slug = crawled_weeks.company_slug
    left join last_departures
        on
            expected_weeks.week_start = last_departures.week_start
            and expected_weeks.board = last_departures.board
            and expected_weeks.company_slug = last_departures.company_slug
    left join gap_weeks
        on
            expected_weeks.week_start = gap_weeks.week_start
            and expected_weeks.board = gap_weeks.board
            and expected_weeks.company_slug = gap_weeks.company_slug

),

judged as (

    select
        joined.week_start,
        joined.board,
        joined.company_slug,
        joined.is_crawled,
        joined.is_qualified,
        joined.has_gap,
        joined.is_newest_only,
        joined.first_look_at is not null or joined.is_look_pending as is_followed_up,
        joined.is_watched_closely,
        joined.is_qualified
        or coalesce(
            max(joined.last_qualified_at) over known_before > coalesce(joined.last_gone_at, timestamp '1970-01-01'),
            false
        ) as is_recently_qualified,
        -- when a list of the newest is first crawled, part of what is open has scrolled off
        not joined.lacks_postings
        and (
            not joined.is_newest_only
            or coalesce(
                min(joined.first_qualified_at) over watched + interval '{{ var("open_days_on_newest_lists") }} days'
                <= joined.week_start,
                false
            )
        ) as is_listed_in_full,
        -- a crawl on the week's Monday at six sees six hours of it; on a list of the newest nothing may have scrolled
        -- off unseen
        case
            when not joined.has_gap and min(joined.first_qualified_at) over watched <= joined.week_start
                then joined.first_look_at
        end as flow_known_at
    from joined
    window
        known_before as (
            partition by joined.board, joined.company_slug
            order by joined.week_start
            range between interval '{{ 7 * var("known_for_weeks") }} days' preceding and current row
        ),
        watched as (
            partition by joined.board, joined.company_slug
            order by joined.week_start
            rows between unbounded preceding and current row
        )

),

final as (

    select
        judged.week_start,
        judged.board,
        judged.company_slug,
        judged.is_crawled,
        judged.is_qualified,
        judged.has_gap,
        judged.is_followed_up,
        judged.is_qualified and not judged.has_gap and judged.is_followed_up as is_covered,
        judged.is_listed_in_full and case
            -- carried through an outage, the stock of a list of the newest would only lose postings
            when judged.is_newest_only then judged.is_qualified or judged.flow_known_at is not null
            else judged.is_recently_qualified
        end as is_known_stock,
        judged.flow_known_at is not null as is_known_flow,
        judged.flow_known_at is not null and judged.is_watched_closely as is_complete_flow,
        {{ days_after_the_week('judged.week_start', 'judged.flow_known_at') }} as flow_known_after_days
    from judged

)

select * from final
