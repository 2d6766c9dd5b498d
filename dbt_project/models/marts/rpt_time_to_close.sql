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

latest as (

    select
        coverage.role_family,
        coverage.country,
        max(coverage.week_start) as week_start,
        arg_max(coverage.coverage_ratio, coverage.week_start) as coverage_ratio
    from coverage
    group by all

),

judged as (

    select
        survival.*,
        latest.week_start,
        latest.coverage_ratio,
        weeks.is_provisional,
        {{ floor_reason('survival.n_postings', 'survival.n_companies', 'survival.n_of_largest_company') }}
            as floor_reason
    from survival
    inner join latest
        on
            survival.role_family = latest.role_family
            and survival.country = latest.country
    inner join weeks on latest.week_start = weeks.week_start

),

final as (

    select
        judged.role_family,
        judged.country,
        judged.week_start,
        judged.n_postings,
        judged.n_closed,
        judged.n_companies,
        case when judged.floor_reason is null then judged.median_days end as median_days,
        case when judged.floor_reason is null then judged.median_low end as median_low,
        case when judged.floor_reason is null then judged.median_high end as median_high,
        case when judged.floor_reason is null then judged.share_open_30_days end as share_open_30_days,
        judged.closing_interval_days,
        case
            when judged.floor_reason is not null then 'suppressed'
            when judged.is_provisional then 'provisional'
            else 'final'
        end as status,
        judged.floor_reason,
        judged.coverage_ratio
    from judged

)

select * from final
