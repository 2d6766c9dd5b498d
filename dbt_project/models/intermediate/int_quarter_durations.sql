with

durations as (

    select * from {{ ref('int_posting_durations') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

crawl_moments as (

    select * from {{ ref('int_crawl_moments') }}

),

-- first and last crawl of each quarter that can close postings
crawled as (

    select
        crawl_moments.board,
        crawl_moments.company_slug,
        cast(date_trunc('quarter', crawl_moments.as_of) as date) as quarter_start,
        min(crawl_moments.as_of) as first_crawled_at,
        max(crawl_moments.as_of) as last_crawled_at
    from crawl_moments
    where crawl_moments.closes_seen_since is not null
    group by all

),

-- A company's quarter begins with its last crawl before the quarter, so that the days between two crawls, and the
-- closings in them, belong to the quarter of the later crawl. The days of an outage belong to no quarter.
stretches as (

    select
        crawled.board,
        crawled.company_slug,
        crawled.quarter_start,
        crawled.last_crawled_at,
        case
            when
                lag(crawled.last_crawled_at) over of_company
                >= crawled.first_crawled_at - interval {{ 7 * var('known_for_weeks') }} day
                then lag(crawled.last_crawled_at) over of_company
            else crawled.first_crawled_at
        end as begins_at,
        case
            when crawled.quarter_start < max(crawled.quarter_start) over () then crawled.last_crawled_at
            else timestamp 'infinity'
        end as ends_at,
        min(crawled.first_crawled_at) over of_quarter as quarter_crawled_since,
        max(crawled.last_crawled_at) over of_quarter as quarter_crawled_until
    from crawled
    window
        of_company as (
            partition by crawled.board, crawled.company_slug
            order by crawled.quarter_start
        ),
        of_quarter as (partition by crawled.quarter_start)

),

-- A company that was crawled for only a few days of a quarter adds almost nothing to its curve. Comparing that quarter
-- with a complete one would show a board that joined or left as a change of pace.
marked as (

    select
        stretches.*,
        stretches.begins_at
        <= stretches.quarter_crawled_since + interval {{ 7 * var('known_for_weeks') }} day
        and stretches.last_crawled_at
        >= stretches.quarter_crawled_until - interval {{ 7 * var('known_for_weeks') }} day as is_complete
    from stretches

),

quarters as (

    select
        marked.*,
        list(marked.quarter_start) filter (where marked.is_complete)
            over (partition by marked.board, marked.company_slug) as complete_starts
    from marked

),

compared as (

    select
        quarters.board,
        quarters.company_slug,
        quarters.quarter_start,
        quarters.begins_at,
        quarters.ends_at,
        quarters.is_complete
        and list_contains(quarters.complete_starts, quarters.quarter_start - interval 3 month)
            as is_watched_quarter_before,
        quarters.is_complete
        and list_contains(quarters.complete_starts, quarters.quarter_start + interval 3 month)
            as is_watched_quarter_after,
        quarters.is_complete
        and list_contains(quarters.complete_starts, quarters.quarter_start - interval 12 month)
            as is_watched_year_before,
        quarters.is_complete
        and list_contains(quarters.complete_starts, quarters.quarter_start + interval 12 month)
            as is_watched_year_after
    from quarters

),

lived as (

    select
        durations.posting_key,
        durations.version_no,
        durations.company_key,
        compared.quarter_start,
        {{ day_of_life('lives.posted_at', 'greatest(lives.first_seen_at, compared.begins_at)') }} as entered_day,
        {{ day_of_life('lives.posted_at', 'least(lives.last_seen_at, compared.ends_at)') }} as last_seen_day,
        -- a posting that the last crawl of the quarter saw was open when the quarter ended
        case when lives.last_seen_at < compared.ends_at then durations.missed_day end as missed_day,
        compared.is_watched_quarter_before,
        compared.is_watched_quarter_after,
        compared.is_watched_year_before,
        compared.is_watched_year_after
    from durations
    inner join lives on durations.posting_key = lives.posting_key
    inner join compared
        on
            lives.board = compared.board
            and lives.company_slug = compared.company_slug
            and lives.first_seen_at <= compared.ends_at
            and lives.last_seen_at >= compared.begins_at

),

-- omits postings that were seen once and not missed, which carry no information
final as (

    select lived.*
    from lived
    where lived.entered_day < coalesce(lived.missed_day, lived.last_seen_day)

)

select * from final
