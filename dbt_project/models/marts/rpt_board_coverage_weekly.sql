with

company_weeks as (

    select * from {{ ref('int_company_weeks') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

sightings as (

    select * from {{ ref('stg_sightings') }}

),

postings as (

    select * from {{ ref('int_posting_lives') }}

),

boards as (

    select distinct unnest([crawl_runs.board, 'all']) as board
    from crawl_runs

),

expectations as (

    select
        company_weeks.week_start,
        unnest([company_weeks.board, 'all']) as board,
        company_weeks.is_crawled,
        company_weeks.is_covered
    from company_weeks

),

companies as (

    select
        expectations.week_start,
        expectations.board,
        count(*) as n_companies_expected,
        count(*) filter (where expectations.is_crawled) as n_companies_crawled,
        count(*) filter (where expectations.is_covered) as n_companies_qualified
    from expectations
    group by all

),

crawls as (

    select
        crawl_runs.week_start,
        unnest([crawl_runs.board, 'all']) as board,
        crawl_runs.status,
        crawl_runs.n_rejected
    from crawl_runs

),

runs as (

    select
        crawls.week_start,
        crawls.board,
        count(*) as n_runs,
        count(*) filter (where crawls.status = 'failed') as n_failed,
        count(*) filter (where crawls.status = 'partial') as n_partial,
        sum(crawls.n_rejected) as n_rejected
    from crawls
    group by all

),

-- each company that is missing counts once for each of its reasons, however often it was crawled: otherwise one that
-- fails daily would outweigh seven that are not crawled at all
reasons as (

    select
        company_weeks.week_start,
        company_weeks.board,
        company_weeks.company_slug,
        case
            when not company_weeks.is_crawled then 'not_crawled'
            when company_weeks.has_gap and company_weeks.is_qualified then 'list_replaced'
            when company_weeks.is_qualified then 'not_followed_up'
            when crawl_runs.qualifies_reason = 'incomplete' then coalesce(crawl_runs.reason, 'incomplete')
            else coalesce(crawl_runs.qualifies_reason, 'unknown')
        end as reason
    from company_weeks
    left join crawl_runs
        on
            company_weeks.week_start = crawl_runs.week_start
            and company_weeks.board = crawl_runs.board
            and company_weeks.company_slug = crawl_runs.company_slug
    where not company_weeks.is_covered

),

all_reasons as (

    select
        reasons.week_start,
        unnest([reasons.board, 'all']) as board,
        reasons.board || '/' || reasons.company_slug as company,
        reasons.reason
    from reasons

),

main_reasons as (

    -- reasons that differ only in their numbers count as one, except for the HTTP status before a colon
    select
        all_reasons.week_start,
        all_reasons.board,
        min(all_reasons.reason) as main_reason
    from all_reasons
    group by
        all_reasons.week_start, all_reasons.board,
        regexp_replace(all_reasons.reason, '[0-9][0-9,]*([^0-9,:]|$)', 'n\1', 'g')
    qualify
        row_number() over (
            partition by all_reasons.week_start, all_reasons.board
            order by count(distinct all_reasons.company) desc, min(all_reasons.reason)
        ) = 1

),

seen as (

    select distinct
        cast(date_trunc('week', sightings.seen_at) as date) as week_start,
        unnest([postings.board, 'all']) as board,
        sightings.posting_key
    from sightings
    inner join postings on sightings.posting_key = postings.posting_key

),

seen_counts as (

    select
        seen.week_start,
        seen.board,
        count(*) as n_postings_seen
    from seen
    group by all

),

figures as (

    select
        weeks.week_start,
        boards.board,
        weeks.is_provisional,
        coalesce(companies.n_companies_expected, 0) as n_companies_expected,
        coalesce(companies.n_companies_crawled, 0) as n_companies_crawled,
        coalesce(companies.n_companies_qualified, 0) as n_companies_qualified,
        companies.n_companies_qualified / nullif(companies.n_companies_expected, 0) as coverage_ratio,
        coalesce(runs.n_runs, 0) as n_runs,
        coalesce(runs.n_failed, 0) as n_failed,
        coalesce(runs.n_partial, 0) as n_partial,
        coalesce(seen_counts.n_postings_seen, 0) as n_postings_seen,
        coalesce(runs.n_rejected, 0) as n_rejected,
        main_reasons.main_reason
    from weeks
    cross join boards
    left join companies on weeks.week_start = companies.week_start and boards.board = companies.board
    left join runs on weeks.week_start = runs.week_start and boards.board = runs.board
    left join seen_counts on weeks.week_start = seen_counts.week_start and boards.board = seen_counts.board
    left join main_reasons on weeks.week_start = main_reasons.week_start and boards.board = main_reasons.board

),

compared as (

    select
        figures.*,
        lag(figures.coverage_ratio) over (partition by figures.board order by figures.week_start) as previous_ratio
    from figures

),

judged as (

    select
        compared.*,
        -- a board system with no expected company has lost nothing
        case
            when compared.n_companies_expected > 0 or compared.board = 'all'
                then {{ break_reason('compared.coverage_ratio', 'compared.previous_ratio') }}
        end as break_reason
    from compared

),

final as (

    select
        judged.week_start,
        judged.board,
        cast(judged.n_companies_expected as integer) as n_companies_expected,
        cast(judged.n_companies_crawled as integer) as n_companies_crawled,
        cast(judged.n_companies_qualified as integer) as n_companies_qualified,
        judged.coverage_ratio,
        cast(judged.n_runs as integer) as n_runs,
        cast(judged.n_failed as integer) as n_failed,
        cast(judged.n_partial as integer) as n_partial,
        cast(judged.n_postings_seen as integer) as n_postings_seen,
        cast(judged.n_rejected as integer) as n_rejected,
        judged.break_reason,
        judged.main_reason,
        {{ cell_status('null', 'judged.break_reason', 'judged.is_provisional') }} as status
    from judged
    where
        judged.board = 'all'
        or judged.n_companies_expected > 0
        or judged.n_runs > 0

)

select * from final
