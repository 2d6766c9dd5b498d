with

moves as (

    select * from {{ ref('int_term_moves') }}

),

tests as (

    select * from {{ ref('int_term_changes') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

moment as (

    select {{ as_of(ref('stg_crawl_runs')) }} as as_of

),

-- of the weeks of both periods that were crawled
reach as (

    select
        max(cell_coverage.week_start) as week_start,
        {{ exact_avg('cell_coverage.coverage_ratio') }} as coverage_ratio
    from cell_coverage
    cross join moment
    where
        cell_coverage.role_family = 'all'
        and cell_coverage.country = 'all'
        and cell_coverage.week_start >= moment.as_of - to_weeks(4 * {{ var('emerging_weeks') }})

),

shares as (

    select
        moves.*,
        tests.q_value,
        {{ share('moves.n_recent', 'moves.n_companies_recent') }} as recent_share,
        {{ share('moves.n_earlier', 'moves.n_companies_earlier') }} as earlier_share
    from moves
    left join tests on moves.term_key = tests.term_key

),

bounded as (

    select
        shares.*,
        {{ wilson_bound('shares.recent_share', 'shares.n_companies_recent', '1.959964', 'low') }} as recent_low,
        {{ wilson_bound('shares.recent_share', 'shares.n_companies_recent', '1.959964', 'high') }} as recent_high,
        {{ wilson_bound('shares.earlier_share', 'shares.n_companies_earlier', '1.959964', 'low') }} as earlier_low,
        {{ wilson_bound('shares.earlier_share', 'shares.n_companies_earlier', '1.959964', 'high') }} as earlier_high,
        {{ paired_change_bound('shares.n_only_recent', 'shares.n_only_earlier', 'shares.n_companies_earlier', 'low') }}
            as change_low,
        {{ paired_change_bound('shares.n_only_recent', 'shares.n_only_earlier', 'shares.n_companies_earlier', 'high') }}
            as change_high
    from shares

),

final as (

    select
        bounded.term,
        cast(bounded.n_postings as integer) as n_postings,
        cast(bounded.n_companies as integer) as n_companies,
        bounded.first_posted_at,
        cast(bounded.n_recent as integer) as n_companies_with_term_recent,
        cast(bounded.n_companies_recent as integer) as n_companies_recent,
        bounded.recent_share,
        bounded.recent_low,
        bounded.recent_high,
        cast(bounded.n_earlier as integer) as n_companies_with_term_earlier,
        cast(bounded.n_companies_earlier as integer) as n_companies_earlier,
        bounded.earlier_share,
        bounded.earlier_low,
        bounded.earlier_high,
        {{ effect('bounded.recent_share - bounded.earlier_share') }} as change,
        bounded.change_low,
        bounded.change_high,
        cast(bounded.n_only_recent as integer) as n_companies_only_recent,
        cast(bounded.n_only_earlier as integer) as n_companies_only_earlier,
        bounded.q_value as change_q_value,
        coalesce(
            bounded.n_only_recent > bounded.n_only_earlier and bounded.q_value < {{ var('max_false_changes') }}, false
        ) as is_rising,
        reach.week_start,
        -- its last weeks end at the moment of the build: late postings may still be added to them
        {{ cell_status('null', break_reason('reach.coverage_ratio'), 'true') }} as status,
        reach.coverage_ratio
    from bounded
    cross join reach

)

select * from final
