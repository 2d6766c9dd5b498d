with

survival as (

    select * from {{ ref('int_cell_survival') }}

),

coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- a posting is watched for its whole life, so the coverage of all finished weeks counts
reach as (

    select
        coverage.role_family,
        coverage.country,
        {{ exact_avg('coverage.coverage_ratio') }} as coverage_ratio
    from coverage
    inner join weeks on coverage.week_start = weeks.week_start
    where weeks.is_over or weeks.is_current
    group by coverage.role_family, coverage.country

),

judged as (

    select
        survival.*,
        weeks.week_start,
        reach.coverage_ratio,
        {{ floor_reason('survival.n_postings', 'survival.n_companies', 'survival.n_of_largest_company') }}
            as floor_reason
    from survival
    inner join reach
        on
            survival.role_family = reach.role_family
            and survival.country = reach.country
    inner join weeks on weeks.is_current

),

final as (

    select
        judged.role_family,
        judged.country,
        judged.week_start,
        judged.n_postings,
        judged.n_closed,
        judged.n_companies,
        case when judged.floor_reason is null then judged.begins_day end as begins_day,
        case when judged.floor_reason is null then judged.median_days end as median_days,
        case when judged.floor_reason is null then judged.median_low end as median_low,
        case when judged.floor_reason is null then judged.median_high end as median_high,
        case when judged.floor_reason is null then judged.share_open_30_days end as share_open_30_days,
        case when judged.floor_reason is null then judged.share_open_30_low end as share_open_30_low,
        case when judged.floor_reason is null then judged.share_open_30_high end as share_open_30_high,
        judged.closing_interval_days,
        -- postings are watched up to the moment of the build: later crawls keep watching
        {{ cell_status('judged.floor_reason', break_reason('judged.coverage_ratio'), 'true') }} as status,
        judged.floor_reason,
        judged.coverage_ratio
    from judged

)

select * from final
