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

joined as (

    select
        expected_weeks.week_start,
        expected_weeks.board,
        expected_weeks.company_slug,
        expected_weeks.final_at,
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
        case
            when not joined.has_gap and min(joined.first_qualified_at) over watched <= joined.week_start
                then min(joined.first_qualified_at) over known_after
        end as flow_known_at,
        joined.final_at
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
        ),
        known_after as (
            partition by joined.board, joined.company_slug
            order by joined.week_start
            rows between 1 following and unbounded following
        )

),

-- the flow is known if the company was crawled before the week, and again after it was over and early enough for the
-- final figure: a crawl on the week's Monday at six sees six hours of it; on a list of the newest nothing may have
-- scrolled off unseen
timely as (

    select
        judged.*,
        case when judged.flow_known_at < judged.final_at then judged.flow_known_at end as flow_known_in_time_at
    from judged

),

final as (

    select
        timely.week_start,
        timely.board,
        timely.company_slug,
        timely.is_crawled,
        timely.is_qualified,
        timely.is_qualified and not timely.has_gap as is_covered,
        timely.is_listed_in_full and case
            -- carried through an outage, the stock of a list of the newest would only lose postings
            when timely.is_newest_only then timely.is_qualified or timely.flow_known_in_time_at is not null
            else timely.is_recently_qualified
        end as is_known_stock,
        timely.flow_known_in_time_at is not null as is_known_flow,
        {{ days_after_the_week('timely.week_start', 'timely.flow_known_in_time_at') }} as flow_known_after_days
    from timely

)

select * from final
