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

looks as (

    select
        crawl_moments.board,
        crawl_moments.company_slug,
        cast(date_trunc('quarter', crawl_moments.as_of) as date) as quarter_start,
        min(crawl_moments.as_of) as first_look_at,
        max(crawl_moments.as_of) as last_look_at
    from crawl_moments
    where crawl_moments.closes_seen_since is not null
    group by all

),

-- a company's quarter begins with its last look before: what closes between that and the next one belongs, with all
-- that was open then, to the quarter of the latter. What closed in an outage is, with all that did not, of none
stretches as (

    select
        looks.board,
        looks.company_slug,
        looks.quarter_start,
        looks.last_look_at,
        case
            when
                lag(looks.last_look_at) over of_company
                >= looks.first_look_at - interval {{ 7 * var('known_for_weeks') }} day
                then lag(looks.last_look_at) over of_company
            else looks.first_look_at
        end as begins_at,
        case
            when looks.quarter_start < max(looks.quarter_start) over () then looks.last_look_at
            else timestamp 'infinity'
        end as ends_at,
        min(looks.first_look_at) over of_quarter as quarter_looked_at_since,
        max(looks.last_look_at) over of_quarter as quarter_looked_at_until
    from looks
    window
        of_company as (
            partition by looks.board, looks.company_slug
            order by looks.quarter_start
        ),
        of_quarter as (partition by looks.quarter_start)

),

-- a company of which a quarter has a few days alone gives next to nothing to its curve: compared with a quarter that
-- has all of the company, it would tell that a board joined or left as a change of pace
reaching as (

    select
        stretches.*,
        stretches.begins_at
        <= stretches.quarter_looked_at_since + interval {{ 7 * var('known_for_weeks') }} day
        and stretches.last_look_at
        >= stretches.quarter_looked_at_until - interval {{ 7 * var('known_for_weeks') }} day as is_whole
    from stretches

),

whole as (

    select
        reaching.*,
        list(reaching.quarter_start) filter (where reaching.is_whole)
            over (partition by reaching.board, reaching.company_slug) as whole_quarters
    from reaching

),

compared as (

    select
        whole.board,
        whole.company_slug,
        whole.quarter_start,
        whole.begins_at,
        whole.ends_at,
        whole.is_whole
        and list_contains(whole.whole_quarters, whole.quarter_start - interval 3 month) as is_watched_quarter_before,
        whole.is_whole
        and list_contains(whole.whole_quarters, whole.quarter_start + interval 3 month) as is_watched_quarter_after,
        whole.is_whole
        and list_contains(whole.whole_quarters, whole.quarter_start - interval 12 month) as is_watched_year_before,
        whole.is_whole
        and list_contains(whole.whole_quarters, whole.quarter_start + interval 12 month) as is_watched_year_after
    from whole

),

lived as (

    select
        durations.posting_key,
        durations.version_no,
        durations.company_key,
        compared.quarter_start,
        {{ day_of_life('lives.posted_at', 'greatest(lives.first_seen_at, compared.begins_at)') }} as entered_day,
        {{ day_of_life('lives.posted_at', 'least(lives.last_seen_at, compared.ends_at)') }} as last_seen_day,
        -- seen by the last look, it was open when the quarter ended
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

-- who was seen once and not missed tells nothing
final as (

    select lived.*
    from lived
    where lived.entered_day < coalesce(lived.missed_day, lived.last_seen_day)

)

select * from final
