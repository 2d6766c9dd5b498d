with

window_openings as (

    select * from {{ ref('int_window_openings') }}

),

window_sources as (

    select * from {{ ref('int_window_sources') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

windows as (

    select distinct
        window_sources.window_name,
        window_sources.first_week,
        window_sources.last_week,
        window_sources.is_provisional
    from window_sources

),

counted as (

    select
        window_openings.window_name,
        posting_cells.role_family,
        posting_cells.country,
        avg(cast(window_openings.is_counted as integer)) as counted_share
    from window_openings
    inner join posting_cells on {{ same('window_openings', 'posting_cells', ['posting_key', 'version_no']) }}
    group by all

),

reached as (

    select
        windows.window_name,
        cell_coverage.role_family,
        cell_coverage.country,
        windows.last_week,
        windows.is_provisional,
        {{ exact_avg('cell_coverage.coverage_ratio') }} as mean_ratio
    from windows
    inner join cell_coverage on cell_coverage.week_start between windows.first_week and windows.last_week
    group by all

),

final as (

    select
        reached.window_name,
        reached.role_family,
        reached.country,
        reached.last_week as week_start,
        reached.is_provisional,
        reached.mean_ratio * coalesce(counted.counted_share, 1) as coverage_ratio
    from reached
    left join counted
        on
            reached.window_name = counted.window_name
            and reached.role_family = counted.role_family
            and reached.country = counted.country

)

select * from final
