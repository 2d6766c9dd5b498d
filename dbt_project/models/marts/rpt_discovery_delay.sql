with

weeks as (

    select * from {{ ref('int_weeks') }}

),

discovery_delays as (

    select * from {{ ref('int_discovery_delays') }}

),

company_weeks as (

    select * from {{ ref('int_company_weeks') }}

),

discovered as (

    select
        unnest([discovery_delays.board, 'all']) as board,
        discovery_delays.company,
        discovery_delays.posted_at,
        discovery_delays.delay_days
    from discovery_delays

),

windowed as (

    select
        weeks.week_start,
        weeks.week_end > {{ as_of(ref('stg_crawl_runs')) }} as is_running,
        weeks.final_after_days,
        discovered.board,
        discovered.company,
        discovered.delay_days
    from weeks
    inner join discovered on {{ in_delay_window('weeks.week_end', 'discovered.posted_at') }}

),

company_counts as (

    select
        windowed.week_start,
        windowed.board,
        windowed.company,
        count(*) as n_of_company,
        count(*) filter (where windowed.delay_days <= windowed.final_after_days) as n_in_time
    from windowed
    group by all

),

sums as (

    select
        company_counts.week_start,
        company_counts.board,
        sum(company_counts.n_of_company) as n_postings,
        count(*) as n_companies,
        sum(company_counts.n_in_time) as n_in_time,
        sum(company_counts.n_in_time * company_counts.n_in_time) as sum_yy,
        sum(company_counts.n_in_time * company_counts.n_of_company) as sum_yn,
        sum(company_counts.n_of_company * company_counts.n_of_company) as sum_nn,
        {{ equal_companies_of('company_counts.n_of_company') }} as equal_companies,
        max(company_counts.n_of_company) as n_of_largest
    from company_counts
    group by all

),

delays as (

    select
        windowed.week_start,
        windowed.board,
        bool_or(windowed.is_running) as is_running,
        max(windowed.final_after_days) as final_after_days,
        quantile_cont(windowed.delay_days, 0.5) as delay_median_days,
        quantile_cont(windowed.delay_days, 0.9) as delay_p90_days,
        -- as in int_weeks
        quantile_disc(windowed.delay_days, {{ var('final_share') }}) as delay_final_share_days
    from windowed
    group by all

),

reach as (

    select
        company_weeks.week_start,
        unnest([company_weeks.board, 'all']) as board,
        cast(company_weeks.is_covered as integer) as is_reached
    from company_weeks

),

coverage as (

    select
        reach.week_start,
        reach.board,
        avg(reach.is_reached) as coverage_ratio
    from reach
    group by reach.week_start, reach.board

),

-- the mean over the weeks in which the postings were published
window_coverage as (

    select
        weeks.week_start,
        coverage.board,
        {{ exact_avg('coverage.coverage_ratio') }} as coverage_ratio
    from weeks
    inner join coverage on {{ in_delay_window('weeks.week_end', 'coverage.week_start') }}
    group by weeks.week_start, coverage.board

),

-- pooled over the boards of the week
alike as (

    select
        sums.*,
        {{ similarity(
            'sums.n_in_time', 'sums.n_postings', 'sums.equal_companies', 'sums.sum_yy', 'sums.sum_yn', 'sums.sum_nn',
            over='sums.week_start'
        ) }} as similarity
    from sums

),

judged as (

    select
        sums.*,
        delays.is_running,
        delays.final_after_days,
        delays.delay_median_days,
        delays.delay_p90_days,
        delays.delay_final_share_days,
        {{ share('sums.n_in_time', 'sums.n_postings') }} as in_time_share,
        {{ effective_n(
            'sums.n_in_time', 'sums.n_postings', 'sums.equal_companies', 'sums.sum_yy', 'sums.sum_yn', 'sums.sum_nn',
            'sums.similarity'
        ) }} as effective_n,
        {{ interval_t('sums.n_postings', 'sums.sum_nn') }} as t_quantile,
        {{ floor_reason('sums.n_postings', 'sums.n_companies', 'sums.n_of_largest') }} as floor_reason
    from alike as sums
    inner join delays on sums.week_start = delays.week_start and sums.board = delays.board

),

shown as (

    select judged.*
    from judged
    where judged.floor_reason is null

),

final as (

    select
        judged.week_start,
        judged.board,
        cast(judged.n_postings as integer) as n_postings,
        cast(judged.n_companies as integer) as n_companies,
        shown.delay_median_days,
        shown.delay_p90_days,
        shown.delay_final_share_days,
        judged.final_after_days,
        shown.in_time_share,
        {{ wilson_bound('shown.in_time_share', 'shown.effective_n', 'shown.t_quantile', 'low') }} as in_time_low,
        {{ wilson_bound('shown.in_time_share', 'shown.effective_n', 'shown.t_quantile', 'high') }} as in_time_high,
        shown.in_time_share >= {{ var('final_share') }} as is_final_in_time,
        {{ cell_status('judged.floor_reason', break_reason('window_coverage.coverage_ratio'), 'judged.is_running') }}
            as status,
        window_coverage.coverage_ratio,
        judged.floor_reason
    from judged
    left join shown on judged.week_start = shown.week_start and judged.board = shown.board
    left join window_coverage on judged.week_start = window_coverage.week_start and judged.board = window_coverage.board

)

select * from final
