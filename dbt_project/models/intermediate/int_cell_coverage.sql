with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

company_weeks as (

    select * from {{ ref('int_company_weeks') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- counts every copy, because coverage measures crawls, not openings
stock as (

    select
        posting_weeks.week_start,
        posting_cells.role_family,
        posting_cells.country,
        posting_weeks.board,
        posting_weeks.company_slug,
        count(*) as n_postings
    from posting_weeks
    inner join posting_cells on {{ same('posting_weeks', 'posting_cells', ['posting_key', 'version_no']) }}
    where posting_weeks.measure = 'stock'
    group by all

),

members as (

    select
        stock.role_family,
        stock.country,
        stock.board,
        stock.company_slug,
        min(stock.week_start) as member_since
    from stock
    group by all

),

-- a company enters when it first qualifies, or qualifies again after it was no longer expected; it leaves after the
-- last week in which it is expected
company_turns as (

    select
        company_weeks.week_start,
        company_weeks.board,
        company_weeks.company_slug,
        company_weeks.is_covered,
        company_weeks.is_complete_flow,
        company_weeks.is_qualified
        and coalesce(
            max(company_weeks.week_start) filter (where company_weeks.is_qualified) over before
            < company_weeks.week_start - 7 * {{ var('expected_for_weeks') }},
            true
        ) as is_entrant,
        company_weeks.week_start < max(company_weeks.week_start) over ()
        and coalesce(lead(company_weeks.week_start) over of_company > company_weeks.week_start + 7, true) as is_leaver
    from company_weeks
    window
        of_company as (
            partition by company_weeks.board, company_weeks.company_slug
            order by company_weeks.week_start
        ),
        before as (
            partition by company_weeks.board, company_weeks.company_slug
            order by company_weeks.week_start
            rows between unbounded preceding and 1 preceding
        )

),

-- weighs a company by its last known number of postings, which the stock keeps through weeks without a qualifying crawl
weighted as (

    select
        company_turns.week_start,
        members.role_family,
        members.country,
        company_turns.is_covered,
        company_turns.is_complete_flow,
        company_turns.is_entrant,
        company_turns.is_leaver,
        greatest(coalesce(stock.n_postings, 0), 1) as weight
    from members
    inner join company_turns
        on
            members.board = company_turns.board
            and members.company_slug = company_turns.company_slug
            and members.member_since <= company_turns.week_start
    left join stock
        on
            {{ same('members', 'stock', ['role_family', 'country', 'board', 'company_slug']) }}
            and company_turns.week_start = stock.week_start

),

cells as (

    select
        weighted.week_start,
        weighted.role_family,
        weighted.country,
        sum(weighted.weight) filter (where weighted.is_covered) as weight_covered,
        sum(weighted.weight) filter (where weighted.is_complete_flow) as weight_of_complete_flow,
        sum(weighted.weight) as weight_expected,
        sum(weighted.weight) filter (where weighted.is_entrant) as weight_entering,
        sum(weighted.weight) filter (where weighted.is_leaver) as weight_leaving
    from weighted
    group by all

),

series as (

    select distinct
        cells.role_family,
        cells.country
    from cells

),

ever_reached as (

    select
        company_weeks.week_start,
        company_weeks.is_covered,
        max(company_weeks.is_qualified) over (
            partition by company_weeks.board, company_weeks.company_slug
            order by company_weeks.week_start
        ) as is_ever_reached
    from company_weeks

),

-- a company that no crawl has reached yet has no postings to weigh it by, so every cell is reduced by the same share
all_companies as (

    select
        ever_reached.week_start,
        avg(cast(ever_reached.is_covered as integer)) as coverage_ratio,
        avg(cast(ever_reached.is_ever_reached as integer)) as reached_share
    from ever_reached
    group by ever_reached.week_start

),

-- before a cell's first posting its companies are unknown, and it takes the ratio of all companies
ratios as (

    select
        weeks.week_start,
        series.role_family,
        series.country,
        coalesce(
            coalesce(cells.weight_covered, 0) / nullif(cells.weight_expected, 0) * all_companies.reached_share,
            all_companies.coverage_ratio,
            0
        ) as coverage_ratio,
        coalesce(cells.weight_of_complete_flow / cells.weight_expected * all_companies.reached_share, 0)
            as complete_flow_share,
        weeks.is_over and weeks.week_start > min(weeks.week_start) over () as has_flow,
        coalesce(cells.weight_entering / cells.weight_expected, 0) as entering_share,
        coalesce(cells.weight_leaving / cells.weight_expected, 0) as leaving_share
    from weeks
    cross join series
    left join cells
        on
            weeks.week_start = cells.week_start
            and series.role_family = cells.role_family
            and series.country = cells.country
    left join all_companies on weeks.week_start = all_companies.week_start

),

compared as (

    select
        ratios.week_start,
        ratios.role_family,
        ratios.country,
        ratios.coverage_ratio,
        -- the flow of a week that is not over, or before which nothing was crawled, is not known of any company
        if(ratios.has_flow, ratios.complete_flow_share, ratios.coverage_ratio) as flow_coverage_ratio,
        lag(ratios.coverage_ratio) over series_weeks as previous_ratio,
        -- in the very first week every company enters
        case when lag(ratios.week_start) over series_weeks is not null then ratios.entering_share else 0 end
            as entering_share,
        coalesce(lag(ratios.leaving_share) over series_weeks, 0) as leaving_share
    from ratios
    window series_weeks as (partition by ratios.role_family, ratios.country order by ratios.week_start)

),

final as (

    select
        compared.*,
        {{ break_reason(
            'compared.coverage_ratio', 'compared.previous_ratio', 'compared.entering_share', 'compared.leaving_share'
        ) }} as break_reason,
        {{ break_reason(
            'compared.flow_coverage_ratio',
            'lag(compared.flow_coverage_ratio) over series_weeks',
            'compared.entering_share',
            'compared.leaving_share'
        ) }} as flow_break_reason
    from compared
    window series_weeks as (partition by compared.role_family, compared.country order by compared.week_start)

)

select * from final
